"""The pages of papers, filled into one page that the theme renders.

A theme takes 5 to 10 milliseconds for a page, and thousands of pages of papers differ in few
places. So the site contains one page whose title, description, address and source are
placeholders. Each paper gets a copy of the finished page with its own values.
"""

import html
import re
from collections.abc import Sequence
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

# Letters only, so that neither Markdown nor a theme nor a minifier changes them.
_PLACEHOLDERS = tuple(
    f"PaperAtlasPlaceholder{field}" for field in ("Name", "Title", "Description", "Source")
)
NAME_PLACEHOLDER, TITLE_PLACEHOLDER, DESCRIPTION_PLACEHOLDER, SOURCE_PLACEHOLDER = _PLACEHOLDERS
_HEADING_PLACEHOLDER = "PaperAtlasPlaceholderHeading"
# Only the heading may contain HTML, namely maths.
_TITLE_IN_HEADING = re.compile(rf"(<h1\b[^>]*>[^<]*){TITLE_PLACEHOLDER}")
_BODY_PLACEHOLDER = placeholder_pattern("0")
_SPLIT = re.compile(
    f"({'|'.join(_PLACEHOLDERS)}|{_HEADING_PLACEHOLDER}|</head>|{_BODY_PLACEHOLDER})"
)

TEMPLATE_PAGE = Page(
    paper_path(NAME_PLACEHOLDER), TITLE_PLACEHOLDER, DESCRIPTION_PLACEHOLDER, (Fragment("", {}),)
)
"""The page that the theme renders."""


@dataclass(frozen=True)
class TemplateValues:
    """The values of a paper for the template: plain texts, and HTML for head, body and heading.

    The heading is the title if it is empty.
    """

    name: str
    title: str
    description: str
    source: str
    head: str
    body: str
    heading: str = ""


class PaperTemplate:
    """The finished page with placeholders."""

    def __init__(self, output: str) -> None:
        self._parts = _SPLIT.split(_TITLE_IN_HEADING.sub(rf"\1{_HEADING_PLACEHOLDER}", output))
        self._body = next(
            (part for part in self._parts[1::2] if re.fullmatch(_BODY_PLACEHOLDER, part)), ""
        )

    def fill(self, values: TemplateValues) -> str:
        """Return the page of a paper."""
        texts = {
            NAME_PLACEHOLDER: values.name,
            TITLE_PLACEHOLDER: html.escape(values.title),
            _HEADING_PLACEHOLDER: values.heading or html.escape(values.title),
            DESCRIPTION_PLACEHOLDER: html.escape(values.description),
            SOURCE_PLACEHOLDER: html.escape(values.source),
            "</head>": f"{values.head}\n</head>",
        }
        if self._body:
            texts[self._body] = values.body
        return "".join(texts.get(part, part) for part in self._parts)


_SEPARATOR = "\x1c"


class PaperTexts:
    """Render the export records and the pages of the papers of a library, with a cache."""

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
        """Return the records of a paper in the order of `EXPORTS`.

        Those of the last paper are kept in memory.
        """
        if self._last_records[0] != entry.id:
            self._last_records = (entry.id, self._records(entry))
        return self._last_records[1]

    def _records(self, entry: Entry) -> list[str]:
        key = self._renderer.cache_keys.records_key(entry)
        records = self._cache.get_text("records", key, lambda: _SEPARATOR.join(records_of(entry)))
        return records.split(_SEPARATOR)

    def paper_html(self, entry: Entry, stamp: PaperTemplate, head: str) -> str:
        """Return the page of a paper.

        `head` is the head of the template, up to its end tag.
        """
        neighbours = self._neighbours.for_entry(entry)
        page = paper_page(entry, neighbours)
        base = "../" * self._site.addresses.page_url(page.path).count("/")

        def render() -> str:
            present = head.replace(DESCRIPTION_PLACEHOLDER, html.escape(page.description))
            body = self._renderer.paper_body(entry, neighbours, self.export_records(entry), base)
            return f"{self._head_builder.head_lines(page, present, base)}{_SEPARATOR}{body}"

        key = self._renderer.cache_keys.page_key(entry, neighbours, f"{self._site} {head}")
        head_lines, _, body = self._cache.get_text("pages", key, render).partition(_SEPARATOR)
        texts = (page.title, page.description, entry.path)
        heading = self._renderer.text_html(page.title)
        return stamp.fill(TemplateValues(entry.id, *texts, head_lines, body, heading))

    @cached_property
    def _neighbours(self) -> RelatedPapers:
        return RelatedPapers(self._library)
