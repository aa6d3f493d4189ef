"""Leaderboards: the results on a split of a data set, as rows of papers and columns of values.

A row has the values of a paper from one source. A column has one target and one metric. Values are
compared within a column only, and only if they are verified, and have a split and a metric of the
vocabulary. The vocabulary defines whether higher or lower values of a metric are better. Results of
retracted papers are left out. A split named `test` is the official test set, which comes first.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from paper_atlas.model.entry import Entry, Result
from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Metric, Term, Vocabulary
from paper_atlas.text.spelling import spelling_key
from paper_atlas.text.titles import capitalized

DATASETS, TARGETS = "datasets", "targets"
"""The names of the facets for the data set and the target of a result."""

_OFFICIAL = "test"
_MAX_COLUMNS = 40  # of a matrix; further ones are in another matrix


@dataclass(frozen=True)
class MatrixColumn:
    """What the values of a column state. The target is empty if the results name none.

    `better` is "higher" or "lower", or empty if the metric is not in the vocabulary.
    """

    target: str
    metric: str
    better: str


@dataclass(frozen=True)
class MatrixCell:
    """A value in a matrix.

    `is_compared` is false if it must not be compared. `is_best` is true for the best of at least
    two compared values of a column, and for those that differ from it only by rounding.
    """

    result: Result
    is_compared: bool
    is_best: bool = False


@dataclass(frozen=True)
class MatrixRow:
    """The values of a paper from one source, with a cell or None for each column."""

    entry: Entry
    cells: tuple[MatrixCell | None, ...]


@dataclass(frozen=True)
class ResultMatrix:
    """Papers as rows and values as columns, with rarely stated values last.

    A row is before another one if it has more values of the metric of the first column, else if
    their mean is better.
    """

    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True)
class Leaderboard:
    """The results on one split. Matrices have no column in common."""

    split: str
    matrices: tuple[ResultMatrix, ...]

    @property
    def is_official(self) -> bool:
        """True if the results are on the official test set."""
        return spelling_key(self.split) == _OFFICIAL


@dataclass(frozen=True)
class DatasetResults:
    """The results on a data set: those with a split, and those without."""

    leaderboards: tuple[Leaderboard, ...]
    without_split: tuple[tuple[Entry, Result], ...]

    @property
    def cells(self) -> Iterator[tuple[Entry, MatrixCell]]:
        """The values with a split."""
        for board in self.leaderboards:
            for matrix in board.matrices:
                for row in matrix.rows:
                    yield from ((row.entry, cell) for cell in row.cells if cell)

    @property
    def count(self) -> int:
        """The number of values."""
        return len(self.without_split) + sum(1 for _ in self.cells)

    @property
    def compared_ids(self) -> frozenset[str]:
        """The ids of the papers with a value that can be compared."""
        return frozenset(entry.id for entry, cell in self.cells if cell.is_compared)


Leaderboards = Mapping[str, DatasetResults]
"""The results by the id of their data set."""

_Column = tuple[str, str]  # the keys of a target and a metric
_Row = tuple[Entry, dict[_Column, Result]]


def leaderboards_by_dataset(library: Library) -> Leaderboards:
    """Return the results of each data set of the vocabulary that has any."""
    vocabulary = library.vocabulary
    grouped: dict[str, dict[str, list[tuple[Entry, Result]]]] = defaultdict(dict)
    for entry in library.entries:
        for result in () if entry.retracted else entry.results:
            if dataset := dataset_of(result, vocabulary):
                splits = grouped[dataset.id]
                splits.setdefault(spelling_key(result.split or ""), []).append((entry, result))
    return {name: _dataset_results(splits, vocabulary) for name, splits in grouped.items()}


def is_comparable(entry: Entry, result: Result, metric: Metric | None) -> bool:
    """True if a result may be compared with others."""
    is_reliable = "results" not in entry.unverified and not entry.retracted
    return is_reliable and metric is not None and bool(result.split)


def dataset_of(result: Result, vocabulary: Vocabulary) -> Term | None:
    """Return the data set of a result, or None if the vocabulary does not list it."""
    facet = vocabulary.facets.get(DATASETS)
    return facet.find_term(result.dataset) if facet else None


def target_title(result: Result, vocabulary: Vocabulary) -> str:
    """Return the title of the target of a result, or an empty string."""
    facet = vocabulary.facets.get(TARGETS)
    term = facet.find_term(result.target) if facet and result.target else None
    return term.title if term else capitalized(result.target or "")


def metric_title(result: Result, vocabulary: Vocabulary) -> str:
    """Return the title of the metric of a result."""
    metric = vocabulary.find_metric(result.metric)
    return metric.title if metric else capitalized(result.metric)


def _dataset_results(
    splits: Mapping[str, Sequence[tuple[Entry, Result]]], vocabulary: Vocabulary
) -> DatasetResults:
    """Return the results by the key of their split, with an empty key for those without."""
    keys = sorted(filter(None, splits), key=lambda key: (key != _OFFICIAL, key))
    boards = (
        Leaderboard(splits[key][0][1].split or "", _matrices(splits[key], vocabulary))
        for key in keys
    )
    return DatasetResults(tuple(boards), tuple(splits.get("", ())))


def _matrices(
    results: Iterable[tuple[Entry, Result]], vocabulary: Vocabulary
) -> tuple[ResultMatrix, ...]:
    """Return the matrices of a split, the one with most papers first."""
    rows: dict[tuple[str, str, int], _Row] = {}
    columns: dict[_Column, MatrixColumn] = {}
    counts = Counter[tuple[str, str, _Column]]()
    for entry, result in results:
        target, metric = target_title(result, vocabulary), metric_title(result, vocabulary)
        known = vocabulary.find_metric(result.metric)
        key, source = (spelling_key(target), spelling_key(metric)), result.stated or ""
        columns.setdefault(key, MatrixColumn(target, metric, known.better if known else ""))
        number = counts[entry.id, source, key]  # a second value is in a second row
        _, values = rows.setdefault((entry.id, source, number), (entry, {}))
        values[key] = result
        counts[entry.id, source, key] += 1
    parts = sorted(_connected(columns, rows.values()), key=lambda part: -len(part))
    return tuple(
        _matrix({key: columns[key] for key in keys}, some, vocabulary)
        for part in parts
        for keys, some in _bounded(part)
    )


def _connected(columns: Iterable[_Column], rows: Iterable[_Row]) -> list[list[_Row]]:
    """Return rows in groups, such that rows of different groups have no column in common."""
    above = {column: column for column in columns}

    def find(column: _Column) -> _Column:
        while above[column] != column:
            above[column] = column = above[above[column]]
        return column

    for _, values in rows:
        first, *others = values
        for other in others:
            above[find(other)] = find(first)
    parts: dict[_Column, list[_Row]] = defaultdict(list)
    for row in rows:
        parts[find(next(iter(row[1])))].append(row)
    return [*parts.values()]


def _bounded(rows: Sequence[_Row]) -> Iterator[tuple[Sequence[_Column], Sequence[_Row]]]:
    """Yield columns in groups, each with its rows. Otherwise most cells of a matrix may be empty.

    Rarely stated values come last.
    """
    found: dict[_Column, list[int]] = defaultdict(list)
    for number, (_, values) in enumerate(rows):
        for key in values:
            found[key].append(number)
    most = max(map(len, found.values()))
    rare = [key for key in found if len(found[key]) * 2 < most]
    common = [key for key in found if len(found[key]) * 2 >= most]
    parts = [common, rare] if len(found) > _MAX_COLUMNS else [common + rare]
    for part in parts:
        for start in range(0, len(part), _MAX_COLUMNS):
            keys = part[start : start + _MAX_COLUMNS]
            numbers = {number for key in keys for number in found[key]}
            yield keys, [rows[number] for number in sorted(numbers)]


def _matrix(
    columns: Mapping[_Column, MatrixColumn], rows: Sequence[_Row], vocabulary: Vocabulary
) -> ResultMatrix:
    best = {key: _best_value(key, one, rows, vocabulary) for key, one in columns.items()}

    def cell(entry: Entry, key: _Column, result: Result) -> MatrixCell:
        is_compared = is_comparable(entry, result, vocabulary.find_metric(result.metric))
        value = best[key] if is_compared else None
        is_best = value is not None and _equal_as_rounded(result.value, value)
        return MatrixCell(result, is_compared, is_best)

    made = [
        MatrixRow(
            entry,
            tuple(cell(entry, key, values[key]) if key in values else None for key in columns),
        )
        for entry, values in rows
    ]
    heads = tuple(columns.values())
    return ResultMatrix(heads, tuple(sorted(made, key=lambda row: _row_order(heads, row))))


def _best_value(
    key: _Column, column: MatrixColumn, rows: Iterable[_Row], vocabulary: Vocabulary
) -> Decimal | None:
    """Return the best of at least two values that can be compared."""
    metric = vocabulary.find_metric(column.metric)
    values = [
        result.value
        for entry, results in rows
        if (result := results.get(key)) and is_comparable(entry, result, metric)
    ]
    if len(values) < 2:
        return None
    return max(values) if column.better == "higher" else min(values)


def _row_order(columns: Sequence[MatrixColumn], row: MatrixRow) -> tuple[bool, int, float]:
    """Return the key by which rows are sorted: by the values of the metric of the first column."""
    first = columns[0]
    values = [
        float(cell.result.value)
        for column, cell in zip(columns, row.cells, strict=True)
        if cell and column.metric == first.metric and (cell.is_compared or not first.better)
    ]
    mean = sum(values) / len(values) if values else 0.0
    return not values, -len(values), mean if first.better == "lower" else -mean


def _equal_as_rounded(one: Decimal, other: Decimal) -> bool:
    """True if two values are equal at the precision of the less precise one."""
    coarser = max((one, other), key=lambda value: value.as_tuple().exponent)
    return one.quantize(coarser) == other.quantize(coarser)
