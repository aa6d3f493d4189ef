"""The rows of a table of papers: which column holds the title, and what the others say of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bs4.element import Tag

from paper_atlas.importers.markdown.byline import Byline, parse_authors, parse_byline
from paper_atlas.importers.markdown.inline import (
    InlineLink,
    InlinePart,
    LineBreak,
    TextRun,
    inline_parts,
    join_text,
    tag_text,
)
from paper_atlas.importers.markdown.item import ListItem, build_item, importable_links, parse_item
from paper_atlas.importers.markdown.links import is_label
from paper_atlas.importers.markdown.venues import VenueYear, parse_venue_year

# The likeliest header of the titles first.
_TITLES = (
    r"\btitles?\b|标题|题目|论文名",
    r"\bpapers?\b|\barticles?\b|\bpublications?\b|论文",
    r"\b(?:names?|methods?|models?|works?|algorithms?|approach(?:es)?|projects?)\b|方法|模型|名称",
)
_SURE = 2  # of these say that a row is a paper; the last is a column of software too
_COLUMNS = {
    "authors": re.compile(r"(?<!first )(?<!1st )\bauthors?\b|(?<!第一)作者", re.IGNORECASE),
    "venue": re.compile(
        r"\b(?:venues?|conf\w*|journals?|pub\w*|j/c|sources?|booktitle)\b|会议|期刊|出处|来源",
        re.IGNORECASE,
    ),
    "year": re.compile(r"\b(?:years?|dates?|time)\b|年份|时间|日期", re.IGNORECASE),
}
_PEOPLE = re.compile(r"author|作者", re.IGNORECASE)


@dataclass(frozen=True)
class TableRow:
    """A row: its tag, what it is, and whether a column is said to hold titles."""

    tag: Tag
    item: ListItem
    has_title_column: bool


def table_rows(table: Tag) -> Iterator[TableRow]:
    """Each row of a table but its head; tables in it have rows of their own."""
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    heads = [tag_text(cell) for cell in _cells(rows[0])] if rows and _is_head(rows[0]) else []
    for row in rows[1:] if heads else rows:
        cells = [list(inline_parts(cell)) for cell in _cells(row)]
        named = [*heads, *[""] * (len(cells) - len(heads))]
        rank, at, item = _title_column(cells, named)
        if item:
            yield TableRow(row, _whole(cells, named, at, item), rank < _SURE)
        else:
            yield TableRow(
                row, parse_item([part for cell in cells for part in (*cell, LineBreak())]), False
            )


def unused_columns(table: Tag) -> list[str]:
    """The headers of columns whose words say nothing that an entry has."""
    row = table.find("tr")
    cells = _cells(row) if isinstance(row, Tag) and _is_head(row) else []
    return [head for head in map(tag_text, cells) if head and not _is_known(head)]


def _is_known(head: str) -> bool:
    patterns = (*_TITLES, *(it.pattern for it in _COLUMNS.values()))
    return is_label(head) or any(re.search(it, head, re.IGNORECASE) for it in patterns)


def _is_head(row: Tag) -> bool:
    cells = _cells(row)
    return bool(cells) and all(cell.name == "th" for cell in cells)


def _cells(row: Tag) -> list[Tag]:
    return [it for it in row.find_all(["td", "th"]) if it.find_parent("tr") is row]


def _whole(
    cells: Sequence[list[InlinePart]], heads: Sequence[str], at: int, item: ListItem
) -> ListItem:
    """The item of the column at `at` with what the other columns say of it."""
    byline = Byline([*item.fields.get("authors", ())], [], [*item.unused])
    byline.venue_years += [VenueYear(item.fields.get("venue", ""), item.fields.get("year"))]
    links = list(item.links)
    for index, cell in enumerate(cells):
        if index != at:
            links += [] if _PEOPLE.search(heads[index]) else _links(cell, heads[index])
            _read_cell(cell, heads[index], byline)
    return build_item(item.title, links, item.title_link, byline)


def _title_column(
    cells: Sequence[list[InlinePart]], heads: Sequence[str]
) -> tuple[int, int, ListItem | None]:
    for rank, pattern in enumerate(_TITLES):
        for index, (cell, head) in enumerate(zip(cells, heads, strict=False)):
            if re.search(pattern, head, re.IGNORECASE):
                item = parse_item(cell)
                if item.title and not is_label(item.title):
                    return rank, index, item
    return -1, -1, None


def _links(cell: Sequence[InlinePart], head: str) -> Iterator[InlineLink]:
    """The links of a cell, those without a word of their own named as the column."""
    for link in importable_links(cell):
        said = link.text and re.search(r"[^\W\d_]", link.text)
        yield link if said and not _vague(link.text) else replace(link, text=head)


def _vague(label: str) -> bool:
    return label.casefold().strip() in ("link", "url", "here", "yes", "star", "stars", "✓", "链接")


def _read_cell(cell: Sequence[InlinePart], head: str, byline: Byline) -> None:
    """Take what the column of a cell promises; other words are told with the head of the table."""
    words = [
        TextRun(it.text) if isinstance(it, InlineLink) and not it.is_image else it for it in cell
    ]
    text = join_text(words)
    if _COLUMNS["authors"].search(head):
        names = parse_authors(text, sure=True)
        byline.authors = byline.authors or names
        byline.unused += [text.strip()] if text.strip() and not names else []
    elif _COLUMNS["venue"].search(head) or _COLUMNS["year"].search(head):
        found = parse_byline(words)
        byline.venue_years += found.venue_years
        name = text.strip(" -–—")
        if (
            not found.venue_years
            and _COLUMNS["venue"].search(head)
            and re.search(r"[^\W\d_]", name)
        ):
            byline.venue_years.append(parse_venue_year(name) or VenueYear(name))
