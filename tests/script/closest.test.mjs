import assert from "node:assert/strict";
import test from "node:test";

import { editDistance, findClosest } from "../../plugin/paper_atlas/site/assets/script/closest.js";

test("the distance counts added, removed and replaced letters", () => {
  for (const [one, other, distance] of [["", "", 0], ["", "abc", 3], ["unet", "vnet", 1], ["kitten", "sitting", 3], ["unets", "unet", 1]]) {
    assert.equal(editDistance(one, other), distance, `${one} ${other}`);
    assert.equal(editDistance(other, one), distance, `${other} ${one}`);
  }
});

test("the closest names come first, by any of their names", () => {
  const things = [["v-net", "V-Net"], ["nnu-net", "nnU-Net"], ["u-net", "U-Net", "unett"], ["liver"], ["unet-3-plus"]].map((names) => ({ names }));
  assert.deepEqual(findClosest("unett", things).map(({ names }) => names[0]), ["u-net", "v-net"]);
  assert.deepEqual(findClosest("zzzzzz", things), []);
  assert.deepEqual(findClosest("", things), []);
});
