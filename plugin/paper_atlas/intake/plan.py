"""Plan the changes of an import before the first file is written."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from paper_atlas.folder.diff import FileChange
from paper_atlas.folder.formatter import canonical_file
from paper_atlas.importers.draft import DraftList
from paper_atlas.intake.entry import DraftedPaper, build_entry
from paper_atlas.intake.identity import PaperIndex
from paper_atlas.intake.merge import merge_entries
from paper_atlas.intake.papers import fingerprint_of_drafts, group_drafts, propose_paper_id
from paper_atlas.intake.word_map import without_same_titles
from paper_atlas.model.entry import RELATIONS, Entry
from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Vocabulary
from paper_atlas.problem import Problem, Severity
from paper_atlas.source.document import Document, parse_document
from paper_atlas.text.titles import title_key

_RELATIONS = (*RELATIONS, "not_same_as")
_LINK = re.compile(r"\[\[([^\[\]|]+)(?:\|([^\[\]]*))?\]\]")


@dataclass(frozen=True)
class _PlannedEntry:
    """An entry after the import, and the text, document and entry of its file if it has one."""

    entry: Entry
    before: str | None = None
    source: Document | None = None
    original: Entry | None = None


class ImportPlan:
    """The changes to an atlas by an import of lists.

    `problems` are the problems found so far. `base` is the folder to which paths are relative.
    """

    def __init__(self, library: Library, vocabulary: Vocabulary, folder: Path, base: Path) -> None:
        self._library = library
        self._vocabulary = vocabulary
        self._folder = folder
        self._base = base
        self._known = PaperIndex(library.entries, {file.id for file in library.broken_entries})
        self._ids_by_title = {
            title_key(title): entry.id for entry in library.entries for title in entry.all_titles
        }
        self._plan: dict[str, _PlannedEntry] = {}
        self._found: dict[str, None] = {}
        self.problems: list[Problem] = []

    @property
    def unchanged(self) -> tuple[str, ...]:
        """The files of papers that are in the lists and do not change."""
        changed = {planned.entry.path for planned in self._plan.values()}
        return tuple(path for path in self._found if path not in changed)

    def unknown_term(self, words: Iterable[str]) -> Problem | None:
        """Return the problem of the first word that is not a term of the main facet, or None."""
        facet = self._vocabulary.facets[self._vocabulary.main_facet]
        for word in words:
            if not facet.open and not facet.find_term(word):
                path, field = self._library.vocabulary_path, self._vocabulary.main_facet
                return Problem(path, 1, 1, "unknown-term", field, *facet.unknown_term(word))
        return None

    def add_lists(self, draft_lists: Iterable[DraftList], terms: Sequence[str]) -> None:
        """Plan the papers of lists, each with the given terms of the main facet.

        All papers get their ids first, because one may refer to another.
        """
        papers = [paper for draft_list in draft_lists for paper in group_drafts(draft_list)]
        for paper, entry_id in [(paper, self._reserve_id(paper)) for paper in papers]:
            existing, path = self._known.get_entry(entry_id), f"{entry_id}.yml"
            with_terms = replace(paper, terms=tuple(terms))
            entry, found = build_entry(with_terms, self._vocabulary, path, self._find_id, existing)
            self.problems += found
            if entry and existing:
                self._update(existing, entry, paper)
            elif entry:
                self._add(self._with_folder(entry), paper)
        self._plan = {key: self._drop_unknown(planned) for key, planned in self._plan.items()}

    def changes(self) -> Iterator[FileChange]:
        """Return the changes of files, in the order of the lists."""
        return (
            FileChange(planned.entry.path, planned.before, self._text(planned))
            for planned in self._plan.values()
        )

    def write_steps(self) -> Iterator[FileChange]:
        """Yield the writes in an order in which all files are valid after each write.

        A paper comes after those to which it refers. Of papers that refer to each other, one is
        written twice, first without the references.
        """
        waiting, later = dict(self._plan), list[FileChange]()
        while waiting:
            needs = {
                key: _references(planned.entry) & waiting.keys() - {key}
                for key, planned in waiting.items()
            }
            ready = [key for key, others in needs.items() if not others]
            for key in ready or list(waiting)[:1]:
                planned = waiting.pop(key)
                first = replace(planned, entry=_without_references(planned.entry, needs[key]))
                step = FileChange(planned.entry.path, planned.before, self._text(first))
                yield step
                if needs[key]:
                    later.append(FileChange(step.path, step.after, self._text(planned)))
        yield from later

    def _find_id(self, name: str) -> str | None:
        """Return the id of the paper with an id or a title, or None."""
        return name if name in self._known.taken_ids else self._ids_by_title.get(title_key(name))

    def _reserve_id(self, paper: DraftedPaper) -> str:
        """Return the id of a paper: that of its entry, the one in its draft, or a proposed one."""
        fingerprint, taken = fingerprint_of_drafts(paper), self._known.taken_ids
        free = paper.id if paper.id not in taken else ""
        entry_id = self._known.find_id(fingerprint) or free or propose_paper_id(paper, taken)
        self._known.reserve(entry_id, fingerprint)
        for title in paper.titles:
            self._ids_by_title.setdefault(title_key(title), entry_id)
        return entry_id

    def _with_folder(self, entry: Entry) -> Entry:
        """Return the entry with its path in the folder of its first main term."""
        folder = entry.terms[self._vocabulary.main_facet][0].id
        path = PurePosixPath(self._library.folder, folder, entry.path)
        return entry.model_copy(update={"path": str(path)})

    def _add(self, entry: Entry, paper: DraftedPaper) -> None:
        if len(paper.drafts) > 1:
            others = without_same_titles(entry.title, list(entry.alternative_titles))
            entry = entry.model_copy(update={"alternative_titles": tuple(others)})
        self._plan[entry.id] = _PlannedEntry(entry)
        self._known.add(entry)

    def _update(self, existing: Entry, new: Entry, paper: DraftedPaper) -> None:
        """Add the values of a new entry that the existing one lacks; report contradictions."""
        entry, contradictions = merge_entries(existing, new)
        planned = self._plan.get(existing.id) or self._read_planned(existing)
        source = planned.source or parse_document(self._text(planned), existing.path)[0]
        for field, value in contradictions:
            place = (existing.path, *source.find_position(field.split(".")))
            message = f"{paper.path}:{paper.drafts[0].line} has '{value}'"
            hint, severity = "keep the correct value", Severity.WARNING
            self.problems.append(Problem(*place, "contradiction", field, message, hint, severity))
        self._found[existing.path] = None
        if entry != existing:
            self._plan[existing.id] = replace(planned, entry=entry)
            self._known.add(entry)

    def _read_planned(self, entry: Entry) -> _PlannedEntry:
        """Read the file of an entry."""
        text = (self._base / entry.path).read_bytes().decode()
        return _PlannedEntry(entry, text, parse_document(text, entry.path)[0], entry)

    def _drop_unknown(self, planned: _PlannedEntry) -> _PlannedEntry:
        """Remove new references to papers that did not become entries, each with a note."""
        original = _references(planned.original) if planned.original else set()
        new = _references(planned.entry) - original - self._library.known_ids
        unknown = {entry_id for entry_id in new if not self._known.get_entry(entry_id)}
        for entry_id in sorted(unknown):
            message = f"'{entry_id}' is not a paper of the atlas, so it is not imported"
            place = (planned.entry.path, 1, 1)
            self.problems.append(Problem(*place, "not-taken", "", message, severity=Severity.NOTE))
        return replace(planned, entry=_without_references(planned.entry, unknown))

    def _text(self, planned: _PlannedEntry) -> str:
        entry, facets = planned.entry, list(self._vocabulary.facets)
        path = self._base / entry.path
        return canonical_file(path, self._folder, entry, facets, planned.source)


def _references(entry: Entry) -> set[str]:
    """Return the ids of the papers to which an entry refers, in relations and in its notes."""
    related = {paper for relation in _RELATIONS for paper in getattr(entry, relation)}
    return related | {match[1].strip() for match in _LINK.finditer(entry.notes or "")}


def _without_references(entry: Entry, ids: set[str]) -> Entry:
    """Return the entry without references to papers; links in notes become plain text."""
    if not ids:
        return entry
    values: dict[str, Any] = {
        relation: tuple(paper for paper in getattr(entry, relation) if paper not in ids)
        for relation in _RELATIONS
    }
    if entry.notes:
        values["notes"] = _LINK.sub(
            lambda match: (match[2] or match[1]) if match[1].strip() in ids else match[0],
            entry.notes,
        )
    unverified = (key for key in entry.unverified if values.get(key, True))
    return entry.model_copy(update={**values, "unverified": tuple(unverified)})
