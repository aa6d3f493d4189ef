"""Plan the changes of an import before the first file is written."""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Any

from paper_atlas.folder.diff import FileChange
from paper_atlas.folder.formatter import canonical_file
from paper_atlas.importers.draft import DraftList
from paper_atlas.intake.entry import ListedPaper, build_entry
from paper_atlas.intake.merge import Contradiction, complete_entry, unite_entries
from paper_atlas.intake.paper_index import PaperIndex, propose_entry_id
from paper_atlas.model.entry import RELATIONS, Entry, Links
from paper_atlas.model.identity import fingerprint_of_entry, fingerprint_of_fields
from paper_atlas.model.library import BrokenEntry, Library
from paper_atlas.model.vocabulary import Vocabulary
from paper_atlas.problem import Problem, Severity
from paper_atlas.source.document import Document, parse_document
from paper_atlas.source.files import read_file
from paper_atlas.text.identifiers import year_of_arxiv
from paper_atlas.text.titles import title_key

_RELATIONS = (*RELATIONS, "not_same_as")
_LINK = re.compile(r"\[\[([^\[\]|]+)(?:\|([^\[\]]*))?\]\]")


@dataclass(frozen=True)
class _PlannedEntry:
    """An entry after the import, and the text, document and entry of its file if it has one.

    `paper` is the first paper in the lists from which a new entry was built.
    """

    entry: Entry
    paper: ListedPaper | None = None
    before: str | None = None
    source: Document | None = None
    original: Entry | None = None


@dataclass(frozen=True)
class _AnyOf:
    """The names in any of two containers, which may grow."""

    one: Container[str]
    other: Container[str]

    def __contains__(self, name: object) -> bool:
        return name in self.one or name in self.other


class Outcome(StrEnum):
    """What an import does with a paper of a list, as the command prints it."""

    WRITTEN = "written"
    COMPLETED = "completed"
    UNCHANGED = "unchanged"
    REPEATED = "repeated"
    LEFT_OUT = "left out"


