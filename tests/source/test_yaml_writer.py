"""The canonical YAML form: it reads back as the same values."""

from pathlib import Path

import pytest
import yaml
from helpers import FIXTURES, ROOT
from paper_atlas import Entry, load
from paper_atlas.folder.entry_file import dump_entry, dump_vocabulary
from paper_atlas.folder.vocabulary_file import default_vocabulary
from paper_atlas.model.entry import read_entry
from paper_atlas.problem import errors
from paper_atlas.source.document import parse_document
from paper_atlas.source.yaml_writer import yaml_scalar

ATLASES = [ROOT / "entries", FIXTURES / "atlas" / "entries"]


@pytest.mark.parametrize("folder", ATLASES, ids=["this atlas", "the small atlas"])
def test_every_entry_reads_back_unchanged(folder: Path) -> None:
    library = load(folder)
    facets = list(library.vocabulary.facets)
    for entry in library.entries:
        source, problems = parse_document(dump_entry(entry, facets), entry.path)
        again, more = read_entry(source, library.vocabulary, {})
        assert (again, problems, more) == (entry, [], [])


@pytest.mark.parametrize(
    "text",
    [
        *(
            "no",
            "Yes",
            "null",
            "~",
            "12:30",
            "07",
            "1e5",
            "0x1F",
            ".5",
            "1_000",
            "1709.07330",
            "2018-01-01",
        ),
        *("a: b", "a #b", "- a", "[a]", "{a}", "*a", "&a", "!a", "%a", "@a", "`a", "'a'", '"a"'),
        *("a,b", "a:b", "a#b", "ends:", " padded ", "tab\tin", "line\nbreak", "\u2028", "é", "肝"),
        *("U-Net++", "C&A", "50 %", "\\", "a\\b", "?", "a?", "a:?b", "a ?b", "x]", "😀", "=", "<<"),
    ],
)
def test_every_yaml_parser_reads_a_scalar_as_the_same_text(text: str) -> None:
    for document, value in (
        (f"key: {yaml_scalar(text)}", {"key": text}),
        (f"key: [{yaml_scalar(text, in_list=True)}, b]", {"key": [text, "b"]}),
    ):
        assert yaml.safe_load(document) == value
        assert parse_document(document, "x.yml")[0].data == value


def test_quotation_marks_are_written_only_if_needed() -> None:
    assert yaml_scalar("H-DenseUNet in CT (3D)") == "H-DenseUNet in CT (3D)"
    assert yaml_scalar("https://doi.org/10.1000/1?a=b&c=d") == "https://doi.org/10.1000/1?a=b&c=d"
    assert yaml_scalar("1709.07330") == '"1709.07330"'
    assert yaml_scalar("37") == "37"


def test_a_full_entry(tmp_path: Path) -> None:
    """The order of keys, short and long lists, and notes of several lines."""
    (tmp_path / "other.yml").write_text("title: O\ntopics: [Liver]\nlinks: {doi: 10.1000/1}\n")
    (tmp_path / "full.yml").write_text(
        """\
unverified: [year]
notes: |
  First line.

  Last line.
added: 2024-02-29
results:
  - {dataset: LiTS, metric: Dice, value: 0.961}
extends: [other]
methods: CT
topics: [Liver, Spleen]
links: {code: "https://example.org/c", doi: 10.1000/182, Lab page: "https://example.org/l"}
pages: 1-9
year: 2018
authors:
  - Someone With A Long Name Indeed
  - Another One With A Long Name
  - A Third One With A Long Name
title: "A: B"
"""
    )
    library = load(tmp_path)
    assert errors(library.problems) == []
    assert dump_entry(library.entries_by_id["full"], list(library.vocabulary.facets)) == (
        """\
title: "A: B"
authors:
  - Someone With A Long Name Indeed
  - Another One With A Long Name
  - A Third One With A Long Name
year: 2018
pages: 1-9
links:
  doi: 10.1000/182
  code: https://example.org/c
  Lab page: https://example.org/l
topics: [Liver, Spleen]
methods: [CT]
extends: [other]
results:
  - dataset: LiTS
    metric: Dice
    value: 0.961
notes: |-
  First line.

  Last line.
added: 2024-02-29
unverified: [year]
"""
    )


def test_every_field_of_an_entry_is_written() -> None:
    not_in_file = {"id", "path", "terms"}
    written = set(Entry.model_fields) - not_in_file
    assert written == {
        *("title", "authors", "year", "venue", "volume", "issue", "pages", "links", "extends"),
        *("results", "summary", "notes", "added", "unverified", "not_same_as", "allow"),
        *("alternative_titles", "retracted", "erratum", "formerly", "citation_key"),
    }


def test_the_default_vocabulary_is_canonical() -> None:
    written = dump_vocabulary(default_vocabulary())
    path = ROOT / "plugin" / "paper_atlas" / "folder" / "default-vocabulary.yml"
    assert path.read_text(encoding="utf-8").split("\n", 1)[1] == written
