"""A SQLite database with all that entries say, and a full-text search.

The file: https://www.sqlite.org/fileformat2.html, the search: https://www.sqlite.org/fts5.html.
`SELECT id FROM search WHERE search MATCH 'liver' ORDER BY rank` finds papers.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing

from paper_atlas.entry import RELATIONS, Entry
from paper_atlas.exports.names import split_name
from paper_atlas.exports.parts import (
    keywords,
    kind_of,
    links_of,
    notice,
    notice_url,
    one_line,
    pages_of,
    web,
)

_SCHEMA = """
CREATE TABLE papers (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, year INTEGER, venue TEXT, kind TEXT NOT NULL,
  volume TEXT, issue TEXT, pages TEXT, retracted TEXT, erratum TEXT, notes TEXT, added TEXT,
  unverified TEXT
);
CREATE TABLE authors (
  paper TEXT NOT NULL REFERENCES papers, position INTEGER NOT NULL, name TEXT NOT NULL,
  given TEXT, family TEXT NOT NULL, PRIMARY KEY (paper, position)
);
CREATE TABLE links (
  paper TEXT NOT NULL REFERENCES papers, kind TEXT NOT NULL, value TEXT NOT NULL,
  url TEXT NOT NULL, PRIMARY KEY (paper, kind)
);
CREATE TABLE terms (
  paper TEXT NOT NULL REFERENCES papers, facet TEXT NOT NULL, term TEXT NOT NULL,
  title TEXT NOT NULL, PRIMARY KEY (paper, facet, term)
);
CREATE TABLE relations (
  paper TEXT NOT NULL REFERENCES papers, relation TEXT NOT NULL, other TEXT NOT NULL,
  PRIMARY KEY (paper, relation, other)
);
CREATE TABLE results (
  paper TEXT NOT NULL REFERENCES papers, position INTEGER NOT NULL, dataset TEXT NOT NULL,
  split TEXT, target TEXT, metric TEXT NOT NULL, value REAL NOT NULL, written TEXT NOT NULL,
  stated TEXT, PRIMARY KEY (paper, position)
);
CREATE VIRTUAL TABLE search USING fts5 (
  id UNINDEXED, title, authors, venue, terms, notes, tokenize = 'porter unicode61'
);
"""

Row = tuple[str | int | float | None, ...]


def database(entries: Sequence[Entry]) -> bytes:
    """The file of a database with entries, in their order; the same for the same release of SQLite.

    `unverified` names the keys that nobody has confirmed; links of which that is true are left out.
    """
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(_SCHEMA)
        for entry in entries:
            for table, row in _rows(entry):
                marks = ", ".join("?" * len(row))
                connection.execute(f"INSERT INTO {table} VALUES ({marks})", row)
        connection.commit()
        connection.execute("INSERT INTO search (search) VALUES ('optimize')")
        connection.commit()
        connection.execute("VACUUM")
        return connection.serialize()


def _rows(entry: Entry) -> Iterator[tuple[str, Row]]:
    yield "papers", _paper(entry)
    yield from (("authors", (entry.id, *row)) for row in _authors(entry))
    for kind, value in links_of(entry).items():
        yield "links", (entry.id, kind, value, web(kind, value))
    for facet, terms in entry.terms.items():
        yield from (("terms", (entry.id, facet, term.id, term.title)) for term in terms)
    for relation in RELATIONS:
        yield from (("relations", (entry.id, relation, it)) for it in getattr(entry, relation))
    yield from (("results", (entry.id, *row)) for row in _results(entry))
    yield "search", _searched(entry)


def _paper(entry: Entry) -> Row:
    return (
        *(entry.id, one_line(entry.title), entry.year, entry.venue, kind_of(entry)),
        *(entry.volume, entry.issue, pages_of(entry) or None, notice(entry) or None),
        notice_url(entry.erratum) if entry.erratum else None,
        entry.notes,
        entry.added.isoformat() if entry.added else None,
        ", ".join(entry.unverified) or None,
    )


def _authors(entry: Entry) -> Iterator[Row]:
    for position, name in enumerate(map(split_name, entry.authors), start=1):
        yield position, name.plain, name.given or None, name.family


def _results(entry: Entry) -> Iterable[Row]:
    for position, it in enumerate(entry.results, start=1):
        number = float(it.value), f"{it.value:f}"
        yield position, it.dataset, it.split, it.target, it.metric, *number, it.stated


def _searched(entry: Entry) -> Row:
    titles = " ".join(map(one_line, entry.titles))
    authors = " ".join(split_name(author).plain for author in entry.authors)
    return entry.id, titles, authors, entry.venue, "; ".join(keywords(entry)), entry.notes
