import assert from "node:assert/strict";
import test from "node:test";

import { Catalogue } from "../../plugin/paper_atlas/site/assets/script/catalogue.js";
import { RAW_FACETS } from "./script.mjs";

const LIST = "https://a.test/papers/list.json";
const part = (...ids) => ({ version: 3, papers: ids.map((id) => ({ id, title: id })) });
const FILES = {
  [LIST]: {
    version: 3, count: 5, paper: "papers/{id}/", facets: RAW_FACETS,
    pages: { first: "papers/", next: "papers/page/{number}/", size: 2 },
    parts: ["p1", "p2", "p3", "p4"].map((file) => ({ file })),
  },
  "https://a.test/p1": part("a", "b"),
  "https://a.test/p2": part("c"),
  "https://a.test/p3": part("d"),
  "https://a.test/p4": part("e"),
};

/** A catalogue, and the addresses that it has fetched. `failing` is emptied when the network is back. */
function create(files = FILES, failing = new Set()) {
  const fetched = [];
  const catalogue = new Catalogue("https://a.test/", async (address) => {
    fetched.push(address.split("/").pop());
    if (failing.has(address) || !(address in files)) throw new Error(address);
    return structuredClone(files[address]);
  });
  return { catalogue, fetched };
}

async function loadAll(catalogue) {
  while (!catalogue.isComplete) await catalogue.loadPart();
}

test("parts are loaded in order, each once", async () => {
  const { catalogue, fetched } = create();
  await catalogue.open(LIST);
  assert.deepEqual([catalogue.count, catalogue.isComplete, catalogue.papers], [5, false, []]);
  await loadAll(catalogue);
  assert.deepEqual(catalogue.papers.map(({ id, number }) => `${id}${number}`), ["a0", "b1", "c2", "d3", "e4"]);
  assert.deepEqual([...fetched].sort(), ["list.json", "p1", "p2", "p3", "p4"]);
  assert.equal(catalogue.byId.get("d").number, 3);
});

test("nothing is loaded before it is needed, and then little more", async () => {
  const { catalogue, fetched } = create();
  await catalogue.open(LIST);
  assert.deepEqual(fetched, ["list.json"]);
  await catalogue.loadPart();
  assert.deepEqual(fetched.slice(1).sort(), ["p1", "p2", "p3"]);
  assert.equal(catalogue.papers.length, 2);
});

test("two that need a part at the same time get the same", async () => {
  const { catalogue } = create();
  await Promise.all([catalogue.open(LIST), catalogue.open(LIST)]);
  await Promise.all([catalogue.loadPart(), catalogue.loadPart(), loadAll(catalogue)]);
  assert.deepEqual(catalogue.papers.map(({ id }) => id), ["a", "b", "c", "d", "e"]);
});

test("a part that fails is tried again, and what is there stays", async () => {
  const failing = new Set(["https://a.test/p2"]);
  const { catalogue } = create(FILES, failing);
  await catalogue.open(LIST);
  await catalogue.loadPart();
  await assert.rejects(catalogue.loadPart());
  assert.equal(catalogue.papers.length, 2);
  failing.clear();
  await loadAll(catalogue);
  assert.equal(catalogue.papers.length, 5);
});

test("a part that failed ahead of time is tried again", async () => {
  const failing = new Set(["https://a.test/p2", "https://a.test/p3"]);
  const { catalogue } = create(FILES, failing);
  await catalogue.open(LIST);
  await catalogue.loadPart();
  await new Promise((resolve) => setTimeout(resolve));
  failing.clear();
  await loadAll(catalogue);
  assert.equal(catalogue.papers.length, 5);
});

test("a list that fails is tried again", async () => {
  const failing = new Set([LIST]);
  const { catalogue } = create(FILES, failing);
  await assert.rejects(catalogue.open(LIST));
  failing.clear();
  await catalogue.open(LIST);
  assert.equal(catalogue.count, 5);
});

test("files of another version are not read", async () => {
  await assert.rejects(create({ [LIST]: { ...FILES[LIST], version: 2 } }).catalogue.open(LIST), /version 2/);
  const { catalogue } = create({ ...FILES, "https://a.test/p1": { version: 4, papers: [] } });
  await catalogue.open(LIST);
  await assert.rejects(catalogue.loadPart(), /version 4/);
});

test("addresses of pages", async () => {
  const { catalogue } = create();
  await catalogue.open(LIST);
  assert.equal(catalogue.paperAddress("a"), "https://a.test/papers/a/");
  const pages = [0, 1, 2, 4].map((number) => catalogue.cardPage(number).replace("https://a.test/", ""));
  assert.deepEqual(pages, ["papers/", "papers/", "papers/page/2/", "papers/page/3/"]);
});
