import assert from "node:assert/strict";
import test from "node:test";

import { SORT_ORDERS } from "../../plugin/paper_atlas/site/assets/script/sort-orders.js";
import { createPaper } from "./script.mjs";

const PAPERS = [
  createPaper(0, { title: "a", year: 2018, authors: ["M. A"], added: "2024-02-01", extended: 2 }),
  createPaper(1, { title: "b", year: 2015, authors: ["Z. A"], added: "2024-01-02" }),
  createPaper(2, { title: "a", year: 2015, added: "2024-01-02", extended: 9 }),
  createPaper(3, { title: "C", authors: ["A. B"] }),
];
const EXPECTED = {
  "-year": [0, 1, 2, 3], // the order of the library
  year: [1, 2, 0, 3], // without a year last
  "-extended": [2, 0, 1, 3],
  "-added": [0, 1, 2, 3],
  author: [0, 1, 3, 2], // without an author last
  title: [0, 2, 1, 3], // capitals do not count
};
for (const [order, expected] of Object.entries(EXPECTED)) {
  test(`sorted by ${order}`, () => {
    assert.deepEqual([...PAPERS].reverse().sort(SORT_ORDERS[order]).map(({ number }) => number), expected);
  });
}

test("every order is tested", () => assert.deepEqual(Object.keys(SORT_ORDERS).sort(), Object.keys(EXPECTED).sort()));
