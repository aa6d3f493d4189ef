"""What the script has to know: the words of what it makes, and the facets of a list."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Term
from paper_atlas.translation import Translator

LEAST = 5
"""A list of fewer papers needs no filter."""

_PARTS = ("common", "cards", "records", "saving", "menu", "filter", "basket", "start")


def _words(say: Translator) -> dict[str, Any]:
    """The words of the script, which puts values in the place of what stands in braces."""
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
        "nothing": say.pattern("No paper is like this: take something back."),
        "without": say.pattern("Without {term}"),
        "remove": say.pattern("Take back {term}"),
        "from": say.pattern("From year"),
        "to": say.pattern("To year"),
        "undated": say.pattern("Year not known"),
        "more": say.pattern("and {count} more"),
        "retracted": say.pattern("Retracted"),
        "cite": say.pattern("Cite"),
        "cite_paper": say.pattern("Cite {title}"),
        "unconfirmed": say.pattern("Nobody has confirmed: {keys}"),
        "select": say.pattern("Select"),
        "select_paper": say.pattern("Select: {title}"),
        "selected": say.pattern("Selected"),
        "selection": say.pattern("Selected papers"),
        "show_selection": say.pattern("{count} selected: show"),
        "empty": say.pattern("Empty the selection"),
    }


def script(all_papers: str, say: Translator) -> str:
    """The script as a site publishes it: what it has to know, and its parts.

    `all_papers` is the address of the page of all papers, relative to the root of the site.
    """
    known = {"WORDS": _words(say), "ALL_PAPERS": all_papers}
    given = [f"const {name} = {json.dumps(it, ensure_ascii=False)};" for name, it in known.items()]
    folder = Path(__file__).parent.parent / "script"
    parts = [(folder / f"{name}.js").read_text(encoding="utf-8") for name in _PARTS]
    return "\n".join(["(() => {", '"use strict";', *given, *parts, "})();\n"])


def facets_of(
    entries: Sequence[Entry], library: Library, say: Translator
) -> dict[str, dict[str, Any]]:
    """For each facet that the entries use its title, and its terms as (id, title).

    Broader terms of those that are named are among them.
    """
    found: dict[str, dict[str, Any]] = {}
    for name, facet in library.vocabulary.facets.items():
        named = _named(entries, library, name)
        used = {
            *named,
            *(above.id for term in named.values() for above in facet.broader_terms(term)),
        }
        terms = [(term.id, term.title) for _, term in facet.terms_with_depth if term.id in used]
        if terms:
            found[name] = {"title": facet.title, "terms": terms}
    having = [("code", say("code")), ("doi", say("DOI")), ("results", say("results"))]
    return {**found, "has": {"title": say("With"), "terms": having}}


def _named(entries: Iterable[Entry], library: Library, facet: str) -> dict[str, Term]:
    """The terms of a facet that entries name, by id.

    Most lists have all that there are among their first entries, so few are read to the end.
    """
    most = sum(
        bool(library.papers_of_term(facet, it)) for it in library.vocabulary.facets[facet].all_terms
    )
    found: dict[str, Term] = {}
    for entry in entries:
        for term in entry.terms.get(facet, ()):
            found[term.id] = term
        if len(found) == most:
            break
    return found
