"""The SQLite database."""

import sqlite3
from contextlib import closing
from pathlib import Path

from helpers.titles import ODD_TEXT
from paper_atlas import Entry, Library
from paper_atlas.exports.sqlite import write_sqlite
from paper_atlas.text.lines import one_line


def test_database_has_all_rows_and_a_full_text_search(
    library: Library, odd: Entry, tmp_path: Path
) -> None:
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
        assert ("gatidis-2024-results",) in ask(find, "fruh")  # folded from "Früh"
        assert ask("SELECT title FROM papers WHERE id = 'odd'") == [(one_line(ODD_TEXT),)]
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


def test_database_replaces_another_and_has_the_same_bytes(library: Library, tmp_path: Path) -> None:
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


def test_unverified_links_are_not_in_the_database(library: Library, tmp_path: Path) -> None:
    entry = next(entry for entry in library.entries if "doi" in entry.unverified)
    write_sqlite([entry], tmp_path / "papers.sqlite")
    with closing(sqlite3.connect(tmp_path / "papers.sqlite")) as connection:
        kinds = connection.execute("SELECT kind FROM links").fetchall()
        assert ("doi",) not in kinds
        assert "doi" in connection.execute("SELECT unverified FROM papers").fetchone()[0]


def test_search_has_the_words_of_the_other_tables(library: Library, tmp_path: Path) -> None:
    entry = next(entry for entry in library.entries if entry.id == "u-net")
    second = {"id": "second", "title": "One", "alternative_titles": ("Two birds", "Three")}
    path = tmp_path / "papers.sqlite"
    write_sqlite([entry, entry.model_copy(update=second)], path)
    with closing(sqlite3.connect(path)) as connection:
        find = "SELECT id FROM search WHERE search MATCH ?"
        connection.execute("VACUUM")  # renumbers the rows of a table without an integer key
        connection.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
        assert connection.execute(find, ["title: birds"]).fetchall() == [("second",)]
        assert connection.execute(find, ["title: biomedical"]).fetchall() == [("u-net",)]
        assert len(connection.execute(find, ["authors: Ronneberger"]).fetchall()) == 2
        shown = "SELECT title, snippet(search, 1, '[', ']', '', 9) FROM search('three')"
        titles = connection.execute(shown).fetchall()
        assert titles == [("One; Two birds; Three", "One; Two birds; [Three]")]
        authors, terms = connection.execute("SELECT authors, terms FROM search").fetchone()
        assert authors.startswith("Olaf Ronneberger; ")
        assert sorted(terms.split("; ")) == sorted(set(terms.split("; ")))
