"""The library: every entry of a folder in order, with relations both ways, and every problem."""

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath

from paper_atlas import vocabulary_file
from paper_atlas.checks import CHECKS
from paper_atlas.checks.files import Files
from paper_atlas.entry import RELATIONS, Entry
from paper_atlas.figure import read_figure
from paper_atlas.folder import File, read_files
from paper_atlas.kept import Kept, digest
from paper_atlas.problem import Problem, Severity, errors, read_kept, shown, to_keep
from paper_atlas.source import Source
from paper_atlas.terms import NewTerms
from paper_atlas.vocabulary import Facet, Section, Term, Vocabulary
from paper_atlas.vocabulary_file import read_vocabulary

RESERVED = {
    *Entry.model_fields,
    *("assets", "charts", "help-wanted", "lineage", "papers", "search", "sections", "templates"),
    *("has", "limit", "sort", "text", "view"),
}
"""Names that are keys of every entry, or folders of every site."""


@dataclass(frozen=True)
class Broken:
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
    listed: Vocabulary
    vocabulary: Vocabulary
    entries: tuple[Entry, ...]
    broken: tuple[Broken, ...]
    problems: tuple[Problem, ...]
    figure: str = ""
    digests: Mapping[str, bytes] = field(default_factory=dict)

    @cached_property
    def years(self) -> range:
        """Every year from the first to the last of a paper."""
        known = {entry.year for entry in self.entries if entry.year}
        return range(min(known), max(known) + 1) if known else range(0)

    @cached_property
    def by_id(self) -> Mapping[str, Entry]:
        """The entries by id."""
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def known(self) -> frozenset[str]:
        """The ids that can be named: of entries, and of files whose own problems are told."""
        return frozenset([*self.by_id, *(file.id for file in self.broken)])

    @cached_property
    def _by_term(self) -> Mapping[tuple[str, str], tuple[Entry, ...]]:
        grouped = defaultdict(list)
        for entry in self.entries:
            for facet, terms in entry.terms.items():
                for term in terms:
                    grouped[facet, term.id].append(entry)
        return {key: tuple(entries) for key, entries in grouped.items()}

    def of_term(self, facet: str, term: Term) -> tuple[Entry, ...]:
        """The entries that name a term, in order."""
        return self._by_term.get((facet, term.id), ())

    def of_section(self, facet: str, section: Section) -> tuple[Entry, ...]:
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
                    if other in self.by_id:
                        grouped[entry.id, relation].append(self.by_id[other])
                        grouped[other, inverse].append(entry)
        return {key: tuple(entries) for key, entries in grouped.items()}

    def related(self, entry: Entry, relation: str) -> tuple[Entry, ...]:
        """The entries that `entry` names in a relation, or, for an inverse, that name it."""
        return self._related.get((entry.id, relation), ())


def load(folder: Path, base: Path | None = None, kept: Kept | None = None) -> Library:
    """Read a folder of entries and its vocabulary.

    Paths in problems are relative to `base`, by default the working directory; entries that are
    in `kept` are taken from there. A file with errors is left out of the entries and kept among the
    broken ones; nothing is raised. While the vocabulary has errors only those are told, because
    they make others of sound entries.
    """
    with no_collection():
        return _loaded(folder, base or Path.cwd(), kept or Kept())


