"""A SQLite database of all entries, with a full-text search.

The file: https://www.sqlite.org/fileformat2.html, the search: https://www.sqlite.org/fts5.html.
`SELECT id FROM search WHERE search MATCH 'liver' ORDER BY rank` finds papers. The search stores
only its index: its columns come from the other tables, through a view.
https://www.sqlite.org/fts5.html#external_content_tables
"""

import errno
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from itertools import chain, count
from pathlib import Path

from paper_atlas.model.entry import RELATIONS, Entry
from paper_atlas.model.publication import (
    confirmed_links,
    notice_url,
    page_range,
    publication_type,
    retraction_url,
    url_of_link,
)
from paper_atlas.text.lines import one_line
from paper_atlas.text.names import split_name

# Fast and not crash-safe, as an unfinished file is useless: https://www.sqlite.org/pragma.html#pragma_journal_mode
_NO_JOURNAL = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
_SCHEMA = """
CREATE TABLE papers (
  position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
  alternative_titles TEXT, year INTEGER, venue TEXT, kind TEXT NOT NULL, volume TEXT, issue TEXT,
  pages TEXT, retracted TEXT, erratum TEXT, notes TEXT, added TEXT, unverified TEXT
);
CREATE TABLE authors (
  paper TEXT NOT NULL REFERENCES papers (id), position INTEGER NOT NULL, name TEXT NOT NULL,
  given TEXT, family TEXT NOT NULL, PRIMARY KEY (paper, position)
) WITHOUT ROWID;
CREATE TABLE links (
  paper TEXT NOT NULL REFERENCES papers (id), kind TEXT NOT NULL, value TEXT NOT NULL,
  url TEXT NOT NULL, PRIMARY KEY (paper, kind)
) WITHOUT ROWID;
CREATE TABLE terms (
  paper TEXT NOT NULL REFERENCES papers (id), facet TEXT NOT NULL, term TEXT NOT NULL,
  title TEXT NOT NULL, PRIMARY KEY (paper, facet, term)
) WITHOUT ROWID;
CREATE TABLE relations (
  paper TEXT NOT NULL REFERENCES papers (id), relation TEXT NOT NULL, other TEXT NOT NULL,
  PRIMARY KEY (paper, relation, other)
) WITHOUT ROWID;
CREATE TABLE results (
  paper TEXT NOT NULL REFERENCES papers (id), position INTEGER NOT NULL, dataset TEXT NOT NULL,
  split TEXT, target TEXT, metric TEXT NOT NULL, value REAL NOT NULL, written TEXT NOT NULL,
  stated TEXT, PRIMARY KEY (paper, position)
) WITHOUT ROWID;
CREATE VIEW searched AS SELECT
  position, id, title || coalesce('; ' || alternative_titles, '') AS title, venue, notes,
  (SELECT group_concat(name, '; ') FROM authors WHERE paper = papers.id) AS authors,
  (SELECT group_concat(title, '; ') FROM
    (SELECT DISTINCT title FROM terms WHERE paper = papers.id)) AS terms
FROM papers;
CREATE VIRTUAL TABLE search USING fts5 (
  id UNINDEXED, title, authors, venue, terms, notes,
  content = searched, content_rowid = position, tokenize = 'porter unicode61'
);
"""
_BUILD_SEARCH = "INSERT INTO search (search) VALUES ('rebuild')"

SqlRow = tuple[str | int | float | None, ...]


def write_sqlite(entries: Sequence[Entry], path: Path) -> None:
    """Write a database with entries, in their order, to `path`, and replace an existing file.

    The same release of SQLite gives the same bytes. Rows of child tables are inserted in the order
    of their primary keys, so that they are only appended. The column `unverified` lists keys;
    unverified links are omitted. Not atomic: do not read the file before this returns.

    Raises:
        OSError: the file cannot be written.
    """
    path.unlink(missing_ok=True)
    try:
        _write(entries, path)
    except sqlite3.OperationalError as error:
        raise OSError(errno.EIO, str(error), str(path)) from error


def _write(entries: Sequence[Entry], path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(_NO_JOURNAL + _SCHEMA)
        connection.execute("BEGIN")
        _insert(connection, "papers", map(_paper, count(1), entries))
        by_id = sorted(entries, key=lambda entry: entry.id)
        for table, rows in _CHILD_TABLES.items():
            _insert(connection, table, chain.from_iterable(map(rows, by_id)))
        connection.execute(_BUILD_SEARCH)
        connection.execute("COMMIT")


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[SqlRow]) -> None:
    columns = connection.execute(f"SELECT * FROM {table}").description
    marks = ", ".join("?" * len(columns))
    connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def _paper(position: int, entry: Entry) -> SqlRow:
    return (
        *(position, entry.id, one_line(entry.title)),
        "; ".join(map(one_line, entry.alternative_titles)) or None,
        *(entry.year, entry.venue, publication_type(entry)),
        *(entry.volume, entry.issue, page_range(entry) or None, retraction_url(entry) or None),
        notice_url(entry.erratum) if entry.erratum else None,
        entry.notes,
        entry.added.isoformat() if entry.added else None,
        ", ".join(entry.unverified) or None,
    )


def _authors(entry: Entry) -> list[SqlRow]:
    names = enumerate(map(split_name, entry.authors), start=1)
    return [
        (entry.id, position, name.plain, name.given or None, name.family)
        for position, name in names
    ]


def _links(entry: Entry) -> list[SqlRow]:
    return [
        (entry.id, kind, value, url_of_link(kind, value))
        for kind, value in confirmed_links(entry).items()
    ]


def _terms(entry: Entry) -> list[SqlRow]:
    return [
        (entry.id, facet, term.id, term.title)
        for facet, terms in entry.terms.items()
        for term in terms
    ]


def _relations(entry: Entry) -> list[SqlRow]:
    return [
        (entry.id, relation, other) for relation in RELATIONS for other in getattr(entry, relation)
    ]


def _results(entry: Entry) -> list[SqlRow]:
    return [
        (
            *(entry.id, position, result.dataset, result.split, result.target, result.metric),
            *(float(result.value), f"{result.value:f}", result.stated),
        )
        for position, result in enumerate(entry.results, start=1)
    ]


_CHILD_TABLES: dict[str, Callable[[Entry], list[SqlRow]]] = {
    "authors": _authors,
    "links": _links,
    "terms": _terms,
    "relations": _relations,
    "results": _results,
}
