"""CSV and its like with a header: our own columns, and those of Zotero, Scopus and PubMed.

The format: https://www.rfc-editor.org/rfc/rfc4180; the separator is a comma, a semicolon or a tab.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from itertools import chain

from paper_atlas.importers.draft import Draft, DraftList
from paper_atlas.importers.record import (
    FieldValue,
    build_draft,
    note_values,
    problems_of_values,
    venue_values,
)
from paper_atlas.problem import Problem

# The columns in small letters; of several that mean the same the first here is taken.
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "key"),
    "title": ("title",),
    "authors": ("author full names", "authors", "author"),
    "year": ("year", "publication year"),
    "venue": (
        *("venue", "publication title", "source title", "journal/book", "journal"),
        *("proceedings title", "conference name"),
    ),
    "volume": ("volume",),
    "issue": ("issue",),
    "pages": ("pages", "art. no."),
    "doi": ("doi",),
    "arxiv": ("arxiv",),
    "pmid": ("pmid", "pubmed id"),
    "pmcid": ("pmcid",),
    "url": ("url", "link"),
    "code": ("code",),
    "retracted": ("retracted",),
    "notes": ("notes",),
    "added": ("added",),
}
_KEYWORDS = ("keywords", "manual tags", "automatic tags", "author keywords", "index keywords")
_STRUCTURE = ("item type", "document type", "page start", "page end")
_KEY = {name: key for key, names in _COLUMNS.items() for name in names}
_SHIELDED = re.compile(r"'+[=+\-@＝＋－＠]")
_SHORT_NAME = re.compile(r"(\S.*?)\s+((?:[A-Z]\.?-?){1,4})")
_NUMBERED = re.compile(r"\s*\(\d+\)$")


def read_csv(text: str, path: str) -> DraftList:
    """Read a table. A column of another name is a key of an entry, such as that of a facet."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    drafts: list[Draft] = []
    problems: list[Problem] = []
    try:
        header = [name.strip() for name in next(rows, [])]
        line = rows.line_num + 1
        for row in rows:
            if any(row):
                draft, lost = build_draft(line, _said(_cells(header, row), line))
                drafts.append(draft)
                problems += problems_of_values(path, chain(lost, _beyond(header, row, line)))
            line = rows.line_num + 1
    except csv.Error as error:
        problems.append(Problem(path, rows.line_num, 1, "unreadable", "", f"no table: {error}"))
    return DraftList(path, tuple(drafts), problems=tuple(sorted(problems)))


def _separator(text: str) -> str:
    header = text.partition("\n")[0]
    return max(",;\t", key=header.count)


def _cells(header: list[str], row: list[str]) -> dict[str, str]:
    """The cells that hold something, by the names of their columns."""
    named = zip(header, (" ".join(cell.split()) for cell in row), strict=False)
    return {name: cell[1:] if _SHIELDED.match(cell) else cell for name, cell in named if cell}


def _beyond(header: list[str], row: list[str], line: int) -> Iterator[FieldValue]:
    if any(row[len(header) :]):
        yield FieldValue("", line, why="is the header of a column, which has none")


def _said(cells: dict[str, str], line: int) -> Iterator[FieldValue]:
    small = {name.casefold(): cell for name, cell in cells.items()}
    ends = [small[name] for name in ("page start", "page end") if name in small]
    if ends:
        yield FieldValue("page start", line, "pages", "-".join(ends))
    for name, cell in cells.items():
        known = name.casefold()
        key = _KEY.get(known, "")
        if key and next(it for it in _COLUMNS[key] if it in small) != known:
            yield from () if _same(cell, small, key) else [FieldValue(name, line)]
        elif key == "authors":
            persons = _listed(cell) if "id" in small else _persons(cell)
            yield from (FieldValue(name, line, key, person) for person in persons)
        elif key == "venue":
            yield from venue_values(name, line, cell)
        elif key:
            yield FieldValue(name, line, key, cell)
        elif known in _KEYWORDS:
            yield from (FieldValue(name, line, "keywords", word) for word in _listed(cell))
        elif known == "extra":
            yield from note_values(name, line, cell)
        elif known not in _STRUCTURE:
            yield FieldValue(name, line, name, _listed(cell))


def _same(cell: str, small: Mapping[str, str], key: str) -> bool:
    """Whether another column of the same meaning says the same, or the same at greater length."""
    return key in ("authors", "id") or any(small.get(name) == cell for name in _COLUMNS[key][:1])


def _listed(cell: str) -> list[str]:
    return [word.strip() for word in cell.split(";") if word.strip()]


def _persons(cell: str) -> Iterator[str]:
    """The names of a cell of others: `Li, X.; Chen, H.`, or `Li X, Chen H.` as in PubMed."""
    short = [_SHORT_NAME.fullmatch(it.strip()) for it in cell.rstrip(". ").split(",")]
    if ";" not in cell and all(short):
        yield from (f"{it[2]} {it[1]}" for it in short if it)
        return
    for person in _listed(cell):
        surname, *given = (it.strip() for it in _NUMBERED.sub("", person).split(",", 2))
        yield " ".join(filter(None, (*given[:1], surname, *given[1:])))
