"""What becomes of lists in an atlas, decided before the first file is written."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from paper_atlas.folder import vocabulary_file
from paper_atlas.folder.entry_file import dump_entry
from paper_atlas.folder.formatter import format_text
from paper_atlas.folder.schema import modeline
from paper_atlas.importers.draft import DraftList
from paper_atlas.intake.entry import DraftedPaper, build_entry
from paper_atlas.intake.identity import PaperIndex
from paper_atlas.intake.merge import merge_entries
from paper_atlas.intake.papers import fingerprint_of_drafts, group_drafts, propose_paper_id
from paper_atlas.intake.word_map import without_same_titles
from paper_atlas.model.entry import RELATIONS, Entry
from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Vocabulary
from paper_atlas.problem import Problem, Severity, display_path
from paper_atlas.source.document import Document, parse_document
from paper_atlas.text.slug import did_you_mean, title_key

_NAMES = (*RELATIONS, "not_same_as")
_REFERENCE = re.compile(r"\[\[([^\[\]|]+)(?:\|([^\[\]]*))?\]\]")


@dataclass(frozen=True)
class PlannedChange:
    """A file that is made or added to: its text before, None where there was none, and after."""

    path: str
    before: str | None
    after: str


@dataclass(frozen=True)
class _Planned:
    """An entry as it will be, and its file as it is, where there is one."""

    entry: Entry
    before: str | None = None
    source: Document | None = None
    read: Entry | None = None


class ImportPlan:
    """What becomes of lists, one after the other, in a library that is in place."""

    def __init__(self, library: Library, vocabulary: Vocabulary, folder: Path, base: Path) -> None:
        self._library = library
        self._vocabulary = vocabulary
        self._folder = folder
        self._base = base
        self._known = PaperIndex(library.entries, {file.id for file in library.broken_entries})
        self._ids = {title_key(title): it.id for it in library.entries for title in it.all_titles}
        self._plan: dict[str, _Planned] = {}
        self._in_place: dict[str, None] = {}
        self.problems: list[Problem] = []

    @property
    def unchanged(self) -> tuple[str, ...]:
        """The files of papers that are named, and do not change."""
        changed = {it.entry.path for it in self._plan.values()}
        return tuple(path for path in self._in_place if path not in changed)

    def unknown_term(self, words: Iterable[str]) -> Problem | None:
        """What is wrong with a word that a curator gives for a term of the main facet."""
        facet = self._vocabulary.facets[self._vocabulary.main_facet]
        for word in words:
            if not facet.open and not facet.find_term(word):
                hint = did_you_mean(word, [name for it in facet.all_terms for name in it.names])
                path = display_path(self._folder / vocabulary_file.VOCABULARY_FILE, self._base)
                message = f"'{word}' is not in the vocabulary"
                return Problem(
                    path, 1, 1, "unknown-term", self._vocabulary.main_facet, message, hint
                )
        return None

    def add_lists(self, readings: Iterable[DraftList], terms: Sequence[str]) -> None:
        """Decide on every paper: first all get their ids, since one may name another."""
        papers = [paper for reading in readings for paper in group_drafts(reading)]
        for paper, name in [(paper, self._place(paper)) for paper in papers]:
            there = self._known.get_entry(name)
            under = replace(paper, terms=tuple(terms))
            entry, found = build_entry(under, self._vocabulary, f"{name}.yml", self._id_of, there)
            self.problems += found
            if entry and there:
                self._complete(there, entry, paper)
            elif entry:
                self._make(self._at_home(entry), paper)
        self._plan = {name: self._without_lost(it) for name, it in self._plan.items()}

    def changes(self) -> Iterator[PlannedChange]:
        """The files that change, in the order of the lists."""
        return (
            PlannedChange(it.entry.path, it.before, self._text(it)) for it in self._plan.values()
        )

    def write_steps(self) -> Iterator[PlannedChange]:
        """The writes after each of which every file is valid: a paper comes after those it names.

        Of papers that name each other one is written twice, first without the others' names.
        """
        waiting, later = dict(self._plan), list[PlannedChange]()
        while waiting:
            needs = {key: _named(it.entry) & waiting.keys() - {key} for key, it in waiting.items()}
            ready = [name for name, others in needs.items() if not others]
            for name in ready or list(waiting)[:1]:
                planned = waiting.pop(name)
                first = replace(planned, entry=_without(planned.entry, needs[name]))
                step = PlannedChange(planned.entry.path, planned.before, self._text(first))
                yield step
                if needs[name]:
                    later.append(PlannedChange(step.path, step.after, self._text(planned)))
        yield from later

    def _id_of(self, title: str) -> str | None:
        return title if title in self._known.taken_ids else self._ids.get(title_key(title))

    def _place(self, paper: DraftedPaper) -> str:
        """The id of a paper, which is that of its entry where it is in place."""
        marks, taken = fingerprint_of_drafts(paper), self._known.taken_ids
        free = paper.id if paper.id not in taken else ""
        name = self._known.find_id(marks) or free or propose_paper_id(paper, taken)
        self._known.reserve(name, marks)
        for title in paper.titles:
            self._ids.setdefault(title_key(title), name)
        return name

    def _at_home(self, entry: Entry) -> Entry:
        """The entry in the folder of the first of its main terms."""
        folder = entry.terms[self._vocabulary.main_facet][0].id
        path = PurePosixPath(self._library.folder, folder, entry.path)
        return entry.model_copy(update={"path": str(path)})

    def _make(self, entry: Entry, paper: DraftedPaper) -> None:
        if len(paper.drafts) > 1:
            others = without_same_titles(entry.title, list(entry.alternative_titles))
            entry = entry.model_copy(update={"alternative_titles": tuple(others)})
        self._plan[entry.id] = _Planned(entry)
        self._known.add(entry)

    def _complete(self, there: Entry, other: Entry, paper: DraftedPaper) -> None:
        """Add what a list knows of a paper to its file."""
        entry, contradictions = merge_entries(there, other)
        planned = self._plan.get(there.id) or self._unchanged(there)
        source = planned.source or parse_document(self._text(planned), there.path)[0]
        for name, value in contradictions:
            place = (there.path, *source.find_position(name.split(".")))
            message = f"{paper.path}:{paper.drafts[0].line} says '{value}'"
            hint, severity = "keep what is right", Severity.WARNING
            self.problems.append(Problem(*place, "contradiction", name, message, hint, severity))
        self._in_place[there.path] = None
        if entry != there:
            self._plan[there.id] = replace(planned, entry=entry)
            self._known.add(entry)

    def _unchanged(self, there: Entry) -> _Planned:
        text = (self._base / there.path).read_bytes().decode()
        return _Planned(there, text, parse_document(text, there.path)[0], there)

    def _without_lost(self, planned: _Planned) -> _Planned:
        """The entry without the names of papers that have come to nothing."""
        named = _named(planned.entry) - (_named(planned.read) if planned.read else set())
        lost = {it for it in named - self._library.known_ids if not self._known.get_entry(it)}
        for name in sorted(lost):
            message = f"'{name}' is no paper of the atlas, so it is not taken"
            place = (planned.entry.path, 1, 1)
            self.problems.append(Problem(*place, "not-taken", "", message, severity=Severity.NOTE))
        return replace(planned, entry=_without(planned.entry, lost)) if lost else planned

    def _text(self, planned: _Planned) -> str:
        entry, facets = planned.entry, list(self._vocabulary.facets)
        first = modeline((self._base / entry.path).absolute(), self._folder.absolute())
        if planned.source is None:
            return first + dump_entry(entry, facets)
        return first + format_text(planned.source, entry, facets, bool(first))


def _named(entry: Entry) -> set[str]:
    """The ids of the papers that an entry names, in relations and in its notes."""
    related = {name for relation in _NAMES for name in getattr(entry, relation)}
    return related | {it[1].strip() for it in _REFERENCE.finditer(entry.notes or "")}


def _without(entry: Entry, lost: set[str]) -> Entry:
    """The entry without naming some papers; in its notes their names stay as words."""
    if not lost:
        return entry
    names = {key: tuple(it for it in getattr(entry, key) if it not in lost) for key in _NAMES}
    values: dict[str, Any] = dict(names)
    if entry.notes:
        values["notes"] = _REFERENCE.sub(
            lambda it: (it[2] or it[1]) if it[1].strip() in lost else it[0], entry.notes
        )
    kept = (key for key in entry.unverified if values.get(key, True))
    return entry.model_copy(update={**values, "unverified": tuple(kept)})
