import assert from "node:assert/strict";
import test from "node:test";

import { formatState, parseState } from "../../plugin/paper_atlas/site/assets/script/filter-state.js";
import { FACETS } from "./script.mjs";

const repeat = (query) => formatState(parseState(query, FACETS));

test("an address gives back its state", () => {
  const query = "?text=nested+%C3%96&from=2018&to=2020&sort=title&methods=u-net&methods=v-net&-modalities=ct&has=selected";
  assert.equal(repeat(query), query);
});

test("a state has a set for each facet", () => {
  const { is, not } = parseState("?methods=u-net&-methods=v-net", FACETS);
  assert.deepEqual(is, { methods: new Set(["u-net"]), modalities: new Set(), has: new Set() });
  assert.deepEqual(not.methods, new Set(["v-net"]));
});

test("defaults are left out", () => {
  assert.equal(repeat(""), "");
  assert.equal(repeat("?sort=-year&text=&from="), "");
});

test("unknown terms, orders and keys are ignored", () => {
  assert.equal(repeat("?methods=gone&sort=size&q=search&organs=liver"), "");
  assert.equal(parseState("?sort=toString", FACETS).sort, "-year");
});
