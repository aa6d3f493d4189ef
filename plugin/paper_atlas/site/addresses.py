"""The addresses of a site: paths of pages, anchors, and relative links from any page."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote

from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Section, Term

HOME = "index.md"
ALL_PAPERS = "papers/index.md"
PAPER_LIST = "papers/list.json"
LINEAGE = "lineage/index.md"
CHARTS = "charts/index.md"
HELP_WANTED = "help-wanted/index.md"
FEED = "feed.xml"


@dataclass(frozen=True)
class Addresses:
    """The addresses of a site, as MkDocs builds them.

    `root` is the address of the site with a slash at its end, or an empty string if it is unknown.
    """

    directory_urls: bool = True
    root: str = ""

    def page_url(self, path: str, anchor: str = "") -> str:
        """Return the address of the page of the Markdown file at `path`, relative to the root.

        >>> Addresses().page_url("organs/liver.md", "unet")
        'organs/liver/#unet'
        """
        stem = path.removesuffix(".md")
        if not self.directory_urls:
            url = f"{stem}.html"
        elif _is_index(stem):
            url = stem[: -len("index")]
        else:
            url = f"{stem}/"
        return quote(url) + (f"#{quote(anchor)}" if anchor else "")

    def page_file(self, path: str) -> str:
        """Return the path of the HTML file of the Markdown file at `path`.

        >>> Addresses().page_file("organs/liver.md")
        'organs/liver/index.html'
        """
        stem = path.removesuffix(".md")
        is_folder = self.directory_urls and not _is_index(stem)
        return f"{stem}/index.html" if is_folder else f"{stem}.html"

    def full_page_url(self, path: str, anchor: str = "") -> str:
        """Return the address of a page, as `page_url` does, with the root in front."""
        return self.root + self.page_url(path, anchor)

    def file_url(self, path: str, query: str = "") -> str:
        """Return the address of a file that is not a page, with the root in front."""
        return self.root + quote(path) + (f"?{quote(query, safe='=&,')}" if query else "")


def _is_index(stem: str) -> bool:
    return stem == "index" or stem.endswith("/index")


@dataclass(frozen=True)
class SiteInfo:
    """The name, the description and the addresses of a site."""

    name: str
    description: str
    addresses: Addresses


def card_file(number: str) -> str:
    """The path of a file with cards of some papers, for the page of all papers."""
    return f"papers/cards-{number}.json"


def paper_path(name: str) -> str:
    """Return the path of the page of a paper by its id. It never changes."""
    return f"papers/{name}.md"


def term_location(library: Library, facet: str, term: Term) -> tuple[str, str]:
    """Return the path and the anchor where the papers of a term are listed."""
    if library.vocabulary.facets[facet].pages:
        return term_path(facet, term), ""
    return facet_path(facet), term.id


def term_path(facet: str, term: Term) -> str:
    """Return the path of the page of a term."""
    return f"{facet}/{term.id}.md"


def section_path(section: Section) -> str:
    """Return the path of the page of a section."""
    return f"sections/{section.id}/index.md"


def facet_path(facet: str) -> str:
    """Return the path of the page that lists the terms of a facet."""
    return f"{facet}/index.md"


ROOT_PLACEHOLDER = "\x1d"
"""Marks the relative path to the root of the site until the page is known.

No text contains this control character. It is ASCII, so a text in Latin letters takes one byte per
letter in memory.
"""
ICONS = "assets/paper-icons.svg"


class PageLinks:
    """Links to papers, terms and files, relative to the root, after `ROOT_PLACEHOLDER`.

    They are percent-encoded, so they need no HTML escape. `edit` returns the address where a file
    of the atlas can be edited, or None. It is not encoded: `edit_url` and `confirm_url` need one.
    """

    icons_url = ROOT_PLACEHOLDER + ICONS

    def __init__(
        self, library: Library, addresses: Addresses, edit: Callable[[str], str | None]
    ) -> None:
        self._library = library
        self._addresses = addresses
        self._before_id, self._after_id = addresses.page_url(paper_path("-")).split("-")
        self.edit_url = cache(edit)

    def paper_url(self, entry: Entry) -> str:
        """Return the link to the page of a paper.

        An id has no character to encode, so this is faster than `Addresses.page_url`.
        """
        return f"{ROOT_PLACEHOLDER}{self._before_id}{entry.id}{self._after_id}"

    def term_url(self, facet: str, term: Term) -> str:
        """Return the link to the list of the papers of a term."""
        return self.page_url(*term_location(self._library, facet, term))

    def page_url(self, path: str, anchor: str = "") -> str:
        """Return the link to the page of the Markdown file at a path."""
        return ROOT_PLACEHOLDER + self._addresses.page_url(path, anchor)

    def file_url(self, path: str) -> str:
        """Return the link to a file that is not a page."""
        return ROOT_PLACEHOLDER + quote(path)

    def confirm_url(self, entry: Entry) -> str:
        """Return the link to the file to edit, else to the page that explains how."""
        return self.edit_url(entry.path) or self.page_url(HELP_WANTED, "unverified_facts")
