import assert from "node:assert/strict";
import test from "node:test";

import { createFiller } from "../../plugin/paper_atlas/site/assets/script/words.js";

const PAPERS = { one: "{count} paper", other: "{count} papers" };

test("a text gets its values", () => {
  const say = createFiller("en");
  assert.equal(say("{some} of {all}, {some}", { some: 1, all: 2 }), "1 of 2, 1");
  assert.equal(say("no value"), "no value");
  assert.equal(say("{title}", { title: "$& {x}" }), "$& {x}");
});

test("the number selects the form", () => {
  const say = createFiller("en");
  assert.deepEqual([0, 1, 2].map((count) => say(PAPERS, { count })), ["0 papers", "1 paper", "2 papers"]);
});

test("a language has its own forms, and the last form serves all others", () => {
  assert.equal(createFiller("fr")(PAPERS, { count: 0 }), "0 paper");
  assert.equal(createFiller("zh")({ other: "{count} 篇" }, { count: 1 }), "1 篇");
  assert.equal(createFiller("ar")(PAPERS, { count: 3 }), "3 papers");
});
