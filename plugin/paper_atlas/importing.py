"""From drafts to files: a paper that the atlas has not becomes a new entry, and one that it has
gets what its file lacks.

Nothing that a person wrote changes; where a list says otherwise, that is told. A second run over
the same list finds all in place.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from paper_atlas import vocabulary_file
from paper_atlas.drafting import Paper, entry_of
from paper_atlas.entry import Entry
from paper_atlas.formatting import formatted
from paper_atlas.known import Known, agree, keys_of
from paper_atlas.library import Library, load, shown
from paper_atlas.merging import merged
from paper_atlas.outline import proposed_vocabulary
from paper_atlas.problem import Problem, Severity, errors
from paper_atlas.proposing import proposed_words, untaken_headings
from paper_atlas.reading import Draft, Reading
from paper_atlas.schema import modeline
from paper_atlas.source import read
from paper_atlas.text import propose_id, title_key
from paper_atlas.vocabulary import Vocabulary
from paper_atlas.words import Words, without_same_titles
from paper_atlas.writing import alone, dump_entry, dump_vocabulary, write_new, write_over


@dataclass(frozen=True)
class Imported:
    """What an import did: the files it wrote, those it added to, the papers it found in place,
    and what it has to say."""

    written: tuple[str, ...] = ()
    added_to: tuple[str, ...] = ()
    in_place: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    proposal: str = ""
    """Words to be edited for headings that the vocabulary does not know, or nothing."""


def import_reading(
    reading: Reading,
    folder: Path,
    base: Path | None = None,
    facet: str = "organs",
    words: Words | None = None,
) -> Imported:
    """Write an entry for each draft that the atlas in `folder` has not, and complete the others.

    Where the folder has no vocabulary, the headings of the list become terms of `facet` in a new
    one. Broken entries stop the import, because nobody can tell which papers they are.
    """
    base = base or Path.cwd()
    reading = (words or Words()).applied(reading)
    folder.mkdir(parents=True, exist_ok=True)
    with alone(folder):
        library = load(folder, base)
        if broken := errors(library.problems):
            return Imported(problems=(*reading.problems, *broken))
        path = folder / vocabulary_file.NAME
        if path.exists() or not any(draft.headings for draft in reading.drafts):
            imported = _Import(library, library.vocabulary, folder, base).run(reading)
            proposal = proposed_words(reading, library.vocabulary, shown(path, base))
            return replace(imported, proposal=proposal)
        vocabulary = proposed_vocabulary(reading, facet, library.vocabulary)
        write_new(path, dump_vocabulary(vocabulary))
        imported = _Import(library, vocabulary, folder, base).run(reading)
        return replace(imported, written=(shown(path, base), *imported.written))


class _Import:
    """One run over a list, into a library that is in place."""

    def __init__(self, library: Library, vocabulary: Vocabulary, folder: Path, base: Path) -> None:
        self._library = library
        self._vocabulary = vocabulary
        self._folder = folder
        self._base = base
        self._known = Known(library.entries, {file.id for file in library.broken})
        self._ids = {title_key(title): it.id for it in library.entries for title in it.titles}
        self._problems: list[Problem] = []

    def run(self, reading: Reading) -> Imported:
        """Import every paper: first all get their ids, since one may name another."""
        self._problems = [*reading.problems, *untaken_headings(reading, self._vocabulary)]
        papers = [(paper, *self._place(paper)) for paper in _papers(reading)]
        written: list[str] = []
        added_to: list[str] = []
        in_place: list[str] = []
        for paper, there, name in papers:
            entry, found = entry_of(paper, self._vocabulary, f"{name}.yml", self._id_of, there)
            self._problems += found
            if entry and there:
                changed = self._add(there, entry, paper)
                (added_to if changed else in_place).append(there.path)
            elif entry and self._write(entry := self._at_home(entry)):
                written.append(entry.path)
        problems = tuple(sorted(self._problems))
        return Imported(tuple(written), tuple(added_to), tuple(in_place), problems)

    def _id_of(self, title: str) -> str | None:
        return title if title in self._known.ids else self._ids.get(title_key(title))

    def _place(self, paper: Paper) -> tuple[Entry | None, str]:
        """The entry of a paper that is in place, or none, and the id of the paper."""
        there = self._known.find(paper.titles, paper.links)
        name = there.id if there else _proposed_id(paper, self._known.ids)
        self._known.ids.add(name)
        for title in paper.titles:
            self._ids.setdefault(title_key(title), name)
        return there, name

    def _at_home(self, entry: Entry) -> Entry:
        """The entry in the folder of the first of its main terms."""
        folder = entry.terms[self._vocabulary.main][0].id
        path = PurePosixPath(self._library.folder, folder, entry.path)
        return entry.model_copy(update={"path": str(path)})

    def _write(self, entry: Entry) -> bool:
        others = without_same_titles(entry.title, list(entry.alternative_titles))
        entry = entry.model_copy(update={"alternative_titles": tuple(others)})
        path = self._base / entry.path
        first = modeline(path.absolute(), self._folder.absolute())
        return write_new(path, first + dump_entry(entry, list(self._vocabulary.facets)))

    def _add(self, there: Entry, other: Entry, paper: Paper) -> bool:
        """Add what a list knows of a paper to its file; whether there was anything."""
        entry, contradictions = merged(there, other)
        path = self._base / there.path
        source, _ = read(path, there.path)
        for field, value in contradictions:
            line, column = source.place(field.split("."))
            message = f"{paper.path}:{paper.drafts[0].line} says '{value}'"
            hint = "keep what is right"
            severity = Severity.WARNING
            self._problems.append(
                Problem(there.path, line, column, "contradiction", field, message, hint, severity)
            )
        if entry == there:
            return False
        first = modeline(path.absolute(), self._folder.absolute())
        facets = list(self._vocabulary.facets)
        write_over(path, first + formatted(source, entry, facets, bool(first)))
        return True


def _papers(reading: Reading) -> list[Paper]:
    """Drafts of the same paper together, in the order of the list."""
    papers: list[list[Draft]] = []
    by_key: dict[tuple[str, str], list[list[Draft]]] = defaultdict(list)
    for draft in reading.drafts:
        keys = list(keys_of(draft.titles, draft.links))
        paper = _same(draft, (paper for key in keys for paper in by_key[key]))
        if paper is None:
            paper = []
            papers.append(paper)
        paper.append(draft)
        for key in keys:
            if not any(it is paper for it in by_key[key]):
                by_key[key].append(paper)
    return [Paper(reading.path, paper) for paper in papers]


def _same(draft: Draft, candidates: Iterable[list[Draft]]) -> list[Draft] | None:
    """The first paper of which nothing says that it is another one."""
    return next((it for it in candidates if all(agree(draft.links, d.links) for d in it)), None)


def _proposed_id(paper: Paper, taken: set[str]) -> str:
    fields = paper.drafts[0].fields
    authors, year = fields.get("authors"), str(fields.get("year") or "")
    first = str(authors[0]) if isinstance(authors, list) and authors else ""
    return propose_id(paper.titles[0], taken, first, int(year) if year.isdecimal() else None)
