import assert from "node:assert/strict";
import test from "node:test";

import { SORT_ORDERS } from "../../plugin/paper_atlas/site/assets/script/sort-orders.js";
import { createPaper } from "./script.mjs";

const PAPERS = [
  createPaper(0, { title: "b", year: 2015, authors: ["Z. A"], added: "2024-01-02" }),
  createPaper(1, { title: "C", authors: ["A. B"] }),
  createPaper(2, { title: "a", year: 2018, authors: ["M. A"], added: "2024-02-01" }),
  createPaper(3, { title: "a", year: 2015, added: "2024-01-02" }),
];
const sort = (order) => [...PAPERS].sort(SORT_ORDERS[order]).map((paper) => paper.order);

test("years: papers without one come last, papers of one year keep their order", () => {
  assert.deepEqual(sort("-year"), [2, 0, 3, 1]);
  assert.deepEqual(sort("year"), [0, 3, 2, 1]);
});

test("titles: capitals do not count", () => {
  assert.deepEqual(sort("title"), [2, 3, 0, 1]);
});

test("authors: by the family name of the first", () => {
  assert.deepEqual(sort("author"), [3, 0, 2, 1]);
});

test("days: the last added first", () => {
  assert.deepEqual(sort("-added"), [2, 0, 3, 1]);
});
