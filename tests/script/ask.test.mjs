import assert from "node:assert/strict";
import test from "node:test";

import { understandText } from "../../plugin/paper_atlas/site/assets/script/ask.js";
import { readFacets } from "../../plugin/paper_atlas/site/assets/script/facets.js";
import { FACETS, RAW_FACETS } from "./script.mjs";

const CASES = [
  ["a term and a word", "MRI heart", { modalities: "mri" }, [], "heart"],
  ["an alias of two words", "computed tomography of livers", { modalities: "ct" }, [], "of livers"],
  ["the longest name first", "cine mri", { modalities: "cine-mri" }, [], ""],
  ["terms of two facets", "u-net ct", { methods: "u-net", modalities: "ct" }, [], ""],
  ["one term of a facet", "ct mri", { modalities: "mri" }, [], "ct"],
  ["without a hyphen", "vnet", { methods: "v-net" }, [], ""],
  ["a plus that is spelt out", "unet 3 plus", { methods: "unet-3-plus" }, [], ""],
  ["a feature", "liver with code", {}, ["code"], "liver"],
  ["two features", "results and code", {}, ["code", "results"], "and"],
  ["a feature of two words", "free copy", {}, ["free"], ""],
  ["a part of a word is no term", "CTs and mrinet", {}, [], "cts and mrinet"],
  ["no words", " … ", {}, [], ""],
];
for (const [name, text, terms, features, rest] of CASES) {
  test(name, () => {
    const found = understandText(text, FACETS);
    found.features.sort();
    assert.deepEqual(found, { terms, features, text: rest });
  });
}

test("the terms of the list itself are dropped", () => {
  const own = { facet: "methods", ids: ["u-net", "unet-3-plus"] };
  assert.deepEqual(understandText("u-net mri", FACETS, own), { terms: { modalities: "mri" }, features: [], text: "" });
  assert.deepEqual(understandText("v-net", FACETS, own).terms, { methods: "v-net" });
});

test("of two facets with the same name, the first in the vocabulary counts", () => {
  const facets = readFacets({ organs: { title: "Organs", terms: [["ct", "CT", [], []]] }, ...RAW_FACETS });
  assert.deepEqual(understandText("ct", facets).terms, { organs: "ct" });
});
