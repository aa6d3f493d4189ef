import assert from "node:assert/strict";
import test from "node:test";

import { selectRecords } from "../../plugin/paper_atlas/site/assets/script/record-file.js";

// As Python writes them; tests/exports/test_boundaries.py checks its files against its syntax.
const LINES = { start: "id,title\r\n", separator: "", end: "", boundary: "(?<=\\n)(?=.)" };
const BLANK = { start: "", separator: "\r\n", end: "", boundary: "(?<=\\n)\r\n(?=.)" };
const JSON_LINES = { start: "[\n", separator: ",\n", end: "\n]\n", boundary: ",\n" };

test("lines: the header stays", () => {
  const text = "id,title\r\na,A\r\nb,B\r\nc,C\r\n";
  assert.equal(selectRecords(text, LINES, (place) => place !== 1), "id,title\r\na,A\r\nc,C\r\n");
  assert.equal(selectRecords(text, LINES, () => false), "id,title\r\n");
});

test("records with a blank line between them", () => {
  const text = "TY  - A\r\nER  - \r\n\r\nTY  - B\r\nER  - \r\n";
  assert.equal(selectRecords(text, BLANK, (place) => place === 1), "TY  - B\r\nER  - \r\n");
  assert.equal(selectRecords(text, BLANK, () => true), text);
});

test("JSON stays JSON", () => {
  const text = '[\n{"a": "x,y"},\n{"b": [1, 2]},\n{"c": 3}\n]\n';
  assert.equal(selectRecords(text, JSON_LINES, (place) => place > 0), '[\n{"b": [1, 2]},\n{"c": 3}\n]\n');
  assert.deepEqual(JSON.parse(selectRecords(text, JSON_LINES, () => false)), []);
});
