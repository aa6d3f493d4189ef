"""Related papers: papers with common terms, or that extend the same papers.

A subject that few papers share counts more: its weight is 1 / (number of its papers). Subjects of
more than `MAX_SHARED` papers are ignored, so that the time is linear in the number of papers.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from operator import itemgetter

from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Term

MAX_SHARED, MAX_RELATED, MAX_REASONS = 60, 5, 2
_EXTENDS = "extends"


@dataclass(frozen=True)
class SharedSubject:
    """A subject that two papers share: a term, or a paper that both extend.

    `facet` is the facet of the term, or "extends".
    """

    facet: str
    subject: Term | Entry


@dataclass(frozen=True)
class RelatedPaper:
    """A related paper with the shared subjects, the rarest first."""

    entry: Entry
    reasons: tuple[SharedSubject, ...]


class RelatedPapers:
    """Finds the related papers of the papers of a library."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def for_entry(self, entry: Entry) -> list[RelatedPaper]:
        """Return the most related papers, except those that extend `entry` or that it extends."""
        shared = [
            (SharedSubject(key[0], subject), self._ids_by_subject[key])
            for key, subject in self._subjects(entry)
            if key in self._ids_by_subject
        ]
        scores: dict[str, float] = defaultdict(float)
        for _, ids in shared:
            for other in ids:
                scores[other] += 1 / len(ids)
        connected = {
            other.id
            for relation in (_EXTENDS, "extended_by")
            for other in self._library.related_papers(entry, relation)
        }
        others = ((-scores[name], name) for name in scores.keys() - connected - {entry.id})
        return [
            RelatedPaper(
                self._library.entries_by_id[name],
                self._best_reasons([(len(ids), one) for one, ids in shared if name in ids]),
            )
            for _, name in nsmallest(MAX_RELATED, others)
        ]

    @cached_property
    def _ids_by_subject(self) -> Mapping[tuple[str, str], frozenset[str]]:
        """The ids of the papers of each subject that has two to `MAX_SHARED` papers."""
        grouped = defaultdict(list)
        for entry in self._library.entries:
            for key, _ in self._subjects(entry):
                grouped[key].append(entry.id)
        return {key: frozenset(ids) for key, ids in grouped.items() if 1 < len(ids) <= MAX_SHARED}

    def _subjects(self, entry: Entry) -> Iterator[tuple[tuple[str, str], Term | Entry]]:
        for facet, terms in entry.terms.items():
            for term in terms:
                yield (facet, term.id), term
        for other in self._library.related_papers(entry, _EXTENDS):
            yield (_EXTENDS, other.id), other

    def _best_reasons(self, reasons: list[tuple[int, SharedSubject]]) -> tuple[SharedSubject, ...]:
        """Return the subjects that the fewest papers share. Of several with one title, only one.

        Terms of the main facet say little, so they are left out if there are other subjects.
        """
        main = self._library.vocabulary.main_facet
        others = [reason for reason in reasons if reason[1].facet != main]
        ordered = [shared for _, shared in sorted(others or reasons, key=itemgetter(0))]
        by_title = {shared.subject.title: shared for shared in reversed(ordered)}
        unique = [shared for shared in ordered if by_title[shared.subject.title] is shared]
        return tuple(unique[:MAX_REASONS])
