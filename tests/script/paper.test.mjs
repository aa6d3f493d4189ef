import assert from "node:assert/strict";
import test from "node:test";

import { addBroaderTerms, readFacets } from "../../plugin/paper_atlas/site/assets/script/facets.js";
import { createPaper, FACETS, RAW_FACETS } from "./script.mjs";

test("what a record lacks is empty", () => {
  const { year, familyName, names, terms } = createPaper(0, { title: "U-Net" });
  assert.deepEqual({ year, familyName, names, terms }, { year: 0, familyName: "", names: [], terms: [[], [], []] });
});

test("the terms of a paper include broader ones, each once", () => {
  const { terms } = createPaper(0, { terms: { methods: [1, 0], modalities: [2], has: [0] } });
  assert.deepEqual(terms, [[1, 0], [2, 1], [0]]);
  assert.deepEqual(addBroaderTerms(FACETS.methods, [2]), [2]);
});

test("short names: before the colon, and the given one unless it is a citation", () => {
  const names = (record) => createPaper(0, record).names;
  assert.deepEqual(names({ title: "U-Net: Images" }), ["U-Net"]);
  assert.deepEqual(names({ title: "On images", short: "MedSAM" }), ["MedSAM"]);
  assert.deepEqual(names({ title: "On images", short: "Roe et al. 2020", authors: ["A Roe"], year: 2020 }), []);
  assert.deepEqual(names({ title: "A very long title about images and more: part one" }), []);
});

test("the author is sorted by the last word of the name", () => {
  assert.equal(createPaper(0, { authors: ["Olaf Ronneberger", "T. Brox"] }).familyName, "Ronneberger");
});

test("facets are numbered, and what was given stays", () => {
  const before = structuredClone(RAW_FACETS);
  assert.equal(readFacets(RAW_FACETS).methods.numbers.get("v-net"), 2);
  assert.deepEqual(RAW_FACETS, before);
});
