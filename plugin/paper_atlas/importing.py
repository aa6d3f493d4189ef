"""From drafts to files: what a list has and the atlas has not becomes new entries.

Headings become terms of the main facet, and what stands above them sections. A file that exists
is never changed; a second run over the same list finds every paper in place.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from paper_atlas import vocabulary as vocabularies
from paper_atlas.entry import Entry, read_entry
from paper_atlas.library import Library, load, shown
from paper_atlas.problem import Problem, Severity
from paper_atlas.reading import Draft, Heading, Reading
from paper_atlas.source import Source
from paper_atlas.text import did_you_mean, propose_id, title_key
from paper_atlas.vocabulary import Section, Term, Vocabulary, default_vocabulary
from paper_atlas.writing import dump_entry, dump_vocabulary, write_new

_SAME = ("doi", "arxiv", "pmid", "pmcid")


@dataclass(frozen=True)
class Imported:
    """What an import did: the files it wrote, the papers it found in place, what it has to say."""

    written: tuple[str, ...]
    in_place: tuple[str, ...]
    problems: tuple[Problem, ...]


def import_reading(reading: Reading, folder: Path, base: Path | None = None) -> Imported:
    """Write an entry for each draft that the atlas in `folder` has not.

    Where the folder has no vocabulary, the headings of the list become one. Broken entries stop
    the import, because nobody can tell which papers they are.
    """
    base = base or Path.cwd()
    written: list[str] = []
    if not (folder / vocabularies.NAME).exists() and reading.drafts:
        text = dump_vocabulary(_proposed(reading))
        if write_new(folder / vocabularies.NAME, text):
            written.append(shown(folder / vocabularies.NAME, base))
    library = load(folder, base)
    if library.problems:
        return Imported(tuple(written), (), (*reading.problems, *library.problems))
    known = _Known(library.entries)
    in_place: list[str] = []
    problems = list(reading.problems)
    for paper in _papers(reading.drafts):
        if entry := known.find(paper[0]):
            in_place.append(entry.path)
            problems += _not_merged(reading, paper, entry, library)
            continue
        entry, found = _entry(reading, paper, library, known, shown(folder, base))
        problems += found
        if entry:
            write_new(base / entry.path, dump_entry(entry, list(library.vocabulary.facets)))
            known.add(entry)
            written.append(entry.path)
    return Imported(tuple(written), tuple(in_place), tuple(sorted(problems)))


class _Known:
    """Which papers the atlas has, by identifier and by title."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_key: dict[tuple[str, str], Entry] = {}
        self.ids: set[str] = set()
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        self.ids.add(entry.id)
        for key in _keys(entry.title, entry.links.given()):
            self._by_key.setdefault(key, entry)

    def find(self, draft: Draft) -> Entry | None:
        keys = _keys(draft.title, draft.links)
        return next((self._by_key[key] for key in keys if key in self._by_key), None)


def _keys(title: str, links: dict[str, str]) -> Iterator[tuple[str, str]]:
    yield from ((kind, links[kind].casefold()) for kind in _SAME if kind in links)
    yield "title", title_key(title)


def _papers(drafts: Iterable[Draft]) -> list[list[Draft]]:
    """Drafts of the same paper together, in the order of the list."""
    papers: list[list[Draft]] = []
    by_key: dict[tuple[str, str], list[Draft]] = {}
    for draft in drafts:
        keys = list(_keys(draft.title, draft.links))
        paper = next((by_key[key] for key in keys if key in by_key), None)
        if paper is None:
            paper = []
            papers.append(paper)
        paper.append(draft)
        by_key |= {key: paper for key in keys if key not in by_key}
    return papers


def _entry(
    reading: Reading, paper: list[Draft], library: Library, known: _Known, folder: str
) -> tuple[Entry | None, list[Problem]]:
    """The entry of a paper, through the same validation as a file of one."""
    terms, problems = _terms(reading, paper, library.vocabulary)
    if not terms:
        return None, problems
    name = propose_id(paper[0].title, known.ids)
    data = {
        "title": paper[0].title,
        library.vocabulary.main: [term.title for term in terms],
        "links": _links(paper),
    }
    path = PurePosixPath(folder, terms[0].id, f"{name}.yml")
    source = Source(str(path), "", data, None)  # type: ignore[arg-type]
    entry, found = read_entry(source, library.vocabulary, {})
    place = {"path": reading.path, "line": paper[0].line, "column": 1}
    return entry, problems + [replace(problem, **place) for problem in found]  # type: ignore[arg-type]


