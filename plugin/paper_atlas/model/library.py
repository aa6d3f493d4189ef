"""The library: all entries of a folder, with indices, relations and problems."""

import posixpath
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from paper_atlas.model.entry import RELATIONS, Entry
from paper_atlas.model.identity import Fingerprint
from paper_atlas.model.vocabulary import VOCABULARY_FILE, Section, Term, Vocabulary
from paper_atlas.problem import Problem, errors

_Key = tuple[str, str]
"""The name of a facet, and the id of one of its terms or sections."""


@dataclass(frozen=True)
class BrokenEntry:
    """A file with errors, the terms on whose pages the site reports them, and the paper in it."""

    path: str
    terms: tuple[Term, ...]
    problems: tuple[Problem, ...]
    fingerprint: Fingerprint

    @property
    def id(self) -> str:
        """The id that the entry will have when the file is fixed; a folder has none."""
        return posixpath.splitext(posixpath.basename(self.path))[0]


@dataclass(frozen=True)
class Library:
    """All entries of a folder, newest first and then by title. Entries without a year come last.

    `folder` is its path as problems show it. `file_vocabulary` is the vocabulary of the file;
    `vocabulary` also has the terms that entries add to open facets. `figure_svg` is the text of
    the figure from `clean_svg`, or empty. `digests` are the digests of the files of the entries,
    by id.
    """

    folder: str
    file_vocabulary: Vocabulary
    vocabulary: Vocabulary
    entries: tuple[Entry, ...]
    broken_entries: tuple[BrokenEntry, ...]
    problems: tuple[Problem, ...]
    figure_svg: str = ""
    digests: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def vocabulary_path(self) -> str:
        """The path of the file of the vocabulary, as problems show it."""
        return posixpath.normpath(posixpath.join(self.folder, VOCABULARY_FILE))

    @cached_property
    def vocabulary_errors(self) -> tuple[Problem, ...]:
        """The errors of the vocabulary. With any of them, no term of an entry is reliable."""
        problems = errors(self.problems)
        return tuple(problem for problem in problems if problem.path == self.vocabulary_path)

    @cached_property
    def years(self) -> range:
        """All years from the oldest paper to the newest."""
        known = {entry.year for entry in self.entries if entry.year}
        return range(min(known), max(known) + 1) if known else range(0)

    @cached_property
    def entries_by_id(self) -> Mapping[str, Entry]:
        """The entries by id."""
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def known_ids(self) -> frozenset[str]:
        """The ids that an entry can name: those of all files, also of files with errors."""
        return frozenset([*self.entries_by_id, *(file.id for file in self.broken_entries)])

    @cached_property
    def _broken_by_term(self) -> Mapping[str, Sequence[BrokenEntry]]:
        grouped = defaultdict(list)
        for file in self.broken_entries:
            for term in file.terms:
                grouped[term.id].append(file)
        return grouped

    def broken_entries_of_term(self, term: Term) -> Sequence[BrokenEntry]:
        """Return the files with errors that have a term of the main facet."""
        return self._broken_by_term.get(term.id, ())

    @cached_property
    def _by_term(self) -> Mapping[_Key, tuple[Entry, ...]]:
        grouped = defaultdict(list)
        for entry in self.entries:
            for facet, terms in entry.terms.items():
                for term in terms:
                    grouped[facet, term.id].append(entry)
        return {key: tuple(entries) for key, entries in grouped.items()}

    def papers_of_term(self, facet: str, term: Term) -> tuple[Entry, ...]:
        """Return the entries that have a term, in the order of the library."""
        return self._by_term.get((facet, term.id), ())

    def papers_within(self, facet: str, term: Term) -> tuple[Entry, ...]:
        """Return the entries that have a term or a narrower one, in the order of the library."""
        return self._within_term.get((facet, term.id), ())

    def papers_of_section(self, facet: str, section: Section) -> tuple[Entry, ...]:
        """Return the entries within the terms of a section, in the order of the library."""
        return self._within_section.get((facet, section.id), ())

    @cached_property
    def _within_term(self) -> Mapping[_Key, tuple[Entry, ...]]:
        return self._grouped(self._terms_above)

    @cached_property
    def _within_section(self) -> Mapping[_Key, tuple[Entry, ...]]:
        section_of = {
            (name, term.id): (name, section.id)
            for name, facet in self.vocabulary.facets.items()
            for section in facet.sections
            for term in section.terms
        }
        return self._grouped(
            {
                key: [section_of[term] for term in terms if term in section_of]
                for key, terms in self._terms_above.items()
            }
        )

    @cached_property
    def _terms_above(self) -> Mapping[_Key, Sequence[_Key]]:
        """Each term and its broader terms, by term."""
        return {
            (name, term.id): [(name, above.id) for above in (term, *facet.broader_terms(term))]
            for name, facet in self.vocabulary.facets.items()
            for term in facet.all_terms
        }

    def _grouped(
        self, groups_of_term: Mapping[_Key, Sequence[_Key]]
    ) -> Mapping[_Key, tuple[Entry, ...]]:
        """Return the entries of each group, each entry once."""
        grouped = defaultdict(list)
        for entry in self.entries:
            keys = [(name, term.id) for name, terms in entry.terms.items() for term in terms]
            for group in {group for key in keys for group in groups_of_term[key]}:
                grouped[group].append(entry)
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
        """Return the entries that `entry` names in a relation, or that name it in an inverse."""
        return self._related.get((entry.id, relation), ())
