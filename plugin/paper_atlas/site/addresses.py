"""The addresses of a site: paths of pages, anchors, and relative links from any page."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote, urlsplit

from paper_atlas.model.entry import Entry
from paper_atlas.model.vocabulary import Section, Term

HOME = "index.md"
ALL_PAPERS = "papers/index.md"
LINEAGE = "lineage/index.md"
CHARTS = "charts/index.md"
HELP_WANTED = "help-wanted/index.md"
COMPARE = "compare/index.md"
CONTRIBUTE = "contribute.md"
"""The handwritten page that says how to add a paper, if there is one."""
NOT_FOUND = "404.md"
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

    def base_of(self, path: str) -> str:
        """Return the relative path to the root from the page of the Markdown file at `path`.

        >>> Addresses().base_of("organs/liver.md")
        '../../'
        """
        return "../" * self.page_url(path).count("/")

    def full_page_url(self, path: str, anchor: str = "") -> str:
        """Return the address of a page, as `page_url` does, with the root in front."""
        return self.root + self.page_url(path, anchor)

    def canonical_url(self, path: str) -> str:
        """Return the full address of a page, or an empty string if the root is unknown."""
        return self.full_page_url(path) if self.root else ""

    def file_url(self, path: str, query: str = "") -> str:
        """Return the address of a file that is not a page, with the root in front."""
        return self.root + quote(path) + (f"?{quote(query, safe='=&,')}" if query else "")


def _is_index(stem: str) -> bool:
    return stem == "index" or stem.endswith("/index")


@dataclass(frozen=True)
class SiteInfo:
    """The name, the description and the addresses of a site.

    `offline` is true if its pages may be opened as files, without a web server. `add_url` is the
    address, relative to the root, where readers find out how to add a paper, or empty.
    """

    name: str
    description: str
    addresses: Addresses
    offline: bool = False
    add_url: str = ""


def list_page_path(path: str, number: int) -> str:
    """Return the path of page `number` (from 1) of the list whose first page is at `path`.

    >>> list_page_path("organs/liver.md", 2), list_page_path("papers/index.md", 2)
    ('organs/liver/page/2.md', 'papers/page/2.md')
    """
    if number == 1:
        return path
    folder = path.removesuffix(".md").removesuffix("/index")
    return f"{folder}/page/{number}.md"


def paper_path(name: str) -> str:
    """Return the path of the page of a paper by its id. It never changes."""
    return f"papers/{name}.md"


def term_path(facet: str, term: Term) -> str:
    """Return the path of the page of a term."""
    return f"{facet}/{term.id}.md"


def section_path(section: Section) -> str:
    """Return the path of the page of a section."""
    return f"sections/{section.id}/index.md"


def facet_path(facet: str) -> str:
    """Return the path of the page that lists the terms of a facet."""
    return f"{facet}/index.md"


def chart_file(name: str) -> str:
    """Return the path of the file with the numbers of a chart."""
    return f"charts/{name}.csv"


ICONS = "assets/paper-icons.svg"
EditUrl = Callable[[str], str | None]
"""Returns the address where a file of the atlas can be edited, or None."""


def no_edit_url(_: str) -> None:
    """Return None: the files of the atlas have no address for edits."""


class PageLinks:
    """Links to papers, terms and files from all pages at the same depth.

    `base` is the relative path from such a page to the root of the site: `"../../"`, or an empty
    string. Links are percent-encoded, so they need no HTML escape. `edit_url` is not encoded.
    """

    def __init__(self, base: str, addresses: Addresses, edit_url: EditUrl = no_edit_url) -> None:
        self.base = base
        self.icons_url = base + ICONS
        self.edit_url = cache(edit_url)
        self._term_urls: dict[tuple[str, str], str] = {}
        self._addresses = addresses
        self._before_id, self._after_id = addresses.page_url(paper_path("-")).split("-")

    def paper_url(self, entry: Entry) -> str:
        """Return the link to the page of a paper.

        An id has no character to encode, so this is faster than `page_url`.
        """
        return f"{self.base}{self._before_id}{entry.id}{self._after_id}"

    def term_url(self, facet: str, term: Term) -> str:
        """Return the link to the list of the papers of a term."""
        key = facet, term.id
        if key not in self._term_urls:  # thousands of cards link to a few terms
            self._term_urls[key] = self.page_url(term_path(facet, term))
        return self._term_urls[key]

    def page_url(self, path: str, anchor: str = "") -> str:
        """Return the link to the page of the Markdown file at a path."""
        return self.base + self._addresses.page_url(path, anchor)

    def from_root(self, url: str) -> str:
        """Return the link to a URL that is absolute or relative to the root of the site."""
        return url if urlsplit(url).scheme else self.base + url

    def file_url(self, path: str) -> str:
        """Return the link to a file that is not a page."""
        return self.base + quote(path)
