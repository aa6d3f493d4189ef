"""What the script has to know: the words of what it makes, and the facets of a list."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from paper_atlas.entry import Entry
from paper_atlas.library import Library

LEAST = 5
"""A list of fewer papers needs no filter."""

_PARTS = ("common", "cards", "records", "saving", "menu", "filter", "basket", "start")

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
    "without": "Without {term}",
    "remove": "Take back {term}",
    "from": "From year",
    "to": "To year",
    "undated": "Year not known",
    "more": "and {count} more",
    "retracted": "Retracted",
    "cite": "Cite",
    "cite_paper": "Cite {title}",
    "unconfirmed": "Nobody has confirmed: {keys}",
    "select": "Select",
    "selected": "Selected",
    "selection": "Selected papers",
    "show_selection": "{count} selected: show",
    "empty": "Empty the selection",
}

_HAVING = {"code": "code", "doi": "DOI", "results": "results"}


def script(all_papers: str) -> str:
    """The script as a site publishes it: what it has to know, and its parts.

    `all_papers` is the address of the page of all papers, relative to the root of the site.
    """
    known = {"WORDS": WORDS, "ALL_PAPERS": all_papers}
    given = [f"const {name} = {json.dumps(it, ensure_ascii=False)};" for name, it in known.items()]
    folder = Path(__file__).parent / "script"
    parts = [(folder / f"{name}.js").read_text(encoding="utf-8") for name in _PARTS]
    return "\n".join(["(() => {", '"use strict";', *given, *parts, "})();\n"])


def facets_of(entries: Iterable[Entry], library: Library) -> dict[str, dict[str, Any]]:
    """For each facet that the entries use its title, and its terms as (id, title).

    Broader terms of those that are named are among them.
    """
    found: dict[str, dict[str, Any]] = {}
    chosen = list(entries)
    for name, facet in library.vocabulary.facets.items():
        named = {term.id: term for it in chosen for term in it.terms.get(name, ())}
        used = {*named, *(above.id for term in named.values() for above in facet.broader(term))}
        terms = [(term.id, term.title) for _, term in facet.tree if term.id in used]
        if terms:
            found[name] = {"title": facet.title, "terms": terms}
    return {**found, "has": {"title": "With", "terms": list(_HAVING.items())}}
