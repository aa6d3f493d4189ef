"""The script of a site: its ES modules, its texts, and the facets of a list."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Term
from paper_atlas.translation import Translator

MIN_PAPERS_FOR_FILTER = 5
"""The smallest number of papers for which a list gets a filter."""

SCRIPTS = "assets/paper-atlas"
"""The folder of the modules in a site."""
START_MODULE = f"{SCRIPTS}/start.js"
"""The module that a page loads."""
_MODULES = Path(__file__).parent.parent / "assets" / "script"


def _words(translate: Translator) -> dict[str, Any]:
    """Return the texts of the script, which fills their placeholders."""
    return {
        "filter": translate.pattern("Filter papers"),
        "search": translate.pattern("Title, author, venue"),
        "sort": translate.pattern("Sort by"),
        "sorts": {
            "-year": translate.pattern("Newest first"),
            "year": translate.pattern("Oldest first"),
            "title": translate.pattern("Title"),
            "author": translate.pattern("First author"),
            "-added": translate.pattern("Last added first"),
        },
        "clear": translate.pattern("Clear"),
        "clear_key": translate.pattern("Clear all filters (Escape)"),
        "count": translate.pattern("{some} of {all} papers"),
        "nothing": translate.pattern("No papers match. Remove a filter."),
        "without": translate.pattern("Without {term}"),
        "remove": translate.pattern("Remove {term}"),
        "from": translate.pattern("From year"),
        "to": translate.pattern("To year"),
        "undated": translate.pattern("Year not known"),
        "select": translate.pattern("Select"),
        "select_paper": translate.pattern("Select {title}"),
        "selected": translate.pattern("Selected"),
        "selection": translate.pattern("Selected papers"),
        "show_selection": translate.pattern("Show {count} selected"),
        "empty": translate.pattern("Clear selection"),
    }


def script_files(all_papers: str, translate: Translator) -> dict[str, str]:
    """Return the ES modules of a site by path: those of the package, and `site-data.js`.

    `site-data.js` is JSON as a module: it loads in parallel with the others, and a browser caches
    it once for the whole site. `all_papers` is the address of the page of all papers, relative to
    the root of the site.
    """
    data = json.dumps({"words": _words(translate), "allPapers": all_papers}, ensure_ascii=False)
    modules = {path.name: path.read_text(encoding="utf-8") for path in _MODULES.glob("*.js")}
    files = {**modules, "site-data.js": f"export default {data};\n"}
    return {f"{SCRIPTS}/{name}": files[name] for name in sorted(files)}


def facets_of(
    entries: Sequence[Entry], library: Library, translate: Translator
) -> dict[str, dict[str, Any]]:
    """Return the title and terms, as (id, title), of each facet that the entries use.

    The terms include all broader terms.
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
    having = [
        ("code", translate("code")),
        ("doi", translate("DOI")),
        ("results", translate("results")),
    ]
    return {**found, "has": {"title": translate("Has"), "terms": having}}


def _named(entries: Iterable[Entry], library: Library, facet: str) -> dict[str, Term]:
    """Return the terms of a facet that entries have, by id.

    Usually the first entries of a list have all terms in use, so the search ends early.
    """
    most = sum(
        bool(library.papers_of_term(facet, term))
        for term in library.vocabulary.facets[facet].all_terms
    )
    found: dict[str, Term] = {}
    for entry in entries:
        for term in entry.terms.get(facet, ()):
            found[term.id] = term
        if len(found) == most:
            break
    return found
