import assert from "node:assert/strict";
import test from "node:test";

import { parseState } from "../../plugin/paper_atlas/site/assets/script/filter-state.js";
import { Matcher, rankByTitle } from "../../plugin/paper_atlas/site/assets/script/matcher.js";
import { createPaper, FACETS, findIds } from "./script.mjs";

const [U_NET, UNET_3_PLUS, V_NET] = [0, 1, 2];
const [CT, MRI] = [0, 1];
const PAPERS = [
  createPaper(0, { title: "U-Net: Biomedical Images", year: 2015, authors: ["Olaf Ronneberger"] }, [[U_NET], [CT, MRI], [0]]),
  createPaper(1, { title: "UNet 3+", year: 2020 }, [[UNET_3_PLUS, U_NET], [CT], []]),
  createPaper(2, { title: "V-Net", year: 2016, venue: "3DV" }, [[V_NET], [MRI], [0, 1]]),
  createPaper(3, { title: "An undated survey" }, [[], [], []]),
];
const ids = (...places) => places.map((place) => `paper-${place}`);

test("without a condition all papers match", () => {
  assert.deepEqual(findIds(PAPERS, ""), ids(0, 1, 2, 3));
});

test("a paper has one of the wanted terms of each facet", () => {
  assert.deepEqual(findIds(PAPERS, "?methods=u-net&methods=v-net"), ids(0, 1, 2));
  assert.deepEqual(findIds(PAPERS, "?methods=u-net&methods=v-net&modalities=mri"), ids(0, 2));
});

test("a paper has none of the unwanted terms", () => {
  assert.deepEqual(findIds(PAPERS, "?-modalities=ct"), ids(2, 3));
  assert.deepEqual(findIds(PAPERS, "?methods=u-net&-modalities=mri"), ids(1));
});

test("a range of years includes its ends, and no paper without a year", () => {
  assert.deepEqual(findIds(PAPERS, "?from=2015&to=2016"), ids(0, 2));
  assert.deepEqual(findIds(PAPERS, "?from=2016"), ids(1, 2));
  assert.deepEqual(findIds(PAPERS, "?to=2016"), ids(0, 2));
  assert.deepEqual(findIds(PAPERS, "?from=2020&to=2015"), []);
});

test("a paper has every word of the text, in any order and any field", () => {
  assert.deepEqual(findIds(PAPERS, "?text=images+ronneberger"), ids(0));
  assert.deepEqual(findIds(PAPERS, "?text=3dv"), ids(2));
  assert.deepEqual(findIds(PAPERS, "?text=2016"), ids(2));
  assert.deepEqual(findIds(PAPERS, "?text=images+3dv"), []);
  assert.deepEqual(findIds(PAPERS, "?text=…"), ids(0, 1, 2, 3));
});

test("a plus that is spelt out belongs to the word before it", () => {
  assert.deepEqual(findIds(PAPERS, "?text=unet+3+plus"), ids(1));
});

test("one letter may be wrong if no paper has the word as it is", () => {
  assert.deepEqual(findIds(PAPERS, "?text=ronneberegr"), ids(0));
  assert.deepEqual(findIds(PAPERS, "?text=ronneberegr+image"), ids(0));
  assert.deepEqual(findIds(PAPERS, "?text=vnetz"), ids());
});

test("a word of three letters has to be right", () => {
  assert.deepEqual(findIds(PAPERS, "?text=3dw"), []);
});

test("a count is what the term would leave, if its own facet were not asked", () => {
  const matcher = new Matcher(PAPERS, FACETS);
  const count = (query) => matcher.match(parseState(query, FACETS)).counts.map((counts) => [...counts]);
  assert.deepEqual(count(""), [[2, 1, 1], [2, 2], [2, 1, 0]]);
  assert.deepEqual(count("?modalities=mri"), [[1, 0, 1], [2, 2], [2, 1, 0]]);
  assert.deepEqual(count("?modalities=mri&methods=v-net"), [[1, 0, 1], [0, 1], [1, 1, 0]]);
  assert.deepEqual(count("?from=2016"), [[1, 1, 1], [1, 1], [1, 1, 0]]);
});

test("papers with the title come first, then those whose title starts with it", () => {
  const papers = [
    createPaper(0, { title: "More on the V-Net" }),
    createPaper(1, { title: "V-Nets and others" }),
    createPaper(2, { title: "V-Net: Fully Convolutional" }),
    createPaper(3, { title: "Another", also: ["V-Net"] }),
  ];
  const rank = (text) => rankByTitle(papers, text).map(({ order }) => order);
  assert.deepEqual(rank("v net"), [2, 3, 1, 0]);
  assert.deepEqual(rank("V-Net: fully convolutional"), [2, 0, 1, 3]);
  assert.deepEqual(rank(""), [0, 1, 2, 3]);
});
