"""Checks for papers with two entries: the same identifier or URL, or nearly the same title.

Nearly equal titles are compared only if the papers have the same first author and nearly the same
year, and only a part of them if these are hundreds. So the time is nearly linear in the number of
papers.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice

from paper_atlas.checks.context import CheckContext, Paper
from paper_atlas.model.identity import (
    IdentityKey,
    Match,
    compare,
    fingerprint_of_entry,
    have_equal_title,
    have_other_identifier,
)
from paper_atlas.problem import Problem, Severity
from paper_atlas.text.identifiers import IDENTIFIERS
from paper_atlas.text.titles import MAX_YEARS_APART, nearly_equal_words

_MAX_COMPARED = 200
"""The most papers with which the title of a paper is compared: an author publishes 100 a year."""

_MAX_SIMILAR = 20
"""The most papers with nearly the same title with which a paper is compared in full."""


def duplicate_identifiers(context: CheckContext) -> Iterator[Problem]:
    """Yield a problem for each identifier that an earlier entry has, also one inside a URL."""
    owners: dict[IdentityKey, Paper] = {}
    for paper in context:
        for key, kind in paper.identifiers:
            first = owners.setdefault(key, paper)
            if first is not paper and not _are_declared_different(first, paper):
                title, path = IDENTIFIERS[key[0]].title, first.entry.path
                message = f"'{paper.links[kind]}' is already the {title} of {path}"
                hint = f"keep one of the two files, or {_different_papers_hint(first)}"
                loc = ("links", kind)
                yield paper.document.problem_at("doubled-identifier", loc, message, hint)


def duplicate_citation_keys(context: CheckContext) -> Iterator[Problem]:
    """Yield a problem for each citation key that is the key or the id of another entry.

    Programs for LaTeX do not distinguish keys by case.
    """
    owners = dict(context.papers)
    for paper in context:
        if key := paper.entry.citation_key:
            first = owners.setdefault(key.casefold(), paper)
            if first is not paper:
                message = f"'{key}' is already the key of {first.entry.path}"
                hint = "give one of the two papers another key"
                loc = ("citation_key",)
                yield paper.document.problem_at("doubled-citation-key", loc, message, hint)


def duplicate_urls(context: CheckContext) -> Iterator[Problem]:
    """Yield a warning for each URL or PDF that an earlier entry has."""
    owners: dict[str, Paper] = {}
    for paper in context:
        for kind, key in paper.pages:
            first = owners.setdefault(key, paper)
            if first is not paper and not _are_declared_different(first, paper):
                message = f"'{paper.links[kind]}' is also a link of {first.entry.path}"
                hint = f"keep one of the two files, or {_different_papers_hint(first)}"
                loc = ("links", kind)
                problem = paper.document.problem_at("doubled-url", loc, message, hint)
                yield replace(problem, severity=Severity.WARNING)


def similar_titles(context: CheckContext) -> Iterator[Problem]:
    """Yield a problem for each entry that may be the paper of another one, by its title.

    These are nearly equal titles by the same first author. Titles with the same letters and digits
    are also compared without authors. If only nearly equal titles of papers with other identifiers
    speak for it, the problem is a note, else a warning.
    """
    by_title: dict[str | None, list[Paper]] = defaultdict(list)
    by_author: dict[str | None, list[Paper]] = defaultdict(list)
    for paper in context:
        by_title[paper.title_key].append(paper)
        by_author[paper.author_key].append(paper)
    by_author.pop(None, None)
    reported: set[Paper] = set()
    for papers in (*by_title.values(), *by_author.values()):
        if len(papers) > 1:
            done = reported.intersection(papers) if reported else ()
            found = context.evaluate(_similar_titles_in, tuple(papers), frozenset(done))
            for paper, problem in found:
                reported.add(paper)
                yield problem


def _similar_titles_in(
    papers: tuple[Paper, ...], done: frozenset[Paper]
) -> Iterator[tuple[Paper, Problem]]:
    """Compare each paper with those that are not newer. Skip the papers that are done."""
    ordered = sorted(papers, key=_year)
    words = [paper.title_words for paper in ordered]
    candidates = _candidates(ordered, words)
    for index, paper in enumerate(ordered):
        if paper in done:
            continue
        similar = (
            before
            for before in candidates(index)
            if nearly_equal_words(words[before], words[index])
        )
        for before in islice(similar, _MAX_SIMILAR):
            if problem := _similar_title(ordered[before], paper):
                yield paper, problem
                break  # one warning for each paper is enough


def _candidates(ordered: Sequence[Paper], words: Sequence[str]) -> Callable[[int], Sequence[int]]:
    """Return a function from the place of a paper to the places of papers to compare it with.

    These are the papers before it whose year is near or unknown. If there are more than
    `_MAX_COMPARED`, they are only those next to it in the order of the titles, read from the start
    or from the end, which nearly equal titles share.
    """
    undated = sum(1 for paper in ordered if paper.entry.year is None)
    years = [_year(paper) for paper in ordered]

    @cache
    def orders() -> list[_Order]:
        by_start = _Order(range(len(ordered)), lambda place: words[place])
        return [by_start, _Order(range(len(ordered)), lambda place: words[place][::-1])]

    def find(index: int) -> Sequence[int]:
        year = years[index]
        begin = bisect_left(years, year - MAX_YEARS_APART, undated, index) if year else 0
        unknown, near = range(min(undated, index)), range(max(begin, undated), index)
        if len(unknown) + len(near) <= _MAX_COMPARED:
            return [*unknown, *near]
        found = {place for order in orders() for place in order.next_to(index)}
        return sorted(place for place in found if place in unknown or place in near)

    return find


class _Order:
    """Places in the order of a key."""

    def __init__(self, places: Iterable[int], key: Callable[[int], str]) -> None:
        self._places = sorted(places, key=key)
        self._positions = {place: position for position, place in enumerate(self._places)}

    def next_to(self, place: int) -> Sequence[int]:
        """Return the places next to a place, on both sides."""
        position, half = self._positions[place], _MAX_COMPARED // 4
        return self._places[max(0, position - half) : position + half + 1]


def _similar_title(one: Paper, other: Paper) -> Problem | None:
    papers = sorted((one, other), key=lambda paper: paper.entry.path)
    (first, second), (earlier, later) = papers, [paper.entry for paper in papers]
    fingerprints = fingerprint_of_entry(earlier), fingerprint_of_entry(later)
    if _are_declared_different(first, second) or compare(*fingerprints) is Match.DIFFERENT:
        return None
    if fingerprints[0].identifiers & fingerprints[1].identifiers:
        return None  # duplicate_identifiers reports the pair
    same = "the same title as" if earlier.title == later.title else "nearly the same title as"
    author = ", and the same first author" if earlier.authors and later.authors else ""
    message = f"{same} {earlier.path}{author}"
    hint = (
        "a preprint and its published version are one paper: keep one of the two files, "
        f"or {_different_papers_hint(first)}"
    )
    problem = second.document.problem_at("similar-title", ("title",), message, hint)
    # Two identifiers and two titles are hardly those of one paper.
    is_likely = have_equal_title(*fingerprints) or not have_other_identifier(*fingerprints)
    return replace(problem, severity=Severity.WARNING if is_likely else Severity.NOTE)


def _different_papers_hint(first: Paper) -> str:
    return f"write not_same_as: [{first.entry.id}] if they are different papers"


def _year(paper: Paper) -> int:
    return paper.entry.year or 0


def _are_declared_different(one: Paper, other: Paper) -> bool:
    return other.entry.id in one.entry.not_same_as or one.entry.id in other.entry.not_same_as
