"""The records of papers for the search of a site. Each leads to the page of its paper."""

from collections.abc import Iterator
from dataclasses import dataclass

from paper_atlas.model.library import Library
from paper_atlas.site.html.renderer import Renderer
from paper_atlas.text.names import display_names


@dataclass(frozen=True)
class SearchRecord:
    """One search result: its address relative to the root, its title, and searchable text."""

    location: str
    title: str
    text: str


def search_records(library: Library, renderer: Renderer) -> Iterator[SearchRecord]:
    """Yield a record for each paper, in the order of the library."""
    for entry in library.entries:
        words = [
            *entry.alternative_titles,
            *display_names(entry.authors),
            entry.venue or "",
            str(entry.year or ""),
        ]
        words += [term.title for terms in entry.terms.values() for term in terms]
        yield SearchRecord(
            renderer.paper_url(entry), entry.title, " · ".join(word for word in words if word)
        )
