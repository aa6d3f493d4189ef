"""What the script that filters cards has to know: the facets, and the words of its form."""

from collections.abc import Iterable, Mapping
from typing import Any

from paper_atlas.entry import Entry
from paper_atlas.interface import Say
from paper_atlas.library import Library

LEAST = 5
"""A list of fewer papers needs no filter."""


def form_words(say: Say) -> dict[str, Any]:
    """The words of the form; the script puts values in the place of what stands in braces."""
    return {
        "filter": say.pattern("Filter papers"),
        "search": say.pattern("Title, author, venue"),
        "sort": say.pattern("Sort by"),
        "sorts": {
            "-year": say.pattern("Newest first"),
            "year": say.pattern("Oldest first"),
            "title": say.pattern("By title"),
            "author": say.pattern("By first author"),
            "-added": say.pattern("Last added first"),
        },
        "clear": say.pattern("Clear"),
        "clear_key": say.pattern("Clear all filters (Escape)"),
        "count": say.pattern("{some} of {all} papers"),
        "without": say.pattern("Without {term}"),
        "remove": say.pattern("Take back {term}"),
        "download": say.pattern("These papers as"),
        "from": say.pattern("From year"),
        "to": say.pattern("To year"),
        "has": say.pattern("With"),
        "having": {
            "code": say.pattern("code"),
            "doi": say.pattern("DOI"),
            "results": say.pattern("results"),
        },
    }


def facets_of(
    entries: Iterable[Entry], library: Library, words: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
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
    return {**found, "has": {"title": words["has"], "terms": words["having"]}}
