"""What the search of a site knows of a paper: one record, which leads to its card."""

from collections.abc import Iterator
from dataclasses import dataclass

from paper_atlas.model.library import Library
from paper_atlas.site.html.renderer import Renderer


@dataclass(frozen=True)
class SearchRecord:
    """One hit: its address from the root of the site, its title, the words that find it."""

    location: str
    title: str
    text: str


def search_records(library: Library, renderer: Renderer) -> Iterator[SearchRecord]:
    """A record for each paper, in the order of the library."""
    for entry in library.entries:
        words = [
            *entry.alternative_titles,
            *entry.authors,
            entry.venue or "",
            str(entry.year or ""),
        ]
        words += [term.title for terms in entry.terms.values() for term in terms]
        yield SearchRecord(
            renderer.paper_url(entry), entry.title, " · ".join(word for word in words if word)
        )
