"""The open headings at each block of a page.

## Liver
### 2021
- A title [pdf](…)     → open_headings: "Liver", "2021"
"""

import re

from bs4.element import Tag

from paper_atlas.importers.draft import Heading
from paper_atlas.importers.markdown.page.html import line_of_tag
from paper_atlas.importers.markdown.page.inline import HEADING_TAGS, tag_text
from paper_atlas.model.validation import visible_text

_NUMBER_OR_PUNCTUATION = re.compile(r"^(?:(?:\d+\.)+\d*|\d+[、)])\s+|^[^\w(\[]+|[^\w)\]+*!?]+$")
_GENERIC_SUMMARY = re.compile(
    r"\W*(?:click|more|expand|show|view|see|details|abstract|bibtex|toc|table of contents|full list"
    r"|old(?:er)?|earlier|previous|archived?|others?|rest|展开|目录|更多|更早)(?:\b.*|)",
    re.IGNORECASE,
)
# The level of an h6. Summaries of collapsed sections and list items with nested papers are deeper.
_DEEPEST_LEVEL = 6
_MAX_LENGTH = 500  # characters of a heading; a longer one is cut


class HeadingStack:
    """The headings of a page up to the current block, and which of them are open.

    Besides `<h1>` to `<h6>`, the summary of a collapsed section and a list item with nested papers
    are headings. These are open only inside their `<details>` or `<li>`.
    """

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
        """Close the headings whose `<details>` or `<li>` does not contain `tag`."""
        self._open = [
            (heading, scope)
            for heading, scope in self._open
            if scope is None or any(parent is scope for parent in tag.parents)
        ]

    def mark_filled(self) -> None:
        """Record that the open headings have content below them."""
        self._filled.update(self.open_headings)

    def open_heading(self, tag: Tag) -> None:
        """Open a heading, or the summary of a collapsed section unless its text is generic."""
        if tag.name in HEADING_TAGS and tag_text(tag):
            self._push(Heading(int(tag.name[1]), _clean(tag_text(tag)), line_of_tag(tag)), None)
        elif tag.name == "summary" and not _is_generic(tag):
            level = _DEEPEST_LEVEL + len(tag.find_parents("details"))
            heading = Heading(level, _clean(tag_text(tag)), line_of_tag(tag))
            self._push(heading, tag.find_parent("details"))

    def open_list_item(self, item: Tag, title: str) -> None:
        """Open a list item whose nested items are papers; `title` is its own text."""
        level = 3 * _DEEPEST_LEVEL + len(item.find_parents("li"))
        self._push(Heading(level, _clean(title), line_of_tag(item)), item)

    def _push(self, heading: Heading, scope: Tag | None) -> None:
        self._open = [opened for opened in self._open if opened[0].level < heading.level]
        self.mark_filled()
        self._open.append((heading, scope))
        self.headings.append(heading)


def _is_generic(summary: Tag) -> bool:
    """True if the text of a summary is generic, or only repeats a heading or a list item."""
    is_nested = summary.find(HEADING_TAGS) is not None or summary.find_parent("li") is not None
    text = tag_text(summary)
    return is_nested or not text or bool(_GENERIC_SUMMARY.fullmatch(text))


def _clean(text: str) -> str:
    """Remove the number, emoji and punctuation around the text of a heading.

    Also removes invisible characters, which no term can have, and the end of a very long text.
    """
    cleaned = " ".join(visible_text(text[: _MAX_LENGTH + 1]).split())
    if len(text) > _MAX_LENGTH:
        cleaned = f"{cleaned[:_MAX_LENGTH]}…"
    text = cleaned
    while (shorter := _NUMBER_OR_PUNCTUATION.sub("", cleaned).strip()) != cleaned:
        cleaned = shorter
    return cleaned or text
