/* Names that every object has, and stored values of any form, are unknown values. */

import assert from "node:assert/strict";
import test from "node:test";

import { formatState, parseIds, parseState, parseView } from "../../plugin/paper_atlas/site/assets/script/address.js";
import { understandText } from "../../plugin/paper_atlas/site/assets/script/ask.js";
import { Catalogue } from "../../plugin/paper_atlas/site/assets/script/catalogue.js";
import { readFacets } from "../../plugin/paper_atlas/site/assets/script/facets.js";
import { matchPapers } from "../../plugin/paper_atlas/site/assets/script/matcher.js";
import { own } from "../../plugin/paper_atlas/site/assets/script/own.js";
import { Paper } from "../../plugin/paper_atlas/site/assets/script/paper.js";
import { parsePlace } from "../../plugin/paper_atlas/site/assets/script/return-point.js";
import { readStored, store } from "../../plugin/paper_atlas/site/assets/script/storage.js";
import { WordIndex } from "../../plugin/paper_atlas/site/assets/script/word-index.js";
import { createFiller } from "../../plugin/paper_atlas/site/assets/script/words.js";
import { FACETS } from "./script.mjs";

const INHERITED = [...Object.getOwnPropertyNames(Object.prototype), ...Object.getOwnPropertyNames(Array.prototype), "prototype"];
const PLACES = ["sort", "view", "from", "to", "ask", "has", "-has", "modalities", "-modalities", "methods"];

for (const name of INHERITED) {
  test(`an address with ${name} in every place is the empty one`, () => {
    const query = PLACES.map((place) => `${place}=${name}`).join("&");
    assert.equal(formatState(parseState(query, FACETS)), "");
    assert.equal(formatState(parseState(`${name}=${name}&-${name}=ct`, FACETS)), "");
  });

  test(`${name} is found only where it is a key`, () => {
    assert.equal(own({}, name), undefined);
    assert.equal(own(JSON.parse(`{${JSON.stringify(name)}: 1}`), name), 1);
    assert.equal(createFiller("en")(`{${name}}`, {}), `{${name}}`);
  });

  test(`${name} can be a facet, a term and an id`, () => {
    const raw = { [name]: { title: name, terms: [[name, name, [name], []], ["other", "Other", [], []]] } };
    const facets = readFacets(JSON.parse(JSON.stringify({ ...raw, has: { title: "Has", terms: [["code", "Code", [], []]] } })));
    const paper = (number, terms) => new Paper(number, { id: name, title: name, terms }, Object.values(facets), Object.keys(facets));
    const papers = [paper(0, JSON.parse(`{${JSON.stringify(name)}: [0]}`)), paper(1, {}), paper(2, undefined)];
    const index = new WordIndex(facets);
    for (const one of papers) index.add(one);
    assert.deepEqual(papers.map(({ allTerms }) => allTerms.length), [1, 0, 0]);
    const empty = { text: "", from: "", to: "", ids: new Set(), is: {}, not: {} };
    assert.equal(matchPapers(papers, facets, empty, null).papers.length, 3);
    assert.equal(matchPapers(papers, facets, { ...empty, ids: new Set([name]) }, index.find(name)).papers.length, 3);
    const state = parseState(`?${new URLSearchParams({ [name]: name })}`, facets);
    if (!PLACES.includes(name)) assert.deepEqual(matchPapers(papers, facets, state, null).papers, [papers[0]]);
    assert.deepEqual(Object.entries(understandText(`${name} with code`, facets).terms), [[name, name]]);
  });
}

const ANY = [
  null, undefined, true, 0, -1, 1.5, Infinity, "", "x", "compact ", "__proto__", [], {}, [[]], [{}], [null], [1],
  ["../../x"], ["//example.org"], ["A b"], ["$&"], ["x".repeat(256)], { length: 3 }, { toString: null, valueOf: null },
  [{ toString: null }], ["a", "b"], ["a", "b", -1], ["a", "b", 1e300], ["a", "b", "3"], ["a", null, 3], [{}, "b", 3], "x".repeat(1e6),
];
for (const [number, value] of ANY.entries()) {
  test(`stored value ${number} of any form is replaced by none`, () => {
    assert.equal(parseView(value), "");
    assert.ok(parseIds(value).every((id) => /^[a-z0-9-]+$/.test(id) && id.length <= 255));
    assert.deepEqual(parsePlace(value), []);
  });
}

test("valid stored values stay", () => {
  assert.equal(parseView("compact"), "compact");
  assert.deepEqual(parseIds(["u-net", 3, "v-net-2"]), ["u-net", "v-net-2"]);
  assert.deepEqual(parsePlace(["http://x/", "u-net", 7]), ["http://x/", "u-net", 7]);
});

const STORED = [undefined, null, "", "{", "undefined", "NaN", "[1,", "\0", "{\"a\":1}", "[".repeat(100_000)];
for (const text of STORED) {
  test(`storage with ${String(text).slice(0, 9)} is read`, () => {
    globalThis.window = { localStorage: { getItem: () => text } };
    assert.deepEqual(readStored("localStorage", "key", parseIds), []);
  });
}

test("storage that is forbidden or full is no error", () => {
  const fail = () => {
    throw new Error("forbidden");
  };
  globalThis.window = { localStorage: { getItem: fail, setItem: fail } };
  assert.equal(readStored("localStorage", "key", parseView), "");
  store("localStorage", "key", ["a"]);
  globalThis.window = Object.defineProperty({}, "localStorage", { get: fail });
  assert.equal(readStored("localStorage", "key", parseView), "");
  store("localStorage", "key", ["a"]);
});

for (const id of ["../../x", "$&", "$'", "//example.org/", "?x#y", "{id}", "a/b"]) {
  test(`the id ${id} leads nowhere else`, () => {
    const catalogue = new Catalogue("https://example.org/atlas/", null);
    catalogue.manifest = { paper: "papers/{id}/" };
    const address = new URL(catalogue.paperAddress(id));
    assert.equal(address.href, `https://example.org/atlas/papers/${encodeURIComponent(id)}/`);
  });
}
