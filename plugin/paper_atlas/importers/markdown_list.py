"""A list of papers in Markdown, as awesome lists are: headings, and below them papers.

A paper is an item of a list, a row of a table, a heading with links, or a paragraph that starts
with a title; what stands beside the title is read by `item` and its neighbours. Every address of
the page is either a link of a draft or told as a note.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bs4.element import Tag

from paper_atlas.importers.item import Item, is_detail, is_prose, item_of, why_none
from paper_atlas.importers.lined_html import Page, address, addresses, line_of, page_of
from paper_atlas.importers.link_kinds import is_label, is_of_paper, is_person
from paper_atlas.importers.parts import Break, Link, Part, Words, joined, parts_of, text_of
from paper_atlas.importers.table import columns_not_taken, rows_of
from paper_atlas.occasion import is_occasion, occasion
from paper_atlas.problem import Problem, Severity
from paper_atlas.reading import Draft, Heading, Links, Reading

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = (*_HEADINGS, "summary", "li", "p", "div", "table", "pre")
_NUMBER = re.compile(r"^(?:(?:\d+\.)+\d*|\d+[、)])\s+|^[^\w(\[]+|[^\w)\]+*!?]+$")
_GENERIC = re.compile(
    r"(?:click|more|expand|show|details|abstract|bibtex|toc|table of contents|展开|目录)\b.*", re.IGNORECASE
)


def read_markdown_list(text: str, path: str) -> Reading:
    """Read a list. Everything that is no paper is told as a note with its line."""
    return _Reader(page_of(text), path).read()


class _Reader:
    """Walks through a page once; keeps the open headings, and the tags it has accounted for."""

    def __init__(self, page: Page, path: str) -> None:
        self._page = page
        self._path = path
        self._drafts: list[Draft] = []
        self._problems: list[Problem] = []
        self._headings: list[Heading] = []
        self._open: list[tuple[Heading, Tag | None]] = []
        self._filled: set[Heading] = set()
        self._done: set[int] = set()
        self._kept: set[int] = set()
        self._told: set[int] = set()

    def read(self) -> Reading:
        """Read the blocks in their order, then tell what is left."""
        for tag in self._page.soup.find_all(_BLOCKS):
            self._open = [it for it in self._open if it[1] is None or it[1] in tag.parents]
            if id(tag) not in self._done:
                self._block(tag)
        empty = frozenset(self._headings) - self._filled
        for heading in empty:
            self._note(heading.line, "empty-heading", f"'{heading.title}' has nothing below it")
        found = addresses(self._page.soup)
        for tag in found:
            self._tell_outside(tag)
        for hidden in self._page.hidden:
            message = f"'{hidden.url}' stands {hidden.place}, so it is not taken"
            self._note(hidden.line, "link-outside", message)
        links = Links(len(found) + len(self._page.hidden), len(self._kept))
        problems = tuple(sorted(self._problems))
        return Reading(self._path, tuple(self._drafts), tuple(self._headings), empty, problems, links)

    def _block(self, tag: Tag) -> None:
        if tag.name in _HEADINGS or tag.name == "summary":
            self._heading_or_paper(tag)
            return
        self._filled.update(heading for heading, _ in self._open)
        if tag.name == "li":
            self._list_item(tag)
        elif tag.name == "table":
            self._table(tag)
        elif tag.name in ("p", "div") and not tag.find_parent(["li", "td", "th", *_HEADINGS]):
            self._paragraph(tag)

    def _heading_or_paper(self, tag: Tag) -> None:
        """A heading whose links are those of a paper is one, with the authors below it."""
        parts = list(parts_of(tag))
        links = [part for part in parts if isinstance(part, Link) and part.leads_to_web]
        named = [link for link in links if is_label(link.label)]
        if any(map(is_of_paper, named)) or (not links and _has_details(tag, 4)):
            following = [it for it in [_next_tag(tag)] if it is not None and _is_byline(it)]
            self._paper([*parts, *self._below(following)], line_of(tag), tag)
        elif not (tag.name == "summary" and self._is_no_heading(tag)):
            self._heading(tag)

    def _is_no_heading(self, summary: Tag) -> bool:
        inside = summary.find(_HEADINGS) is not None or summary.find_parent("li") is not None
        return inside or bool(_GENERIC.match(text_of(summary))) or not text_of(summary)

    def _heading(self, tag: Tag) -> None:
        details = tag.find_parent("details") if tag.name == "summary" else None
        level = 6 + len(tag.find_parents("details")) if details else int(tag.name[1])
        self._open_heading(Heading(level, _title_of(tag), line_of(tag)), details)

    def _open_heading(self, heading: Heading, scope: Tag | None) -> None:
        self._open = [it for it in self._open if it[0].level < heading.level]
        self._filled.update(other for other, _ in self._open)
        self._open.append((heading, scope))
        self._headings.append(heading)

    def _list_item(self, tag: Tag) -> None:
        """The paper of an item, with nested items that only add to it; a group opens a heading."""
        nested = tag.select(":scope > ul > li, :scope > ol > li")
        details = [it for it in nested if is_detail(list(parts_of(it)))]
        own = list(parts_of(tag))
        if _is_group(own, nested, details):
            level = 20 + len(tag.find_parents("li"))
            self._open_heading(Heading(level, _clean(joined(own)), line_of(tag)), tag)
            return
        self._paper([*own, *self._below(details)], line_of(tag), tag)

    def _below(self, tags: Iterable[Tag]) -> Iterator[Part]:
        for tag in tags:
            self._done.update(id(it) for it in (tag, *tag.find_all(_BLOCKS)))
            items = tag.find_all("li") if tag.name in ("ul", "ol") else [tag]
            for item in items:
                yield Break()
                yield from parts_of(item)

    def _paragraph(self, tag: Tag) -> None:
        """The papers of a paragraph, one or a line each, where it is not running text."""
        parts = list(parts_of(tag))
        if _has_details(tag) and not any(isinstance(part, Link) for part in parts):
            following = [it for it in [_next_tag(tag)] if it is not None]
            self._paper([*parts, *self._below(following)], line_of(tag), tag)
            return
        for paper in _papers_in(parts):
            item = item_of(paper)
            if item.title and item.links and not is_prose(item) and not why_none(item, self._above()):
                self._paper(paper, _line(paper, tag), tag)

    def _table(self, table: Tag) -> None:
        before = len(self._drafts)
        for row in rows_of(table):
            item = row.item
            if (row.titled or item.is_of_paper) and not why_none(item, self._above()):
                self._draft(item, line_of(row.tag))
                self._tell_rest(addresses_in(row.tag), line_of(row.tag))
        if len(self._drafts) > before:
            for head in columns_not_taken(table):
                message = f"the words in the column '{head}' are not taken"
                self._note(line_of(table), "text-not-taken", message)
        self._done.update(id(it) for it in table.find_all(_BLOCKS))

    def _paper(self, parts: Sequence[Part], line: int, tag: Tag) -> None:
        """The draft of an item, or why it is none."""
        links = [part for part in parts if isinstance(part, Link)]
        within = [link for link in links if link.url.startswith("#")]
        if links and len(within) == len(links):
            for link in links:
                message = f"'{link.label}' leads within the list, not to a paper"
                self._tell(link.tag, "link-within", message)
            return
        item = item_of(parts)
        why = why_none(item, self._above())
        if not why:
            self._draft(item, line)
        elif item.title or any(link.url for link in links):
            self._note(line, "not-a-paper", f"{why}, so it is not taken")
        else:
            self._note(line, "empty-item", "the item has neither title nor address")
        self._tell_rest([link.tag for link in links], line)

    def _draft(self, item: Item, line: int) -> None:
        headings = self._above()
        fields = {**_when(headings), **item.fields}
        self._drafts.append(Draft(fields, line, headings))
        self._kept.update(id(link.tag) for link in item.links)
        for text in item.untold:
            self._note(line, "text-not-taken", f"'{text}' beside '{item.title}' is not taken")

    def _above(self) -> tuple[Heading, ...]:
        return tuple(heading for heading, _ in self._open)

    def _tell_rest(self, tags: Iterable[Tag], line: int) -> None:
        """Tell what links of an item no draft has."""
        for tag in tags:
            if id(tag) not in self._kept and tag.name == "a" and address(tag):
                what = "a person" if is_person(address(tag)) else "no link of a paper"
                message = f"the link '{text_of(tag)}' to '{address(tag)}' is not taken"
                self._tell(tag, "link-not-taken", message)

    def _tell_outside(self, tag: Tag) -> None:
        if id(tag) in self._kept | self._told:
            return
        url = address(tag)
        if tag.name != "a":
            self._tell(tag, "image", f"'{url}' is an image, not a link of a paper")
        elif url.startswith("#"):
            self._tell(tag, "link-within", f"'{text_of(tag)}' leads within the list, not to a paper")
        else:
            message = f"'{url}' stands in no item of a list, so it is not taken"
            self._tell(tag, "link-outside", message)

    def _tell(self, tag: Tag, code: str, message: str) -> None:
        if id(tag) not in self._told:
            self._told.add(id(tag))
            self._note(line_of(tag), code, message)

    def _note(self, line: int, code: str, message: str) -> None:
        place = (self._path, line, 1)
        self._problems.append(Problem(*place, code, "", message, severity=Severity.NOTE))


def addresses_in(tag: Tag) -> list[Tag]:
    return [it for it in tag.find_all(True) if address(it)]


def _title_of(tag: Tag) -> str:
    return _clean(text_of(tag))


def _clean(text: str) -> str:
    """A heading without number, emoji and colon around it."""
    text = " ".join(text.split())
    found = text
    while (shorter := _NUMBER.sub("", found).strip()) != found:
        found = shorter
    return found or text


def _is_group(own: Sequence[Part], nested: Sequence[Tag], details: Sequence[Tag]) -> bool:
    """Whether an item without a link is what the papers of the items below it have in common."""
    papers = [it for it in nested if it not in details and it.find("a") is not None]
    return bool(papers) and not any(isinstance(part, Link) for part in own) and bool(joined(own))


def _next_tag(tag: Tag) -> Tag | None:
    return next((it for it in tag.next_siblings if isinstance(it, Tag)), None)


def _has_details(tag: Tag, words: int = 1) -> bool:
    """Whether a list follows that has but the links of a paper, and one to the paper itself."""
    below = _next_tag(tag)
    if below is None or below.name not in ("ul", "ol") or len(text_of(tag).split()) < words:
        return False
    items = [list(parts_of(it)) for it in below.find_all("li")]
    links = [part for part in item_of([p for it in items for p in (*it, Break())], "-").links]
    return all(map(is_detail, items)) and any(map(is_of_paper, links))


def _is_byline(tag: Tag) -> bool:
    """Whether a paragraph or a list only adds authors or links to what stands above it."""
    if tag.name in ("ul", "ol"):
        return all(is_detail(list(parts_of(it))) for it in tag.find_all("li"))
    return tag.name == "p" and is_detail(list(parts_of(tag)))


def _papers_in(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """The papers of a paragraph: a line with a title begins a new one behind links."""
    paper: list[Part] = []
    for line in _lines(parts):
        has_link = any(isinstance(part, Link) and not part.is_image for part in paper)
        if has_link and _begins(line):
            yield paper
            paper = []
        paper += line
    yield paper


def _lines(parts: Iterable[Part]) -> Iterator[list[Part]]:
    line: list[Part] = []
    for part in parts:
        line.append(part)
        if isinstance(part, Break):
            yield line
            line = []
    yield line


def _begins(line: Sequence[Part]) -> bool:
    said = (it for it in line if not isinstance(it, Break))
    first = next((it for it in said if isinstance(it, Link) or it.text.strip(" -*•·.")), None)
    if isinstance(first, Link):
        return not first.is_image and not is_label(first.label) and len(first.label.split()) > 2
    return isinstance(first, Words) and first.bold and not occasion(first.text)


def _line(parts: Sequence[Part], tag: Tag) -> int:
    links = (line_of(part.tag) for part in parts if isinstance(part, Link))
    return next(links, line_of(tag))


def _when(headings: Sequence[Heading]) -> dict[str, Any]:
    """Venue and year that the headings say, the inner before the outer."""
    said: dict[str, Any] = {}
    for heading in headings:
        found = occasion(heading.title) if is_occasion(heading.title) else None
        if found and found.year:
            said["year"] = found.year
        if found and found.venue and not re.search(r"[/,&]", found.venue):
            said["venue"] = found.venue
    return said
