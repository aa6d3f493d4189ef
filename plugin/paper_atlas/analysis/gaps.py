"""Find missing data in an atlas. Each kind of gap is a function from the library to tasks.

To add a kind, write a function and add it to `GAP_KINDS`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from paper_atlas.analysis.leaderboards import DATASETS, Leaderboards, dataset_of
from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Term
from paper_atlas.translation import Translator

QUIET_YEARS = 3
"""A term is a gap if all its papers are this many years older than the newest paper, or more."""


@dataclass(frozen=True)
class GapTask:
    """A paper, or a term of a facet, that lacks something. `detail` is translated, or empty."""

    subject: Entry | Term
    facet: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Gap:
    """A kind of gap with its tasks. `title` and `explanation` are translated."""

    id: str
    title: str
    explanation: str
    tasks: tuple[GapTask, ...]


TaskFinder = Callable[[Library, Leaderboards, Translator], Iterator[GapTask]]


def find_gaps(library: Library, leaderboards: Leaderboards, translate: Translator) -> list[Gap]:
    """Return all gaps that have tasks."""
    gaps = [
        Gap(
            gap_id,
            translate(title),
            translate(explanation),
            tuple(find_tasks(library, leaderboards, translate)),
        )
        for gap_id, title, explanation, find_tasks in GAP_KINDS
    ]
    return [gap for gap in gaps if gap.tasks]


def _entries_that(lack: Callable[[Entry], bool]) -> TaskFinder:
    return lambda library, *_: (GapTask(entry) for entry in library.entries if lack(entry))


def _has_only_a_search(entry: Entry) -> bool:
    return set(entry.links.by_kind()) == {"scholar"}


def _lacks_only_a_doi(entry: Entry) -> bool:
    """True for a paper that has another link, because those without any are a gap of their own."""
    return not entry.links.doi and bool(entry.links.by_kind())


def _quiet_terms(library: Library, _: Leaderboards, translate: Translator) -> Iterator[GapTask]:
    """Yield terms of the main facet without a recent paper.

    Years are counted back from the newest paper, so that a build does not depend on its date.
    """
    newest = max((entry.year for entry in library.entries if entry.year), default=0)
    name = library.vocabulary.main_facet
    for term in library.vocabulary.facets[name].all_terms:
        last = max((entry.year or 0 for entry in library.papers_of_term(name, term)), default=0)
        if last <= newest - QUIET_YEARS:
            detail = translate("newest paper: {year}", year=str(last))
            yield GapTask(term, name, detail if last else translate("no paper yet"))


def _unverified_entries(library: Library, *_: object) -> Iterator[GapTask]:
    for entry in library.entries:
        if entry.unverified:
            yield GapTask(entry, detail=", ".join(entry.unverified))


def _datasets_without_results(
    library: Library, leaderboards: Leaderboards, _: Translator
) -> Iterator[GapTask]:
    facet = library.vocabulary.facets.get(DATASETS)
    for term in facet.all_terms if facet else ():
        if term.id not in leaderboards and library.papers_of_term(DATASETS, term):
            yield GapTask(term, DATASETS)


def _results_without_split(library: Library, *_: object) -> Iterator[GapTask]:
    for entry in library.entries:
        results = [result for result in entry.results if not result.split]
        datasets = [dataset_of(result, library.vocabulary) for result in results]
        titles = dict.fromkeys(term.title for term in datasets if term)
        if titles:
            yield GapTask(entry, detail=", ".join(titles))


GAP_KINDS: Iterable[tuple[str, str, str, TaskFinder]] = (
    (
        "without_link",
        "Papers without a link",
        "Find the paper and add its DOI, its arXiv identifier or a URL.",
        _entries_that(lambda entry: not entry.links.by_kind()),
    ),
    (
        "only_a_search",
        "Papers without a direct link",
        "Their only link is a search. Find the paper and add a link to it.",
        _entries_that(_has_only_a_search),
    ),
    (
        "without_doi",
        "Papers without a DOI",
        "Look it up at the publisher or in Crossref. A preprint may not have one.",
        _entries_that(_lacks_only_a_doi),
    ),
    (
        "without_authors",
        "Papers without authors",
        "Add all authors, in order.",
        _entries_that(lambda entry: not entry.authors),
    ),
    (
        "without_year",
        "Papers without a year",
        "Add the year of the published version.",
        _entries_that(lambda entry: not entry.year),
    ),
    (
        "results_without_split",
        "Results without a split",
        "Add the split to the results on these data sets: test set, folds or number of cases. "
        "Results without it are not ranked.",
        _results_without_split,
    ),
    (
        "datasets_without_results",
        "Data sets without results",
        "Add the results to the file of a paper that reports results.",
        _datasets_without_results,
    ),
    (
        "quiet",
        "Topics with no paper from the last three years",
        "The three years end with the newest paper in the atlas. Add newer papers.",
        _quiet_terms,
    ),
    (
        "unverified_facts",
        "Facts to verify",
        "Compare them with the paper and correct what is wrong. Then remove their keys from the "
        "list of unverified values in the file.",
        _unverified_entries,
    ),
)
"""The id, the title and explanation in English, and the function of each kind of gap."""
