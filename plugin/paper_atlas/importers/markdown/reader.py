"""A list of papers in Markdown: headings, and papers below them.

    ## Liver
    - [U-Net](https://arxiv.org/abs/1505.04597) MICCAI 2015     →
    Draft({"title": "U-Net", "venue": "MICCAI", …}, line=2, headings=(Heading(2, "Liver", 1),))

A paper is a list item, a table row, a heading with links, or a paragraph that begins with a title.
Every URL of the page is in a draft or in a note; see `link_audit`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from operator import not_
from typing import Any

from bs4.element import Tag

from paper_atlas.importers.draft import Draft, DraftList, Heading
from paper_atlas.importers.markdown.byline import is_labelled_fact
from paper_atlas.importers.markdown.item import (
    ListItem,
    importable_links,
    is_detail,
    is_prose,
    may_be_paper_beside_others,
    may_be_paper_without_link,
    parse_item,
    reason_not_a_paper,
)
from paper_atlas.importers.markdown.links import is_label, is_paper_link
from paper_atlas.importers.markdown.page.headings import HeadingStack
from paper_atlas.importers.markdown.page.html import ParsedPage, line_of_tag, parse_page
from paper_atlas.importers.markdown.page.inline import (
    HEADING_TAGS,
    InlineLink,
    InlinePart,
    LineBreak,
    TextRun,
    inline_parts,
    join_text,
    tag_text,
)
from paper_atlas.importers.markdown.page.link_audit import LinkAudit
from paper_atlas.importers.markdown.table import table_rows
from paper_atlas.importers.markdown.venues import is_venue_or_year, parse_venue_year
from paper_atlas.text.identifiers import is_web_url
from paper_atlas.text.lines import pluralize

_BLOCK_TAGS = (*HEADING_TAGS, "summary", "li", "p", "div", "table", "pre")
_MAX_LINES = 10  # in a note about many papers
_MAX_EXAMPLE = 80  # characters of unused text in a note
_MAX_DETAILS = 50  # items of a list that only adds to the block before it
_MIN_HEADING_WORDS = 4  # of a heading without links that is the title of a paper
_LABEL_AT_END = re.compile(r"\[([^\[\]]+)\]\W*$")


def read_markdown_list(text: str, path: str) -> DraftList:
    """Parse a list in Markdown.

    Notes with a line report the URLs, items and text that no draft contains, and empty headings.
    """
    return _Reader(parse_page(text), path).read()


ColumnWords = Mapping[str, tuple[str, ...]]
"""The words of further columns of a table, by their headers."""


@dataclass(frozen=True)
class _Waiting:
    """An item without a link under headings, and why it is not a paper unless papers are beside."""

    item: ListItem
    tag: Tag
    headings: tuple[Heading, ...]
    reason: str
    column_words: ColumnWords


class _Reader:
    """Reads the blocks of a page in their order."""

    def __init__(self, page: ParsedPage, path: str) -> None:
        self._page = page
        self._path = path
        self._drafts: list[Draft] = []
        self._links = LinkAudit(path)
        self._headings = HeadingStack()
        self._waiting: list[_Waiting] = []
        self._unused: dict[str, list[tuple[int, str]]] = {}  # (line, text) by place
        self._read_blocks: set[int] = set()  # id(tag) of blocks read with an earlier block

    def read(self) -> DraftList:
        for tag in self._page.soup.find_all(_BLOCK_TAGS):
            self._headings.close_ended(tag)
            if id(tag) not in self._read_blocks:
                self._read_block(tag)
        self._decide_waiting()
        self._report_unused_words()
        empty = self._headings.empty_headings
        for heading in empty:
            message = f"there is nothing below the heading '{heading.title}'"
            self._links.add_note(heading.line, "empty-heading", message)
        for line, message in self._page.limits:
            self._links.add_note(line, "too-complex", message)
        count = self._links.report_remaining(self._page)
        headings, problems = tuple(self._headings.headings), tuple(sorted(self._links.problems))
        return DraftList(self._path, tuple(self._drafts), headings, empty, problems, count)

    def _read_block(self, tag: Tag) -> None:
        if tag.name in HEADING_TAGS or tag.name == "summary":
            self._read_heading(tag)
            return
        self._headings.mark_filled()
        if tag.name == "li":
            self._read_list_item(tag)
        elif tag.name == "table":
            self._read_table(tag)
        elif tag.name in ("p", "div") and not tag.find_parent(["li", "td", "th", *HEADING_TAGS]):
            self._read_paragraph(tag)

    def _read_heading(self, tag: Tag) -> None:
        """Read a heading; it is a paper if it has links of a paper, or a list of links below it."""
        parts = list(inline_parts(tag))
        links = [part for part in parts if isinstance(part, InlineLink) and part.is_importable]
        has_paper_link = any(is_paper_link(link) for link in links if is_label(link.text))
        label = _LABEL_AT_END.search(join_text(parts))
        if has_paper_link or (not links and has_link_list(tag, _MIN_HEADING_WORDS)):
            block = next_tag(tag)
            details = [block] if block and is_detail_block(block) else []
            self._add_paper([*parts, *self._read_details(details)], tag)
        elif label and is_label(label[1]):
            self._add_paper(parts, tag)
        else:
            self._headings.open_heading(tag)

    def _read_list_item(self, tag: Tag) -> None:
        """Read a list item with the nested items that only add to it."""
        nested = tag.select(":scope > ul > li, :scope > ol > li")
        is_a_detail = [is_detail(list(inline_parts(item))) for item in nested]
        details = list(compress(nested, is_a_detail))
        parts = list(inline_parts(tag))
        if is_group_item(parts, list(compress(nested, map(not_, is_a_detail)))):
            self._headings.open_list_item(tag, join_text(parts))
        elif len(nested) == 1 and not details and is_citation_below(parts, nested[0]):
            (citation,) = nested
            self._read_details([citation])
            label = TextRun(f"[{join_text(parts)}]")
            links = [part for part in parts if isinstance(part, InlineLink)]
            self._add_paper([*inline_parts(citation), LineBreak(), label, *links], citation)
        elif tag.find("a") is None and (block := details_after_list(tag)):
            self._add_paper([*parts, *self._read_details([block])], tag)
        else:
            self._add_paper([*parts, *self._read_details(details)], tag)

    def _read_paragraph(self, tag: Tag) -> None:
        """Read the papers of a paragraph, one or several, unless it is running text."""
        parts = list(inline_parts(tag))
        block = next_tag(tag)
        has_link = any(isinstance(part, InlineLink) for part in parts)
        if block and not has_link and has_link_list(tag):
            self._add_paper([*parts, *self._read_details([block])], tag)
            return
        papers = list(split_papers(parts)) if has_link else []
        if len(papers) == 1:
            papers[0] += self._read_details(labelled_paragraphs_after(tag))
        for number, paper in enumerate(papers):
            item = parse_item(paper)
            tags = [part.tag for part in paper if isinstance(part, InlineLink)]
            if not is_prose(item) and not reason_not_a_paper(item, self._headings.open_headings):
                self._add_draft(item, line_of_tag(tags[0] if number else tag))
                self._links.report_unused(tags)
            elif len(papers) == 1 and may_be_paper_beside_others(item, paper):
                self._add_waiting(item, tag)

    def _read_table(self, table: Tag) -> None:
        for row in table_rows(table):
            reason = reason_not_a_paper(row.item, self._headings.open_headings)
            if not reason and (row.has_title_column or row.item.is_surely_paper):
                self._add_draft(row.item, line_of_tag(row.tag), row.column_words)
            elif row.has_title_column and may_be_paper_without_link(row.item, in_title_column=True):
                self._add_waiting(row.item, row.tag, reason, row.column_words)
            elif row.has_title_column:
                self._add_not_a_paper(row.tag, reason)
            else:
                continue
            self._links.report_unused(row.tag.find_all("a"))
        self._read_blocks.update(id(tag) for tag in table.find_all(_BLOCK_TAGS))

    def _read_details(self, tags: Sequence[Tag]) -> Iterable[InlinePart]:
        """Return the parts of blocks that add to the block before them; mark these as read."""
        self._read_blocks.update(
            id(block) for tag in tags for block in (tag, *tag.find_all(_BLOCK_TAGS))
        )
        return parts_of_blocks(tags)

    def _add_paper(self, parts: Sequence[InlinePart], tag: Tag) -> None:
        """Add a draft of the inline parts of `tag`, or a note that it is not a paper."""
        links = [part for part in parts if isinstance(part, InlineLink)]
        if links and all(link.url.startswith("#") for link in links):
            for link in links:
                self._links.report_page_link(link.tag)
            return
        item = parse_item(parts)
        reason = reason_not_a_paper(item, self._headings.open_headings)
        if not reason:
            self._add_draft(item, line_of_tag(tag))
        elif may_be_paper_without_link(item):
            self._add_waiting(item, tag, reason)
        elif item.title or any(link.url for link in links):
            self._add_not_a_paper(tag, reason)
        else:
            message = "the item has neither a title nor a URL"
            self._links.add_note(line_of_tag(tag), "empty-item", message)
        self._links.report_unused(link.tag for link in links)

    def _add_waiting(
        self, item: ListItem, tag: Tag, reason: str = "", words: ColumnWords | None = None
    ) -> None:
        """Add an item that is a paper if papers with links are beside it; `reason` if it is not."""
        headings = self._headings.open_headings
        self._waiting.append(_Waiting(item, tag, headings, reason, words or {}))

    def _decide_waiting(self) -> None:
        """Add the waiting items that are beside papers with links, and report the others."""
        headings = {draft.headings for draft in self._drafts if draft.links}
        for waiting in self._waiting:
            if waiting.headings in headings:
                line = line_of_tag(waiting.tag)
                self._add_draft(waiting.item, line, waiting.column_words, waiting.headings)
            elif waiting.reason:
                self._add_not_a_paper(waiting.tag, waiting.reason)
        self._drafts.sort(key=lambda draft: draft.line)

    def _add_not_a_paper(self, tag: Tag, reason: str) -> None:
        self._links.add_note(line_of_tag(tag), "not-a-paper", f"{reason}, so it is not imported")

    def _add_draft(
        self,
        item: ListItem,
        line: int,
        column_words: ColumnWords | None = None,
        headings: tuple[Heading, ...] | None = None,
    ) -> None:
        headings = self._headings.open_headings if headings is None else headings
        fields = {**_venue_and_year_of(headings), **item.fields}
        self._drafts.append(Draft(fields, line, headings, column_words=column_words or {}))
        self._links.mark_imported(item.links)
        for place, texts in item.unused.items():
            self._unused.setdefault(place, []).append((line, "; ".join(texts)))

    def _report_unused_words(self) -> None:
        """Report the text that no field contains: one note for each place beside the titles."""
        for place, found in self._unused.items():
            lines = sorted(line for line, _ in found)
            share = f"{len(found)} of {pluralize(len(self._drafts), 'paper')}"
            example = min(found)[1]
            shown = f"{example[:_MAX_EXAMPLE]}…" if len(example) > _MAX_EXAMPLE else example
            numbers = ", ".join(map(str, lines[:_MAX_LINES]))
            more = f" and {len(lines) - _MAX_LINES} more" if len(lines) > _MAX_LINES else ""
            where = f"on {'line' if len(lines) == 1 else 'lines'} {numbers}{more}"
            message = f"{place} are not imported in {share}, {where}; for example '{shown}'"
            self._links.add_note(lines[0], "text-not-taken", message)


def _venue_and_year_of(headings: Sequence[Heading]) -> dict[str, Any]:
    """Return the venue and the year in the headings; an inner heading overrides an outer one."""
    fields: dict[str, Any] = {}
    for heading in headings:
        found = parse_venue_year(heading.title) if is_venue_or_year(heading.title) else None
        if found and found.year:
            fields["year"] = found.year
        if found and found.venue and not re.search(r"[/,&]", found.venue):
            fields["venue"] = found.venue
    return fields


def next_tag(tag: Tag) -> Tag | None:
    """Return the next sibling that is a tag."""
    return next((sibling for sibling in tag.next_siblings if isinstance(sibling, Tag)), None)


def parts_of_blocks(tags: Iterable[Tag]) -> Iterator[InlinePart]:
    """Yield the inline parts of blocks; each block and each item of a list is on a new line."""
    for tag in tags:
        for block in tag.find_all("li") if tag.name in ("ul", "ol") else [tag]:
            yield LineBreak()
            yield from inline_parts(block)


def has_link_list(tag: Tag, min_words: int = 1) -> bool:
    """True if `tag` has `min_words` words and the next block is a list that only adds to it.

    At least one link of the list must lead to a paper.
    """
    block = next_tag(tag)
    if block is None or block.name not in ("ul", "ol") or len(tag_text(tag).split()) < min_words:
        return False
    links = [part for part in parts_of_blocks([block]) if isinstance(part, InlineLink)]
    return is_detail_block(block) and any(map(_leads_to_paper, links))


def _leads_to_paper(link: InlineLink) -> bool:
    """True if a link leads to a paper, on the web or in a file beside the list."""
    is_file = not is_web_url(link.url) and link.url.casefold().endswith(".pdf")
    return is_file or (link.is_importable and is_paper_link(link))


def is_detail_block(tag: Tag) -> bool:
    """True if a paragraph or a list only adds authors or links to the block before it."""
    if tag.name in ("ul", "ol"):
        items = tag.find_all("li", limit=_MAX_DETAILS + 1)
        is_short = len(items) <= _MAX_DETAILS
        return is_short and all(is_detail(list(inline_parts(item))) for item in items)
    return tag.name == "p" and is_detail(list(inline_parts(tag)))


def is_group_item(parts: Sequence[InlinePart], nested_items: Sequence[Tag]) -> bool:
    """True if a list item has text but no link, and a nested item has one: it acts as a heading."""
    has_link = any(isinstance(part, InlineLink) for part in parts)
    is_parent = any(item.find("a") is not None for item in nested_items)
    return not has_link and bool(join_text(parts)) and is_parent


def labelled_paragraphs_after(tag: Tag) -> list[Tag]:
    """Return the paragraphs after `tag` such as `**Authors:** A. Name, B. Name`, without links."""
    found: list[Tag] = []
    block = next_tag(tag)
    while block is not None and block.name == "p" and block.find("a") is None:
        if len(found) == _MAX_DETAILS or not is_labelled_fact(tag_text(block)):
            break
        found.append(block)
        block = next_tag(block)
    return found


def details_after_list(item: Tag) -> Tag | None:
    """Return the paragraph after a list that adds to its last item, if `item` is that one.

    In `10. A title` the paragraph below needs four blanks to belong to the item.
    """
    block = next_tag(item.parent) if item.parent and not next_tag(item) else None
    return block if block is not None and block.name == "p" and is_detail_block(block) else None


def is_citation_below(parts: Sequence[InlinePart], nested: Tag) -> bool:
    """True if a nested item without links is the citation of the short label above it.

    `- VGG [pdf](…)` with `  - A. Name, B. Name, A title of words, ICLR, 2015.` below it.
    """
    below = list(inline_parts(nested))
    if nested.find("a") is not None or not any(map(is_paper_link, importable_links(parts))):
        return False
    item, label = parse_item(below), join_text(parts).split()
    has_facts = bool({"authors", "venue", "year"} & item.fields.keys())
    return has_facts and len(item.title.split()) > max(2, len(label) - 1) and len(label) < 6


def split_papers(parts: Sequence[InlinePart]) -> Iterator[list[InlinePart]]:
    """Split a paragraph into papers: a line that begins with a title, after a line with a link."""
    paper: list[InlinePart] = []
    for line in _lines(parts):
        has_link = any(isinstance(part, InlineLink) and not part.is_image for part in paper)
        if has_link and _begins_with_title(line):
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


def _begins_with_title(line: Sequence[InlinePart]) -> bool:
    """True if the first part is a link with a text of three words or more, or bold text."""
    content = (part for part in line if not isinstance(part, LineBreak))
    first = next(
        (part for part in content if isinstance(part, InlineLink) or part.text.strip(" -*•·.")),
        None,
    )
    if isinstance(first, InlineLink):
        return not first.is_image and not is_label(first.text) and len(first.text.split()) > 2
    return isinstance(first, TextRun) and first.bold and not parse_venue_year(first.text)
