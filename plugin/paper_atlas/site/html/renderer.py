"""HTML of blocks, for a page at a known depth of the site.

Templates render the blocks, in a Jinja environment that escapes values and rejects unknown names.
A template gets its block as `block`, and the links of the page as `links`.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from typing import Any

from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from paper_atlas.exports import EXPORTS
from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.site.addresses import (
    Addresses,
    EditUrl,
    PageLinks,
    chart_file,
    facet_path,
    no_edit_url,
    section_path,
)
from paper_atlas.site.blocks import PaperBody
from paper_atlas.site.html.card_view import card_view
from paper_atlas.site.html.figure import (
    Glyph,
    RegionLabel,
    RegionTerm,
    glyph_id,
    glyphs_of,
    labelled_figure,
)
from paper_atlas.site.html.maths import text_renderer
from paper_atlas.site.html.messages import html_translator
from paper_atlas.site.html.paper_view import PaperView, PaperViewer, source_of
from paper_atlas.site.page import Block, Page
from paper_atlas.site.placeholders import replace_markers
from paper_atlas.source.yaml_writer import yaml_scalar
from paper_atlas.text.html import joined, markup, vetted
from paper_atlas.text.names import et_al
from paper_atlas.text.paper_links import resolve_links
from paper_atlas.translation import ENGLISH, Translator

# Most cards of first pages and all rows are on several pages.
_CARDS_IN_MEMORY, _ROWS_IN_MEMORY = 5_000, 20_000

Mentions = Mapping[str, Sequence[tuple[str, str]]]
"""The pages that mention papers as (title, address), by the id of the paper."""

TextCache = Callable[[str, str, Callable[[], str]], str]
"""Returns the cached text of a kind with a key, or makes it."""


def no_text_cache(_kind: str, _key: str, make: Callable[[], str]) -> str:
    """Make the text."""
    return make()


class Renderer:
    """Render the HTML of blocks and pages.

    `has_maths` says whether maths in titles and venues is marked, see `text_renderer`.
    `text_cache` keeps the cards.
    """

    def __init__(
        self,
        library: Library,
        addresses: Addresses,
        translate: Translator = ENGLISH,
        edit_url: EditUrl = no_edit_url,
        mentions: Mentions = {},  # noqa: B006
        has_maths: bool = False,
        text_cache: TextCache = no_text_cache,
    ) -> None:
        self.text_html = text_renderer(has_maths)
        self._library = library
        self._translate = translate
        self.links_from = cache(lambda base: PageLinks(base, addresses, edit_url))
        self._text_cache = text_cache
        self._viewer = PaperViewer(
            library, translate, lambda name: mentions.get(name, ()), self.text_html
        )
        self._environment = _jinja_environment()
        self._environment.globals |= self._template_globals()
        self._macros: Callable[[str], Any] = cache(
            lambda name: self._environment.get_template(name).module
        )
        self._card_in_memory = lru_cache(_CARDS_IN_MEMORY)(self._make_card)
        self._row_in_memory = lru_cache(_ROWS_IN_MEMORY)(self._make_row)

    def _template_globals(self) -> dict[str, Any]:
        """The variables and functions of every template."""
        return {
            "card": self.card,
            "chart_file": chart_file,
            "et_al": et_al,
            "export_formats": EXPORTS,
            "facets": self._library.vocabulary.facets,
            "glyph_drawing": self._glyph_drawing,
            "glyph_id": glyph_id,
            "glyphs": self._glyphs,
            "isolate": self._translate.isolate,
            "labelled_figure": self._labelled_figure,
            "paper_line": self._viewer.line,
            "paper_view": self._paper_view,
            "row": self.row,
            "facet_path": facet_path,
            "section_path": section_path,
            "source_of": source_of,
            "text_html": self.text_html,
            "translate": html_translator(self._translate),
            "vocabulary_file": self._library.vocabulary_path,
            "yaml_scalar": yaml_scalar,
        }

    def html(self, block: Block, links: PageLinks) -> Markup:
        """Return the HTML of a block on a page with these links."""
        template = self._environment.get_template(block.template)
        return vetted(template.render(block=block, links=links))

    def page_html(self, page: Page, base: str) -> Markup:
        """Return the content of a page that consists of blocks only, below its title."""
        links = self.links_from(base)
        if page.head:
            title = self.html(page.head, links)
        else:
            words = self.text_html(self._translate.isolate(page.title))
            title = markup('<h1 id="page_title">%s</h1>', words)
        blocks = [self.html(block, links) for block in page.blocks if isinstance(block, Block)]
        return joined("\n", [title, *blocks])

    def fill_markers(self, page: Page, text: str, base: str) -> str:
        """Return the HTML of a page with its blocks in the place of their markers."""
        links = self.links_from(base)

        def block_html(number: int) -> str:
            block = page.blocks[number] if number < len(page.blocks) else ""
            return self.html(block, links) if isinstance(block, Block) else ""

        return replace_markers(text, block_html)

    def card(self, entry: Entry, links: PageLinks, own: tuple[str, str] | None = None) -> Markup:
        """Return the card of a paper, with the tag of the page's `own` term hidden."""
        html = self._card_in_memory(entry.id, links.base)
        if not own:
            return html
        return html.replace(
            markup('data-term="%s/%s"', *own), markup('data-term="%s/%s" hidden', *own)
        )

    def _make_card(self, name: str, base: str) -> Markup:
        entry, links = self._library.entries_by_id[name], self.links_from(base)
        macro = self._macros("card.html.jinja")

        def make() -> str:
            view = card_view(entry, self._library, self._translate, self.text_html)
            return str(macro.card(view, links))

        return vetted(self._text_cache("cards", f"{base} {name}", make))

    def row(self, entry: Entry, links: PageLinks) -> Markup:
        """Return a paper as one row of a list."""
        return self._row_in_memory(entry.id, links.base)

    def _make_row(self, name: str, base: str) -> Markup:
        entry, links = self._library.entries_by_id[name], self.links_from(base)
        return vetted(self._macros("row.html.jinja").row(entry, links))

    def link_papers(self, text: str, base: str) -> tuple[str, list[str]]:
        """Return HTML in which `[[id]]` links to papers, and the links without a paper."""
        links, entries = self.links_from(base), self._library.entries_by_id

        def find_url(name: str) -> str | None:
            entry = entries.get(name)
            return links.paper_url(entry) if entry else None

        return resolve_links(text, find_url)

    def _paper_view(self, block: PaperBody) -> PaperView:
        return self._viewer.view(block.entry, block.neighbours)

    def _labelled_figure(self, links: PageLinks) -> tuple[Markup, Sequence[RegionLabel]] | None:
        """Return the figure and its labels, if the atlas has a figure with regions."""
        regions = self._regions(links)
        if not (self._library.figure_svg and regions):
            return None
        drawing, labels = labelled_figure(self._library.figure_svg, regions)
        return vetted(drawing), labels

    def _regions(self, links: PageLinks) -> dict[str, list[RegionTerm]]:
        """Return the terms of each region, those with most papers first."""
        main, found = self._library.vocabulary.main_facet, defaultdict(list)
        for term in self._library.vocabulary.facets[main].all_terms:
            if term.region:
                count = len(self._library.papers_within(main, term))
                found[term.region].append(RegionTerm(term, count, links.term_url(main, term)))
        return {
            name: [terms[0], *(one for one in terms[1:] if one.count)]
            for name, all_terms in found.items()
            for terms in [sorted(all_terms, key=lambda one: -one.count)]
        }

    def _glyph_drawing(self) -> Markup:
        """Return the figure as a hidden drawing, whose regions are the glyphs of terms."""
        svg = vetted(self._library.figure_svg)
        return markup("<div hidden>%s</div>", svg) if svg else svg

    @cached_property
    def _glyphs(self) -> dict[str, Glyph]:
        """The regions of the figure, whose SVG is part of `clean_svg`."""
        main = self._library.vocabulary.facets[self._library.vocabulary.main_facet]
        regions = {term.region for term in main.all_terms}
        glyphs = glyphs_of(self._library.figure_svg, regions)
        return {name: one._replace(drawing=vetted(one.drawing)) for name, one in glyphs.items()}


class _BytecodeInMemory(BytecodeCache):
    """Keeps the compiled templates for the next build of a preview."""

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._compiled:
            bucket.bytecode_from_string(self._compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key] = bucket.bytecode_to_string()


_BYTECODE = _BytecodeInMemory()


def _jinja_environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("paper_atlas.site"),
        auto_reload=False,
        autoescape=True,
        bytecode_cache=_BYTECODE,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    return environment
