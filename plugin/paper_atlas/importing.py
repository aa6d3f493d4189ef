"""From drafts to files: what a list has and the atlas has not becomes new entries.

Headings become terms of the main facet, and what stands above them sections. A file that exists
is never changed; a second run over the same list finds every paper in place.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from paper_atlas import vocabulary as vocabularies
from paper_atlas.entry import Entry, read_entry
from paper_atlas.known import Known, agree, keys_of
from paper_atlas.library import Library, load, shown
from paper_atlas.problem import Problem, Severity, errors
from paper_atlas.reading import Draft, Heading, Reading
from paper_atlas.schema import modeline
from paper_atlas.source import Source
from paper_atlas.text import did_you_mean, has_address, propose_id, slug
from paper_atlas.vocabulary import Facet, Section, Term, Vocabulary
from paper_atlas.writing import alone, dump_entry, dump_vocabulary, write_new

_YEAR = re.compile(r"\W*(?:19|20)\d\d\W*")


@dataclass(frozen=True)
class Imported:
    """What an import did: the files it wrote, the papers it found in place, what it has to say."""

    written: tuple[str, ...]
    in_place: tuple[str, ...]
    problems: tuple[Problem, ...]


def import_reading(
    reading: Reading, folder: Path, base: Path | None = None, facet: str = "organs"
) -> Imported:
    """Write an entry for each draft that the atlas in `folder` has not.

    Where the folder has no vocabulary, the headings of the list become terms of `facet` in a new
    one. Broken entries stop the import, because nobody can tell which papers they are.
    """
    base = base or Path.cwd()
    folder.mkdir(parents=True, exist_ok=True)
    with alone(folder):
        library = load(folder, base)
        if broken := errors(library.problems):
            return Imported((), (), (*reading.problems, *broken))
        path = folder / vocabularies.NAME
        if path.exists() or not any(draft.headings for draft in reading.drafts):
            return _import(reading, library, library.vocabulary, base / folder)
        vocabulary = _proposed(reading, facet, library)
        write_new(path, dump_vocabulary(vocabulary))
        imported = _import(reading, library, vocabulary, base / folder)
        return replace(imported, written=(shown(path, base), *imported.written))


def _import(reading: Reading, library: Library, vocabulary: Vocabulary, folder: Path) -> Imported:
    """Write the entries of the papers that are not in place."""
    known = Known(library.entries, {file.id for file in library.broken})
    written: list[str] = []
    in_place: list[str] = []
    problems = list(reading.problems)
    for paper in _papers(reading.drafts):
        problems += _dropped(reading, paper)
        if there := known.find(paper[0].title, paper[0].links):
            in_place.append(there.path)
            problems += _not_merged(reading, paper, there, vocabulary)
            continue
        entry, found = _entry(reading, paper, vocabulary, known, library.folder)
        problems += found
        if entry and _write(entry, list(vocabulary.facets), folder):
            known.add(entry)
            written.append(entry.path)
    return Imported(tuple(written), tuple(in_place), tuple(sorted(problems)))


def _papers(drafts: Iterable[Draft]) -> list[list[Draft]]:
    """Drafts of the same paper together, in the order of the list."""
    papers: list[list[Draft]] = []
    by_key: dict[tuple[str, str], list[list[Draft]]] = defaultdict(list)
    for draft in drafts:
        keys = list(keys_of(draft.title, draft.links))
        candidates = (paper for key in keys for paper in by_key[key])
        same = (it for it in candidates if all(agree(draft.links, d.links) for d in it))
        paper = next(same, None)
        if paper is None:
            paper = []
            papers.append(paper)
        paper.append(draft)
        for key in keys:
            if not any(it is paper for it in by_key[key]):
                by_key[key].append(paper)
    return papers


def _write(entry: Entry, facets: list[str], folder: Path) -> bool:
    *_, below, name = PurePosixPath(entry.path).parts
    path = folder / below / name
    return write_new(path, modeline(path, folder) + dump_entry(entry, facets))


def _dropped(reading: Reading, paper: list[Draft]) -> Iterator[Problem]:
    """What the first mention of a paper says otherwise than a later one."""
    first, taken = paper[0], dict(paper[0].links)
    for draft in paper[1:]:
        lost = [f"'{draft.title}'"] if draft.title != first.title else []
        lost += [f"{kind}: {url}" for kind, url in draft.links.items()
                 if taken.setdefault(kind, url) != url]  # fmt: skip
        if lost:
            message = f"the paper of line {first.line} again; {', '.join(lost)} is not taken"
            place = (reading.path, draft.line, 1)
            yield Problem(*place, "again", "", message, severity=Severity.NOTE)


def _entry(
    reading: Reading, paper: list[Draft], vocabulary: Vocabulary, known: Known, folder: str
) -> tuple[Entry | None, list[Problem]]:
    """The entry of a paper, through the same validation as a file of one."""
    terms, problems = _terms(reading, paper, vocabulary)
    if not terms:
        return None, problems
    name = propose_id(paper[0].title, known.ids)
    data = {
        "title": paper[0].title,
        vocabulary.main: [term.title for term in terms],
        "links": _links(paper),
    }
    path = PurePosixPath(folder, terms[0].id, f"{name}.yml")
    source = Source(str(path), "", data)  # type: ignore[arg-type]
    entry, found = read_entry(source, vocabulary, {})
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
        heading = _topic(draft.headings).title if draft.headings else ""
        term = facet.find(heading)
        if not term and facet.open and has_address(heading):
            term = Term.model_validate(heading)
        if term:
            terms.setdefault(term.id, term)
            continue
        hint = did_you_mean(heading, [term.title for term in facet.all_terms])
        message = f"the heading '{heading}' of '{draft.title}' is not in the vocabulary"
        place = (reading.path, draft.line, 1)
        problems.append(Problem(*place, "unknown-term", vocabulary.main, message, hint))
    return list(terms.values()), problems


def _not_merged(
    reading: Reading, paper: list[Draft], entry: Entry, vocabulary: Vocabulary
) -> Iterator[Problem]:
    """What the list says and the file does not, since an existing file is not changed."""
    main = vocabulary.main
    terms, problems = _terms(reading, paper, vocabulary)
    yield from problems
    lacking = [term.title for term in terms if term not in entry.terms[main]]
    given = entry.links.given()
    lacking += [f"{kind}: {url}" for kind, url in _links(paper).items() if kind not in given]
    if lacking:
        message = f"{entry.path} has the paper, but not {', '.join(lacking)}"
        place = (reading.path, paper[0].line, 1)
        yield Problem(*place, "not-merged", "", message, "add it there", Severity.NOTE)


def _topic(headings: tuple[Heading, ...]) -> Heading:
    """The heading that says what a paper is about: the innermost that is not a year."""
    spoken = [heading for heading in headings if not _YEAR.fullmatch(heading.title)]
    return (spoken or headings)[-1]


def _proposed(reading: Reading, name: str, library: Library) -> Vocabulary:
    """A vocabulary with the headings of a list as sections and terms of a facet.

    The words that entries use already come after them. A facet that the default vocabulary has
    not stands alone.
    """
    default = library.vocabulary.facets
    sections, loose = _outline(reading)
    facet = Facet(title=name.capitalize(), pages=True, sections=sections, terms=loose)
    used = default[name].terms if name in default else ()
    facet = facet.with_terms(term for term in used if not facet.find(term.title))
    others = {
        key: Facet(title=it.title, open=it.open, pages=it.pages) for key, it in default.items()
    }
    return Vocabulary(facets={**others, name: facet} if name in default else {name: facet})


def _outline(reading: Reading) -> tuple[tuple[Section, ...], tuple[Term, ...]]:
    """Sections with their terms, and terms without a section, in the order of the list.

    A heading with papers is a term, and the one above it a section, unless it is a term itself or
    the title of the list. Empty headings on the level of either are of that kind too.
    """
    above = _above(reading.headings)
    topics = {_topic(draft.headings) for draft in reading.drafts if draft.headings}
    sections = {above[h][-1] for h in topics if above[h]} - topics - _title_of(above)
    terms = topics | {
        h for h in reading.headings if _is_empty_term(h, topics, sections, above, reading)
    }
    sections |= {h for h in reading.empty if h.level in {s.level for s in sections}} - terms
    grouped: dict[Heading | None, list[Term]] = {section: [] for section in sections}
    ids: set[str] = set()
    for heading in sorted(terms, key=lambda h: h.line):
        name = slug(heading.title)
        if has_address(heading.title) and name not in ids:
            section = next((h for h in reversed(above[heading]) if h in sections), None)
            grouped.setdefault(section, []).append(Term.model_validate(heading.title))
            ids.add(name)
    ordered = sorted((h for h in sections if has_address(h.title)), key=lambda h: h.line)
    named = tuple(Section(title=h.title, terms=tuple(grouped[h])) for h in ordered)
    return named, tuple(grouped.get(None, ()))


def _is_empty_term(
    heading: Heading,
    topics: set[Heading],
    sections: set[Heading],
    above: Mapping[Heading, tuple[Heading, ...]],
    reading: Reading,
) -> bool:
    """Whether a heading without papers stands where topics stand."""
    if heading.level not in {topic.level for topic in topics}:
        return False
    return heading in reading.empty or bool(sections.intersection(above[heading][-1:]))


def _title_of(above: Mapping[Heading, tuple[Heading, ...]]) -> set[Heading]:
    """The heading below which all others stand: the title of the list."""
    return {h for h in above if all(h in above[other] or other is h for other in above)}


def _above(headings: Iterable[Heading]) -> dict[Heading, tuple[Heading, ...]]:
    """For each heading those above it, the outermost first."""
    above: dict[Heading, tuple[Heading, ...]] = {}
    stack: list[Heading] = []
    for heading in headings:
        stack = [other for other in stack if other.level < heading.level]
        above[heading] = tuple(stack)
        stack.append(heading)
    return above
