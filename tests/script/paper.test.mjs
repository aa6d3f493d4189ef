import assert from "node:assert/strict";
import test from "node:test";

import { addBroaderTerms, numberTerms } from "../../plugin/paper_atlas/site/assets/script/facets.js";
import { BREAK } from "../../plugin/paper_atlas/site/assets/script/text.js";
import { createPaper, FACETS } from "./script.mjs";

test("what a record lacks is empty", () => {
  const { year, added, familyName, text } = createPaper(0, { title: "U-Net" });
  assert.deepEqual([year, added, familyName, text], [0, "", "", `u-net${BREAK} 0`]);
});

test("the text of a paper has all titles apart, then authors, venue and year", () => {
  const record = { title: "One", also: ["Two"], authors: ["Olaf Ronneberger", "T. Brox"], venue: "MICCAI", year: 2015 };
  assert.equal(createPaper(0, record).text, ["one", "two", "olaf ronneberger t. brox miccai 2015"].join(BREAK));
  assert.equal(createPaper(0, record).familyName, "Ronneberger");
});

test("terms have numbers, and selected papers a term among the features", () => {
  assert.equal(FACETS.methods.numbers.get("v-net"), 2);
  assert.deepEqual(FACETS.has.terms.at(-1), ["selected", "Selected"]);
  assert.equal(FACETS.has.numbers.get("selected"), 2);
});

test("to number terms leaves what it was given", () => {
  const given = { has: { title: "With", terms: [["code", "code"]] } };
  numberTerms(given, "Selected");
  assert.deepEqual(given.has.terms, [["code", "code"]]);
});

test("broader terms are added once", () => {
  assert.deepEqual(addBroaderTerms(FACETS.methods, [1]), [1, 0]);
  assert.deepEqual(addBroaderTerms(FACETS.methods, [1, 0, 2]), [1, 0, 2]);
  assert.deepEqual(addBroaderTerms(FACETS.has, [0]), [0]);
});
