"""Leaderboards: tables of comparable results.

All results of a table have the same data set, split, target and metric. A result has a rank only if
it is verified, has a split and a metric of the vocabulary, and if its paper is not retracted. The
vocabulary defines whether higher or lower values of a metric are better. Results without a rank
follow the others. A split named `test` is the official test set, whose table comes first.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from paper_atlas.model.entry import Entry, Result
from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Metric, Term, Vocabulary
from paper_atlas.text.spelling import spelling_key

DATASETS, TARGETS = "datasets", "targets"
"""The names of the facets for the data set and the target of a result."""


@dataclass(frozen=True)
class LeaderboardRow:
    """A result of a paper, with its rank (1 is the best) or None."""

    entry: Entry
    result: Result
    rank: int | None


@dataclass(frozen=True)
class Leaderboard:
    """The results for one target, metric and split of the data set with the id `dataset`.

    Rows with a rank come first, in order; the others follow, the newest paper first. `better` is
    "higher" or "lower", or empty if the metric is not in the vocabulary.
    """

    dataset: str
    target: str
    metric: str
    split: str
    better: str
    rows: tuple[LeaderboardRow, ...]

    @property
    def ranked_count(self) -> int:
        """The number of rows with a rank."""
        return sum(row.rank is not None for row in self.rows)

    @property
    def is_official(self) -> bool:
        """True if the results are on the official test set."""
        return spelling_key(self.split) == "test"

    @property
    def leaders(self) -> tuple[LeaderboardRow, ...]:
        """The rows with rank 1."""
        return tuple(row for row in self.rows if row.rank == 1)


Leaderboards = Mapping[str, tuple[Leaderboard, ...]]
"""The leaderboards by the id of their data set."""


def leaderboards_by_dataset(library: Library) -> Leaderboards:
    """Return the leaderboards of each data set, sorted by target, metric and split."""
    grouped: dict[tuple[str, str, str, str], list[tuple[Entry, Result]]] = defaultdict(list)
    for entry in library.entries:
        for result in entry.results:
            for key in _group_keys(result, library.vocabulary):
                grouped[key].append((entry, result))
    by_dataset = defaultdict(list)
    for key, results in sorted(grouped.items(), key=lambda item: _sort_key(item[0])):
        by_dataset[key[0]].append(_leaderboard(key[0], results, library.vocabulary))
    return {dataset: tuple(boards) for dataset, boards in by_dataset.items()}


def is_comparable(entry: Entry, result: Result, metric: Metric | None) -> bool:
    """True if a result may have a rank."""
    is_reliable = "results" not in entry.unverified and not entry.retracted
    return is_reliable and metric is not None and bool(result.split)


def dataset_of(result: Result, vocabulary: Vocabulary) -> Term | None:
    """Return the data set of a result, or None if the vocabulary does not list it."""
    facet = vocabulary.facets.get(DATASETS)
    return facet.find_term(result.dataset) if facet else None


def _group_keys(result: Result, vocabulary: Vocabulary) -> Iterator[tuple[str, str, str, str]]:
    """Yield the key that the results of a leaderboard share, if its data set is known."""
    if dataset := dataset_of(result, vocabulary):
        target, metric = _target_title(result, vocabulary), _metric_title(result, vocabulary)
        yield (
            dataset.id,
            spelling_key(target),
            spelling_key(metric),
            spelling_key(result.split or ""),
        )


def _sort_key(key: tuple[str, str, str, str]) -> tuple[str, str, str, int, str]:
    dataset, target, metric, split = key
    return dataset, target, metric, 0 if split == "test" else 1 if split else 2, split


def _target_title(result: Result, vocabulary: Vocabulary) -> str:
    facet = vocabulary.facets.get(TARGETS)
    term = facet.find_term(result.target) if facet and result.target else None
    return term.title if term else _capitalize(result.target or "")


def _capitalize(text: str) -> str:
    return text[:1].upper() + text[1:]


def _metric_title(result: Result, vocabulary: Vocabulary) -> str:
    metric = vocabulary.find_metric(result.metric)
    return metric.title if metric else _capitalize(result.metric)


def _leaderboard(
    dataset: str, results: list[tuple[Entry, Result]], vocabulary: Vocabulary
) -> Leaderboard:
    _, first = results[0]
    metric = vocabulary.find_metric(first.metric)
    ranked = [result for result in results if is_comparable(*result, metric)]
    others = [result for result in results if not is_comparable(*result, metric)]
    return Leaderboard(
        dataset,
        _target_title(first, vocabulary),
        _metric_title(first, vocabulary),
        first.split or "",
        metric.better if metric else "",
        (*_ranked_rows(ranked, metric), *(LeaderboardRow(*result, None) for result in others)),
    )


def _ranked_rows(
    results: Iterable[tuple[Entry, Result]], metric: Metric | None
) -> Iterator[LeaderboardRow]:
    """Yield results from the best to the worst. Results that differ by rounding share a rank."""
    sign = -1 if metric and metric.better == "higher" else 1
    equal: dict[Any, Decimal] = {}  # one for each precision, as those of one precision are equal
    rank = 0
    ordered = sorted(results, key=lambda pair: sign * pair[1].value)
    for position, (entry, result) in enumerate(ordered, start=1):
        if not equal or not all(_equal_as_rounded(result.value, one) for one in equal.values()):
            rank, equal = position, {}
        equal[result.value.as_tuple().exponent] = result.value
        yield LeaderboardRow(entry, result, rank)


def _equal_as_rounded(one: Decimal, other: Decimal) -> bool:
    """True if two values are equal at the precision of the less precise one."""
    coarser = max((one, other), key=lambda value: value.as_tuple().exponent)
    return one.quantize(coarser) == other.quantize(coarser)
