"""Papers that have something in common, with what it is.

What few papers share counts more: a data set that three use says more than a modality of half of
the atlas. Terms of more than `COMMON` papers say nothing, so the work grows with the atlas alone.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest

from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Term

MAX_SHARED, MAX_RELATED, MAX_REASONS = 60, 5, 3
_EXTENDS = "extends"


@dataclass(frozen=True)
class SharedSubject:
    """One thing that two papers have in common: a term of a facet, or a paper they extend."""

    facet: str
    subject: Term | Entry


@dataclass(frozen=True)
class RelatedPaper:
    """A paper beside another one, and why it stands there."""

    entry: Entry
    reasons: tuple[SharedSubject, ...]


class RelatedPapers:
    """The related papers of every paper of a library."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def for_entry(self, entry: Entry) -> list[RelatedPaper]:
        """The most related papers, without those that a relation names already."""
        shared = [
            (SharedSubject(key[0], thing), self._having[key])
            for key, thing in self._things(entry)
            if key in self._having
        ]
        scores: dict[str, float] = defaultdict(float)
        for _, having in shared:
            weight = 1 / len(having)
            for other in having:
                scores[other] += weight
        named = {it.id for kind in (_EXTENDS, "extended_by") for it in self._of_kind(entry, kind)}
        others = ((-scores[name], name) for name in scores.keys() - named - {entry.id})
        return [
            RelatedPaper(
                self._library.entries_by_id[name],
                _best([(1 / len(having), it) for it, having in shared if name in having]),
            )
            for _, name in nsmallest(MAX_RELATED, others)
        ]

    def _of_kind(self, entry: Entry, relation: str) -> tuple[Entry, ...]:
        return self._library.related_papers(entry, relation)

    @cached_property
    def _having(self) -> Mapping[tuple[str, str], frozenset[str]]:
        """The papers that have each thing, where they are neither one nor many."""
        having = defaultdict(list)
        for entry in self._library.entries:
            for key, _ in self._things(entry):
                having[key].append(entry.id)
        return {key: frozenset(it) for key, it in having.items() if 1 < len(it) <= MAX_SHARED}

    def _things(self, entry: Entry) -> Iterator[tuple[tuple[str, str], Term | Entry]]:
        for facet, terms in entry.terms.items():
            for term in terms:
                yield (facet, term.id), term
        for other in self._of_kind(entry, _EXTENDS):
            yield (_EXTENDS, other.id), other


def _best(reasons: list[tuple[float, SharedSubject]]) -> tuple[SharedSubject, ...]:
    """The strongest reasons; a word that two facets have is one."""
    ordered = sorted(reasons, key=lambda reason: -reason[0])
    by_title = {shared.subject.title: shared for _, shared in reversed(ordered)}
    kept = [shared for _, shared in ordered if by_title[shared.subject.title] is shared]
    return tuple(kept[:MAX_REASONS])
