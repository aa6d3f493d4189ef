"""Finished pages filled with their fragments, many at once.

A card stands on several pages, and thousands of cards are too many to hold. Since pages have their
cards in the order of the library, the pages are written side by side: each card is made once, and
put into all pages that wait for it. One that a page has in another order is made for it alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from paper_atlas.model.entry import Entry
from paper_atlas.site.html.renderer import CardPlace, Renderer
from paper_atlas.site.page import Page

_MAX_OPEN_FILES = 100  # files that are open
_BUFFER = 1 << 16  # bytes of each that are written at once


@dataclass(frozen=True)
class PageToFill:
    """A page whose file has markers; `base` leads from it to the root of the site."""

    page: Page
    file: Path
    base: str

    @property
    def partial_file(self) -> Path:
        """Where it is written until it is whole."""
        return self.file.with_name(f"{self.file.name}.part")


class _OpenPage:
    """A page that is being written; `cards` are those to come, what stands before is written."""

    def __init__(self, unfilled: PageToFill, renderer: Renderer, stack: ExitStack) -> None:
        text = unfilled.file.read_bytes().decode()
        self._parts = renderer.page_parts(unfilled.page, text, unfilled.base)
        self._file = stack.enter_context(
            unfilled.partial_file.open("w", _BUFFER, encoding="utf-8", newline="")
        )
        self._renderer = renderer
        self.pending_cards = self._cards()

    def _cards(self) -> Iterator[CardPlace]:
        for part in self._parts:
            if isinstance(part, CardPlace):
                yield part
            else:
                self._file.write(part)

    def write_card(self, card: CardPlace) -> None:
        self._file.write(self._renderer.card_html(card))


def fill_pages(pages: Sequence[PageToFill], entries: Sequence[Entry], renderer: Renderer) -> None:
    """Put the fragments of pages into their files; `entries` are in the order of the library.

    A page that another plugin has taken away stays away.
    """
    present = [it for it in pages if it.file.is_file()]
    for first in range(0, len(present), _MAX_OPEN_FILES):
        some = present[first : first + _MAX_OPEN_FILES]
        with ExitStack() as stack:
            _write_cards([_OpenPage(it, renderer, stack) for it in some], entries)
        for it in some:
            it.partial_file.replace(it.file)


def _write_cards(pages: Iterable[_OpenPage], entries: Sequence[Entry]) -> None:
    numbers = {entry.id: number for number, entry in enumerate(entries)}
    waiting: dict[int, list[tuple[_OpenPage, CardPlace]]] = defaultdict(list)

    def go_on(page: _OpenPage, now: int) -> None:
        """Write a page up to a card that has yet to come."""
        for card in page.pending_cards:
            number = numbers[card.entry.id]
            if number > now:
                waiting[number].append((page, card))
                return
            page.write_card(card)

    for page in pages:
        go_on(page, -1)
    for number in range(len(entries)):
        for page, card in waiting.pop(number, ()):
            page.write_card(card)
            go_on(page, number)
