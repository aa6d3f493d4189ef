"""The headings under which one stands while walking through a page."""

import re

from bs4.element import Tag

from paper_atlas.importers.draft import Heading
from paper_atlas.importers.markdown.html import line_of_tag
from paper_atlas.importers.markdown.inline import HEADING_TAGS, tag_text

_EDGES = re.compile(r"^(?:(?:\d+\.)+\d*|\d+[、)])\s+|^[^\w(\[]+|[^\w)\]+*!?]+$")
_GENERIC = re.compile(
    r"(?:click|more|expand|show|details|abstract|bibtex|toc|table of contents|展开|目录)\b.*",
    re.IGNORECASE,
)
_DEEPEST = (
    6  # the level of an h6; the summary of a collapsed section, and a group of items, lie deeper
)


class HeadingStack:
    """The headings of a page so far, and which of them are open."""

    def __init__(self) -> None:
        self.headings: list[Heading] = []
        self._open: list[tuple[Heading, Tag | None]] = []
        self._filled: set[Heading] = set()

    @property
    def open_headings(self) -> tuple[Heading, ...]:
        """The open headings, the outermost first."""
        return tuple(heading for heading, _ in self._open)

    @property
    def empty_headings(self) -> frozenset[Heading]:
        """The headings with nothing below them."""
        return frozenset(self.headings) - self._filled

    def close_ended(self, tag: Tag) -> None:
        """Leave the headings that count only within a tag which has ended before this one."""
        self._open = [it for it in self._open if it[1] is None or it[1] in tag.parents]

    def mark_filled(self) -> None:
        """Note that something stands below the open headings."""
        self._filled.update(self.open_headings)

    def open_heading(self, tag: Tag) -> None:
        """Open a heading, or the summary of a collapsed section, which counts within it."""
        if tag.name in HEADING_TAGS and tag_text(tag):
            self._add(Heading(int(tag.name[1]), _clean(tag_text(tag)), line_of_tag(tag)), None)
        elif tag.name == "summary" and not _says_nothing(tag):
            level = _DEEPEST + len(tag.find_parents("details"))
            heading = Heading(level, _clean(tag_text(tag)), line_of_tag(tag))
            self._add(heading, tag.find_parent("details"))

    def open_list_item(self, item: Tag, title: str) -> None:
        """Open an item that says what the papers of the items in it have in common."""
        level = 3 * _DEEPEST + len(item.find_parents("li"))
        self._add(Heading(level, _clean(title), line_of_tag(item)), item)

    def _add(self, heading: Heading, scope: Tag | None) -> None:
        self._open = [it for it in self._open if it[0].level < heading.level]
        self.mark_filled()
        self._open.append((heading, scope))
        self.headings.append(heading)


def _says_nothing(summary: Tag) -> bool:
    inside = summary.find(HEADING_TAGS) is not None or summary.find_parent("li") is not None
    text = tag_text(summary)
    return inside or not text or bool(_GENERIC.fullmatch(text))


def _clean(text: str) -> str:
    """A heading without number, emoji and colon around it."""
    found = text
    while (shorter := _EDGES.sub("", found).strip()) != found:
        found = shorter
    return found or text
