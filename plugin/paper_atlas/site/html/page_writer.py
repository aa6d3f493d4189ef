"""Fill finished pages with their fragments, many pages at once.

A card is on several pages, and thousands of cards do not fit in memory. Pages have their cards in
the order of the library. So the pages are written side by side: each card is rendered once and
added to all pages that wait for it. A card in another order is rendered again for its page.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from paper_atlas.model.entry import Entry
from paper_atlas.site.html.renderer import CardPlace, Renderer
from paper_atlas.site.page import Page

_MAX_OPEN_FILES = 100  # open at the same time
_BUFFER = 1 << 16  # bytes per file


@dataclass(frozen=True)
class PageToFill:
    """A page whose file contains placeholders. `base` is its path to the root of the site."""

    page: Page
    file: Path
    base: str

    @property
    def partial_file(self) -> Path:
        """The file that is written until the page is complete."""
        return self.file.with_name(f"{self.file.name}.part")


class _OpenPage:
    """A page that is being written. `pending_cards` are the cards that follow."""

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
    """Write the fragments of pages into their files.

    `entries` are in the order of the library. A page whose file another plugin removed stays
    removed.
    """
    present = [page for page in pages if page.file.is_file()]
    for first in range(0, len(present), _MAX_OPEN_FILES):
        some = present[first : first + _MAX_OPEN_FILES]
        with ExitStack() as stack:
            _write_cards([_OpenPage(page, renderer, stack) for page in some], entries)
        for page in some:
            page.partial_file.replace(page.file)


def _write_cards(pages: Iterable[_OpenPage], entries: Sequence[Entry]) -> None:
    numbers = {entry.id: number for number, entry in enumerate(entries)}
    waiting: dict[int, list[tuple[_OpenPage, CardPlace]]] = defaultdict(list)

    def write_until(page: _OpenPage, now: int) -> None:
        """Write a page up to a card that follows later in the library."""
        for card in page.pending_cards:
            number = numbers[card.entry.id]
            if number > now:
                waiting[number].append((page, card))
                return
            page.write_card(card)

    for page in pages:
        write_until(page, -1)
    for number in range(len(entries)):
        for page, card in waiting.pop(number, ()):
            page.write_card(card)
            write_until(page, number)