def _links(paper: list[Draft]) -> dict[str, str]:
    return {kind: url for draft in reversed(paper) for kind, url in draft.links.items()}


def _terms(
    reading: Reading, paper: list[Draft], vocabulary: Vocabulary
) -> tuple[list[Term], list[Problem]]:
    """The terms of the headings under which a paper stands, and headings that are none."""
    facet = vocabulary.facets[vocabulary.main]
    terms: dict[str, Term] = {}
    problems: list[Problem] = []
    for draft in paper:
        heading = draft.headings[-1].title if draft.headings else ""
        if term := facet.find(heading):
            terms.setdefault(term.id, term)
            continue
        hint = did_you_mean(heading, [term.title for term in facet.all_terms])
        message = f"the heading '{heading}' of '{draft.title}' is not in the vocabulary"
        place = (reading.path, draft.line, 1)
        problems.append(Problem(*place, "unknown-term", vocabulary.main, message, hint))
    return list(terms.values()), problems


def _not_merged(
    reading: Reading, paper: list[Draft], entry: Entry, library: Library
) -> Iterator[Problem]:
    """What the list says and the file does not, since an existing file is not changed."""
    main = library.vocabulary.main
    terms, problems = _terms(reading, paper, library.vocabulary)
    yield from problems
    lacking = [term.title for term in terms if term not in entry.terms[main]]
    given = entry.links.given()
    lacking += [f"{kind}: {url}" for kind, url in _links(paper).items() if kind not in given]
    if lacking:
        message = f"{entry.path} has the paper, but not {', '.join(lacking)}"
        place = (reading.path, paper[0].line, 1)
        yield Problem(*place, "not-merged", "", message, "add it there", Severity.NOTE)


def _proposed(reading: Reading) -> Vocabulary:
    """The default vocabulary with the headings of a list as sections and terms."""
    vocabulary = default_vocabulary()
    sections, loose = _outline(reading)
    facet = vocabulary.facets[vocabulary.main]
    headed = facet.model_copy(update={"sections": sections, "terms": loose, "open": False})
    return Vocabulary(facets={**vocabulary.facets, vocabulary.main: headed})


def _outline(reading: Reading) -> tuple[tuple[Section, ...], tuple[Term, ...]]:
    """Sections with their terms, and terms without a section, in the order of the list.

    A heading with papers is a term, the one above it a section, unless it is the title of the
    list. Empty headings on the level of either are of that kind too.
    """
    above = _above(reading.headings)
    title = next((h for h in reading.headings if all(h in above[o] or o is h for o in above)), None)
    papers = {draft.headings[-1] for draft in reading.drafts if draft.headings}
    sections = {above[h][-1] for h in papers if above[h]} - {title}
    levels = {h.level for h in papers}
    terms = papers | {
        h
        for h in reading.headings
        if h.level in levels and (h in reading.empty or (above[h] and above[h][-1] in sections))
    }
    sections |= {h for h in reading.empty if h.level in {s.level for s in sections}} - terms
    titles: set[str] = set()
    grouped: dict[Heading | None, list[Term]] = {section: [] for section in sections}
    for heading in sorted(terms, key=lambda h: h.line):
        term = Term.model_validate(heading.title)
        section = next((h for h in above[heading] if h in sections), None)
        if term.id and term.id not in titles:
            grouped.setdefault(section, []).append(term)
            titles.add(term.id)
    ordered = sorted(sections, key=lambda h: h.line)
    named = tuple(Section(title=h.title, terms=tuple(grouped[h])) for h in ordered)
    return named, tuple(grouped.get(None, ()))


def _above(headings: Iterable[Heading]) -> dict[Heading, tuple[Heading, ...]]:
    """For each heading those above it, the outermost first."""
    above: dict[Heading, tuple[Heading, ...]] = {}
    stack: list[Heading] = []
    for heading in headings:
        stack = [other for other in stack if other.level < heading.level]
        above[heading] = tuple(stack)
        stack.append(heading)
    return above
