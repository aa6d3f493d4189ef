"""The borders of records, by which a program selects some of a file."""

import re

import pytest
from helpers import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_atlas import EXPORTS, Entry, export, load


def divided(name: str, text: str) -> list[str]:
    """The records of a file, as the script of a site divides it."""
    syntax = EXPORTS[name].syntax
    assert text.startswith(syntax["start"])
    assert text.endswith(syntax["end"])
    inner = text.removeprefix(syntax["start"]).removesuffix(syntax["end"])
    return re.split(syntax["boundary"], inner)


@pytest.mark.parametrize("name", EXPORTS)
def test_every_paper_of_this_atlas_is_found_again(name: str) -> None:
    entries = load(ROOT / "entries", ROOT).entries
    expected = [EXPORTS[name].record_of_entry(entry) for entry in entries]
    assert divided(name, export(name, entries)) == expected


@settings(max_examples=100, deadline=None, derandomize=True)
@given(text=st.text(alphabet=',;"@{}[]-\\ \n\r\u2028\x85aER', max_size=30))
@pytest.mark.parametrize("name", EXPORTS)
def test_no_text_of_a_paper_is_taken_for_a_border(name: str, text: str) -> None:
    words = f"A {text}"
    given = {"title": "A", "links": {"doi": "10.1000/1"}, "terms": {}}
    entry = Entry.model_validate({"id": "a", "path": "a.yml", **given})
    odd = {"title": words, "venue": words, "authors": (f"Ann {text} Lee",), "notes": words}
    entry = entry.model_copy(update=odd)
    expected = [EXPORTS[name].record_of_entry(entry)] * 2
    assert divided(name, export(name, [entry, entry])) == expected
