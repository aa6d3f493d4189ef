"""The texts of each paper that are neither cards nor lines: its records, and its page.

What is kept of them holds the separator below between its parts, a sign that no text of an entry
may have.
"""

import html
from collections.abc import Sequence
from functools import cached_property

from paper_atlas.analysis.related import Neighbours
from paper_atlas.exports import records_of
from paper_atlas.folder.cache import Kept
from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.site.addresses import Site
from paper_atlas.site.head import Heads
from paper_atlas.site.html.renderer import Renderer
from paper_atlas.site.pages.papers import paper_page
from paper_atlas.site.paper_template import DESCRIPTION, Copy, Stamp

_SEPARATOR = "\x1c"


class Copies:
    """Makes the records and the pages of the papers of a library, or finds them kept."""

    def __init__(
        self, library: Library, site: Site, heads: Heads, renderer: Renderer, kept: Kept
    ) -> None:
        self._library = library
        self._site = site
        self._heads = heads
        self._renderer = renderer
        self._kept = kept
        self._last: tuple[str, Sequence[str]] = ("", ())

    def records(self, entry: Entry) -> Sequence[str]:
        """The records of a paper in the order of `EXPORTS`; those asked for last are held."""
        if self._last[0] != entry.id:
            self._last = (entry.id, self._records(entry))
        return self._last[1]

    def _records(self, entry: Entry) -> list[str]:
        origin = self._renderer.origins.records(entry)
        made = self._kept.text("records", origin, lambda: _SEPARATOR.join(records_of(entry)))
        return made.split(_SEPARATOR)

    def page(self, entry: Entry, stamp: Stamp, head: str) -> str:
        """The page of a paper, made of a stamp whose head is `head` so far."""
        near = self._neighbours.of(entry)
        page = paper_page(entry, near)
        base = "../" * self._site.addresses.of(page.path).count("/")

        def made() -> str:
            present = head.replace(DESCRIPTION, html.escape(page.description))
            body = self._renderer.body(entry, near, self.records(entry), base)
            return f"{self._heads.of(page, present, base)}{_SEPARATOR}{body}"

        origin = self._renderer.origins.page(entry, near, f"{self._site} {head}")
        own, _, body = self._kept.text("pages", origin, made).partition(_SEPARATOR)
        return stamp.page(Copy(entry.id, page.title, page.description, entry.path, own, body))

    @cached_property
    def _neighbours(self) -> Neighbours:
        return Neighbours(self._library)