class ImportPlan:
    """The changes to an atlas by an import of lists.

    `problems` are the problems found so far, and `outcomes` count the papers of the lists. `base`
    is the folder to which paths are relative.
    """

    def __init__(self, library: Library, vocabulary: Vocabulary, folder: Path, base: Path) -> None:
        self._library = library
        self._vocabulary = vocabulary
        self._folder = folder
        self._base = base
        self._broken = {file.id: file for file in library.broken_entries}
        self._known = PaperIndex(library.entries)
        for file in library.broken_entries:
            self._known.reserve(file.id, file.fingerprint)
        self._ids_by_title = {
            title_key(title): entry.id for entry in library.entries for title in entry.all_titles
        }
        self._plan: dict[str, _PlannedEntry] = {}
        self._ids_by_key = {
            entry.citation_key.casefold(): entry.id
            for entry in library.entries
            if entry.citation_key
        }
        self._taken = _AnyOf(self._known.taken_ids, self._ids_by_key)
        self._found: dict[str, None] = {}
        self._repeated: dict[str, list[Entry]] = defaultdict(list)
        self.outcomes: Counter[Outcome] = Counter()
        self.problems = [
            _unknown_paper(file)
            for file in library.broken_entries
            if not (file.fingerprint.titles or file.fingerprint.links)
        ]

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
        papers = [
            ListedPaper(draft_list.path, draft, tuple(terms))
            for draft_list in draft_lists
            for draft in draft_list.drafts
        ]
        for paper, entry_id in [(paper, self._reserve_id(paper)) for paper in papers]:
            self.outcomes[self._add_paper(paper, entry_id)] += 1
        self._complete_repeated_papers()
        self._plan = {
            key: _with_year_of_arxiv(self._drop_unknown(planned))
            for key, planned in self._plan.items()
        }

    def _complete_repeated_papers(self) -> None:
        """Unite the descriptions of each new paper again, until nothing changes.

        What contradicted a preprint may complete the published version that came after it. Without
        this, the next import of the same lists would add it.
        """
        for entry_id, others in self._repeated.items():
            planned = self._plan[entry_id]
            entry, before = planned.entry, None
            while entry != before:
                before = entry
                for other in others:
                    entry = complete_entry(entry, other)[0]
            self._plan[entry_id] = replace(planned, entry=entry)
            self._known.add(entry)

    def _add_paper(self, paper: ListedPaper, entry_id: str) -> Outcome:
        """Plan the entry of a paper, or add its values to the present one.

        The paper of a file with errors is left out, because the file may have these values.
        """
        if entry_id in self._broken:
            self.problems.append(_broken_file(paper, self._broken[entry_id]))
            return Outcome.LEFT_OUT
        existing = self._known.get_entry(entry_id)
        entry, found = build_entry(
            paper, self._vocabulary, f"{entry_id}.yml", self._find_id, existing
        )
        self.problems += found
        if entry is None:
            return Outcome.LEFT_OUT
        entry = self._without_taken_identifiers(entry, paper)
        entry = self._with_free_citation_key(entry, paper, existing)
        if existing:
            return self._update(existing, entry, paper)
        self._add(self._with_folder(entry), paper)
        return Outcome.WRITTEN

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
        later: list[FileChange] = []
        for key, missing in in_order_of_references(
            {key: _references(planned.entry) for key, planned in self._plan.items()}
        ):
            planned = self._plan[key]
            first = replace(planned, entry=_without_references(planned.entry, missing))
            step = FileChange(planned.entry.path, planned.before, self._text(first))
            yield step
            if missing:
                later.append(FileChange(step.path, step.after, self._text(planned)))
        yield from later

    def _find_id(self, name: str) -> str | None:
        """Return the id of the paper with an id or a title, or None."""
        return name if name in self._known.taken_ids else self._ids_by_title.get(title_key(name))

    def _reserve_id(self, paper: ListedPaper) -> str:
        """Return the id of a paper: that of its entry, the one in its draft, or a proposed one."""
        fingerprint = fingerprint_of_fields(paper.draft.fields)
        taken = self._taken
        free = paper.draft.id if paper.draft.id not in taken else ""
        entry_id = self._known.find_id(fingerprint) or free or propose_entry_id(fingerprint, taken)
        self._known.reserve(entry_id, fingerprint)
        for title in paper.draft.all_titles:
            self._ids_by_title.setdefault(title_key(title), entry_id)
        return entry_id

    def _without_taken_identifiers(self, entry: Entry, paper: ListedPaper) -> Entry:
        """Return the entry without identifiers of other papers, each with a warning."""
        links = entry.links.by_kind()
        owners = {kind: self._known.find_owner(kind, value) for kind, value in links.items()}
        taken = {kind: name for kind, name in owners.items() if name and name != entry.id}
        for kind, name in taken.items():
            owner = self._known.get_entry(name)
            place = owner.path if owner else f"{name}.yml"
            message = f"'{links[kind]}' belongs to {place}, so it is not imported"
            problem = paper.problem("doubled-identifier", message, f"links.{kind}")
            hint = "one of the two papers has a wrong identifier: compare both"
            self.problems.append(replace(problem, hint=hint, severity=Severity.WARNING))
        others = {kind: value for kind, value in links.items() if kind not in taken}
        return entry.model_copy(update={"links": Links(**others)}) if taken else entry

    def _with_free_citation_key(
        self, entry: Entry, paper: ListedPaper, existing: Entry | None
    ) -> Entry:
        """Drop a citation key that another paper has, or that differs from the present one."""
        key = entry.citation_key
        if not key:
            return entry
        owner = self._ids_by_key.get(key.casefold(), "")
        owner = key.casefold() if not owner and key.casefold() in self._known.taken_ids else owner
        if existing and existing.citation_key and existing.citation_key != key:
            reason = f"the paper has the key '{existing.citation_key}'"
        elif owner not in ("", entry.id):
            reason = f"it is the key of {owner}.yml"
        else:
            self._ids_by_key[key.casefold()] = entry.id
            return entry
        message = f"the key '{key}' is not imported: {reason}"
        self.problems.append(paper.problem("not-taken", message, "citation_key"))
        return entry.model_copy(update={"citation_key": None})

    def _with_folder(self, entry: Entry) -> Entry:
        """Return the entry with its path in the folder of its first main term."""
        folder = entry.terms[self._vocabulary.main_facet][0].id
        path = PurePosixPath(self._library.folder, folder, entry.path)
        return entry.model_copy(update={"path": str(path)})

    def _add(self, entry: Entry, paper: ListedPaper) -> None:
        """Plan a new entry; report a similar one."""
        if similar := self._known.find_similar(fingerprint_of_entry(entry)):
            message = f"'{entry.title}' may be the paper of {similar.path} and gets its own file"
            hint = f"if they are one paper, merge the files, else write not_same_as: [{similar.id}]"
            problem = paper.problem("similar-title", message, "title", Severity.WARNING)
            self.problems.append(replace(problem, hint=hint))
        self._plan[entry.id] = _PlannedEntry(entry, paper)
        self._known.add(entry)

    def _update(self, existing: Entry, new: Entry, paper: ListedPaper) -> Outcome:
        """Add the values of a new entry that the existing one lacks; report contradictions."""
        planned = self._plan.get(existing.id) or self._read_planned(existing)
        merge = unite_entries if planned.paper else complete_entry
        entry, contradictions = merge(existing, new)
        self.problems += [
            self._contradiction(planned, paper, contradiction) for contradiction in contradictions
        ]
        self._found[existing.path] = None
        if entry != existing:
            self._plan[existing.id] = replace(planned, entry=entry)
            self._known.add(entry)
        if planned.paper:
            self._repeated[existing.id] += [existing, new]
            return Outcome.REPEATED
        return Outcome.COMPLETED if entry != existing else Outcome.UNCHANGED

    def _contradiction(
        self, planned: _PlannedEntry, paper: ListedPaper, contradiction: Contradiction
    ) -> Problem:
        """Return the problem of a value that is not imported, with both places."""
        field, value = contradiction
        if first := planned.paper:
            message = f"'{value}' contradicts {first.path}:{first.draft.line}, which comes first"
            return paper.problem("contradiction", message, field)
        source = planned.source or parse_document(self._text(planned), planned.entry.path)[0]
        place = (planned.entry.path, *source.find_position(field.split(".")))
        message = f"{paper.path}:{paper.draft.line} has '{value}'"
        hint, severity = "keep the correct value", Severity.WARNING
        return Problem(*place, "contradiction", field, message, hint, severity)

    def _read_planned(self, entry: Entry) -> _PlannedEntry:
        """Read the file of an entry."""
        text = read_file(self._base / entry.path).decode()
        return _PlannedEntry(entry, None, text, parse_document(text, entry.path)[0], entry)

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