@contextmanager
def no_collection() -> Iterator[None]:
    """Without looks for circles in memory: they would go through all entries again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _loaded(folder: Path, base: Path, kept: Kept) -> Library:
    path = folder / vocabulary_file.NAME
    read, words, wrong_words = read_vocabulary(folder, shown(path, base), RESERVED)
    vocabulary = kept.object(digest(words.path, words.text), lambda: read)
    files, new_terms = read_files(folder, base, vocabulary, kept)
    across = _across(files, vocabulary, words, kept)
    entries: list[Entry] = []
    broken: list[Broken] = []
    is_usable = not errors(wrong_words)
    problems = [*wrong_words, *(across.get(words.path, []) if is_usable else [])]
    for file in files:
        told = _told(file, across) if is_usable else []
        problems += told
        if file.entry and not errors(told):
            entries.append(file.entry)
        else:
            terms = _standing(file.source, vocabulary)
            broken.append(Broken(file.source.path, terms, tuple(errors(told))))
    entries.sort(key=_order)
    used = _with_new_terms(vocabulary, new_terms, entries)
    figure, lacking = read_figure(folder, vocabulary, words)
    problems = sorted([*problems, *lacking])
    place = shown(folder, base)
    lists = tuple(entries), tuple(broken), tuple(problems)
    digests = {file.entry.id: file.digest for file in files if file.entry}
    return Library(place, vocabulary, used, *lists, figure, digests)


def _across(
    files: Sequence[File], vocabulary: Vocabulary, words: Source, kept: Kept
) -> Mapping[str, list[Problem]]:
    """What the checks across entries find, by path; kept until any file changes."""
    of = digest(kept.makers, words.path, words.text, *(file.digest for file in files))
    text = kept.text("checks", of, lambda: to_keep(_found_across(files, vocabulary, words)))
    found = defaultdict(list)
    for problem in read_kept(text):
        found[problem.path].append(problem)
    return found


def _found_across(
    files: Iterable[File], vocabulary: Vocabulary, words: Source
) -> Iterator[Problem]:
    looked_at = Files(
        {file.entry.id: (file.entry, file.source) for file in files if file.entry},
        {file.source.stem: file.source for file in files},
        vocabulary,
        words,
    )
    for check in CHECKS:
        yield from check(looked_at)


def _told(file: File, across: Mapping[str, list[Problem]]) -> list[Problem]:
    """The problems of a file but for those, errors apart, that it allows with a reason."""
    problems = [*file.problems, *across.get(file.source.path, [])]
    allowed = file.entry.allow if file.entry else {}
    lighter = {it.code for it in problems if it.severity is not Severity.ERROR}
    for code in allowed:
        if code not in lighter:
            loc, message = ("allow", code), "no warning or note of that kind is found"
            unused = file.source.problem("unused-allow", loc, message, "delete it", of_key=True)
            problems.append(replace(unused, severity=Severity.NOTE))
    return [it for it in problems if it.code not in allowed or it.severity is Severity.ERROR]


def _order(entry: Entry) -> tuple[int, str, str]:
    return -(entry.year or 0), entry.title.casefold(), entry.id


def _standing(source: Source, vocabulary: Vocabulary) -> tuple[Term, ...]:
    """The terms that a broken file names as far as it can be read, else that of its folder."""
    facet = vocabulary.facets[vocabulary.main]
    data = source.data if isinstance(source.data, dict) else {}
    named = data.get(vocabulary.main)
    words = [named] if isinstance(named, str) else named if isinstance(named, list) else []
    terms = _found(facet, (word for word in words if isinstance(word, str)))
    return terms or _found(facet, [PurePosixPath(source.path).parent.name])


def _found(facet: Facet, words: Iterable[str]) -> tuple[Term, ...]:
    return tuple({term.id: term for word in words if (term := facet.find(word))}.values())


def _with_new_terms(
    vocabulary: Vocabulary, new_terms: NewTerms, entries: Iterable[Entry]
) -> Vocabulary:
    """The vocabulary with the words of open facets that the entries use, by title."""
    used = {
        (facet, term.id)
        for entry in entries
        for facet, terms in entry.terms.items()
        for term in terms
    }
    grouped = defaultdict(list)
    for (facet, key, name), term in new_terms.items():
        if key == "id" and (facet, name) in used:
            grouped[facet].append(term)
    facets = {
        name: facet.with_terms(sorted(grouped[name], key=lambda term: term.title.casefold()))
        for name, facet in vocabulary.facets.items()
    }
    return vocabulary.model_copy(update={"facets": facets})
