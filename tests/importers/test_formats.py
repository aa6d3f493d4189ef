"""Formats of lists: how they are recognised, and that any text can be read."""

import json
from pathlib import Path

import pytest
from helpers.drafts import read_text
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paper_atlas.cli.import_ import _FORMATS
from paper_atlas.importers import (
    FORMATS,
    IMPORTERS,
    UnreadableListError,
    detect_format,
    parse_list,
)
from paper_atlas.intake.run import import_lists
from paper_atlas.problem import errors

TEXTS = {
    "bibtex": "% a list\n@article{a, title={A}}",
    "ris": "\nTY  - JOUR\n",
    "nbib": "\nPMID- 31000001\nOWN - NLM\n",
    "json": ' {"version": 1}',
    "csl": "[{}]",
    "facts": "# facts\n- title: A\n",
    "csv": "id,Title,x\n",
    "markdown": "# A list\n",
}


@pytest.mark.parametrize("name", TEXTS)
def test_text_without_an_extension_is_recognised_by_its_content(name: str) -> None:
    assert detect_format("-", TEXTS[name]) == detect_format("list.txt", TEXTS[name]) == name


def test_extensions() -> None:
    assert [
        detect_format(f"a{suffix}", "") for suffix in (".bib", ".RIS", ".tsv", ".md", ".yml")
    ] == [
        *("bibtex", "ris", "csv", "markdown", "facts"),
    ]
    assert (detect_format("a.json", "[]"), detect_format("a.csl.json", "[]")) == ("csl", "csl")
    assert (detect_format("a.json", "{}"), detect_format("a.json", "x")) == ("json", None)
    assert detect_format("a.docx", "") is None
    assert tuple(FORMATS) == _FORMATS
    assert set(IMPORTERS) >= {".bib", ".ris", ".json", ".csv", ".tsv", ".md", ".yml"}


UNREADABLE = {
    "web of science": ("savedrecs.txt", b"FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\n"),
    "web of science as ris": ("list.ris", b"FN Thomson Reuters Web of Knowledge\nVR 1.0\n"),
    "web of science without head": ("-", b"PT J\nAU Doe, J\nER\n"),
    "endnote": ("list.txt", b"%0 Journal Article\n%T A\n"),
    "xml": ("-", b"<?xml version='1.0'?><xml><records/></xml>"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_formats_of_other_programs_are_named(name: str) -> None:
    path, data = UNREADABLE[name]
    with pytest.raises(UnreadableListError, match=r"Web of Science|EndNote|XML") as error:
        parse_list(data, path)
    assert "; export RIS" in str(error.value)


@pytest.mark.parametrize("text", ["Some words.\nMore words.\n", "A, B, C\n", "doe 2020 title"])
def test_text_without_structure_is_no_list(text: str) -> None:
    with pytest.raises(UnreadableListError, match="is not in a known format"):
        parse_list(text.encode(), "list.txt")
    assert detect_format("list.md", text) == "markdown"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("@article{a, title={Öl}}".encode("latin-1"), r"ISO-8859-1 \(Latin-1\)"),
        ("@article{a, title={“Öl”}}".encode("cp1252"), "Windows-1252"),
        ("title;year".encode("utf-16"), "UTF-16"),
    ],
)
def test_another_encoding_is_named(data: bytes, encoding: str) -> None:
    with pytest.raises(UnreadableListError, match=rf"probably {encoding}; save it as UTF-8"):
        parse_list(data, "list.bib")


LIMITS = settings(
    max_examples=100,
    deadline=None,  # each example reads a folder, so its duration depends on the disk
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
PIECES = ("@article{a,", "title = {", "}", "{", '"', ",", "=", "#", "\\", "\n", "\r\n",
          "TY  - X\n", "ER  - \n", "TI  - ", "title", ";", "\t", "[", "]", "1", "null",
          '{"version": 1, "papers": [', '{"title": "A"}', ":", "%", "@string{", "crossref = {a}",
          "and", "\\x", "$", "é")  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
@LIMITS
@given(text=st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text(max_size=60))
def test_any_text_gives_a_list_of_drafts(name: str, text: str) -> None:
    for problem in read_text(name, text).problems:
        assert problem.line >= 1
        assert problem.message


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
FLAT = (
    SCALARS
    | st.lists(SCALARS, max_size=3)
    | st.dictionaries(st.text(max_size=3), SCALARS, max_size=3)
)
VALUES = FLAT | st.lists(FLAT, max_size=2) | st.dictionaries(st.text(max_size=3), FLAT, max_size=2)
KEYS = st.sampled_from(
    ["id", "title", "links", "authors", "year", "organs", "methods", "extends", "notes", "results",
     "unverified", "allow", "alternative_titles", "formerly", "added", "terms", "path", "x",
     "author", "issued", "container-title", "DOI", "keyword", "note"]
)  # fmt: skip
SOUND = {"title": "A", "organs": ["Liver"], "links": {"doi": "10.1000/1"}}


@pytest.mark.parametrize("name", ["json", "csl"])
@LIMITS
@given(values=st.dictionaries(KEYS, VALUES, max_size=5))
def test_any_values_become_an_entry_or_an_error(
    name: str, values: dict[str, object], tmp_path: Path
) -> None:
    papers = [{**SOUND, **values}, values]
    text = json.dumps({"version": 1, "papers": papers} if name == "json" else papers)
    imported = import_lists([read_text(name, text)], tmp_path, tmp_path, dry_run=True)
    assert len(imported.new_files) + len(errors(imported.problems)) >= 1
