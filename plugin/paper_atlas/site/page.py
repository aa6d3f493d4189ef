"""One page of an atlas, as a value: what the library becomes, before any site exists.

The structure of a page (title, introduction, headings) is Markdown. Cards and other lists are
fragments of HTML, for which the Markdown holds a marker: the finished page gets them, so that
neither the Markdown parser nor the indexer of the search reads them again.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")


@dataclass(frozen=True)
class Fragment:
    """HTML to be made, and what it is about.

    `template` is the name of a file, or `cards`, `rows` or `paper`, which are made without one.
    """

    template: str
    values: Mapping[str, Any]
    card_ids: frozenset[str] = frozenset()
    """The ids of the papers whose cards it holds."""


@dataclass(frozen=True)
class Page:
    """One page: `path` is that of a Markdown file, `blocks` are Markdown or fragments.

    The anchor of the title holds an underscore, so that it is never that of a card.
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
        """The Markdown below the title, with a marker for each fragment."""
        return "\n\n".join(
            block if isinstance(block, str) else placeholder(index)
            for index, block in enumerate(self.blocks)
        )

    @property
    def fragments(self) -> dict[int, Fragment]:
        """The fragments by the number in their marker."""
        return {n: block for n, block in enumerate(self.blocks) if isinstance(block, Fragment)}

    @property
    def card_ids(self) -> frozenset[str]:
        """The ids of the papers whose cards stand on the page."""
        return frozenset(name for it in self.fragments.values() for name in it.card_ids)


def placeholder(number: int) -> str:
    """What stands in the place of a fragment until the page is finished."""
    return f'<div class="paper-atlas" data-fragment="{number}"></div>'


def placeholder_pattern(number: str) -> str:
    """What finds the marker with a number, or a pattern for numbers: minifiers take its quotes."""
    return rf'<div class="?paper-atlas"? data-fragment="?{number}"?></div>'


_PLACEHOLDER = re.compile(placeholder_pattern(r"(\d+)"))


def split_at_placeholders(text: str) -> list[str]:
    """Rendered HTML around its markers: text, number, text, number, …, text."""
    return _PLACEHOLDER.split(text)


def missing_placeholders(page: Page, text: str) -> list[int]:
    """The numbers of the fragments of a page that have no marker in its HTML."""
    found = set(map(int, _PLACEHOLDER.findall(text)))
    return [number for number in page.fragments if number not in found]


def escape_punctuation(text: str) -> str:
    """Text that neither HTML nor any extension of Markdown takes for more than text."""
    return _PUNCTUATION.sub(lambda match: f"&#{ord(match[0])};", text)
