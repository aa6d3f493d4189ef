"""The pages of papers, made from one that the theme has rendered.

A theme takes 5 to 10 milliseconds for a page, and thousands of pages of papers differ in few
places. So the site gets one page whose title, description, address and source are stand-ins; when
it is finished, every paper gets a copy of it with words of its own in their places.
"""

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from paper_atlas.analysis.related import Neighbours
from paper_atlas.exports import records_of
from paper_atlas.folder.cache import Kept
from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.site.addresses import Site, paper_path
from paper_atlas.site.head import Heads
from paper_atlas.site.html.renderer import Renderer
from paper_atlas.site.page import Fragment, Page, marker_pattern
from paper_atlas.site.pages.papers import paper_page

# Letters alone, which neither Markdown nor a theme nor a minifier writes otherwise.
_STAND_INS = tuple(f"PaperAtlasStandInFor{it}" for it in ("Name", "Title", "Description", "Source"))
NAME, TITLE, DESCRIPTION, SOURCE = _STAND_INS
_BODY = marker_pattern("0")
_PLACE = re.compile(f"({'|'.join(_STAND_INS)}|</head>|{_BODY})")
_ENTRY_OF_SITEMAP = re.compile(rf"\s*<url>(?:(?!</url>).)*{NAME}.*?</url>", re.DOTALL)

STAMP = Page(paper_path(NAME), TITLE, DESCRIPTION, (Fragment("", {}),))
"""The page that is rendered."""


@dataclass(frozen=True)
class Copy:
    """What a paper puts in the places of the stand-ins: texts, and HTML for head and body."""

    name: str
    title: str
    description: str
    source: str
    head: str
    body: str


class Stamp:
    """The finished page with stand-ins, ready for copies."""

    def __init__(self, output: str) -> None:
        self._parts = _PLACE.split(output)
        self._body = next((it for it in self._parts[1::2] if re.fullmatch(_BODY, it)), "")

    def page(self, copy: Copy) -> str:
        """The page of a paper."""
        texts = {
            NAME: copy.name,
            TITLE: html.escape(copy.title),
            DESCRIPTION: html.escape(copy.description),
            SOURCE: html.escape(copy.source),
            "</head>": f"{copy.head}\n</head>",
            self._body: copy.body,
        }
        return "".join(texts.get(part, part) for part in self._parts)


def with_copies(sitemap: str, names: Iterable[str]) -> str:
    """A site map with an entry for each paper in the place of that of the stamp."""
    found = _ENTRY_OF_SITEMAP.search(sitemap)
    if not found:
        return sitemap
    entries = "".join(found[0].replace(NAME, name) for name in names)
    return sitemap[: found.start()] + entries + sitemap[found.end() :]


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
