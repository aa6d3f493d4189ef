"""The library: every entry of a folder in order, with relations both ways, and every problem."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from paper_atlas import vocabulary as vocabularies
from paper_atlas.entry import Entry, NewTerms, read_entry
from paper_atlas.notes import Notes
from paper_atlas.problem import Problem
from paper_atlas.references import named, resolve
from paper_atlas.source import Source, find_words, read
from paper_atlas.text import did_you_mean
from paper_atlas.vocabulary import Facet, Term, Vocabulary, read_vocabulary

RELATIONS = {"extends": "extended_by"}
"""Each relation that an entry can name, and the inverse that is computed from it."""

_RESERVED = {*Entry.model_fields, "assets", "papers", "search", "sections"}
"""Names that are keys of every entry, or folders of every site."""


@dataclass(frozen=True)
class Broken:
    """A file that gave no entry, and the terms of the main facet under which it would stand."""

    path: str
    terms: tuple[Term, ...]
    problems: tuple[Problem, ...]

    @property
    def id(self) -> str:
        """The id that the entry would have."""
        return PurePosixPath(self.path).stem


@dataclass(frozen=True)
class Library:
    """All entries of `folder`, newest first and then by title; those without a year come last."""

    folder: str
    vocabulary: Vocabulary
    entries: tuple[Entry, ...]
    broken: tuple[Broken, ...]
    problems: tuple[Problem, ...]

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


def load(folder: Path, base: Path | None = None) -> Library:
    """Read a folder of entries and its vocabulary.

    Paths in problems are relative to `base`, by default the working directory. A file with
    problems is left out of the entries and kept among the broken ones; nothing is raised.
    """
    base = base or Path.cwd()
    path = folder / vocabularies.NAME
    vocabulary, problems = read_vocabulary(folder, shown(path, base), _RESERVED)
    new_terms: NewTerms = {}
    files: dict[str, tuple[Entry, Source]] = {}
    broken: list[Broken] = []
    for path in _entry_paths(folder):
        source, found = read(path, shown(path, base))
        entry = None
        if source.data is not None or not found:
            entry, more = read_entry(source, vocabulary, new_terms)
            found += more
        if path.suffix != ".yml":
            found.append(_wrong_ending(source))
        if entry and entry.id in files:
            found.append(_doubled_id(source, entry, files[entry.id][0]))
        if entry and not found:
            files[entry.id] = entry, source
        else:
            broken.append(Broken(source.path, _standing(source, vocabulary), tuple(found)))
    entries = tuple(sorted((entry for entry, _ in files.values()), key=_order))
    problems += [problem for file in broken for problem in file.problems]
    problems += _across(files, {file.id for file in broken})
    used = _with_new_terms(vocabulary, new_terms, entries)
    return Library(shown(folder, base), used, entries, tuple(broken), tuple(sorted(problems)))


def shown(path: Path, base: Path) -> str:
    """A path as people are told it: relative to `base` where it lies below it."""
    path, base = path.absolute(), base.absolute()
    return (path.relative_to(base) if path.is_relative_to(base) else path).as_posix()


def _entry_paths(folder: Path) -> list[Path]:
    """The files that hold entries, in the order of their paths; hidden ones are an editor's."""
    found = (path for path in folder.rglob("*") if path.suffix in (".yml", ".yaml"))
    return sorted(
        path
        for path in found
        if path != folder / vocabularies.NAME
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def _wrong_ending(source: Source) -> Problem:
    hint = f"rename it to '{PurePosixPath(source.path).with_suffix('.yml').name}'"
    return source.problem("wrong-ending", (), "the name of an entry ends in .yml", hint)


def _doubled_id(source: Source, entry: Entry, first: Entry) -> Problem:
    message = f"the id '{entry.id}' is that of {first.path} already"
    return source.problem("doubled-id", (), message, "rename one of the two files")


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


def _across(files: Mapping[str, tuple[Entry, Source]], broken: set[str]) -> Iterator[Problem]:
    """Problems between entries: names of papers that lead nowhere.

    The name of a broken file is right, and its own problem is told already.
    """
    known = files.keys() | broken
    notes = Notes({name: name for name in known})
    for entry, source in files.values():
        for relation in RELATIONS:
            for index, other in enumerate(getattr(entry, relation)):
                if other not in known:
                    place = source.place((relation, index))
                    yield unknown_paper(source.path, place, relation, other, known)
        if entry.notes and "[[" in entry.notes:
            _, lost = resolve(notes.html(entry.notes), dict.fromkeys(known, "").get)
            for reference in lost:
                place = find_words(source, ["notes"], reference)
                yield unknown_paper(source.path, place, "notes", reference, known)


def unknown_paper(
    path: str, place: tuple[int, int], field: str, name: str, known: Iterable[str]
) -> Problem:
    """The problem of a name that is no entry's; `name` may be written as `[[id|words]]`."""
    message = f"'{name}' leads to no entry"
    hint = did_you_mean(named(name), known)
    return Problem(path, *place, "unknown-paper", field, message, hint)


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
    for (facet, name), term in new_terms.items():
        if (facet, name) in used:
            grouped[facet].append(term)
    facets = {
        name: facet.with_terms(sorted(grouped[name], key=lambda term: term.title.casefold()))
        for name, facet in vocabulary.facets.items()
    }
    return Vocabulary(facets=facets)
