"""The records of papers and terms for the search of a theme. Each leads to a page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from paper_atlas.model.library import Library
from paper_atlas.model.publication import confirmed_links
from paper_atlas.site.addresses import Addresses, paper_path, term_path
from paper_atlas.site.page import Page
from paper_atlas.site.pages.tiles import shown_terms
from paper_atlas.text.names import display_names


@dataclass(frozen=True)
class SearchRecord:
    """One search result: its address relative to the root, its title, and searchable text."""

    location: str
    title: str
    text: str


def page_records(pages: Iterable[Page], addresses: Addresses) -> Iterator[SearchRecord]:
    """Yield a record for each page."""
    for page in pages:
        yield SearchRecord(addresses.page_url(page.path), page.title, page.description)


def paper_records(library: Library, addresses: Addresses) -> Iterator[SearchRecord]:
    """Yield a record for each paper, in the order of the library."""
    for entry in library.entries:
        terms = [term for terms in entry.terms.values() for term in terms]
        words = [
            *entry.alternative_titles,
            *display_names(entry.authors),
            entry.venue or "",
            str(entry.year or ""),
            *(name for term in terms for name in (term.title, *term.aliases)),
            *confirmed_links(entry).values(),
        ]
        text = " · ".join(dict.fromkeys(word for word in words if word))
        yield SearchRecord(addresses.page_url(paper_path(entry.id)), entry.title, text)


def term_records(library: Library, addresses: Addresses) -> Iterator[SearchRecord]:
    """Yield a record for each term that has a page."""
    for name, facet in library.vocabulary.facets.items():
        for term in shown_terms(library, name, facet.all_terms):
            words = (facet.title, *term.aliases, term.description)
            text = " · ".join(word for word in words if word)
            yield SearchRecord(addresses.page_url(term_path(name, term)), term.title, text)
