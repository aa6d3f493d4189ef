"""Exports of hostile entries, read by programs of others: as many records, and equal fields."""

import csv
import io
import json
import re
import sqlite3
import warnings
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import bibtexparser
import feedparser
import pybtex.database
import pytest
import rispy
from citeproc.source.json import CiteProcJSON
from helpers.hostile_atlas import HostileAtlas
from helpers.torture import amount
from jsonschema import Draft202012Validator
from paper_atlas import Entry, Library, export, load
from paper_atlas.exports import FILE_EXPORTS
from paper_atlas.exports.atom import MAX_ENTRIES, FeedInfo, atom_feed
from paper_atlas.exports.json import PAPERS_SCHEMA, site_schemas
from paper_atlas.model.publication import confirmed_links, keywords, page_range, publication_type
from paper_atlas.text.lines import one_line
from paper_atlas.text.names import split_name
from pylatexenc.latex2text import LatexNodes2Text

PARTS = amount(1, 20)
COUNT = amount(150, 500)  # of entries in each part, so that their vocabulary is within its limit
TEXTS = ("title", "venue", "volume", "issue", "pages")
SEPARATOR = re.compile(r"\s*;\s*")


@pytest.fixture(scope="module", params=range(PARTS))
def library(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Library:
    folder = tmp_path_factory.mktemp("hostile") / "project"
    HostileAtlas(folder, 7 + request.param, COUNT).write()
    found = load(folder / "entries", folder)
    assert len(found.entries) > 0.7 * COUNT
    return found


def texts_of(entry: Entry) -> dict[str, str]:
    """Return the fields that every format has, without those that are empty."""
    values = {key: one_line(getattr(entry, key)) for key in TEXTS}
    values |= {"pages": page_range(entry), "year": str(entry.year or "")}
    return {key: text for key, text in values.items() if text}


def given(values: Iterable[tuple[str, Any]]) -> dict[str, str]:
    return {key: str(text) for key, text in values if text}


def encoded(link: str) -> str:
    return link.replace("{", "%7B").replace("}", "%7D")


def names_of(entry: Entry) -> list[str]:
    return [split_name(author).plain for author in entry.authors]


def plain(text: str) -> str:
    """Return LaTeX as text, by a program of others. It reads accents without letters as such."""
    return one_line(LatexNodes2Text().latex_to_text(text)).translate({0x2C6: "^", 0x2DC: "~"})


VENUES = ("journal", "journaltitle", "booktitle", "howpublished")


@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
def test_bibtex(library: Library, name: str) -> None:
    text = export(name, library.entries)
    theirs = pybtex.database.parse_string(text, "bibtex").entries
    others = bibtexparser.parse_string(text)
    keys = [entry.key for entry in library.entries]
    assert [*theirs] == keys
    assert others.failed_blocks == []
    assert [block.key for block in others.entries] == keys
    for entry, block in zip(library.entries, others.entries, strict=True):
        fields = theirs[entry.key].fields
        assert {key: block.fields_dict[key].value for key in fields} == {**fields}
        venue = next((fields[key] for key in VENUES if key in fields), "")
        found = {key: fields.get(key, "") for key in ("title", "volume", "pages")}
        found |= {"venue": venue, "issue": fields.get("number", "")}
        read = given((key, plain(text)) for key, text in found.items())
        year = fields.get("date", fields.get("year", ""))
        assert with_dashes(read | {"year": year}) == with_dashes(texts_of(entry)), entry.path
        assert fields.get("doi", "") == encoded(entry.links.doi or "").replace("\\", "%5C")
        persons = theirs[entry.key].persons.get("author", [])
        assert [*map(person, persons)] == [letters(name) for name in names_of(entry)], entry.path


def with_dashes(texts: dict[str, str]) -> dict[str, str]:
    """Return the texts with one sign for each dash of the pages; LaTeX joins hyphens to dashes."""
    return {**texts, "pages": re.sub("[-–—]+", "-", texts.get("pages", ""))}


def person(found: Any) -> str:
    parts = (*found.first_names, *found.middle_names, *found.prelast_names, *found.last_names)
    return letters(plain(" ".join([*parts, *found.lineage_names])))


def letters(text: str) -> str:
    """Return the letters and signs of a name; programs differ in their blanks and order."""
    return "".join(sorted(re.sub(r"[\s,~]", "", text)))


def test_ris(library: Library) -> None:
    records = rispy.loads(export("ris", library.entries))
    assert [record["id"] for record in records] == [entry.key for entry in library.entries]
    for record, entry in zip(records, library.entries, strict=True):
        pages = "-".join(filter(None, (record.get("start_page"), record.get("end_page"))))
        found = {
            "title": record.get("title"),
            "venue": record.get("secondary_title"),
            "volume": record.get("volume"),
            "issue": record.get("number"),
            "pages": pages,
            "year": record.get("year"),
        }
        assert given(found.items()) == texts_of(entry), entry.path
        assert record.get("doi") == entry.links.doi
        assert len(record.get("authors", [])) == len(entry.authors)
        assert [*map(letters, record.get("authors", []))] == [*map(letters, names_of(entry))]
        assert record.get("keywords", []) == keywords(entry)


def test_csl(library: Library) -> None:
    items = json.loads(export("csl", library.entries))
    assert [item["id"] for item in items] == [entry.key for entry in library.entries]
    for item, entry in zip(items, library.entries, strict=True):
        venue = item.get("container-title") or item.get("publisher")
        found = {
            "title": item["title"],
            "venue": venue,
            "volume": item.get("volume"),
            "issue": item.get("issue"),
            "pages": item.get("page"),
            "year": str(item["issued"]["date-parts"][0][0]),
        }
        assert given(found.items()) == texts_of(entry), entry.path
        assert item.get("DOI") == entry.links.doi
        assert len(item.get("author", [])) == len(entry.authors)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of unknown variables
        assert [*CiteProcJSON(items)] == [entry.key.lower() for entry in library.entries]


def test_csv(library: Library) -> None:
    rows = [*csv.DictReader(io.StringIO(export("csv", library.entries), newline=""), strict=True)]
    assert [row["id"] for row in rows] == [entry.id for entry in library.entries]
    for row, entry in zip(rows, library.entries, strict=True):
        assert None not in row
        assert not [cell for cell in row.values() if cell.startswith(tuple("=+-@\t\r＝＋－＠"))]
        cells = {key: re.sub(r"^'(?='*[=+\-@＝＋－＠])", "", text) for key, text in row.items()}
        found = given((key, cells[key]) for key in (*TEXTS, "year"))
        assert found == texts_of(entry), entry.path
        assert (cells["doi"] or None) == entry.links.doi
        assert cells["citation_key"] == (entry.citation_key or "")
        for kind in ("pdf", "code", "data", "project", "scholar"):
            assert cells[kind] == encoded(confirmed_links(entry).get(kind, ""))


def test_json(library: Library) -> None:
    data = json.loads(export("json", library.entries))
    schema = json.loads(site_schemas(library.file_vocabulary)[PAPERS_SCHEMA])
    assert [*Draft202012Validator(schema).iter_errors(data)] == []
    assert [paper["id"] for paper in data["papers"]] == [entry.id for entry in library.entries]
    for paper, entry in zip(data["papers"], library.entries, strict=True):
        for key in (*TEXTS, "notes", "citation_key"):
            assert paper.get(key) == getattr(entry, key), entry.path
        assert paper["links"] == entry.links.by_kind()
        for name, terms in entry.terms.items():
            assert paper[name] == [term.title for term in terms]
        for result, stated in zip(paper["results"], entry.results, strict=True):
            assert (result["dataset"], result["metric"]) == (stated.dataset, stated.metric)
            assert str(result["value"]) == str(float(stated.value))


def test_sqlite(library: Library, tmp_path: Path) -> None:
    FILE_EXPORTS["sqlite"].write_file(library.entries, tmp_path / "papers.sqlite")
    with closing(sqlite3.connect(tmp_path / "papers.sqlite")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        columns = "id, title, year, venue, volume, issue, pages, kind, notes"
        rows = database.execute(f"SELECT {columns} FROM papers ORDER BY position").fetchall()
        links = database.execute("SELECT paper, kind, value FROM links").fetchall()
        terms = database.execute("SELECT paper, facet, term, title FROM terms").fetchall()
        found = database.execute("SELECT count(*) FROM search").fetchone()
    assert rows == [
        (entry.id, one_line(entry.title), entry.year, entry.venue, entry.volume, entry.issue,
         page_range(entry) or None, publication_type(entry), entry.notes)
        for entry in library.entries
    ]  # fmt: skip
    assert sorted(links) == sorted(
        (entry.id, *link) for entry in library.entries for link in confirmed_links(entry).items()
    )
    assert sorted(terms) == sorted(
        (entry.id, facet, term.id, term.title)
        for entry in library.entries
        for facet, of_facet in entry.terms.items()
        for term in of_facet
    )
    assert found == (len(library.entries),)


def test_atom(library: Library) -> None:
    ordered = sorted(library.entries, key=lambda entry: str(entry.added), reverse=True)
    for start in range(0, len(ordered), MAX_ENTRIES):
        entries = ordered[start : start + MAX_ENTRIES]
        info = FeedInfo("<b>]]>", "https://e.org/feed.xml", "https://e.org/", paper_address)
        feed = feedparser.parse(atom_feed(entries, info), sanitize_html=False)
        assert not feed.bozo, feed.bozo_exception
        assert feed.feed.title == "<b>]]>"
        assert [item.link for item in feed.entries] == [*map(paper_address, entries)]
        for item, entry in zip(feed.entries, entries, strict=True):
            title = f"{'Retracted: ' if entry.retracted else ''}{one_line(entry.title)}"
            assert item.title == title, entry.path
            authors = [author.get("name", "") for author in item.get("authors", [])]
            assert authors == names_of(entry)
            labels = [tag.label for tag in item.tags]
            assert labels == [
                one_line(term.title) for terms in entry.terms.values() for term in terms
            ]


def paper_address(entry: Entry) -> str:
    return f"https://e.org/{entry.id}/"
