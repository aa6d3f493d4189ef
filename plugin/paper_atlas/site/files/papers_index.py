"""The files that the page of all papers loads: a small record of each paper, and its cards.

Only the script of the same version reads them. Other programs read `papers.json` and the other
downloads. The script finds another `version` only if a browser cached an old script, and then shows
the plain list. Cards have the HTML of other pages, in files of some papers each.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from paper_atlas.analysis.filters import features_of_entry
from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Facet
from paper_atlas.site.addresses import Addresses, card_file, paper_path
from paper_atlas.site.files.script import facets_of
from paper_atlas.site.html.renderer import CardPlace, Renderer
from paper_atlas.text.names import display_names
from paper_atlas.translation import Translator

INDEX_VERSION = 2
_CARDS_PER_FILE = 25  # about 16 kB with gzip
_LEVEL = 3  # of the heading of a card, below that of a year
_BASE = "../"  # from the page of all papers to the root of the site
_encoded = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def papers_index(library: Library, addresses: Addresses, translate: Translator) -> Iterator[str]:
    """Yield the papers in the order of the library, as JSON in parts.

    The `terms` of a paper are numbers in the list of terms of their facet. A term is its id, title
    and the numbers of all broader terms. Addresses are relative to the root of the site.
    """
    facets = facets_of(library.entries, library, translate)
    numbers = {
        name: {term[0]: number for number, term in enumerate(facet["terms"])}
        for name, facet in facets.items()
    }
    for name, facet in library.vocabulary.facets.items():
        if name in facets:
            facets[name]["terms"] = _terms(facet, numbers[name])
    data = {
        "version": INDEX_VERSION,
        "paper": addresses.page_url(paper_path("-")).replace("-", "{id}"),
        "cards": {"address": card_file("{number}"), "size": _CARDS_PER_FILE},
        "facets": facets,
    }
    yield f'{_encoded(data).removesuffix("}")},"papers":['
    before = ""
    for entry in library.entries:
        yield before + _encoded(_record(entry, numbers))
        before = ","
    yield "]}"


def _terms(facet: Facet, numbers: Mapping[str, int]) -> list[tuple[str, str, list[int]]]:
    terms = [term for _, term in facet.terms_with_depth if term.id in numbers]
    return [
        (term.id, term.title, [numbers[up.id] for up in facet.broader_terms(term)])
        for term in terms
    ]


def _record(entry: Entry, numbers: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    """Return what the filter uses, without empty values."""
    terms = {name: [term.id for term in terms] for name, terms in entry.terms.items()}
    terms["has"] = features_of_entry(entry)
    record = {
        "id": entry.id,
        "title": entry.title,
        "also": entry.alternative_titles,
        "authors": display_names(entry.authors),
        "year": entry.year,
        "venue": entry.venue,
        "terms": {
            name: [numbers[name][term_id] for term_id in ids] for name, ids in terms.items() if ids
        },
        "added": entry.added and str(entry.added),
    }
    return {key: value for key, value in record.items() if value}


def card_files(library: Library) -> dict[str, tuple[Entry, ...]]:
    """Return the papers of each file with cards, by its path."""
    starts = range(0, len(library.entries), _CARDS_PER_FILE)
    return {
        card_file(str(number)): tuple(library.entries[start : start + _CARDS_PER_FILE])
        for number, start in enumerate(starts)
    }


def card_file_content(entries: Iterable[Entry], renderer: Renderer) -> str:
    """Return cards for the page of all papers, as JSON by the id of the paper."""
    return _encoded(
        {entry.id: renderer.card_html(CardPlace(entry, _LEVEL, "", _BASE)) for entry in entries}
    )
