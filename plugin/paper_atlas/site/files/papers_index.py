"""The file that the page of all papers loads: a small record of each paper.

Only the script of the same version reads it. Other programs read `papers.json` and the other
downloads. The script finds another `version` only if a browser cached an old script, and then shows
the plain list.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.model.publication import confirmed_links, link_icon, link_title, url_of_link
from paper_atlas.site.addresses import Addresses, paper_path, term_location
from paper_atlas.site.files.script import facets_of
from paper_atlas.translation import Translator

INDEX_VERSION = 1
_encoded = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def papers_index(library: Library, addresses: Addresses, translate: Translator) -> Iterator[str]:
    """Yield the papers in the order of the library, as JSON in parts.

    The `terms` of a paper are numbers in the list of terms of their facet. A term is its id, title,
    address and the numbers of all broader terms. Addresses are relative to the root of the site.
    """
    facets = facets_of(library.entries, library, translate)
    having = facets.pop("has")
    for name in facets:
        facets[name]["terms"] = _terms(library, addresses, name, facets[name]["terms"])
    numbers = {
        name: {term[0]: number for number, term in enumerate(facet["terms"])}
        for name, facet in facets.items()
    }
    kinds = dict.fromkeys(chain.from_iterable(map(confirmed_links, library.entries)))
    data = {
        "version": INDEX_VERSION,
        "paper": addresses.page_url(paper_path("-")).replace("-", "{id}"),
        "links": {kind: [link_title(kind, translate), link_icon(kind)] for kind in kinds},
        "facets": {**facets, "has": having},
    }
    yield f'{_encoded(data).removesuffix("}")},"papers":['
    before = ""
    for entry in library.entries:
        yield before + _encoded(_record(entry, numbers))
        before = ","
    yield "]}"


def _terms(
    library: Library, addresses: Addresses, name: str, terms: Iterable[tuple[str, str]]
) -> list[tuple[str, str, str, list[int]]]:
    facet = library.vocabulary.facets[name]
    numbers = {key: number for number, (key, _) in enumerate(terms)}
    found = [term for _, term in facet.terms_with_depth if term.id in numbers]
    return [
        (
            term.id,
            term.title,
            addresses.page_url(*term_location(library, name, term)),
            [numbers[broader.id] for broader in facet.broader_terms(term)],
        )
        for term in found
    ]


def _record(entry: Entry, numbers: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    """Return what a card shows and the filter uses, without empty values."""
    record = {
        "id": entry.id,
        "title": entry.title,
        "also": entry.alternative_titles,
        "authors": entry.authors,
        "year": entry.year,
        "venue": entry.venue,
        "terms": {
            name: [numbers[name][term.id] for term in terms] for name, terms in entry.terms.items()
        },
        "links": {kind: url_of_link(kind, value) for kind, value in confirmed_links(entry).items()},
        "added": entry.added and str(entry.added),
        "retracted": bool(entry.retracted),
        "results": bool(entry.results),
        "unverified": entry.unverified,
    }
    return {key: value for key, value in record.items() if value}
