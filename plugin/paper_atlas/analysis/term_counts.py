"""The numbers of papers with a term: in a list, for the counts beside its facets, and in all."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain

from paper_atlas.analysis.filters import features_of_entry
from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Term, Vocabulary


class Counts:
    """The numbers of papers of a list by term."""

    def __init__(self, by_key: Counter[str]) -> None:
        self._by_key = by_key

    def __call__(self, facet: str, term_id: str) -> int:
        """Return the number of papers with a term, by its facet and its id."""
        return self._by_key[_key(facet, term_id)]

    @cached_property
    def by_facet(self) -> Mapping[str, Mapping[str, int]]:
        """The numbers by facet and by id, of the terms that the papers have."""
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for key, count in self._by_key.items():
            facet, _, term_id = key.partition("/")
            found[facet][term_id] = count
        return found


class TermCounts:
    """Counts the papers of lists by term.

    A paper with a term also counts for all broader terms. The features of papers (code, results)
    are terms of the facet `has`.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._facets = vocabulary.facets
        self._keys_of_papers: dict[str, frozenset[str]] = {}
        self._keys_of_terms: dict[tuple[str, str], tuple[str, ...]] = {}

    def within(self, entries: Iterable[Entry]) -> Counts:
        """Return the counts of a list."""
        return Counts(Counter(chain.from_iterable(map(self._keys, entries))))

    def _keys(self, entry: Entry) -> frozenset[str]:
        """The keys of all terms of a paper, which is in several lists."""
        if (keys := self._keys_of_papers.get(entry.id)) is None:
            keys = self._keys_of_papers[entry.id] = frozenset(self._find_keys(entry))
        return keys

    def _find_keys(self, entry: Entry) -> Iterator[str]:
        for name in features_of_entry(entry):
            yield _key("has", name)
        for facet, terms in entry.terms.items():
            for term in terms:
                if (facet, term.id) not in self._keys_of_terms:
                    above = (term, *self._facets[facet].broader_terms(term))
                    keys = tuple(_key(facet, one.id) for one in above)
                    self._keys_of_terms[facet, term.id] = keys
                yield from self._keys_of_terms[facet, term.id]


def count_terms(library: Library, facet: str, terms: Iterable[Term]) -> list[tuple[Term, int]]:
    """Return terms with the number of their papers and those of narrower ones, the most used first.

    Terms without papers come last; equally used terms keep their order.
    """
    counted = [(term, len(library.papers_within(facet, term))) for term in terms]
    return sorted(counted, key=lambda pair: -pair[1])


def _key(facet: str, term_id: str) -> str:
    return f"{facet}/{term_id}"
