"""All formats: golden files, record order, and what none of them exports."""

import csv
import io
import json
import re

import pytest
from helpers import FIXTURES
from helpers.records import csv_rows, ris_records
from helpers.titles import LIMITS, TITLES, titled_entry
from hypothesis import given
from paper_atlas import EXPORTS, Entry, Library, export

# The JSON of the atlas contains everything, with the list of unverified keys.
OTHER_FORMATS = tuple(name for name in EXPORTS if name != "json")


@pytest.mark.parametrize("name", EXPORTS)
def test_export_matches_the_golden_file(papers: list[Entry], name: str) -> None:
    golden = FIXTURES / "exports" / f"papers{EXPORTS[name].suffix}"
    assert export(name, papers).encode() == golden.read_bytes()


@pytest.mark.parametrize("name", EXPORTS)
def test_file_contains_the_records_in_the_given_order(papers: list[Entry], name: str) -> None:
    chosen = [papers[2], papers[0]]
    text = export(name, chosen)
    places = [text.index(EXPORTS[name].record_of_entry(paper)) for paper in chosen]
    assert places == sorted(places)
    assert text.endswith("\n")


def test_exports_of_an_empty_atlas() -> None:
    empty = {name: export(name, []) for name in EXPORTS}
    assert json.loads(empty.pop("csl")) == []
    assert json.loads(empty.pop("json")) == {"version": 1, "papers": []}
    assert list(csv.DictReader(io.StringIO(empty.pop("csv")))) == []
    assert set(empty.values()) == {""}


def test_csv_and_ris_have_every_paper(library: Library) -> None:
    rows = csv_rows(export("csv", library.entries))
    records = ris_records(export("ris", library.entries))
    assert [(row["id"], row["title"]) for row in rows] == [
        (entry.id, " ".join(entry.title.split())) for entry in library.entries
    ]
    assert [(record["ID"], record["TI"]) for record in records] == [
        ([row["id"]], [row["title"]]) for row in rows
    ]
    assert [len(record.get("AU", [])) for record in records] == [
        len(entry.authors) for entry in library.entries
    ]


def test_keys_and_markdown_have_every_paper(library: Library) -> None:
    keys = export("keys", library.entries).splitlines()
    items = export("markdown", library.entries).splitlines()
    assert keys == [entry.id for entry in library.entries]
    assert len(items) == len(keys)
    assert all(item.startswith("- **") for item in items)


def test_unverified_identifiers_are_not_exported(library: Library) -> None:
    unsure = [(entry, kind) for entry in library.entries for kind in entry.links.by_kind()
              if kind in entry.unverified]  # fmt: skip
    assert unsure
    for entry, kind in unsure:
        value = entry.links.by_kind()[kind]
        texts = [EXPORTS[name].record_of_entry(entry).casefold() for name in OTHER_FORMATS]
        assert not [text for text in texts if value.casefold() in text]


def test_all_links_can_be_unverified(papers: list[Entry]) -> None:
    entry = papers[0].model_copy(update={"unverified": ("links",)})
    for made in (EXPORTS[name] for name in OTHER_FORMATS):
        assert not re.search("TMI.2018|1709|29994201|github", made.record_of_entry(entry))


def test_retraction_is_exported(papers: list[Entry]) -> None:
    for name in ("bibtex", "biblatex", "ris", "csl", "csv", "markdown"):
        assert ("https://doi.org/10.1000/182" in EXPORTS[name].record_of_entry(papers[1])) is True
        assert "etracted" not in EXPORTS[name].record_of_entry(papers[0])


@LIMITS
@given(title=TITLES)
def test_any_title_survives_ris_csl_and_csv(title: str) -> None:
    entry, expected = titled_entry(title), " ".join(title.split())
    two = {name: export(name, [entry, entry]) for name in ("ris", "csl", "csv")}
    assert [record["TI"] for record in ris_records(two["ris"])] == [[expected]] * 2
    assert [item["title"] for item in json.loads(two["csl"])] == [expected] * 2
    cells = [row["title"] for row in csv_rows(two["csv"])]
    assert cells in ([expected] * 2, [f"'{expected}"] * 2)
    assert not any(cell.startswith(tuple("=+-@")) for cell in cells)
