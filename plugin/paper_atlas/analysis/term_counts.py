"""The number of papers with each term in a list, for the counts beside its facets."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from paper_atlas.analysis.filters import features_of_entry
from paper_atlas.model.entry import Entry
from paper_atlas.model.vocabulary import Vocabulary

Counts = Callable[[str, str], int]
"""Returns the number of papers of a list that have a term, by facet and id of the term."""


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
        counts = Counter(chain.from_iterable(map(self._keys, entries)))
        return lambda facet, term_id: counts[_key(facet, term_id)]

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


def _key(facet: str, term_id: str) -> str:
    return f"{facet}/{term_id}"
