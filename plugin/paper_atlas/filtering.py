"""What the script that filters cards has to know: the facets, and the words of its form."""

from collections.abc import Iterable, Mapping
from typing import Any

from paper_atlas.entry import Entry
from paper_atlas.library import Library

LEAST = 5
"""A list of fewer papers needs no filter."""

WORDS: Mapping[str, Any] = {
    "filter": "Filter papers",
    "search": "Title, author, venue",
    "sort": "Sort by",
    "sorts": {
        "-year": "Newest first",
        "year": "Oldest first",
        "title": "By title",
        "author": "By first author",
        "-added": "Last added first",
    },
    "clear": "Clear",
    "clear_key": "Clear all filters (Escape)",
    "count": "{some} of {all} papers",
    "without": "Without",
    "remove": "Take back",
    "download": "These papers as",
    "from": "From year",
    "to": "To year",
    "has": "With",
    "having": {"code": "code", "doi": "DOI", "results": "results"},
}


def facets_of(entries: Iterable[Entry], library: Library) -> dict[str, dict[str, Any]]:
    """For each facet that the entries use its title, and the titles of its terms by id.

    Broader terms of those that are named are among them.
    """
    found: dict[str, dict[str, Any]] = {}
    chosen = list(entries)
    for name, facet in library.vocabulary.facets.items():
        named = {term.id: term for it in chosen for term in it.terms.get(name, ())}
        used = {*named, *(above.id for term in named.values() for above in facet.broader(term))}
        terms = {term.id: term.title for _, term in facet.tree if term.id in used}
        if len(terms) > 1:
            found[name] = {"title": facet.title, "terms": terms}
    return {**found, "has": {"title": WORDS["has"], "terms": WORDS["having"]}}
