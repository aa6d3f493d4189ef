"""A list of papers in Markdown, as awesome lists are: headings, and below them papers.

A paper is an item of a list, a row of a table, a heading with links, or a paragraph that starts
with a title; `item` reads what stands in it. Every address of the page is either a link of a draft
or told as a note: `account` sees to that.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bs4.element import Tag

from paper_atlas.importers.draft import Draft, DraftList, Heading
from paper_atlas.importers.markdown.headings import HeadingStack
from paper_atlas.importers.markdown.html import ParsedPage, line_of_tag, parse_page
from paper_atlas.importers.markdown.inline import (
    HEADING_TAGS,
    InlineLink,
    InlinePart,
    LineBreak,
    TextRun,
    inline_parts,
    join_text,
    tag_text,
)
from paper_atlas.importers.markdown.item import (
    ListItem,
    importable_links,
    is_detail,
    is_prose,
    parse_item,
    reason_not_a_paper,
)
from paper_atlas.importers.markdown.link_audit import LinkAudit
from paper_atlas.importers.markdown.links import is_label, is_paper_link
from paper_atlas.importers.markdown.table import table_rows, unused_columns
from paper_atlas.importers.markdown.venues import is_venue_or_year, parse_venue_year

_BLOCKS = (*HEADING_TAGS, "summary", "li", "p", "div", "table", "pre")
_WORDS_OF_A_TITLE = 4  # which a heading has at least if it is the title of a paper
_LABEL_BEHIND = re.compile(r"\[([^\[\]]+)\]\W*$")


def read_markdown_list(text: str, path: str) -> DraftList:
    """Read a list. Everything that is no paper is told as a note with its line."""
    return _Reader(parse_page(text), path).read()


class _Reader:
    """Walks through a page once; `_done` are blocks that were read with the one above them."""

    def __init__(self, page: ParsedPage, path: str) -> None:
        self._page = page
        self._path = path
        self._drafts: list[Draft] = []
        self._account = LinkAudit(path)
        self._trail = HeadingStack()
        self._done: set[int] = set()

    def read(self) -> DraftList:
        """Read the blocks in their order, then tell what is left."""
        for tag in self._page.soup.find_all(_BLOCKS):
            self._trail.close_ended(tag)
            if id(tag) not in self._done:
                self._block(tag)
        empty = self._trail.empty_headings
        for heading in empty:
            message = f"'{heading.title}' has nothing below it"
            self._account.add_note(heading.line, "empty-heading", message)
        links = self._account.report_remaining(self._page)
        found = tuple(self._drafts), tuple(self._trail.headings), empty
        return DraftList(self._path, *found, tuple(sorted(self._account.problems)), links)

    def _block(self, tag: Tag) -> None:
        if tag.name in HEADING_TAGS or tag.name == "summary":
            self._heading(tag)
            return
        self._trail.mark_filled()
        if tag.name == "li":
            self._list_item(tag)
        elif tag.name == "table":
            self._table(tag)
        elif tag.name in ("p", "div") and not tag.find_parent(["li", "td", "th", *HEADING_TAGS]):
            self._paragraph(tag)

    def _heading(self, tag: Tag) -> None:
        """A heading with the links of a paper, in it or in a list below it, is a paper."""
        parts = list(inline_parts(tag))
        links = [part for part in parts if isinstance(part, InlineLink) and part.is_importable]
        labelled = any(is_paper_link(link) for link in links if is_label(link.text))
        label = _LABEL_BEHIND.search(join_text(parts))
        if labelled or (not links and has_link_list(tag, _WORDS_OF_A_TITLE)):
            after = next_tag(tag)
            self._paper(
                [*parts, *self._with([after] if after and is_detail_block(after) else [])], tag
            )
        elif label and is_label(label[1]):
            self._paper(parts, tag)
        else:
            self._trail.open_heading(tag)

    def _list_item(self, tag: Tag) -> None:
        """The paper of an item, with nested items that only add to it."""
        nested = tag.select(":scope > ul > li, :scope > ol > li")
        details = [it for it in nested if is_detail(list(inline_parts(it)))]
        own = list(inline_parts(tag))
        if is_group_item(own, [it for it in nested if it not in details]):
            self._trail.open_list_item(tag, join_text(own))
        else:
            self._paper([*own, *self._with(details)], tag)

    def _paragraph(self, tag: Tag) -> None:
        """The papers of a paragraph, one or several, where it is not running text."""
        parts = list(inline_parts(tag))
        after = next_tag(tag)
        if after and has_link_list(tag) and not any(isinstance(part, InlineLink) for part in parts):
            self._paper([*parts, *self._with([after])], tag)
            return
        for number, paper in enumerate(split_papers(parts)):
            item = parse_item(paper)
            links = [part.tag for part in paper if isinstance(part, InlineLink)]
            if not is_prose(item) and not reason_not_a_paper(item, self._trail.open_headings):
                self._draft(item, line_of_tag(links[0] if number else tag))
                self._account.report_unused(links)

    def _table(self, table: Tag) -> None:
        before = len(self._drafts)
        for row in table_rows(table):
            why = reason_not_a_paper(row.item, self._trail.open_headings)
            if not why and (row.has_title_column or row.item.is_surely_paper):
                self._draft(row.item, line_of_tag(row.tag))
            elif row.has_title_column:
                self._account.add_note(
                    line_of_tag(row.tag), "not-a-paper", f"{why}, so it is not taken"
                )
            else:
                continue
            self._account.report_unused(row.tag.find_all("a"))
        heads = unused_columns(table) if len(self._drafts) > before else []
        if heads:
            message = f"the words below '{', '.join(heads)}' are not taken"
            self._account.add_note(line_of_tag(table), "text-not-taken", message)
        self._done.update(id(it) for it in table.find_all(_BLOCKS))

    def _with(self, tags: Sequence[Tag]) -> Iterable[InlinePart]:
        """The parts of blocks that add to the one above them, which are read with it."""
        self._done.update(id(it) for tag in tags for it in (tag, *tag.find_all(_BLOCKS)))
        return parts_of_blocks(tags)

    def _paper(self, parts: Sequence[InlinePart], tag: Tag) -> None:
        """The draft of an item, or why it is none."""
        links = [part for part in parts if isinstance(part, InlineLink)]
        if links and all(link.url.startswith("#") for link in links):
            for link in links:
                self._account.report_page_link(link.tag)
            return
        item = parse_item(parts)
        why = reason_not_a_paper(item, self._trail.open_headings)
        if not why:
            self._draft(item, line_of_tag(tag))
        elif item.title or any(link.url for link in links):
            self._account.add_note(line_of_tag(tag), "not-a-paper", f"{why}, so it is not taken")
        else:
            message = "the item has neither title nor address"
            self._account.add_note(line_of_tag(tag), "empty-item", message)
        self._account.report_unused(link.tag for link in links)

    def _draft(self, item: ListItem, line: int) -> None:
        headings = self._trail.open_headings
        self._drafts.append(Draft({**_when(headings), **item.fields}, line, headings))
        self._account.mark_imported(item.links)
        if item.unused:
            message = f"'{'; '.join(item.unused)}' beside '{item.title}' is not taken"
            self._account.add_note(line, "text-not-taken", message)


def _when(headings: Sequence[Heading]) -> dict[str, Any]:
    """Venue and year that the headings say, the inner before the outer."""
    said: dict[str, Any] = {}
    for heading in headings:
        found = parse_venue_year(heading.title) if is_venue_or_year(heading.title) else None
        if found and found.year:
            said["year"] = found.year
        if found and found.venue and not re.search(r"[/,&]", found.venue):
            said["venue"] = found.venue
    return said


def next_tag(tag: Tag) -> Tag | None:
    """The next block beside a tag."""
    return next((it for it in tag.next_siblings if isinstance(it, Tag)), None)


def parts_of_blocks(tags: Iterable[Tag]) -> Iterator[InlinePart]:
    """The parts of blocks that add to the one above them, each item of a list on a line."""
    for tag in tags:
        for item in tag.find_all("li") if tag.name in ("ul", "ol") else [tag]:
            yield LineBreak()
            yield from inline_parts(item)


def has_link_list(tag: Tag, words: int = 1) -> bool:
    """Whether a list below a tag of so many words has but links, one of them to a paper."""
    details = next_tag(tag)
    if details is None or details.name not in ("ul", "ol") or len(tag_text(tag).split()) < words:
        return False
    return is_detail_block(details) and any(
        map(is_paper_link, importable_links(parts_of_blocks([details])))
    )


def is_detail_block(tag: Tag) -> bool:
    """Whether a paragraph or a list only adds authors or links to what stands above it."""
    if tag.name in ("ul", "ol"):
        return all(is_detail(list(inline_parts(it))) for it in tag.find_all("li"))
    return tag.name == "p" and is_detail(list(inline_parts(tag)))


def is_group_item(own: Sequence[InlinePart], nested: Sequence[Tag]) -> bool:
    """Whether an item without a link is what the papers of the items in it have in common."""
    linked = any(isinstance(part, InlineLink) for part in own)
    return not linked and bool(join_text(own)) and any(it.find("a") is not None for it in nested)


def split_papers(parts: Sequence[InlinePart]) -> Iterator[list[InlinePart]]:
    """The papers of a paragraph: a line with a title begins a new one behind links."""
    paper: list[InlinePart] = []
    for line in _lines(parts):
        has_link = any(isinstance(part, InlineLink) and not part.is_image for part in paper)
        if has_link and _begins(line):
            yield paper
            paper = []
        paper += line
    yield paper


def _lines(parts: Iterable[InlinePart]) -> Iterator[list[InlinePart]]:
    line: list[InlinePart] = []
    for part in parts:
        line.append(part)
        if isinstance(part, LineBreak):
            yield line
            line = []
    yield line


def _begins(line: Sequence[InlinePart]) -> bool:
    said = (it for it in line if not isinstance(it, LineBreak))
    first = next((it for it in said if isinstance(it, InlineLink) or it.text.strip(" -*•·.")), None)
    if isinstance(first, InlineLink):
        return not first.is_image and not is_label(first.text) and len(first.text.split()) > 2
    return isinstance(first, TextRun) and first.bold and not parse_venue_year(first.text)
