"""Where the links of a page lead, from whatever page of the site."""

from collections.abc import Callable
from functools import cache
from urllib.parse import quote

from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Term
from paper_atlas.site.addresses import HELP_WANTED, Addresses, paper_path, term_place

ROOT = "\x1d"
"""Stands for the way to the root of the site until the page is known: a sign that no text holds.

It is of ASCII: so a text in Latin letters takes one byte a letter in memory.
"""
ICONS = "assets/paper-icons.svg"


class Ways:
    """The ways to papers, terms and files, from `ROOT`; they are quoted, so no sign is of HTML.

    `edit` gives the address at which a file of the atlas can be edited, or None; that is as it
    is, and so is what is made of it.
    """

    icons = ROOT + ICONS

    def __init__(
        self, library: Library, addresses: Addresses, edit: Callable[[str], str | None]
    ) -> None:
        self._library = library
        self._addresses = addresses
        self._before, self._after = addresses.of(paper_path("-")).split("-")
        self.edit = cache(edit)

    def paper(self, entry: Entry) -> str:
        """The page of a paper: an id has no sign to quote. `Addresses.of` takes longer."""
        return f"{ROOT}{self._before}{entry.id}{self._after}"

    def term(self, facet: str, term: Term) -> str:
        """Where the papers of a term are listed."""
        return self.page(*term_place(self._library, facet, term))

    def page(self, path: str, anchor: str = "") -> str:
        """The page made from the Markdown file at a path."""
        return ROOT + self._addresses.of(path, anchor)

    def file(self, path: str) -> str:
        """A file that is no page."""
        return ROOT + quote(path)

    def confirm(self, entry: Entry) -> str:
        """Where somebody can confirm a fact: the file, or the page that says how."""
        return self.edit(entry.path) or self.page(HELP_WANTED, "unverified_facts")
