"""The values that the fields of an entry accept."""

import json
from pathlib import Path

import pytest
from helpers.messages import GOOD, messages_of


@pytest.mark.parametrize(
    "author",
    ["J. H. Lee", "Ludwig van der Maaten", "Gusztáv Gaál", "李明", "Madonna", '"Müller, J."',
     "The MICCAI and ISBI Consortium", "O'Neil", "Jean-Luc Picard", "McCarthy"],
)  # fmt: skip
def test_valid_names_of_authors(author: str, tmp_path: Path) -> None:
    assert messages_of(tmp_path, a=GOOD.format("A") + f"authors: [{author}]\n") == []


@pytest.mark.parametrize(
    "author", ["{group: World Health Organization}", "{group: 'Company Name, LLC'}", "{group: 3M}"]
)
def test_valid_groups(author: str, tmp_path: Path) -> None:
    assert messages_of(tmp_path, a=GOOD.format("A") + f"authors: [Ann Doe, {author}]\n") == []


@pytest.mark.parametrize(
    ("author", "message"),
    [
        ("{gruop: A}", "unknown-key: authors: 'gruop' is not a key here (did you mean 'group'?)"),
        ("{group: A, name: B}", "unknown-key: authors: 'name' is not a key here (write {group: W"),
        ("{group: ''}", "empty-value: authors: the group has no name (write {group: World"),
        ("{group: ' '}", "empty-value: authors: has no value (write one)"),
        ("{}", "empty-value: authors: the group has no name (write {group: World"),
        ("{group: [A]}", "wrong-type: authors: expected text, found a list (write {group: World"),
        ("{group: Doe et al.}", "malformed-author: authors: 'Doe et al.' is not the name of one"),
        ("{group: A; B}", "malformed-author: authors: 'A; B' is not the name of one group"),
        ("{group: \"A\\u200e\"}", "control-character: authors: contains the invisible character"),
        ("[A]", "wrong-type: authors: expected text, found a list"),
    ],
)  # fmt: skip
def test_invalid_groups(author: str, message: str, tmp_path: Path) -> None:
    (found,) = messages_of(tmp_path, a=GOOD.format("A") + f"authors: [Ann Doe, {author}]\n")
    assert message in found


@pytest.mark.parametrize("author", ["Li X and Chen H", "Li et al.", "H. R.", "“Li", "A Li; B Chen"])
def test_invalid_names_of_authors(author: str, tmp_path: Path) -> None:
    (messages,) = messages_of(tmp_path, a=GOOD.format("A") + f"authors: [{author}]\n")
    assert ": malformed-author: " in messages


@pytest.mark.parametrize(
    "notes", ["- " * 500 + "x", "> " * 500, "[" * 9_000, "x" * 20_000, "![" * 4_000, "a\n" * 9_000]
)
def test_notes_that_overload_a_markdown_parser(notes: str, tmp_path: Path) -> None:
    """Neither a traceback nor a long wait, here and in a build."""
    entry = GOOD.format("A") + f"notes: {json.dumps(notes)}\n"
    messages = messages_of(tmp_path, a=entry)
    assert not messages or ": long-notes: notes: " in messages[0]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("con", "Windows reserves the name (rename the file to con-paper.yml)"),
        ("com1", "Windows reserves the name (rename the file to com1-paper.yml)"),
        ("NUL", "expected lowercase letters a-z, digits, hyphens (rename the file to nul-paper"
                ".yml)"),
        ("index", "it is a page of the list of all papers (rename the file to my-paper.yml)"),
        ("page", "it is a page of the list of all papers (rename the file to my-paper.yml)"),
    ],
)  # fmt: skip
def test_names_that_no_file_can_have(name: str, message: str, tmp_path: Path) -> None:
    (found,) = messages_of(tmp_path, **{name: GOOD.format("A")})
    assert found == f"{name}.yml:1:1: malformed-id: '{name}' cannot be the id of a paper: {message}"


@pytest.mark.parametrize("name", ["console", "com10", "auxiliary", "nul-space", "pages", "page-2"])
def test_names_that_only_begin_like_a_reserved_one(name: str, tmp_path: Path) -> None:
    assert messages_of(tmp_path, **{name: GOOD.format("A")}) == []


@pytest.mark.parametrize("key", ["formerly", "extends", "not_same_as"])
@pytest.mark.parametrize("name", ["index", "page", "con", "lpt1", "a" * 201, "A", "a--b", "../a"])
def test_ids_that_no_page_can_have(key: str, name: str, tmp_path: Path) -> None:
    (found,) = messages_of(tmp_path, a=GOOD.format("A") + f"{key}: [{name}]\n")
    assert found.startswith(f"a.yml:4:{len(key) + 4}: malformed-id: {key}: '{name[:60]}")
    assert len(found) < 200


def test_the_longest_name_of_a_file(tmp_path: Path) -> None:
    names = {"a" * 200: GOOD.format("A"), "b" * 201: GOOD.format("B")}
    (found,) = messages_of(tmp_path, **names)
    assert found == (
        f"{'b' * 201}.yml:1:1: malformed-id: '{'b' * 60}…' cannot be the id of a paper: it is "
        f"longer than 200 bytes (rename the file to {'b' * 40}.yml)"
    )


@pytest.mark.parametrize("characters", ["\u200b\u200b", "\u200b" * 20, "\u202e", "\ufeff"])
def test_invisible_characters_in_a_row(characters: str, tmp_path: Path) -> None:
    (found,) = messages_of(tmp_path, a=GOOD.format(f"A{characters} b"))
    assert f"contains the invisible character U+{ord(characters[0]):04X}" in found


@pytest.mark.parametrize(
    ("doi", "hint"),
    [
        ("see 10.1000/abc in the text", "10.1000/abc"),
        ("the paper 10.1000/abc.", "10.1000/abc"),
        ("10.1000/a and 10.1000/b", "10.1000/a"),
        ("10.1000/%22%3Ex", "it like 10.1109/TMI.2018.2845918"),
        ("10.1000/'>>x%60%20y", "it like 10.1109/TMI.2018.2845918"),
        ("10.1000/&lt;https://example.org/1&gt", "it like 10.1109/TMI.2018.2845918"),
        ("11.1000/182", "it like 10.1109/TMI.2018.2845918"),
    ],
)
def test_hint_about_a_malformed_doi_is_a_valid_one(doi: str, hint: str, tmp_path: Path) -> None:
    text = f"title: A\ntopics: [Liver]\nlinks: {{doi: {json.dumps(doi)}}}\n"
    (found,) = messages_of(tmp_path, a=text)
    assert found.startswith("a.yml:3:14: malformed-doi: links.doi: ")
    assert found.endswith(f"is not a valid DOI identifier (write {hint})")
