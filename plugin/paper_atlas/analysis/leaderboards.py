"""Figures that papers state, in tables in which each compares with the others.

The rules keep a ranking honest. A table holds one data set, one part of it, one target and one
metric, and never mixes two. Ranked are only figures that are confirmed, whose split is stated,
whose metric the vocabulary knows (it says which values are better), and whose paper is not
retracted; the others stand below, without a rank. A split that is called `test` is the official
test set, and comes first.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from paper_atlas.model.entry import Entry, Result
from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Metric, Term, Vocabulary
from paper_atlas.text.slug import spelling_key

DATASETS, TARGETS = "datasets", "targets"
"""The facets whose terms the data set and the target of a result name."""


@dataclass(frozen=True)
class LeaderboardRow:
    """A figure of a paper, with its rank from 1 or without one."""

    entry: Entry
    result: Result
    rank: int | None


@dataclass(frozen=True)
class Leaderboard:
    """Figures for one target, metric and split of the data set with the id `dataset`.

    Ranked rows come first and in their order, the others by year. `better` says which values
    are; it is empty where the vocabulary does not know the metric.
    """

    dataset: str
    target: str
    metric: str
    split: str
    better: str
    rows: tuple[LeaderboardRow, ...]

    @property
    def ranked_count(self) -> int:
        """How many figures have a rank."""
        return sum(row.rank is not None for row in self.rows)

    @property
    def is_official(self) -> bool:
        """Whether the figures are on the official test set."""
        return spelling_key(self.split) == "test"

    @property
    def leaders(self) -> tuple[LeaderboardRow, ...]:
        """The rows of the first rank."""
        return tuple(row for row in self.rows if row.rank == 1)


Leaderboards = Mapping[str, tuple[Leaderboard, ...]]
"""Tables by the id of their data set."""


def leaderboards_by_dataset(library: Library) -> Leaderboards:
    """The tables of each data set, by its id, ordered by target and metric, the test set first."""
    grouped: dict[tuple[str, str, str, str], list[tuple[Entry, Result]]] = defaultdict(list)
    for entry in library.entries:
        for result in entry.results:
            for key in _keys(result, library.vocabulary):
                grouped[key].append((entry, result))
    by_dataset = defaultdict(list)
    for key, figures in sorted(grouped.items(), key=lambda item: _order(item[0])):
        by_dataset[key[0]].append(_table(key[0], figures, library.vocabulary))
    return {dataset: tuple(found) for dataset, found in by_dataset.items()}


def is_comparable(entry: Entry, result: Result, metric: Metric | None) -> bool:
    """Whether a figure may have a rank."""
    confirmed = "results" not in entry.unverified and not entry.retracted
    return confirmed and metric is not None and bool(result.split)


def dataset_of(result: Result, vocabulary: Vocabulary) -> Term | None:
    """The data set of a figure, where the atlas lists it."""
    facet = vocabulary.facets.get(DATASETS)
    return facet.find_term(result.dataset) if facet else None


def _keys(result: Result, vocabulary: Vocabulary) -> Iterator[tuple[str, str, str, str]]:
    """What a figure has to share with others to stand in one table; nothing without a data set."""
    if dataset := dataset_of(result, vocabulary):
        target, metric = _target(result, vocabulary), _metric(result, vocabulary)
        yield (
            dataset.id,
            spelling_key(target),
            spelling_key(metric),
            spelling_key(result.split or ""),
        )


def _order(key: tuple[str, str, str, str]) -> tuple[str, str, str, int, str]:
    dataset, target, metric, split = key
    return dataset, target, metric, 0 if split == "test" else 1 if split else 2, split


def _target(result: Result, vocabulary: Vocabulary) -> str:
    facet = vocabulary.facets.get(TARGETS)
    term = facet.find_term(result.target) if facet and result.target else None
    return term.title if term else _capital(result.target or "")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _metric(result: Result, vocabulary: Vocabulary) -> str:
    metric = vocabulary.find_metric(result.metric)
    return metric.title if metric else _capital(result.metric)


def _table(
    dataset: str, figures: list[tuple[Entry, Result]], vocabulary: Vocabulary
) -> Leaderboard:
    _, first = figures[0]
    metric = vocabulary.find_metric(first.metric)
    ranked = [it for it in figures if is_comparable(*it, metric)]
    others = [it for it in figures if not is_comparable(*it, metric)]
    return Leaderboard(
        dataset,
        _target(first, vocabulary),
        _metric(first, vocabulary),
        first.split or "",
        metric.better if metric else "",
        (*_ranked(ranked, metric), *(LeaderboardRow(*figure, None) for figure in others)),
    )


def _ranked(
    figures: Iterable[tuple[Entry, Result]], metric: Metric | None
) -> Iterator[LeaderboardRow]:
    """Figures in order; those that differ only in how they are rounded share a rank."""
    sign = -1 if metric and metric.better == "higher" else 1
    alike: list[Decimal] = []
    rank = 0
    for place, (entry, result) in enumerate(sorted(figures, key=lambda it: sign * it[1].value), 1):
        if not alike or not all(_as_rounded(result.value, value) for value in alike):
            rank, alike = place, []
        alike.append(result.value)
        yield LeaderboardRow(entry, result, rank)


def _as_rounded(one: Decimal, other: Decimal) -> bool:
    """Whether two figures are the same at the precision of the coarser one."""
    coarser = max((one, other), key=lambda value: value.as_tuple().exponent)
    return one.quantize(coarser) == other.quantize(coarser)
