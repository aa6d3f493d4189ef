"""A page of an atlas as a value, before any site exists.

The structure of a page (title, introduction, headings) is Markdown. Cards and other lists are
fragments of HTML, for which the Markdown contains placeholders. The finished page gets the
fragments, so neither the Markdown parser nor the search indexer has to parse them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from paper_atlas.text.markdown import escape_punctuation


@dataclass(frozen=True)
class Fragment:
    """HTML to render, and the values for it.

    `template` is the name of a template file, or `cards`, `rows` or `paper`, which Python renders.
    """

    template: str
    values: Mapping[str, Any]
    card_ids: frozenset[str] = frozenset()
    """The ids of the papers whose cards the fragment contains."""


@dataclass(frozen=True)
class Page:
    """A page: `path` is that of its Markdown file, `blocks` are Markdown or fragments.

    The anchor of the title contains an underscore, so it differs from the anchor of every card.
    """

    path: str
    title: str
    description: str
    blocks: tuple[str | Fragment, ...]

    @property
    def heading(self) -> str:
        """The title as a Markdown heading."""
        return f"# {escape_punctuation(self.title)} {{#page_title}}"

    @property
    def body(self) -> str:
        """The Markdown below the title, with a placeholder for each fragment."""
        return "\n\n".join(
            block if isinstance(block, str) else placeholder(index)
            for index, block in enumerate(self.blocks)
        )

    @property
    def fragments(self) -> dict[int, Fragment]:
        """The fragments by the number in their placeholder."""
        return {n: block for n, block in enumerate(self.blocks) if isinstance(block, Fragment)}

    @property
    def card_ids(self) -> frozenset[str]:
        """The ids of the papers whose cards are on the page."""
        return frozenset(name for fragment in self.fragments.values() for name in fragment.card_ids)


def placeholder(number: int) -> str:
    """Return the HTML that marks the position of a fragment until the page is finished."""
    return f'<div class="paper-atlas" data-fragment="{number}"></div>'


def placeholder_pattern(number: str) -> str:
    """Return the regular expression of a placeholder.

    `number` is a number or a pattern. Quotes are optional, because minifiers remove them.
    """
    return rf'<div class="?paper-atlas"? data-fragment="?{number}"?></div>'


_PLACEHOLDER = re.compile(placeholder_pattern(r"(\d+)"))


def split_at_placeholders(text: str) -> list[str]:
    """Split rendered HTML at its placeholders: text, number, text, number, …, text."""
    return _PLACEHOLDER.split(text)


def missing_placeholders(page: Page, text: str) -> list[int]:
    """Return the numbers of the fragments of a page without placeholder in its HTML."""
    found = set(map(int, _PLACEHOLDER.findall(text)))
    return [number for number in page.fragments if number not in found]
