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

from paper_atlas.analysis.related import RelatedPapers
from paper_atlas.exports import records_of
from paper_atlas.folder.cache import Cache
from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.site.addresses import SiteInfo, paper_path
from paper_atlas.site.head import HeadBuilder
from paper_atlas.site.html.renderer import Renderer
from paper_atlas.site.page import Fragment, Page, placeholder_pattern
from paper_atlas.site.pages.papers import paper_page

# Letters alone, which neither Markdown nor a theme nor a minifier writes otherwise.
_PLACEHOLDERS = tuple(
    f"PaperAtlasStandInFor{it}" for it in ("Name", "Title", "Description", "Source")
)
NAME_PLACEHOLDER, TITLE_PLACEHOLDER, DESCRIPTION_PLACEHOLDER, SOURCE_PLACEHOLDER = _PLACEHOLDERS
_BODY_PLACEHOLDER = placeholder_pattern("0")
_SPLIT = re.compile(f"({'|'.join(_PLACEHOLDERS)}|</head>|{_BODY_PLACEHOLDER})")
_SITEMAP_ENTRY = re.compile(rf"\s*<url>(?:(?!</url>).)*{NAME_PLACEHOLDER}.*?</url>", re.DOTALL)

TEMPLATE_PAGE = Page(
    paper_path(NAME_PLACEHOLDER), TITLE_PLACEHOLDER, DESCRIPTION_PLACEHOLDER, (Fragment("", {}),)
)
"""The page that is rendered."""


@dataclass(frozen=True)
class TemplateValues:
    """What a paper puts in the places of the stand-ins: texts, and HTML for head and body."""

    name: str
    title: str
    description: str
    source: str
    head: str
    body: str


class PaperTemplate:
    """The finished page with stand-ins, ready for copies."""

    def __init__(self, output: str) -> None:
        self._parts = _SPLIT.split(output)
        self._body = next(
            (it for it in self._parts[1::2] if re.fullmatch(_BODY_PLACEHOLDER, it)), ""
        )

    def fill(self, copy: TemplateValues) -> str:
        """The page of a paper."""
        texts = {
            NAME_PLACEHOLDER: copy.name,
            TITLE_PLACEHOLDER: html.escape(copy.title),
            DESCRIPTION_PLACEHOLDER: html.escape(copy.description),
            SOURCE_PLACEHOLDER: html.escape(copy.source),
            "</head>": f"{copy.head}\n</head>",
            self._body: copy.body,
        }
        return "".join(texts.get(part, part) for part in self._parts)


def add_to_sitemap(sitemap: str, names: Iterable[str]) -> str:
    """A site map with an entry for each paper in the place of that of the stamp."""
    found = _SITEMAP_ENTRY.search(sitemap)
    if not found:
        return sitemap
    entries = "".join(found[0].replace(NAME_PLACEHOLDER, name) for name in names)
    return sitemap[: found.start()] + entries + sitemap[found.end() :]


_SEPARATOR = "\x1c"


class PaperTexts:
    """Makes the records and the pages of the papers of a library, or finds them kept."""

    def __init__(
        self, library: Library, site: SiteInfo, heads: HeadBuilder, renderer: Renderer, cache: Cache
    ) -> None:
        self._library = library
        self._site = site
        self._head_builder = heads
        self._renderer = renderer
        self._cache = cache
        self._last_records: tuple[str, Sequence[str]] = ("", ())

    def export_records(self, entry: Entry) -> Sequence[str]:
        """The records of a paper in the order of `EXPORTS`; those asked for last are held."""
        if self._last_records[0] != entry.id:
            self._last_records = (entry.id, self._records(entry))
        return self._last_records[1]

    def _records(self, entry: Entry) -> list[str]:
        origin = self._renderer.cache_keys.records_key(entry)
        made = self._cache.get_text("records", origin, lambda: _SEPARATOR.join(records_of(entry)))
        return made.split(_SEPARATOR)

    def paper_html(self, entry: Entry, stamp: PaperTemplate, head: str) -> str:
        """The page of a paper, made of a stamp whose head is `head` so far."""
        near = self._neighbours.for_entry(entry)
        page = paper_page(entry, near)
        base = "../" * self._site.addresses.page_url(page.path).count("/")

        def made() -> str:
            present = head.replace(DESCRIPTION_PLACEHOLDER, html.escape(page.description))
            body = self._renderer.paper_body(entry, near, self.export_records(entry), base)
            return f"{self._head_builder.head_lines(page, present, base)}{_SEPARATOR}{body}"

        origin = self._renderer.cache_keys.page_key(entry, near, f"{self._site} {head}")
        own, _, body = self._cache.get_text("pages", origin, made).partition(_SEPARATOR)
        return stamp.fill(
            TemplateValues(entry.id, page.title, page.description, entry.path, own, body)
        )

    @cached_property
    def _neighbours(self) -> RelatedPapers:
        return RelatedPapers(self._library)
