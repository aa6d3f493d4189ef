"""HTML of fragments, for a page at a known position of the site.

Python renders what occurs thousands of times: cards, rows, and the bodies of the pages of papers.
Templates render everything else, in a Jinja environment that escapes values and rejects unknown
names.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from paper_atlas.analysis.related import RelatedPaper
from paper_atlas.exports import records_of
from paper_atlas.folder.cache import Cache
from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Term
from paper_atlas.site.addresses import ROOT_PLACEHOLDER, Addresses, PageLinks
from paper_atlas.site.files.script import facets_of
from paper_atlas.site.html.cache_keys import CacheKeys
from paper_atlas.site.html.card import LEVEL_PLACEHOLDER, CardRenderer, PaperParts, html_translator
from paper_atlas.site.html.figure import Region, link_regions
from paper_atlas.site.html.maths import text_renderer
from paper_atlas.site.html.paper import PaperRenderer
from paper_atlas.site.page import Fragment, Page, split_at_placeholders
from paper_atlas.text.names import et_al, short_name
from paper_atlas.text.notes import NotesRenderer
from paper_atlas.text.paper_links import resolve_links
from paper_atlas.translation import ENGLISH, Translator

_CACHED_ROWS = 10_000  # kept in memory, because they are on several pages


@dataclass(frozen=True)
class CardPlace:
    """A card and its context: the level of its heading and the term of its page, if any.

    `base` is the relative path from the page to the root of the site.
    """

    entry: Entry
    level: int
    term: str
    base: str


class Renderer:
    """Render everything that is not Markdown: fragments, and links to papers in texts.

    `edit` returns the address where a file of the atlas can be edited, or None. `mentions` returns
    the pages that mention the paper with an id, as (title, path of the built file or folder).
    `cache` keeps the HTML of papers under the keys of `cache_keys`. `has_maths` says whether maths
    in titles and venues is marked, see `text_renderer`.
    """

    def __init__(
        self,
        library: Library,
        addresses: Addresses,
        edit: Callable[[str], str | None] = lambda _: None,
        mentions: Callable[[str], Sequence[tuple[str, str]]] = lambda _: (),
        translate: Translator = ENGLISH,
        cache: Cache | None = None,
        has_maths: bool = False,
    ) -> None:
        self._library = library
        self._cache = cache or Cache()
        self._translate = translate
        self._html_translate = html_translator(translate)
        self._links = PageLinks(library, addresses, edit)
        self.cache_keys = CacheKeys(
            self._cache, library, addresses, translate, self._links.edit_url, mentions, has_maths
        )
        self.text_html = text_renderer(has_maths)
        self._paper_parts = PaperParts(library, self._links, translate, self.text_html)
        self._card_renderer = CardRenderer(
            library, self._links, self._paper_parts, self.notes_html, translate
        )
        self._paper_renderer = PaperRenderer(
            library, self._links, self._paper_parts, self.notes_html, mentions, translate
        )
        self._renderers: dict[str, Callable[..., Iterator[str | CardPlace]]] = {
            "cards": self._cards,
            "rows": self._rows,
            "paper": self._paper,
        }
        self._last_entry: Entry | None = None
        self._last_card_top = ""
        self._last_cards: dict[tuple[int, str, str], str] = {}
        self._cached_row = lru_cache(_CACHED_ROWS)(self._paper_row)
        self._environment = _jinja_environment()
        self._environment.globals |= self._template_globals()

    def _template_globals(self) -> dict[str, Any]:
        """The variables and functions of every template."""
        paper_parts, links = self._paper_parts, self._links
        return {
            "edit_url": links.edit_url,
            "et_al": et_al,
            "facets": self._library.vocabulary.facets,
            "facets_of": lambda entries: facets_of(entries, self._library, self._translate),
            "figure": self._figure,
            "file_url": links.file_url,
            "page_url": links.page_url,
            "paper_url": links.paper_url,
            "rows": lambda entries: Markup("".join(self._rows(ROOT_PLACEHOLDER, entries))),
            "translate": self._translated_html,
            "short_name": lambda entry: short_name(entry.title, entry.authors, entry.year),
            "result_source": lambda result: Markup(paper_parts.result_source(result)),
            "term_url": links.term_url,
            "text_html": self.text_html,
            "unverified_mark": lambda *about: Markup(paper_parts.unverified_mark(*about)),
            "vocabulary_file": self._library.vocabulary_path,
        }

    def page_parts(self, page: Page, text: str, base: str) -> Iterator[str | CardPlace]:
        """Yield the HTML of a page with its fragments, in parts.

        `text` contains the placeholders of the fragments. `base` is the relative path from the page
        to the root of the site ("../../", or an empty string). Cards are yielded unrendered.
        """
        fragments = page.fragments
        around, *rest = split_at_placeholders(text)
        yield around
        for number, around in zip(rest[::2], rest[1::2], strict=True):
            if fragment := fragments.pop(int(number), None):
                yield from self._parts(fragment, base)
            yield around

    def fragment_html(self, fragment: Fragment, base: str) -> str:
        """Return the HTML of one fragment. `base` as in `page_parts`."""
        return self.join_parts(self._parts(fragment, base))

    def join_parts(self, parts: Iterable[str | CardPlace]) -> str:
        """Render the cards among the parts and return all parts as one text."""
        return "".join([part if isinstance(part, str) else self.card_html(part) for part in parts])

    def _parts(self, fragment: Fragment, base: str) -> Iterator[str | CardPlace]:
        make = self._renderers.get(fragment.template, partial(self._render, fragment.template))
        return make(base, **fragment.values)

    def _render(self, template: str, base: str, /, **values: Any) -> Iterator[str]:
        yield (
            self._environment.get_template(template)
            .render(**values)
            .replace(ROOT_PLACEHOLDER, base)
        )

    def card_html(self, card: CardPlace) -> str:
        """Return the HTML of a card. Those of the last paper are kept in memory."""
        entry = card.entry
        if entry is not self._last_entry:
            key = self.cache_keys.card_key(entry)
            self._last_card_top = self._cache.get_text(
                "cards", key, lambda: self._card_renderer.card_top(entry)
            )
            self._last_entry, self._last_cards = entry, {}
        place = (card.level, card.term, card.base)
        if place not in self._last_cards:
            html = f"{self._last_card_top}\n{self._card_renderer.card_bottom(entry, card.term)}\n"
            html = html.replace(LEVEL_PLACEHOLDER, str(card.level)).replace(
                ROOT_PLACEHOLDER, card.base
            )
            self._last_cards[place] = html
        return self._last_cards[place]

    def _paper_row(self, name: str, base: str) -> str:
        row = self._paper_parts.paper_row(self._library.entries_by_id[name])
        return f"{row.replace(ROOT_PLACEHOLDER, base)}\n"

    def paper_body(
        self, entry: Entry, neighbours: Sequence[RelatedPaper], records: Sequence[str], base: str
    ) -> str:
        """Return the body of the page of a paper, see `PaperRenderer.page_body`."""
        return self._paper_renderer.page_body(entry, neighbours, records).replace(
            ROOT_PLACEHOLDER, base
        )

    def notes_html(self, entry: Entry) -> str:
        """Return the notes as HTML with `ROOT_PLACEHOLDER`."""
        return self.link_papers(self._notes.render(entry.notes or ""), ROOT_PLACEHOLDER)[0]

    def _cards(
        self, base: str, entries: Iterable[Entry], level: int, here: tuple[str, str]
    ) -> Iterator[str | CardPlace]:
        """Yield full cards with headings of a level. `here` is the facet and term of the page."""
        term = here[1] if here[0] == self._library.vocabulary.main_facet else ""
        yield '<div class="paper-atlas paper-cards">\n'
        for entry in entries:
            yield CardPlace(entry, level, term, base)
        yield "</div>"

    def _rows(self, base: str, entries: Iterable[Entry]) -> Iterator[str]:
        """Yield a list with one row for each paper."""
        yield '<ul class="paper-atlas paper-rows">\n'
        for entry in entries:
            yield self._cached_row(entry.id, base)
        yield "</ul>"

    def _paper(self, base: str, entry: Entry, neighbours: Sequence[RelatedPaper]) -> Iterator[str]:
        """Yield the HTML of everything about a paper, for its page."""
        yield self.paper_body(entry, neighbours, records_of(entry), base)

    def _figure(self) -> Markup:
        return Markup(
            link_regions(self._library.figure_svg, self._regions(), self._translate("Figure"))
        )

    def link_papers(self, text: str, base: str) -> tuple[str, list[str]]:
        """Return HTML in which `[[id]]` links to papers, and the links without a paper."""

        def address(name: str) -> str | None:
            entry = self._library.entries_by_id.get(name)
            return base + self.paper_url(entry) if entry else None

        return resolve_links(text, address)

    def paper_url(self, entry: Entry) -> str:
        """Return the address of the page of a paper, relative to the root of the site."""
        return self._links.paper_url(entry).removeprefix(ROOT_PLACEHOLDER)

    def _regions(self) -> dict[str, Region]:
        """The regions of the figure. Each links to its first term."""
        main = self._library.vocabulary.main_facet
        found: dict[str, list[Term]] = {}
        for term in self._library.vocabulary.facets[main].all_terms:
            found.setdefault(term.region, []).append(term)
        found.pop("", None)
        return {
            region: Region(
                self._links.term_url(main, terms[0]),
                ", ".join(
                    f"{term.title} {len(self._library.papers_of_term(main, term))}"
                    for term in terms
                ),
            )
            for region, terms in found.items()
        }

    def _translated_html(self, message: str, /, count: int | None = None, **values: str) -> Markup:
        """Return a message as HTML. Values that are not `Markup` are escaped."""
        escaped = {name: str(escape(value)) for name, value in values.items()}
        return Markup(self._html_translate(message, count, **escaped))

    @cached_property
    def _notes(self) -> NotesRenderer:
        return NotesRenderer({entry.id: entry.title for entry in self._library.entries})


def _jinja_environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("paper_atlas.site"),
        auto_reload=False,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    return environment
