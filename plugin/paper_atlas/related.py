"""Papers that have something in common, with what it is.

What few papers share counts more: a data set that three use says more than a modality of half of
the atlas. Terms of more than `COMMON` papers say nothing, so the work grows with the atlas alone.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from paper_atlas.entry import Entry
from paper_atlas.library import Library
from paper_atlas.vocabulary import Term

COMMON, SHOWN, REASONS = 60, 5, 3
_EXTENDS = "extends"


@dataclass(frozen=True)
class Shared:
    """One thing that two papers have in common: a term of a facet, or a paper they extend."""

    facet: str
    thing: Term | Entry


@dataclass(frozen=True)
class Related:
    """A paper beside another one, and why it stands there."""

    entry: Entry
    reasons: tuple[Shared, ...]


class Neighbours:
    """The related papers of every paper of a library."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def of(self, entry: Entry) -> list[Related]:
        """The most related papers, without those that a relation names already."""
        scores: dict[str, float] = defaultdict(float)
        reasons: dict[str, list[tuple[float, Shared]]] = defaultdict(list)
        for key, shared in self._things(entry):
            having = self._having[key]
            if not 1 < len(having) <= COMMON:
                continue
            weight = 1 / len(having)
            for other in having:
                scores[other] += weight
                reasons[other].append((weight, shared))
        named = {it.id for kind in (_EXTENDS, "extended_by") for it in self._of_kind(entry, kind)}
        others = [name for name in scores if name != entry.id and name not in named]
        best = sorted(others, key=lambda name: (-scores[name], name))[:SHOWN]
        return [Related(self._library.by_id[name], _best(reasons[name])) for name in best]

    def _of_kind(self, entry: Entry, relation: str) -> tuple[Entry, ...]:
        return self._library.related(entry, relation)

    @cached_property
    def _having(self) -> Mapping[tuple[str, str], list[str]]:
        having = defaultdict(list)
        for entry in self._library.entries:
            for key, _ in self._things(entry):
                having[key].append(entry.id)
        return having

    def _things(self, entry: Entry) -> Iterator[tuple[tuple[str, str], Shared]]:
        for facet, terms in entry.terms.items():
            for term in terms:
                yield (facet, term.id), Shared(facet, term)
        for other in self._of_kind(entry, _EXTENDS):
            yield (_EXTENDS, other.id), Shared(_EXTENDS, other)


def _best(reasons: list[tuple[float, Shared]]) -> tuple[Shared, ...]:
    """The strongest reasons; a word that two facets have is one."""
    ordered = sorted(reasons, key=lambda reason: -reason[0])
    by_title = {shared.thing.title: shared for _, shared in reversed(ordered)}
    kept = [shared for _, shared in ordered if by_title[shared.thing.title] is shared]
    return tuple(kept[:REASONS])
