import assert from "node:assert/strict";
import test from "node:test";

import { groupResults } from "../../plugin/paper_atlas/site/assets/script/comparison.js";

const result = (value, given = {}) => (
  { dataset: "LiTS", split: "test", metric: "Dice", target: "liver", value, better: "higher", ...given }
);
const cells = (...papers) => groupResults(papers)[0].rows[0].cells.map((values) =>
  values.map(({ value, isBest }) => value + (isBest ? " best" : "")).join());

test("the best values are marked if two papers may be compared", () => {
  assert.deepEqual(cells([result("0.9")], [], [result("0.95")], [result("0.950")]), ["0.9", "", "0.95 best", "0.950 best"]);
  const lower = { better: "lower" };
  assert.deepEqual(cells([result("2.1", lower)], [result("10", lower)]), ["2.1 best", "10"]);
});

test("no value is the best without another one to compare with", () => {
  assert.deepEqual(cells([result("0.9"), result("0.8")], []), ["0.9,0.8", ""]);
  assert.deepEqual(cells([result("0.9")], [result("0.95", { better: "" })]), ["0.9", "0.95"]);
});

test("results belong together whatever their spelling, and those of most papers come first", () => {
  const own = result("1", { split: "my own" });
  const groups = groupResults([[own, result("0.9", { split: "Test" })], [result("0.8", { target: "Liver" }), result("0.7", { target: "tumour" })]]);
  assert.deepEqual(groups.map(({ split, rows }) => [split, rows.map(({ target }) => target)]), [["Test", ["liver", "tumour"]], ["my own", ["liver"]]]);
  assert.deepEqual(groups[0].rows[1].cells[0], []);
});
