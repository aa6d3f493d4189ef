"""The records of all papers for the script: one small file, and parts with the papers.

Only the script of the same version reads them. Other programs read `papers.json` and the other
downloads. Cards are not in these files: the script takes them from the pages of the list of all
papers.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any

from paper_atlas.analysis.filters import features_of_entry
from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.model.publication import confirmed_links
from paper_atlas.model.vocabulary import Facet
from paper_atlas.site.addresses import ALL_PAPERS, Addresses, list_page_path, paper_path
from paper_atlas.site.pages.lists import PAGE_SIZE, feature_titles
from paper_atlas.text.identifiers import IDENTIFIERS, split_url
from paper_atlas.text.names import display_names
from paper_atlas.translation import Translator

INDEX_VERSION = 3
INDEX_FILE = "papers/list.json"
PART_SIZE = 1_000
"""The number of papers in a part: about 130 kB with gzip, and far less than 300 kB."""

_CODE_LINKS = ("code", "project", "data")
_encoded = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


class PapersIndex:
    """The records of the papers of a library, as files for the script.

    A term is its id, title, aliases and the numbers of all broader terms. The `terms` of a paper
    are numbers in the list of terms of their facet. Addresses are relative to the root of the site.
    """

    def __init__(self, library: Library, addresses: Addresses, translate: Translator) -> None:
        self._library = library
        self._addresses = addresses
        self._facets = _facets(library, translate)
        self._numbers = {
            name: {term[0]: number for number, term in enumerate(facet["terms"])}
            for name, facet in self._facets.items()
        }

    @property
    def paths(self) -> list[str]:
        """The paths of all files."""
        count = -(-len(self._library.entries) // PART_SIZE)
        return [INDEX_FILE, *map(_part_path, range(1, count + 1))]

    def files(self) -> Iterator[tuple[str, str]]:
        """Yield the path and the content of each file."""
        parts: list[dict[str, Any]] = []
        for start in range(0, len(self._library.entries), PART_SIZE):
            entries = self._library.entries[start : start + PART_SIZE]
            records = ",".join([_encoded(self._record(entry)) for entry in entries])
            content = f'{{"version":{INDEX_VERSION},"papers":[{records}]}}'
            path = _part_path(len(parts) + 1)
            parts.append(_describe_part(path, content, entries))
            yield path, content
        yield INDEX_FILE, self._index(parts)

    def _index(self, parts: list[dict[str, Any]]) -> str:
        page = self._addresses.page_url
        first, second = page(ALL_PAPERS), page(list_page_path(ALL_PAPERS, 2))
        data = {
            "version": INDEX_VERSION,
            "count": len(self._library.entries),
            "paper": page(paper_path("-")).replace("-", "{id}"),
            "term": page("-.md").replace("-", "{facet}/{id}"),
            "pages": {
                "first": first,
                "next": second.replace("2", "{number}"),
                "size": PAGE_SIZE,
            },
            "facets": self._facets,
            "parts": parts,
        }
        return _encoded(data)

    def _record(self, entry: Entry) -> dict[str, Any]:
        """Return what the script searches and sorts, without empty values."""
        terms = {name: [term.id for term in terms] for name, terms in entry.terms.items()}
        terms["has"] = features_of_entry(entry)
        short = entry.short_name
        record = {
            "id": entry.id,
            "title": entry.title,
            "short": "" if entry.title.startswith(f"{short}:") else short,
            "also": entry.alternative_titles,
            "formerly": entry.formerly,
            "authors": display_names(entry.authors),
            "year": entry.year,
            "venue": entry.venue,
            "summary": entry.summary,
            "terms": {
                name: [self._numbers[name][term_id] for term_id in ids]
                for name, ids in terms.items()
                if ids
            },
            "added": entry.added and str(entry.added),
            "extended": len(self._library.related_papers(entry, "extended_by")),
            "ids": [*_identifiers(entry)],
        }
        return {key: value for key, value in record.items() if value}


def _part_path(number: int) -> str:
    return f"papers/list-{number}.json"


def _describe_part(path: str, content: str, entries: Sequence[Entry]) -> dict[str, Any]:
    """Return what the script knows of a part before it loads it.

    Its address differs for each content, so that no cache joins parts of two builds.
    """
    years = [entry.year for entry in entries if entry.year]
    return {
        "file": f"{path}?{blake2b(content.encode(), digest_size=4).hexdigest()}",
        "count": len(entries),
        "newest": max(years, default=None),
        "oldest": min(years, default=None),
    }


def _facets(library: Library, translate: Translator) -> dict[str, dict[str, Any]]:
    """Return the title and the terms of each facet, and of the features."""
    found = {
        name: {"title": facet.title, "terms": _terms(facet)}
        for name, facet in library.vocabulary.facets.items()
        if facet.all_terms
    }
    features: list[tuple[str, str, list[str], list[int]]]
    features = [(name, title, [], []) for name, title in feature_titles(translate).items()]
    return {**found, "has": {"title": translate("Has"), "terms": features}}


def _terms(facet: Facet) -> list[tuple[str, str, list[str], list[int]]]:
    terms = [term for _, term in facet.terms_with_depth]
    numbers: Mapping[str, int] = {term.id: number for number, term in enumerate(terms)}
    return [
        (
            term.id,
            term.title,
            [*term.aliases],
            [numbers[above.id] for above in facet.broader_terms(term)],
        )
        for term in terms
    ]


def _identifiers(entry: Entry) -> Iterator[str]:
    """Yield identifiers, and `owner/name` of each link to a repository."""
    links = confirmed_links(entry)
    for kind, value in links.items():
        if kind in IDENTIFIERS:
            yield value
        elif kind in _CODE_LINKS:
            yield split_url(value).path.strip("/")
