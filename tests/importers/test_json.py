"""Importer for the JSON of an atlas."""

import json

import pytest
from helpers.drafts import read_one_paper, read_text
from paper_atlas import Draft


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{", "list:1:2: unreadable: the file is not valid JSON: expecting property name "),
        ('{"papers": 1}', "list:1:1: wrong-type: expected the papers of an atlas "),
        ('{"papers": []}', "list:1:1: wrong-type: version: expected the number 1"),
        ('{"version": 2, "papers": []}', "list:1:1: newer-version: version: the file has version "
         "2, this program reads version 1 (update paper-atlas)"),
    ],
)  # fmt: skip
def test_json_that_is_not_of_an_atlas(text: str, expected: str) -> None:
    (problem,) = read_text("json", text).problems
    assert str(problem).startswith(expected)


def test_null_is_left_out_and_other_values_become_text() -> None:
    papers = [{"id": "a", "title": "A", "notes": None, "authors": [None, True], "year": 2015}]
    draft, _ = read_one_paper("json", json.dumps({"version": 1, "papers": papers}, indent=2))
    assert draft == Draft({"title": "A", "authors": ["true"], "year": "2015"}, 4, id="a")
