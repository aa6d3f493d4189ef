"""HTML of fragments, for a page at a known place of the site.

An environment of our own: it escapes, and a name that is missing is an error.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from paper_atlas.citing import STYLES
from paper_atlas.conditions import having
from paper_atlas.entry import LINK_TITLES, Entry
from paper_atlas.exports import EXPORTS
from paper_atlas.exports.parts import links_of as confirmed
from paper_atlas.exports.parts import notice_url, web
from paper_atlas.figure import Region, with_links
from paper_atlas.identifier import is_web, split
from paper_atlas.interface import ENGLISH, Say
from paper_atlas.library import Library
from paper_atlas.machines import coins
from paper_atlas.notes import Notes
from paper_atlas.page import Fragment, Page, split_at_markers
from paper_atlas.places import HELP_WANTED, Addresses, paper_path, term_place
from paper_atlas.references import resolve
from paper_atlas.results import dataset_of
from paper_atlas.text import short_name
from paper_atlas.vocabulary import Term
from paper_atlas.vocabulary_file import NAME as VOCABULARY

# Stand for what depends on the page, until it is known: the way to the root of the site, the level
# of headings, the last lines of a card. Signs that mean nothing.
_ROOT, _LEVEL, _RECORD = "\ue000", "\ue001", "\ue002"
_CITED = ("bibtex", "ris", "csl")
ICONS = "assets/paper-icons.svg"
_ICONS = {
    **dict.fromkeys(("arxiv", "pdf", "pmid", "pmcid"), "document"),
    "code": "code",
    "data": "data",
    "project": "home",
    "scholar": "search",
}


@dataclass(frozen=True)
class Link:
    """A link of an entry as it is shown: `value` is what the file says, `url` where it leads."""

    kind: str
    title: str
    value: str
    url: str
    is_confirmed: bool


def links_of(entry: Entry, say: Say = ENGLISH) -> list[Link]:
    """The links of an entry, identifiers as web addresses."""
    sure = confirmed(entry)
    return [
        Link(
            kind,
            link_title(kind, say),
            value,
            web(kind, value),
            kind in sure,
        )
        for kind, value in entry.links.given().items()
    ]


def link_title(kind: str, say: Say) -> str:
    """What a kind of link is called; a label of the curator's is shown as it is."""
    return say(LINK_TITLES[kind]) if kind in LINK_TITLES else kind


def icon(kind: str) -> str:
    """The name of the picture for a kind of link."""
    return _ICONS.get(kind, "link")


def citations(entry: Entry) -> list[tuple[str, str]]:
    """An entry in each style of citation and as a record for other programs, as (name, text)."""
    records = ((EXPORTS[name].title, EXPORTS[name].record(entry)) for name in _CITED)
    return [*((name, style(entry)) for name, style in STYLES.items()), *records]


