"""What an atlas lacks: each kind of help is a function from the library to things to be done.

A new kind is a function and a line in `KINDS`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from paper_atlas.analysis.leaderboards import DATASETS, Leaderboards, dataset_of
from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Term
from paper_atlas.translation import Translator

QUIET_YEARS = 3


@dataclass(frozen=True)
class Task:
    """A paper or a term that needs something, and what exactly."""

    subject: Entry | Term
    facet: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Gap:
    """One kind of help: its tasks, the same in every build of the same entries."""

    id: str
    title: str
    explanation: str
    tasks: tuple[Task, ...]


TaskFinder = Callable[[Library, Leaderboards, Translator], Iterator[Task]]


def find_gaps(library: Library, known: Leaderboards, say: Translator) -> list[Gap]:
    """All that is wanted, without kinds of which nothing is; `known` are the tables of results."""
    found = [
        Gap(name, say(title), say(words), tuple(find(library, known, say)))
        for name, title, words, find in GAP_KINDS
    ]
    return [it for it in found if it.tasks]


def _entries(wants: Callable[[Entry], bool]) -> TaskFinder:
    return lambda library, *_: (Task(entry) for entry in library.entries if wants(entry))


def _only_a_search(entry: Entry) -> bool:
    return set(entry.links.by_kind()) == {"scholar"}


def _quiet(library: Library, _: Leaderboards, say: Translator) -> Iterator[Task]:
    """Terms of the main facet without a paper of the last years.

    Counted back from the newest paper of the atlas: a build knows no clock.
    """
    newest = max((entry.year for entry in library.entries if entry.year), default=0)
    name = library.vocabulary.main_facet
    for term in library.vocabulary.facets[name].all_terms:
        last = max((entry.year or 0 for entry in library.papers_of_term(name, term)), default=0)
        if last <= newest - QUIET_YEARS:
            newest_of = say("newest paper: {year}", year=str(last))
            yield Task(term, name, newest_of if last else say("no paper yet"))


def _unverified(library: Library, *_: object) -> Iterator[Task]:
    for entry in library.entries:
        if entry.unverified:
            yield Task(entry, detail=", ".join(entry.unverified))


def _without_results(library: Library, known: Leaderboards, _: Translator) -> Iterator[Task]:
    facet = library.vocabulary.facets.get(DATASETS)
    for term in facet.all_terms if facet else ():
        if term.id not in known and library.papers_of_term(DATASETS, term):
            yield Task(term, DATASETS)


def _without_split(library: Library, *_: object) -> Iterator[Task]:
    for entry in library.entries:
        loose = [result for result in entry.results if not result.split]
        sets = [dataset_of(result, library.vocabulary) for result in loose]
        titles = dict.fromkeys(term.title for term in sets if term)
        if titles:
            yield Task(entry, detail=", ".join(titles))


GAP_KINDS: Iterable[tuple[str, str, str, TaskFinder]] = (
    (
        "only_a_search",
        "Papers without a direct link",
        "Their only link is a search. Find the paper and add a link to it.",
        _entries(_only_a_search),
    ),
    (
        "without_doi",
        "Papers without a DOI",
        "Look it up at the publisher or in Crossref. A preprint may not have one.",
        _entries(lambda entry: not entry.links.doi),
    ),
    (
        "without_authors",
        "Papers without authors",
        "Add all authors, in order.",
        _entries(lambda entry: not entry.authors),
    ),
    (
        "without_year",
        "Papers without a year",
        "Add the year of the published version.",
        _entries(lambda entry: not entry.year),
    ),
    (
        "results_without_split",
        "Results without a split",
        "Add `split` to the results on these data sets: test set, folds or number of cases. "
        "Results without it are not ranked.",
        _without_split,
    ),
    (
        "datasets_without_results",
        "Data sets without results",
        "Add `results` to the file of a paper that reports some.",
        _without_results,
    ),
    (
        "quiet",
        "Topics with no paper from the last three years",
        "The three years end with the newest paper in the atlas. Add newer papers.",
        _quiet,
    ),
    (
        "unverified_facts",
        "Facts to verify",
        "Compare them with the paper and correct what is wrong. Then remove their keys from the "
        "list `unverified` in the file.",
        _unverified,
    ),
)
"""Id, title, what to do, in English, and how it is found."""
