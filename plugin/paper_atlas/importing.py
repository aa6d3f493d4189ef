"""From drafts to files: a paper that the atlas has not becomes a new entry, and one that it has
gets what its file lacks.

Nothing that a person wrote changes; where a list says otherwise, that is told. All is decided
before the first file is written, in the order of the lists. So an import that is killed leaves
whole files, and the next one over the same lists ends as it would have.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from paper_atlas import vocabulary_file
from paper_atlas.drafting import Paper, entry_of
from paper_atlas.entry import Entry
from paper_atlas.formatting import formatted
from paper_atlas.gathering import gathered
from paper_atlas.known import Index, Known, Marks, agree
from paper_atlas.library import Library, load, shown
from paper_atlas.merging import merged
from paper_atlas.outline import proposed_vocabulary
from paper_atlas.problem import Problem, Severity, errors
from paper_atlas.reading import Draft, Reading
from paper_atlas.schema import modeline
from paper_atlas.source import parse
from paper_atlas.text import did_you_mean, propose_id, title_key
from paper_atlas.vocabulary import Vocabulary
from paper_atlas.words import Words, without_same_titles
from paper_atlas.writing import (
    alone,
    dump_entry,
    dump_vocabulary,
    sweep,
    write_new,
    write_over,
)


@dataclass(frozen=True)
class Change:
    """A file that is made or added to: its text before, None where there was none, and after."""

    path: str
    before: str | None
    after: str


@dataclass(frozen=True)
class Imported:
    """What an import changes, the papers it found in place, and what it has to say."""

    changes: tuple[Change, ...] = ()
    in_place: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def written(self) -> tuple[str, ...]:
        """The files that are new."""
        return tuple(it.path for it in self.changes if it.before is None)

    @property
    def added_to(self) -> tuple[str, ...]:
        """The files that were there before."""
        return tuple(it.path for it in self.changes if it.before is not None)


@dataclass(frozen=True)
class Wishes:
    """What a curator says to all lists of an import.

    `facet` is what headings become where there is no vocabulary yet; each paper stands under
    the `terms` of the main facet too; `words` are those of the lists that the atlas has not.
    """

    facet: str = "organs"
    terms: tuple[str, ...] = ()
    words: Words = field(default_factory=Words)


def import_reading(
    reading: Reading,
    folder: Path,
    base: Path | None = None,
    facet: str = "organs",
    words: Words | None = None,
) -> Imported:
    """Import one list; see `import_readings`."""
    return import_readings([reading], folder, base, Wishes(facet, words=words or Words()))


def import_readings(
    readings: Iterable[Reading],
    folder: Path,
    base: Path | None = None,
    wishes: Wishes | None = None,
    *,
    dry_run: bool = False,
) -> Imported:
    """Write an entry for each draft that the atlas in `folder` has not, and complete the others.

    Where the folder has no vocabulary, the headings of the lists become terms in a new one.
    Broken entries stop the import, because nobody can tell which papers they are. A dry run
    only says what would change.
    """
    base, wishes = base or Path.cwd(), wishes or Wishes()
    read = [wishes.words.applied(reading) for reading in readings]
    if dry_run:
        return _planned(read, folder, base, wishes)
    folder.mkdir(parents=True, exist_ok=True)
    with alone(folder):
        sweep(folder)
        imported = _planned(read, folder, base, wishes)
        written = tuple(change for change in imported.changes if _write(change, base))
        return replace(imported, changes=written)


def _write(change: Change, base: Path) -> bool:
    """Make a change; not where somebody has made the file meanwhile."""
    if change.before is None:
        return write_new(base / change.path, change.after)
    write_over(base / change.path, change.after)
    return True


def _planned(readings: Sequence[Reading], folder: Path, base: Path, wishes: Wishes) -> Imported:
    library = load(folder, base)
    told = [problem for reading in readings for problem in reading.problems]
    if broken := errors(library.problems):
        return Imported(problems=tuple(gathered([*told, *broken])))
    changes: list[Change] = []
    vocabulary = library.vocabulary
    path = folder / vocabulary_file.NAME
    listed = next((it for it in readings if any(draft.headings for draft in it.drafts)), None)
    if listed and not path.exists():
        vocabulary = proposed_vocabulary(listed, wishes.facet, vocabulary)
        changes.append(Change(shown(path, base), None, dump_vocabulary(vocabulary)))
    plan = _Plan(library, vocabulary, folder, base)
    if unknown := plan.unknown_term(wishes.terms):
        return Imported(problems=tuple(gathered([*told, unknown])))
    for reading in readings:
        plan.add(reading, wishes.terms)
    problems = gathered([*told, *plan.problems])
    return Imported((*changes, *plan.changes), plan.in_place, tuple(problems))


class _Plan:
    """What becomes of lists, one after the other, in a library that is in place."""

    def __init__(self, library: Library, vocabulary: Vocabulary, folder: Path, base: Path) -> None:
        self._library = library
        self._vocabulary = vocabulary
        self._folder = folder
        self._base = base
        self._known = Known(library.entries, {file.id for file in library.broken})
        self._ids = {title_key(title): it.id for it in library.entries for title in it.titles}
        self._changes: dict[str, Change] = {}
        self._in_place: dict[str, None] = {}
        self.problems: list[Problem] = []

    @property
    def changes(self) -> tuple[Change, ...]:
        """The files that change, in the order of the lists."""
        return tuple(self._changes.values())

    @property
    def in_place(self) -> tuple[str, ...]:
        """The files of papers that are named, and do not change."""
        return tuple(path for path in self._in_place if path not in self._changes)

    def unknown_term(self, words: Iterable[str]) -> Problem | None:
        """What is wrong with a word that a curator gives for a term of the main facet."""
        facet = self._vocabulary.facets[self._vocabulary.main]
        for word in words:
            if not facet.open and not facet.find(word):
                hint = did_you_mean(word, [name for it in facet.all_terms for name in it.names])
                path = shown(self._folder / vocabulary_file.NAME, self._base)
                message = f"'{word}' is not in the vocabulary"
                return Problem(path, 1, 1, "unknown-term", self._vocabulary.main, message, hint)
        return None

    def add(self, reading: Reading, terms: Sequence[str]) -> None:
        """Decide on every paper: first all get their ids, since one may name another."""
        papers = [(paper, *self._place(paper)) for paper in _papers(reading)]
        for paper, there, name in papers:
            there = self._known.by_id(there.id) if there else None
            under = replace(paper, terms=tuple(terms))
            entry, found = entry_of(under, self._vocabulary, f"{name}.yml", self._id_of, there)
            self.problems += found
            if entry and there:
                self._complete(there, entry, paper)
            elif entry:
                self._make(self._at_home(entry), len(paper.drafts) > 1)

    def _id_of(self, title: str) -> str | None:
        return title if title in self._known.ids else self._ids.get(title_key(title))

    def _place(self, paper: Paper) -> tuple[Entry | None, str]:
        """The entry of a paper that is in place, or none, and the id of the paper."""
        there = self._known.find(_marks(paper))
        name = there.id if there else self._free_id(paper)
        self._known.ids.add(name)
        for title in paper.titles:
            self._ids.setdefault(title_key(title), name)
        return there, name

    def _free_id(self, paper: Paper) -> str:
        taken = self._known.ids
        return paper.id if paper.id and paper.id not in taken else _proposed_id(paper, taken)

    def _at_home(self, entry: Entry) -> Entry:
        """The entry in the folder of the first of its main terms."""
        folder = entry.terms[self._vocabulary.main][0].id
        path = PurePosixPath(self._library.folder, folder, entry.path)
        return entry.model_copy(update={"path": str(path)})

    def _make(self, entry: Entry, is_combined: bool) -> None:
        if is_combined:
            others = without_same_titles(entry.title, list(entry.alternative_titles))
            entry = entry.model_copy(update={"alternative_titles": tuple(others)})
        text = self._modeline(entry) + dump_entry(entry, list(self._vocabulary.facets))
        self._changes[entry.path] = Change(entry.path, None, text)
        self._known.add(entry)

    def _complete(self, there: Entry, other: Entry, paper: Paper) -> None:
        """Add what a list knows of a paper to its file."""
        entry, contradictions = merged(there, other)
        change = self._changes.get(there.path) or self._unchanged(there)
        source, _ = parse(change.after, there.path)
        for name, value in contradictions:
            line, column = source.place(name.split("."))
            message = f"{paper.path}:{paper.drafts[0].line} says '{value}'"
            place = (there.path, line, column)
            hint, severity = "keep what is right", Severity.WARNING
            self.problems.append(Problem(*place, "contradiction", name, message, hint, severity))
        self._in_place[there.path] = None
        if entry != there:
            first = self._modeline(there)
            text = first + formatted(source, entry, list(self._vocabulary.facets), bool(first))
            self._changes[there.path] = replace(change, after=text)
            self._known.add(entry)

    def _unchanged(self, there: Entry) -> Change:
        text = (self._base / there.path).read_bytes().decode()
        return Change(there.path, text, text)

    def _modeline(self, entry: Entry) -> str:
        return modeline((self._base / entry.path).absolute(), self._folder.absolute())


def _marks(paper: Paper) -> Marks:
    marks = [_marks_of(draft) for draft in paper.drafts]
    author = next((it.author for it in marks if it.author), "")
    year = next((it.year for it in marks if it.year), None)
    return Marks(tuple(paper.titles), paper.links, author, year)


def _marks_of(draft: Draft) -> Marks:
    authors, year = draft.fields.get("authors"), str(draft.fields.get("year") or "")
    author = str(authors[0]) if isinstance(authors, list) and authors else ""
    number = int(year) if year.isascii() and year.isdigit() else None
    return Marks(tuple(draft.titles), draft.links, author, number)


def _papers(reading: Reading) -> list[Paper]:
    """Drafts of the same paper together, in the order of the list."""
    papers: list[list[Draft]] = []
    index: Index[list[Draft]] = Index()
    for draft in reading.drafts:
        marks = _marks_of(draft)
        paper = _same(draft, index.find(marks))
        if paper is None:
            paper = []
            papers.append(paper)
        paper.append(draft)
        index.add(marks, paper)
    return [Paper(reading.path, paper) for paper in papers]


def _same(draft: Draft, candidates: Iterable[list[Draft]]) -> list[Draft] | None:
    """The first paper of which nothing says that it is another one."""
    return next((it for it in candidates if all(agree(draft.links, d.links) for d in it)), None)


def _proposed_id(paper: Paper, taken: set[str]) -> str:
    marks = _marks_of(paper.drafts[0])
    return propose_id(paper.titles[0], taken, marks.author, marks.year)
