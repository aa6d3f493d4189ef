"""The rows of a table as papers: one column has the title, and the others add to it.

| Title          | Venue | Code                            |
| U-Net: A title | CVPR  | [link](https://github.com/a/b)  |
→ TableRow(item=ListItem("U-Net: A title", venue and links), has_title_column=True)
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bs4.element import Tag

from paper_atlas.importers.markdown.byline import Byline, parse_byline
from paper_atlas.importers.markdown.item import (
    ListItem,
    build_item,
    importable_links,
    parse_item,
)
from paper_atlas.importers.markdown.links import is_label
from paper_atlas.importers.markdown.names import parse_people
from paper_atlas.importers.markdown.page.inline import (
    InlineLink,
    InlinePart,
    LineBreak,
    TextRun,
    inline_parts,
    join_text,
    tag_text,
)
from paper_atlas.importers.markdown.venues import VenueYear, parse_venue_year

# Headers of the column of titles, the most certain first.
_TITLE_HEADERS = (
    r"\btitles?\b|标题|题目|论文名",
    r"\bpapers?\b|\barticles?\b|\bpublications?\b|论文",
    r"\b(?:names?|methods?|models?|works?|algorithms?|approach(?:es)?|projects?)\b|方法|模型|名称",
)
_CERTAIN_HEADERS = 2  # of these; the last pattern also matches headers of tables of software
_COLUMN_HEADERS = {
    "authors": re.compile(r"(?<!first )(?<!1st )\bauthors?\b|(?<!第一)作者", re.IGNORECASE),
    "venue": re.compile(
        r"\b(?:venues?|conf\w*|journals?|pub\w*|j/c|sources?|booktitle)\b|会议|期刊|出处|来源",
        re.IGNORECASE,
    ),
    "year": re.compile(r"\b(?:years?|dates?|time)\b|年份|时间|日期", re.IGNORECASE),
}
_AUTHOR_HEADER = re.compile(r"author|作者", re.IGNORECASE)
_VAGUE_LINK_TEXTS = (
    "link",
    "url",
    "here",
    "yes",
    "no",
    "n/a",
    "na",
    "none",
    "star",
    "stars",
    "tbd",
    "链接",
)


@dataclass(frozen=True)
class TableRow:
    """A table row; `has_title_column` is True if a header such as `Title` names the column.

    `column_words` are the words of the columns that no field contains, by their headers.
    """

    tag: Tag
    item: ListItem
    has_title_column: bool
    column_words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def table_rows(table: Tag) -> Iterator[TableRow]:
    """Yield the rows below the header row, without the rows of nested tables."""
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    headers = [tag_text(cell) for cell in _cells(rows[0])] if rows and _is_header(rows[0]) else []
    for row in rows[1:] if headers else rows:
        cells = [list(inline_parts(cell)) for cell in _cells(row)]
        padded = [*headers, *[""] * (len(cells) - len(headers))]
        rank, column, item = _title_column(cells, padded)
        if item:
            whole = _add_other_columns(cells, padded, column, item)
            words = _column_words(cells, padded, column)
            yield TableRow(row, whole, rank < _CERTAIN_HEADERS, words)
        else:
            parts = [part for cell in cells for part in (*cell, LineBreak())]
            yield TableRow(row, parse_item(parts), False)


def _column_words(
    cells: Sequence[list[InlinePart]], headers: Sequence[str], title_column: int
) -> dict[str, tuple[str, ...]]:
    """Return the words of the columns that are neither title nor authors, venue or year."""
    words = {
        header: tuple(_words_of_cell(cell))
        for column, (cell, header) in enumerate(zip(cells, headers, strict=False))
        if header and column != title_column and not _is_fact(header)
    }
    return {header: found for header, found in words.items() if found}


def _is_fact(header: str) -> bool:
    return any(pattern.search(header) for pattern in _COLUMN_HEADERS.values())


def _words_of_cell(cell: Sequence[InlinePart]) -> Iterator[str]:
    """Yield the words of a cell, also of its links, without marks such as `✓` and `-`."""
    pieces = (
        part.text
        if isinstance(part, TextRun) or (isinstance(part, InlineLink) and _names_a_thing(part))
        else "\n"
        for part in cell
    )
    text = "".join(pieces)
    for word in re.split(r"\s*[,;，；、\n]\s*|\s[/|]\s", text):
        stripped = " ".join(word.split()).strip("*()[].:： -–—")
        if re.search(r"[^\W\d_]", stripped) and not (_is_vague(stripped) or is_label(stripped)):
            yield stripped


def _names_a_thing(link: InlineLink) -> bool:
    """True for a link such as `[LiTS](…)`, whose text is not the kind of the link."""
    return not (link.is_image or is_label(link.text) or _is_vague(link.text))


def _is_header(row: Tag) -> bool:
    cells = _cells(row)
    return bool(cells) and all(cell.name == "th" for cell in cells)


def _cells(row: Tag) -> list[Tag]:
    return [cell for cell in row.find_all(["td", "th"]) if cell.find_parent("tr") is row]


def _title_column(
    cells: Sequence[list[InlinePart]], headers: Sequence[str]
) -> tuple[int, int, ListItem | None]:
    """Return (index in `_TITLE_HEADERS`, index of the column, its item), or (-1, -1, None)."""
    for rank, pattern in enumerate(_TITLE_HEADERS):
        for column, (cell, header) in enumerate(zip(cells, headers, strict=False)):
            if re.search(pattern, header, re.IGNORECASE):
                item = parse_item(cell)
                if item.title and not is_label(item.title):
                    return rank, column, item
    return -1, -1, None


def _add_other_columns(
    cells: Sequence[list[InlinePart]], headers: Sequence[str], title_column: int, item: ListItem
) -> ListItem:
    """Return the item of the title column with the facts and links of the other columns."""
    byline, links = item.byline, list(item.links)
    for column, (cell, header) in enumerate(zip(cells, headers, strict=False)):
        if column != title_column:
            links += [] if _AUTHOR_HEADER.search(header) else _links_of_cell(cell, header)
            _add_cell(cell, header, byline)
    return build_item(item.source, links, byline)


def _links_of_cell(cell: Sequence[InlinePart], header: str) -> Iterator[InlineLink]:
    """Yield the links of a cell; the header is the text of links without a clear text."""
    for link in importable_links(cell):
        has_text = re.search(r"[^\W\d_]", link.text) and not _is_vague(link.text)
        yield link if has_text else replace(link, text=header)


def _is_vague(link_text: str) -> bool:
    return link_text.casefold().strip() in _VAGUE_LINK_TEXTS


def _add_cell(cell: Sequence[InlinePart], header: str, byline: Byline) -> None:
    """Add the authors, the venue or the year of a cell, by the header of its column."""
    parts = [
        TextRun(part.text) if isinstance(part, InlineLink) and not part.is_image else part
        for part in cell
    ]
    text = join_text(parts)
    is_venue_column = _COLUMN_HEADERS["venue"].search(header)
    if _COLUMN_HEADERS["authors"].search(header):
        people = parse_people(text)
        if people and people.is_complete:
            byline.authors = byline.authors or list(people.names)
        elif text.strip():
            (byline.incomplete_authors if people else byline.unused).append(text.strip())
    elif is_venue_column or _COLUMN_HEADERS["year"].search(header):
        found = parse_byline(parts)
        byline.venue_years += found.venue_years
        name = text.strip(" -–—")
        if not found.venue_years and is_venue_column and re.search(r"[^\W\d_]", name):
            byline.venue_years.append(parse_venue_year(name) or VenueYear(name))
