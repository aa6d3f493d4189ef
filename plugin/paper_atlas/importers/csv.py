"""Importer for CSV with a header, from an atlas, Zotero, Scopus or PubMed.

    title,authors,year
    U-Net,"Ronneberger, O.; Fischer, P.",2015     →
    Draft({"title": "U-Net", "authors": ["O. Ronneberger", "P. Fischer"], "year": "2015"}, line=2)

Format: https://www.rfc-editor.org/rfc/rfc4180, with commas, semicolons or tabs as separators.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from itertools import chain

from paper_atlas.importers.draft import Draft, DraftList
from paper_atlas.importers.names import creators, record_authors
from paper_atlas.importers.record import (
    FieldValue,
    build_draft,
    not_taken_notes,
    note_values,
    venue_values,
)
from paper_atlas.problem import Problem
from paper_atlas.text.names import split_name

# The columns of each key, in lower case. If a table has several of them, the first is used.
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id",),
    "citation_key": ("citation_key", "citation key"),
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
    **{kind: (kind,) for kind in ("code", "pdf", "data", "project", "scholar")},
    "retracted": ("retracted",),
    "notes": ("notes",),
    "added": ("added",),
}
_KEYWORDS = ("keywords", "manual tags", "automatic tags", "author keywords", "index keywords")
# Their lines are values of their own.
_WITH_LINES = ("extra", "url", "link", "doi")
_NO_DATA = ("key", "item type", "document type", "page start", "page end")
_KEY_OF_COLUMN = {name: key for key, names in _COLUMNS.items() for name in names}
# A spreadsheet would run a cell that begins with `=`, so exports put `'` before it.
_ESCAPED_FORMULA = re.compile(r"'+[=+\-@＝＋－＠]")
_SEPARATOR_LINE = re.compile(r"[\"']?sep=(.)[\"']?\r?\n", re.IGNORECASE)


def read_csv(text: str, path: str) -> DraftList:
    """Parse a table; a column with another name becomes a key of the entry, such as a facet."""
    separator, text, skipped = _separator(text)
    drafts: list[Draft] = []
    problems: list[Problem] = []
    broken = 0
    header: list[str] | None = None
    for line, row in _rows(text, separator, skipped + 1):
        if isinstance(row, csv.Error):
            message = f"the row that begins here cannot be parsed: {row}"
            hint = "check for a missing or an extra quotation mark"
            problems.append(Problem(path, line, 1, "broken-record", "", message, hint))
            broken += 1
            if header is None:
                break
        elif header is None:
            header = [name.strip() for name in row]
        elif any(row):
            draft, not_taken = build_draft(line, _field_values(_cells(header, row), line))
            drafts.append(draft)
            problems += not_taken_notes(path, chain(not_taken, _extra_cells(header, row, line)))
    count = len(drafts) + broken
    return DraftList(path, tuple(drafts), problems=tuple(sorted(problems)), record_count=count)


def _rows(text: str, separator: str, first: int) -> Iterator[tuple[int, list[str] | csv.Error]]:
    """Yield (line, row), or (line, error) for a row that cannot be parsed, such as one without end.

    The parser goes on in the line after that in which it gave up.
    """
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    while True:
        line = first + rows.line_num
        try:
            yield line, next(rows)
        except csv.Error as error:
            yield line, error
        except StopIteration:
            return


def _separator(text: str) -> tuple[str, str, int]:
    """Return the separator, the table, and the number of lines before it.

    Excel writes the separator into a first line, such as `sep=;`.
    """
    match = _SEPARATOR_LINE.match(text)
    table = text[match.end() :] if match else text
    header = table.partition("\n")[0]
    separator = match[1] if match else max(",;\t", key=header.count)
    return separator, table, 1 if match else 0


def _cells(header: list[str], row: list[str]) -> dict[str, str]:
    """Return the cells that are not empty, by the names of their columns."""
    plain = (cell[1:] if _ESCAPED_FORMULA.match(cell) else cell for cell in row)
    cells = (
        (name, cell.strip() if name.casefold() in _WITH_LINES else " ".join(cell.split()))
        for name, cell in zip(header, plain, strict=False)
    )
    return {name: cell for name, cell in cells if cell}


def _extra_cells(header: list[str], row: list[str], line: int) -> Iterator[FieldValue]:
    if any(row[len(header) :]):
        yield FieldValue("", line, reason="the row has more cells than the header")


def _field_values(cells: dict[str, str], line: int) -> Iterator[FieldValue]:
    by_column = {name.casefold(): cell for name, cell in cells.items()}
    pages = [by_column[name] for name in ("page start", "page end") if name in by_column]
    if pages:
        yield FieldValue("page start", line, "pages", "-".join(pages))
    for name, cell in cells.items():
        column = name.casefold()
        key = _KEY_OF_COLUMN.get(column, "")
        if key and next(known for known in _COLUMNS[key] if known in by_column) != column:
            yield from () if _is_repeated(cell, by_column, key) else [FieldValue(name, line)]
        elif key == "authors":
            yield from _author_values(name, line, cell, by_column)
        elif key == "venue":
            yield from venue_values(name, line, cell)
        elif key:
            yield FieldValue(name, line, key, cell)
        elif column in _KEYWORDS:
            yield from (FieldValue(name, line, "keywords", word) for word in _split_cell(cell))
        elif column in ("extra", "links"):
            yield from note_values(name, line, cell)
        elif column not in _NO_DATA:
            yield FieldValue(name, line, name, _split_cell(cell))


def _is_repeated(cell: str, by_column: Mapping[str, str], key: str) -> bool:
    """True if the first column of the key has the same value, or a longer form of it."""
    return key in ("authors", "id") or by_column.get(_COLUMNS[key][0]) == cell


def _split_cell(cell: str) -> list[str]:
    return [word.strip() for word in cell.split(";") if word.strip()]


def _author_values(
    name: str, line: int, cell: str, by_column: Mapping[str, str]
) -> Iterator[FieldValue]:
    """Yield the authors of a cell, by the program that wrote the table.

    An atlas, which writes ids, writes names as `split_name` reads them.
    """
    if "id" in by_column:
        for author in _split_cell(cell):
            yield FieldValue(name, line, "authors", split_name(author).author)
    elif "item type" in by_column:
        yield from creators(name, line, cell)
    else:
        yield from record_authors(name, line, [cell], surname_first=";" not in cell)