class Renderer:
    """Renders what is not Markdown: the fragments of pages, and references in their text.

    `edit` gives the address at which a file of the atlas can be edited, or None; `mentions` the
    pages that name the paper with an id, as (title, path of the built file or folder).
    """

    def __init__(
        self,
        library: Library,
        addresses: Addresses,
        edit: Callable[[str], str | None] = lambda _: None,
        mentions: Callable[[str], Sequence[tuple[str, str]]] = lambda _: (),
        say: Say = ENGLISH,
    ) -> None:
        self._library = library
        self._addresses = addresses
        self._edit = cache(edit)
        self._say = say
        self._pattern = cache(lambda *message: escape(say.pattern(*message)))
        self._rendered_notes: dict[str, str] = {}
        self._cards: dict[str, str] = {}
        self._records: dict[tuple[str, str], str] = {}
        self._term_urls: dict[tuple[str, str], str] = {}
        self._environment = Environment(
            loader=PackageLoader("paper_atlas"),
            auto_reload=False,
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
        self._environment.globals |= {
            "card": self._card,
            "confirm_url": self._confirm_url,
            "edit": self._edit,
            "facets": library.vocabulary.facets,
            "broadly": self._broadly,
            "citations": citations,
            "coins": coins,
            "figure": self._figure,
            "file_url": lambda path: _ROOT + quote(path),
            "dataset_of": lambda result: dataset_of(result, library.vocabulary),
            "having": having,
            "host": lambda url: split(url).netloc.removeprefix("www."),
            "icon": icon,
            "icons_url": _ROOT + ICONS,
            "is_web": is_web,
            "links": lambda entry: links_of(entry, say),
            "main": library.vocabulary.main,
            "mentions": mentions,
            "notes": self._linked_notes,
            "notice": notice_url,
            "page_url": lambda path, anchor="": _ROOT + addresses.of(path, anchor),
            "paper_url": lambda entry: _ROOT + self.paper(entry),
            "is_reachable": lambda entry: bool(confirmed(entry)),
            "related": library.related,
            "say": self._said,
            "short_name": lambda entry: short_name(entry.title, entry.authors, entry.year),
            "term_url": self._term_url,
            "words_file": f"{library.folder}/{VOCABULARY}",
        }

    def page(self, page: Page, text: str, base: str) -> tuple[str, list[int]]:
        """The HTML of a page with its fragments in the place of their markers.

        `base` leads from the page to the root of the site ("../../", or nothing). Returns also
        the numbers of fragments for which there was no marker.
        """
        fragments = page.fragments
        parts = split_at_markers(text)
        for index in range(1, len(parts), 2):
            fragment = fragments.pop(int(parts[index]), None)
            parts[index] = self.fragment(fragment, base) if fragment else ""
        return "".join(parts), sorted(fragments)

    def fragment(self, fragment: Fragment, base: str) -> str:
        """The HTML of one fragment; see `page` for `base`."""
        template = self._environment.get_template(fragment.template)
        return template.render(**fragment.values).replace(_ROOT, base)

    def _card(self, entry: Entry, level: int, here: tuple[str, str]) -> Markup:
        """The card of a paper; most of it is made once for all pages."""
        if (made := self._cards.get(entry.id)) is None:
            template = self._environment.get_template("card.html.jinja")
            made = template.render(entry=entry, level=_LEVEL, record=_RECORD)
            self._cards[entry.id] = made
        place = here[1] if here[0] == self._library.vocabulary.main else ""
        if (lines := self._records.get((entry.id, place))) is None:
            template = self._environment.get_template("record.html.jinja")
            lines = template.render(entry=entry, here=place)
            self._records[entry.id, place] = lines
        return Markup(made.replace(_LEVEL, str(level)).replace(_RECORD, lines))

    def _term_url(self, facet: str, term: Term) -> str:
        if (url := self._term_urls.get((facet, term.id))) is None:
            url = _ROOT + self._addresses.of(*term_place(self._library, facet, term))
            self._term_urls[facet, term.id] = url
        return url

    def _confirm_url(self, entry: Entry) -> str:
        """Where somebody can confirm a fact: the file, or the page that says how."""
        wanted = _ROOT + self._addresses.of(HELP_WANTED, "unverified_facts")
        return self._edit(entry.path) or wanted

    def _linked_notes(self, entry: Entry) -> Markup:
        return Markup(self.references(self._notes_of(entry), _ROOT)[0])

    def _figure(self) -> Markup:
        return Markup(with_links(self._library.figure, self._regions(), self._say("Figure")))

    def references(self, text: str, base: str) -> tuple[str, list[str]]:
        """HTML with its `[[id]]` leading to papers, and those that lead nowhere."""

        def address(name: str) -> str | None:
            entry = self._library.by_id.get(name)
            return base + self.paper(entry) if entry else None

        return resolve(text, address)

    def paper(self, entry: Entry) -> str:
        """The address of the page of a paper, relative to the root of the site."""
        return self._addresses.of(paper_path(entry.id))

    def _regions(self) -> dict[str, Region]:
        """The regions of the figure: each leads to the first term that it stands for."""
        main = self._library.vocabulary.main
        found: dict[str, list[Term]] = {}
        for term in self._library.vocabulary.facets[main].all_terms:
            found.setdefault(term.region, []).append(term)
        found.pop("", None)
        return {
            region: Region(
                self._term_url(main, terms[0]),
                ", ".join(f"{it.title} {len(self._library.of_term(main, it))}" for it in terms),
            )
            for region, terms in found.items()
        }

    def _said(self, message: str, /, count: int | None = None, **values: str) -> Markup:
        """A message as HTML, with values that are escaped unless they are HTML."""
        pattern = self._pattern(message, count)
        return pattern.format(count=count, **values) if values or count is not None else pattern

    def _broadly(self, entry: Entry, facet: str) -> list[str]:
        """The ids of the terms of an entry and of all broader ones."""
        known = self._library.vocabulary.facets[facet]
        terms = entry.terms[facet]
        found = [*terms, *(above for term in terms for above in known.broader(term))]
        return list(dict.fromkeys(term.id for term in found))

    def _notes_of(self, entry: Entry) -> str:
        """The notes as HTML, made once for all pages on which they stand."""
        if entry.id not in self._rendered_notes:
            self._rendered_notes[entry.id] = self._notes.html(entry.notes or "")
        return self._rendered_notes[entry.id]

    @cached_property
    def _notes(self) -> Notes:
        return Notes({entry.id: entry.title for entry in self._library.entries})
