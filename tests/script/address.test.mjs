import assert from "node:assert/strict";
import test from "node:test";

import { concernsList, formatState, isFiltered, parseState } from "../../plugin/paper_atlas/site/assets/script/address.js";
import { FACETS } from "./script.mjs";

const again = (query) => formatState(parseState(query, FACETS));

const KEPT = [
  "", "?text=a+b", "?methods=u-net,v-net", "?-methods=u-net", "?modalities=ct&-modalities=mri", "?has=code,results",
  "?from=2015&to=2020", "?from=2015", "?sort=title", "?sort=-added", "?view=compact", "?ids=a,b",
  "?text=x&methods=u-net&has=code&from=2015&sort=year&view=compact&ids=a",
];
for (const query of KEPT) {
  test(`an address stays: ${query}`, () => assert.equal(again(query), query));
}

const CHANGED = [
  ["repeated parameters are joined", "?methods=u-net&methods=v-net", "?methods=u-net,v-net"],
  ["unknown terms are dropped", "?methods=u-net,nothing&modalities=nothing", "?methods=u-net"],
  ["unknown facets are dropped", "?colours=red", ""],
  ["unknown orders and views are dropped", "?sort=colour&view=large", ""],
  ["inherited names are no orders", "?sort=toString", ""],
  ["malformed years are dropped", "?from=abc&to=20200", ""],
  ["years in the wrong order are swapped", "?from=2020&to=2015", "?from=2015&to=2020"],
  ["defaults are left out", "?sort=-year&view=cards&text=", ""],
  ["spaces around a text are dropped", "?text=+unet+", "?text=unet"],
  ["a question is not kept", "?ask=liver", ""],
];
for (const [name, query, expected] of CHANGED) {
  test(name, () => assert.equal(again(query), expected));
}

test("parameters of others stay, and those of the list are replaced", () => {
  const state = parseState("?methods=v-net", FACETS);
  assert.equal(formatState(state, "?q=x&methods=u-net&methods=v-net&ask=y&-has=code"), "?q=x&methods=v-net");
});

test("a state without conditions is not filtered, whatever its order", () => {
  assert.ok(!isFiltered(parseState("?sort=title&view=compact", FACETS)));
  for (const query of ["?text=a", "?to=2000", "?ids=a", "?has=code", "?-methods=u-net"]) {
    assert.ok(isFiltered(parseState(query, FACETS)), query);
  }
});

test("an address concerns a list if it has a parameter of lists", () => {
  assert.ok(concernsList("?text=a", []));
  assert.ok(concernsList("?-methods=a", ["methods"]));
  assert.ok(!concernsList("?q=a&methods=u-net", ["modalities"]));
  assert.ok(!concernsList("", ["methods"]));
});
