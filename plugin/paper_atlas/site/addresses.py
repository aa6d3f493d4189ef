"""Addresses of a site: the path of each page, anchors, and relative links from any page."""

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
    """The addresses of a site, as MkDocs makes them.

    `root` leads to the site: its own address where that is known, with a slash at the end.
    """

    directory_urls: bool = True
    root: str = ""

    def page_url(self, path: str, anchor: str = "") -> str:
        """The address of the page made from the Markdown file at `path`, relative to the root.

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
        """The path of the file made from the Markdown file at `path`.

        >>> Addresses().page_file("organs/liver.md")
        'organs/liver/index.html'
        """
        stem = path.removesuffix(".md")
        is_folder = self.directory_urls and not _is_index(stem)
        return f"{stem}/index.html" if is_folder else f"{stem}.html"

    def full_page_url(self, path: str, anchor: str = "") -> str:
        """The address of a page, as `of` makes it, with the root in front."""
        return self.root + self.page_url(path, anchor)

    def file_url(self, path: str, query: str = "") -> str:
        """The address of a file that is no page, with the root in front."""
        return self.root + quote(path) + (f"?{quote(query, safe='=&,')}" if query else "")


def _is_index(stem: str) -> bool:
    return stem == "index" or stem.endswith("/index")


@dataclass(frozen=True)
class SiteInfo:
    """A site as a whole: how it is called, what it says of itself, and its addresses."""

    name: str
    description: str
    addresses: Addresses


def paper_path(name: str) -> str:
    """The path of the page of the paper with an id, which is its address for ever."""
    return f"papers/{name}.md"


def term_location(library: Library, facet: str, term: Term) -> tuple[str, str]:
    """Path and anchor where the papers of a term are listed."""
    if library.vocabulary.facets[facet].pages:
        return term_path(facet, term), ""
    return facet_path(facet), term.id


def term_path(facet: str, term: Term) -> str:
    """The path of the page of a term."""
    return f"{facet}/{term.id}.md"


def section_path(section: Section) -> str:
    """The path of the page of a section."""
    return f"sections/{section.id}/index.md"


def facet_path(facet: str) -> str:
    """The path of the page that lists the terms of a facet."""
    return f"{facet}/index.md"


ROOT_PLACEHOLDER = "\x1d"
"""Stands for the way to the root of the site until the page is known: a sign that no text holds.

It is of ASCII: so a text in Latin letters takes one byte a letter in memory.
"""
ICONS = "assets/paper-icons.svg"


class Links:
    """The ways to papers, terms and files, from `ROOT`; they are quoted, so no sign is of HTML.

    `edit` gives the address at which a file of the atlas can be edited, or None; that is as it
    is, and so is what is made of it.
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
        """The page of a paper: an id has no sign to quote. `Addresses.of` takes longer."""
        return f"{ROOT_PLACEHOLDER}{self._before_id}{entry.id}{self._after_id}"

    def term_url(self, facet: str, term: Term) -> str:
        """Where the papers of a term are listed."""
        return self.page_url(*term_location(self._library, facet, term))

    def page_url(self, path: str, anchor: str = "") -> str:
        """The page made from the Markdown file at a path."""
        return ROOT_PLACEHOLDER + self._addresses.page_url(path, anchor)

    def file_url(self, path: str) -> str:
        """A file that is no page."""
        return ROOT_PLACEHOLDER + quote(path)

    def confirm_url(self, entry: Entry) -> str:
        """Where somebody can confirm a fact: the file, or the page that says how."""
        return self.edit_url(entry.path) or self.page_url(HELP_WANTED, "unverified_facts")
