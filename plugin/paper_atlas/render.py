"""HTML of fragments, for a page at a known place of the site.

An environment of our own: it escapes, and a name that is missing is an error.
"""

import posixpath
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from paper_atlas.entry import LINK_TITLES, Entry
from paper_atlas.identifier import IDENTIFIERS, is_web, split
from paper_atlas.library import Library
from paper_atlas.notes import Notes
from paper_atlas.page import Fragment, Page, split_at_markers
from paper_atlas.places import HELP_WANTED, card_place, term_place
from paper_atlas.references import resolve
from paper_atlas.text import short_name
from paper_atlas.vocabulary import Term
from paper_atlas.vocabulary_file import NAME as VOCABULARY

# Where a title leads: what is most surely the paper itself comes first, a search for it last.
_PRIMARY = ("doi", "url", "arxiv", "pmid", "pmcid", "pdf")
_NOT_THE_PAPER = ("project", "scholar", "data", "code")


@dataclass(frozen=True)
class Addresses:
    """The addresses of a site, relative to its root, as MkDocs makes them."""

    directory_urls: bool = True

    def of(self, path: str, anchor: str = "") -> str:
        """The address of the page made from the Markdown file at `path`.

        >>> Addresses().of("organs/liver.md", "unet")
        'organs/liver/#unet'
        """
        stem = path.removesuffix(".md")
        if not self.directory_urls:
            url = f"{stem}.html"
        elif posixpath.basename(stem) == "index":
            url = stem[: -len("index")]
        else:
            url = f"{stem}/"
        return quote(url) + (f"#{quote(anchor)}" if anchor else "")


@dataclass(frozen=True)
class Link:
    """A link of an entry as it is shown: `value` is what the file says, `url` where it leads."""

    kind: str
    title: str
    value: str
    url: str
    is_confirmed: bool


def links_of(entry: Entry) -> list[Link]:
    """The links of an entry, identifiers as web addresses."""
    return [
        Link(
            kind,
            LINK_TITLES.get(kind, kind),
            value,
            IDENTIFIERS[kind].url(value) if kind in IDENTIFIERS else value,
            not {kind, "links"}.intersection(entry.unverified),
        )
        for kind, value in entry.links.given().items()
    ]


def notice_url(notice: str) -> str:
    """The address of a notice, which is given by its DOI or address."""
    return notice if is_web(notice) else IDENTIFIERS["doi"].url(notice)


def primary_url(entry: Entry) -> str:
    """Where the title of a paper leads; nowhere where no link is confirmed."""
    urls = {link.kind: link.url for link in links_of(entry) if link.is_confirmed}
    labels = [kind for kind in urls if kind not in _PRIMARY and kind not in _NOT_THE_PAPER]
    order = [*_PRIMARY, *labels, *_NOT_THE_PAPER]
    return next((urls[kind] for kind in order if kind in urls), "")


class Renderer:
    """Renders what is not Markdown: the fragments of pages, and references in their text.

    `edit` gives the address at which a file of the atlas can be edited, or None.
    """

    def __init__(
        self,
        library: Library,
        addresses: Addresses,
        edit: Callable[[str], str | None] = lambda _: None,
    ) -> None:
        self._library = library
        self._addresses = addresses
        self._edit = edit
        self._rendered_notes: dict[str, str] = {}
        self._environment = Environment(
            loader=PackageLoader("paper_atlas"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals |= {
            "edit": edit,
            "facets": library.vocabulary.facets,
            "host": lambda url: split(url).netloc.removeprefix("www."),
            "is_web": is_web,
            "links": links_of,
            "main": library.vocabulary.main,
            "notice": notice_url,
            "primary": primary_url,
            "related": library.related,
            "short_name": lambda entry: short_name(entry.title, entry.authors, entry.year),
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

        def term_url(facet: str, term: Term) -> str:
            return base + self._addresses.of(*term_place(self._library, facet, term))

        def card_url(entry: Entry) -> str:
            return base + self.card(entry)

        def notes(entry: Entry) -> Markup:
            return Markup(self.references(self._notes_of(entry), base)[0])

        def confirm_url(entry: Entry) -> str:
            wanted = base + self._addresses.of(HELP_WANTED, "unverified_facts")
            return self._edit(entry.path) or wanted

        context: dict[str, Any] = {
            "card_url": card_url,
            "confirm_url": confirm_url,
            "notes": notes,
            "term_url": term_url,
        }
        template = self._environment.get_template(fragment.template)
        return template.render(**context, **fragment.values)

    def references(self, text: str, base: str) -> tuple[str, list[str]]:
        """HTML with its `[[id]]` leading to cards, and those that lead nowhere."""

        def address(name: str) -> str | None:
            entry = self._library.by_id.get(name)
            return base + self.card(entry) if entry else None

        return resolve(text, address)

    def card(self, entry: Entry) -> str:
        """The address of the card of a paper, relative to the root of the site."""
        return self._addresses.of(*card_place(self._library, entry))

    def _notes_of(self, entry: Entry) -> str:
        """The notes as HTML, made once for all pages on which they stand."""
        if entry.id not in self._rendered_notes:
            self._rendered_notes[entry.id] = self._notes.html(entry.notes or "")
        return self._rendered_notes[entry.id]

    @cached_property
    def _notes(self) -> Notes:
        return Notes({entry.id: entry.title for entry in self._library.entries})
