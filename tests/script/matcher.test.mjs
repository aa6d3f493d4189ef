import assert from "node:assert/strict";
import test from "node:test";

import { parseState } from "../../plugin/paper_atlas/site/assets/script/address.js";
import { findSimilar, matchPapers, rankByName } from "../../plugin/paper_atlas/site/assets/script/matcher.js";
import { WordIndex } from "../../plugin/paper_atlas/site/assets/script/word-index.js";
import { createPaper, FACETS } from "./script.mjs";

const [U_NET, UNET_3_PLUS, V_NET] = [0, 1, 2];
const [CT, MRI, CINE] = [0, 1, 2];
const PAPERS = [
  createPaper(0, { title: "UNet 3+", year: 2020, terms: { methods: [UNET_3_PLUS], modalities: [CT] } }),
  createPaper(1, { title: "V-Net", year: 2016, venue: "3DV", terms: { methods: [V_NET], modalities: [MRI], has: [0, 1] } }),
  createPaper(2, {
    title: "U-Net: Biomedical Images", year: 2015, authors: ["Olaf Ronneberger"], ids: ["10.1000/U-1"],
    terms: { methods: [U_NET], modalities: [CT, CINE], has: [0] },
  }),
  createPaper(3, { title: "An undated survey" }),
];
const INDEX = new WordIndex(FACETS);
for (const paper of PAPERS) INDEX.add(paper);
const matchState = (state) => matchPapers(PAPERS, FACETS, state, INDEX.find(state.text));
const match = (query) => matchState(parseState(query, FACETS));
const found = (query) => match(query).papers.map(({ number }) => number);
const countOf = (query, facet, term) => match(query).counts[Object.keys(FACETS).indexOf(facet)][term];

const CASES = [
  ["no condition", "", [0, 1, 2, 3]],
  ["a term, with its narrower terms", "?methods=u-net", [0, 2]],
  ["a narrower term alone", "?methods=unet-3-plus", [0]],
  ["one of two terms of a facet", "?methods=u-net,v-net", [0, 1, 2]],
  ["terms of two facets", "?methods=u-net,v-net&modalities=mri", [1, 2]],
  ["all features", "?has=code,results", [1]],
  ["one feature", "?has=code", [1, 2]],
  ["an excluded term, with its narrower terms", "?-modalities=mri", [0, 3]],
  ["an excluded term among required ones", "?methods=u-net&-modalities=mri", [0]],
  ["years with both ends, without undated papers", "?from=2015&to=2016", [1, 2]],
  ["the first year", "?from=2016", [0, 1]],
  ["the last year", "?to=2016", [1, 2]],
  ["ids", "?ids=paper-1,paper-3,gone", [1, 3]],
  ["a word of a title", "?text=biomed", [2]],
  ["words of different fields", "?text=2015+ronneberger+images", [2]],
  ["a venue", "?text=3dv", [1]],
  ["an identifier", "?text=10.1000/u-1", [2]],
  ["a name of a term", "?text=cine", [2]],
  ["an alias of a broader term", "?text=MR", [1, 2]],
  ["a text and a term", "?text=net&methods=v-net", [1]],
  ["a text that no paper has", "?text=zzz", []],
  ["a text without words", "?text=…", [0, 1, 2, 3]],
];
for (const [name, query, expected] of CASES) {
  test(`found: ${name}`, () => assert.deepEqual(found(query), expected));
}

const COUNTS = [
  ["all papers, with narrower terms", "", "methods", U_NET, 2],
  ["the other conditions are kept", "?modalities=mri", "methods", U_NET, 1],
  ["the condition on the facet itself is not", "?methods=v-net", "methods", U_NET, 2],
  ["nor on it and another", "?methods=v-net&modalities=ct", "methods", V_NET, 0],
  ["features are counted with those chosen", "?has=results", "has", 0, 1],
  ["an excluded term has no papers", "?-modalities=ct", "modalities", CT, 0],
  ["what an exclusion leaves", "?-modalities=ct", "methods", U_NET, 0],
  ["years", "?from=2016", "modalities", CT, 1],
  ["text", "?text=ronneberger", "has", 0, 1],
];
for (const [name, query, facet, term, expected] of COUNTS) {
  test(`counts: ${name}`, () => assert.equal(countOf(query, facet, term), expected));
}

test("every count is the number of papers that the term gives", () => {
  for (const query of ["", "?modalities=ct", "?has=code&from=2015", "?-methods=v-net", "?text=net&to=2018"]) {
    for (const [facet, { terms }] of Object.entries(FACETS)) {
      for (const [number, [id]] of terms.entries()) {
        const state = parseState(query, FACETS);
        state.is[facet] = new Set([...(facet === "has" ? state.is.has : []), id]);
        assert.equal(countOf(query, facet, number), matchState(state).papers.length, `${query} ${id}`);
      }
    }
  }
});

const rank = (titles, text) =>
  rankByName(titles.map((record, number) => createPaper(number, typeof record === "string" ? { title: record } : record)), text)
    .map(({ number }) => number);

test("papers that a text names come first, then those that it begins", () => {
  assert.deepEqual(rank(["The V-Net", "V-Nets in use", "V-Net", "V-Net: a network"], "vnet"), [2, 3, 1, 0]);
  assert.deepEqual(rank(["About", { title: "Foundation", short: "MedSAM" }], "medsam"), [1, 0]);
  assert.deepEqual(rank(["About", { title: "New", also: ["MedSAM"] }], "MedS"), [1, 0]);
  assert.deepEqual(rank(["b", "a"], ""), [0, 1]);
});

const similar = (names, text) =>
  findSimilar(names.map((title, number) => createPaper(number, { title: `${title}: x` })), text).map(({ number }) => number);

test("similar names: the most similar first, none that is far from the best, at most five", () => {
  assert.deepEqual(similar(["V-Net", "UNet++", "LiTS"], "unett++"), [1]);
  assert.deepEqual(similar(["MedSAM2", "MedSAM", "SAM"], "medsma").slice(0, 2), [1, 0]);
  assert.deepEqual(similar(["LiTS", "BraTS"], "zzz"), []);
  assert.equal(similar(Array(9).fill("MedSAM"), "medsamm").length, 5);
});

test("authors are never similar", () => {
  assert.deepEqual(findSimilar([createPaper(0, { title: "Images", authors: ["Olaf Ronneberger"] })], "ronnebergr"), []);
});
