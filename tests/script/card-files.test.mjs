import assert from "node:assert/strict";
import test from "node:test";

import { CardFiles } from "../../plugin/paper_atlas/site/assets/script/card-files.js";

/** Answer requests from files by address; the addresses that were asked for are noted. */
function serve(t, files) {
  const asked = [];
  t.mock.method(globalThis, "fetch", async (address) => {
    asked.push(address);
    return new Response(files[address] ?? "not found", { status: address in files ? 200 : 404 });
  });
  return asked;
}

const FILES = { "/cards-0.json": '{"a": "<p>A", "b": "<p>B"}', "/cards-1.json": '{"c": "<p>C"}' };

test("files are loaded that have the cards of papers, each once", async (t) => {
  const asked = serve(t, FILES);
  const cards = new CardFiles("/cards-{number}.json", 2);
  assert.equal(cards.get("b"), undefined);
  await Promise.all([cards.load([{ order: 0 }, { order: 1 }]), cards.load([{ order: 1 }])]);
  assert.deepEqual(asked, ["/cards-0.json"]);
  assert.equal(cards.get("b"), "<p>B");
  await cards.load([{ order: 2 }, { order: 0 }]);
  assert.deepEqual(asked, ["/cards-0.json", "/cards-1.json"]);
  assert.equal(cards.get("c"), "<p>C");
});

test("a file that could not be loaded is requested again", async (t) => {
  const files = {};
  const asked = serve(t, files);
  const cards = new CardFiles("/cards-{number}.json", 2);
  await cards.load([{ order: 0 }]);
  assert.equal(cards.get("a"), undefined);
  Object.assign(files, FILES);
  await cards.load([{ order: 0 }]);
  assert.equal(asked.length, 2);
  assert.equal(cards.get("a"), "<p>A");
});
