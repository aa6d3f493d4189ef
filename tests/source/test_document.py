"""Parse YAML files with the position of each value."""

from pathlib import Path

import pytest
from helpers.messages import messages_of
from paper_atlas.source.document import MAX_DIRECTIVES, parse_document


def test_keys_that_differ_only_in_spaces_are_duplicates(tmp_path: Path) -> None:
    entry = "title: A\ntopics: [Liver]\nlinks:\n  ' Lab ': https://a.org\n  Lab: https://b.org\n"
    (messages,) = messages_of(tmp_path, a=entry)
    assert messages.startswith("a.yml:5:3: doubled-key: links.Lab: 'Lab' is given twice")


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\u2028"])
def test_a_file_with_many_directives_is_refused(end: str) -> None:
    """The parser of YAML compares each with all before it."""
    few, many = (
        "".join(f"%TAG !a{number}! x{end}" for number in range(count)) + f"---{end}a: b"
        for count in (MAX_DIRECTIVES, 90_000)
    )
    assert parse_document(few, "a.yml")[0].data == {"a": "b"}
    document, (problem,) = parse_document(many, "a.yml")
    assert document.data is None
    assert str(problem).startswith("a.yml:1:1: too-many: found more than 10 lines that start with")


def test_percent_signs_in_a_text_are_no_directives() -> None:
    text = "notes: |\n" + "  100 %\n  % a\n" * 50
    assert parse_document(text, "a.yml")[1] == []


def test_the_position_of_a_key_is_that_of_its_first_occurrence() -> None:
    text = "a: {b: 1}\nc: [x, {d: 1, d: 2}]\n? [e]\n: f\na: {b: 2}\n"
    document, _ = parse_document(text, "a.yml")
    assert document.find_position(["a", "b"]) == (1, 8)
    assert document.find_position(["c", 1, "d"], of_key=True) == (2, 9)
    assert document.find_position(["c", 5, "d"]) == (2, 4)
    assert document.find_position(["nothing"]) == (1, 1)
