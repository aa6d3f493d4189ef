"""The library: every entry of a folder in order, with relations both ways, and every problem."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from paper_atlas.model.entry import RELATIONS, Entry
from paper_atlas.model.vocabulary import Section, Term, Vocabulary
from paper_atlas.problem import Problem


@dataclass(frozen=True)
class BrokenEntry:
    """A file that gave no entry: the terms under which it would stand, and its errors."""

    path: str
    terms: tuple[Term, ...]
    problems: tuple[Problem, ...]

    @property
    def id(self) -> str:
        """The id that the entry would have."""
        return PurePosixPath(self.path).stem


@dataclass(frozen=True)
class Library:
    """All entries of `folder`, newest first and then by title; those without a year come last.

    `listed` is the vocabulary as its file has it, `vocabulary` also has the words that entries
    add to open facets; `figure` is the text of its figure, or nothing. `digests` are those of the
    files of the entries, by id.
    """

    folder: str
    file_vocabulary: Vocabulary
    vocabulary: Vocabulary
    entries: tuple[Entry, ...]
    broken_entries: tuple[BrokenEntry, ...]
    problems: tuple[Problem, ...]
    figure_svg: str = ""
    digests: Mapping[str, bytes] = field(default_factory=dict)

    @cached_property
    def years(self) -> range:
        """Every year from the first to the last of a paper."""
        known = {entry.year for entry in self.entries if entry.year}
        return range(min(known), max(known) + 1) if known else range(0)

    @cached_property
    def entries_by_id(self) -> Mapping[str, Entry]:
        """The entries by id."""
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def known_ids(self) -> frozenset[str]:
        """The ids that can be named: of entries, and of files whose own problems are told."""
        return frozenset([*self.entries_by_id, *(file.id for file in self.broken_entries)])

    @cached_property
    def _by_term(self) -> Mapping[tuple[str, str], tuple[Entry, ...]]:
        grouped = defaultdict(list)
        for entry in self.entries:
            for facet, terms in entry.terms.items():
                for term in terms:
                    grouped[facet, term.id].append(entry)
        return {key: tuple(entries) for key, entries in grouped.items()}

    def papers_of_term(self, facet: str, term: Term) -> tuple[Entry, ...]:
        """The entries that name a term, in order."""
        return self._by_term.get((facet, term.id), ())

    def papers_of_section(self, facet: str, section: Section) -> tuple[Entry, ...]:
        """The entries that name a term of a section, in order."""
        return self._by_section.get((facet, section.id), ())

    @cached_property
    def _by_section(self) -> Mapping[tuple[str, str], tuple[Entry, ...]]:
        section_of = {
            (name, term.id): (name, section.id)
            for name, facet in self.vocabulary.facets.items()
            for section in facet.sections
            for term in section.terms
        }
        grouped = defaultdict(list)
        for entry in self.entries:
            named = [(name, term.id) for name, terms in entry.terms.items() for term in terms]
            for key in {section_of[it] for it in named if it in section_of}:
                grouped[key].append(entry)
        return {key: tuple(entries) for key, entries in grouped.items()}

    @cached_property
    def _related(self) -> Mapping[tuple[str, str], tuple[Entry, ...]]:
        grouped = defaultdict(list)
        for entry in self.entries:
            for relation, inverse in RELATIONS.items():
                for other in getattr(entry, relation):
                    if other in self.entries_by_id:
                        grouped[entry.id, relation].append(self.entries_by_id[other])
                        grouped[other, inverse].append(entry)
        return {key: tuple(entries) for key, entries in grouped.items()}

    def related_papers(self, entry: Entry, relation: str) -> tuple[Entry, ...]:
        """The entries that `entry` names in a relation, or, for an inverse, that name it."""
        return self._related.get((entry.id, relation), ())
