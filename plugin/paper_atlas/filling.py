"""Finished pages filled with their fragments, many at once.

A card stands on several pages, and thousands of cards are too many to hold. Since pages have their
cards in the order of the library, the pages are written side by side: each card is made once, and
put into all pages that wait for it. A page that has cards in another order waits for the next time.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from paper_atlas.entry import Entry
from paper_atlas.page import Page
from paper_atlas.render import Card, Renderer

_AT_ONCE = 100  # files that are open
_BUFFER = 1 << 16  # bytes of each that are written at once


@dataclass(frozen=True)
class Unfilled:
    """A page whose file has markers; `base` leads from it to the root of the site."""

    page: Page
    file: Path
    base: str


def fill(pages: Sequence[Unfilled], entries: Iterable[Entry], renderer: Renderer) -> None:
    """Put the fragments of pages into their files; `entries` are in the order of the library."""
    for first in range(0, len(pages), _AT_ONCE):
        with ExitStack() as stack:
            some = pages[first : first + _AT_ONCE]
            _fill([_Filling(it, renderer, stack) for it in some], entries)


class _Filling:
    """A page that is being written, up to the next card."""

    def __init__(self, unfilled: Unfilled, renderer: Renderer, stack: ExitStack) -> None:
        text = unfilled.file.read_bytes().decode()
        self._parts: Iterator[str | Card] = renderer.page(unfilled.page, text, unfilled.base)
        self._file: TextIO = stack.enter_context(
            unfilled.file.open("w", _BUFFER, encoding="utf-8", newline="")
        )
        self._renderer = renderer

    def advance(self, card: Card | None = None) -> Card | None:
        """Write a card, and what stands behind it up to the next one, which is returned."""
        if card:
            self._file.write(self._renderer.card(card))
        for part in self._parts:
            if isinstance(part, Card):
                return part
            self._file.write(part)
        return None


def _fill(pages: Iterable[_Filling], entries: Iterable[Entry]) -> None:
    waiting: dict[str, list[tuple[_Filling, Card]]] = defaultdict(list)

    def advance(page: _Filling, card: Card | None = None) -> None:
        if following := page.advance(card):
            waiting[following.entry.id].append((page, following))

    for page in pages:
        advance(page)
    while waiting:
        for entry in entries:
            for page, card in waiting.pop(entry.id, ()):
                advance(page, card)
