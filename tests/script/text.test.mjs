import assert from "node:assert/strict";
import test from "node:test";

import {
  BREAK, buildPattern, buildTitlePattern, fillMessage, foldText, foldWord, isNearlyEqual,
} from "../../plugin/paper_atlas/site/assets/script/text.js";

const isFound = (word, text) => new RegExp(buildPattern(foldWord(word))).test(foldText(text));

test("a message gets its values", () => {
  assert.equal(fillMessage("{some} of {all}, {some}", { some: 1, all: 2 }), "1 of 2, 1");
  assert.equal(fillMessage("no value", {}), "no value");
  assert.equal(fillMessage("{title}", { title: "$& {x}" }), "$& {x}");
});

test("a folded word has letters and digits alone, and + is spelt out", () => {
  for (const word of ["UNet++", "U-Net++", "unet plus plus", "ＵＮｅｔ＋＋"]) {
    assert.equal(foldWord(word), "unetplusplus");
  }
  assert.equal(foldWord("Çiçek, Ö."), "ciceko");
  assert.equal(foldWord("医学 图像"), "医学图像");
  assert.equal(foldWord("– … !"), "");
});

test("folded text is lower case, with accents after their letters", () => {
  assert.equal(foldText("U-Net"), "u-net");
  assert.equal(foldText("É"), "e\u0301");
});

test("a pattern finds a word whatever punctuation and accents are between its letters", () => {
  for (const text of ["UNet++", "U-Net++", "U Net Plus+", "a UNET plus plus"]) {
    assert.ok(isFound("unet++", text), text);
  }
  assert.ok(isFound("cicek", "Özgün Çiçek"));
  assert.ok(isFound("3DUNet", "3D U-Net"));
  assert.ok(!isFound("unet++", "U-Net"));
  assert.ok(!isFound("unet++", "UNet 3+"));
});

test("a pattern does not reach from one title into the next", () => {
  assert.ok(!isFound("unet", `U${BREAK}Net`));
});

test("a title pattern tells a whole title from a start", () => {
  const pattern = buildTitlePattern("vnet");
  assert.notEqual(pattern.exec(`v-net${BREAK}authors`)[1], undefined);
  assert.notEqual(pattern.exec(`v-net: fully convolutional${BREAK}`)[1], undefined);
  assert.notEqual(pattern.exec(`another${BREAK}v-net${BREAK}authors`)[1], undefined);
  assert.equal(pattern.exec(`v-nets in use${BREAK}`)[1], undefined);
  assert.equal(pattern.exec(`the v-net${BREAK}`), null);
});

test("words are nearly equal that differ by one letter", () => {
  for (const other of ["ronneberger", "ronnebergar", "ronneberge", "ronnebergger", "ronneberegr", "onneberger"]) {
    assert.ok(isNearlyEqual("ronneberger", other), other);
    assert.ok(isNearlyEqual(other, "ronneberger"), other);
  }
  for (const other of ["ronneber", "ronnebreegr", "renneburger", ""]) {
    assert.ok(!isNearlyEqual("ronneberger", other), other);
  }
});