def in_order_of_references(
    references: Mapping[str, Set[str]],
) -> Iterator[tuple[str, set[str]]]:
    """Yield each paper after those to which it refers, and the ids that come after it all the same.

    These are only in circles of references.
    """
    needs = {
        key: {other for other in others if other in references and other != key}
        for key, others in references.items()
    }
    dependents: dict[str, list[str]] = defaultdict(list)
    for key, others in needs.items():
        for other in others:
            dependents[other].append(key)
    places = {key: place for place, key in enumerate(references)}
    ready = [key for key, others in needs.items() if not others]
    remaining = iter(references)
    while needs:
        ready = ready or [next(key for key in remaining if key in needs)]
        following: list[str] = []
        for key in ready:
            yield key, needs.pop(key)
            for dependent in dependents[key]:
                if dependent in needs:
                    needs[dependent].discard(key)
                    following += [] if needs[dependent] else [dependent]
        ready = sorted(following, key=places.__getitem__)


def _broken_file(paper: ListedPaper, file: BrokenEntry) -> Problem:
    message = f"'{paper.draft.title}' is not imported, because {file.path} has errors"
    problem = paper.problem("broken-entry", message, severity=Severity.ERROR)
    return replace(problem, hint="correct that file and import again")


def _unknown_paper(file: BrokenEntry) -> Problem:
    message = "the file has errors, so its paper may be imported a second time"
    hint, severity = "correct it before you import", Severity.WARNING
    return Problem(file.path, 1, 1, "broken-entry", "", message, hint, severity)


def _with_year_of_arxiv(planned: _PlannedEntry) -> _PlannedEntry:
    """Return a new entry of a preprint with the year of its arXiv identifier if it has no other."""
    entry = planned.entry
    year = year_of_arxiv(entry.links.arxiv or "")
    is_preprint = fingerprint_of_entry(entry).is_preprint
    if not planned.paper or entry.year or not year or not is_preprint:
        return planned
    return replace(planned, entry=entry.model_copy(update={"year": year}))


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
