"""The results on a data set as tables: a row for each paper, a column for each kind of value."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from paper_atlas.analysis.leaderboards import (
    DATASETS,
    Leaderboard,
    Leaderboards,
    MatrixCell,
    MatrixColumn,
    ResultMatrix,
    metric_title,
    target_title,
)
from paper_atlas.model.entry import Entry, Result
from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Term
from paper_atlas.site.blocks import DatasetScores, ScoreRow, Scores, ScoreTable
from paper_atlas.site.html.dot_plot import MIN_DOTS, DotPlot, Point, dot_plot
from paper_atlas.site.html.paper_view import source_of
from paper_atlas.text.titles import capitalized
from paper_atlas.translation import Translator

_MAX_COLUMNS = 7  # of a table; with more, a reader chooses between parts of it
_RANKED = 3  # rows; the order of fewer says nothing
_PLOTTED = 2  # splits


def dataset_scores(
    library: Library, translate: Translator, term: Term, tables: Leaderboards
) -> list[DatasetScores]:
    """Return the results on a data set and on narrower ones, such as challenge years, if any."""
    subtree = library.vocabulary.facets[DATASETS].subtree(term)
    found = [
        (one if one is not term else None, tables[one.id]) for one in subtree if one.id in tables
    ]
    if not found:
        return []
    view = _ScoreView(library, translate)
    places = [(dataset, board) for dataset, results in found for board in results.leaderboards]
    loose = list(chain.from_iterable(results.without_split for _, results in found))
    papers = {entry.id for entry in library.papers_within(DATASETS, term)}
    compared = frozenset[str]().union(*(results.compared_ids for _, results in found))
    return [
        DatasetScores(
            term,
            len(compared),
            len(papers | compared),
            [scores for place in places for scores in view.scores(*place)],
            [view.row_without_split(*one) for one in loose],
            len({entry.id for entry, _ in loose}),
            view.plot(places),
        )
    ]


class _ScoreView:
    """Makes the tables and the plot of results."""

    def __init__(self, library: Library, translate: Translator) -> None:
        self._library = library
        self._translate = translate

    def scores(self, dataset: Term | None, board: Leaderboard) -> Iterator[Scores]:
        """Yield the results on a split."""
        title, before = self._split_title(board), None
        first, *others = board.matrices
        for matrix in [first, *sorted(others, key=_has_one_row)]:
            is_folded = matrix is not first and _has_one_row(matrix)
            metrics = {column.metric for column in matrix.columns}
            metric = matrix.columns[0].metric if len(metrics) == 1 else ""
            remarks = [*self._remarks(matrix, is_single=bool(metric), is_folded=is_folded)]
            tables = [*self._tables(matrix, metric)]
            has_heading = metric != before and not is_folded
            yield Scores(title, dataset, metric, has_heading, tables, remarks, is_folded)
            before = metric

    def _split_title(self, board: Leaderboard) -> str:
        if board.is_official:
            return self._translate("Official test set")
        return capitalized(board.split)

    def _remarks(self, matrix: ResultMatrix, *, is_single: bool, is_folded: bool) -> Iterator[str]:
        translate = self._translate
        papers = len({row.entry.id for row in matrix.rows})
        if papers < _RANKED and not is_folded:
            yield translate("{count} papers: not ranked.", count=papers)
        better = {column.metric: column.better for column in matrix.columns}
        for metric, which in better.items():
            words = {
                "lower": translate("Lower is better."),
                "": translate("It is unknown whether higher or lower is better."),
            }.get(which)
            if words:
                yield words if is_single else f"{metric}: {words}"

    def _tables(self, matrix: ResultMatrix, metric: str) -> Iterator[ScoreTable]:
        for title, places in _parts(matrix.columns):
            heads = [_head(matrix.columns[place], metric, title) for place in places]
            rows = [_row(row.entry, [row.cells[place] for place in places]) for row in matrix.rows]
            yield ScoreTable(title, heads, [row for row in rows if any(row.cells)])

    def row_without_split(self, entry: Entry, result: Result) -> tuple[ScoreRow, str]:
        """Return a result without a split, and what it states."""
        vocabulary = self._library.vocabulary
        parts = target_title(result, vocabulary), metric_title(result, vocabulary)
        cell = MatrixCell(result, is_compared=False)
        return _row(entry, [cell]), ", ".join(filter(None, parts))

    def plot(self, places: Sequence[tuple[Term | None, Leaderboard]]) -> DotPlot | None:
        """Return the plot of the column with most values, if it has enough of them."""
        found: dict[MatrixColumn, dict[str, list[Point]]] = {}
        for dataset, board in places:
            title = self._split_title(board)
            split = f"{dataset.title}, {title}" if dataset else title
            for column, entry, text in _dated_values(board):
                name = entry.short_name
                splits = found.setdefault(column, {})
                splits.setdefault(split, []).append(Point(entry, name, text, 0))
        chosen = {column: _largest(splits) for column, splits in found.items()}
        enough = {
            column: sum(map(len, splits.values()))
            for column, splits in chosen.items()
            if max(map(len, splits.values())) >= MIN_DOTS
        }
        if not enough:
            return None
        best = max(enough, key=enough.__getitem__)
        points = [
            point._replace(split=number)
            for number, some in enumerate(chosen[best].values())
            for point in some
        ]
        subject = ", ".join(filter(None, (best.target, best.metric)))
        return dot_plot(subject, tuple(chosen[best]), points)


def _row(entry: Entry, cells: Sequence[MatrixCell | None]) -> ScoreRow:
    source, url = next((source_of(cell.result) for cell in cells if cell), ("", ""))
    name = entry.short_name
    year = "" if name.endswith(str(entry.year)) else str(entry.year or "")
    return ScoreRow(entry, name, year, cells, source, url, "results" not in entry.unverified)


def _has_one_row(matrix: ResultMatrix) -> bool:
    return len(matrix.rows) == 1


def _parts(columns: Sequence[MatrixColumn]) -> list[tuple[str, list[int]]]:
    """Return the columns of each table as (choice, places): of all, or if these are many of some.

    A reader chooses a metric, or what a target says after a comma, such as a phase of the heart.
    """
    if len(columns) > _MAX_COLUMNS:
        for part_of in (_metric, _variant):
            parts: dict[str, list[int]] = {}
            for place, column in enumerate(columns):
                parts.setdefault(part_of(column), []).append(place)
            if 1 < len(parts) <= _MAX_COLUMNS:
                return [*parts.items()]
    return [("", [*range(len(columns))])]


def _head(column: MatrixColumn, metric: str, part: str) -> str:
    """Return the head of a column without what the whole table or the choice `part` states."""
    target = column.target.removesuffix(f", {part}") if part else column.target
    shown = "" if column.metric in (metric, part) else column.metric
    return ", ".join(filter(None, (target, shown))) or column.metric


def _metric(column: MatrixColumn) -> str:
    return column.metric


def _variant(column: MatrixColumn) -> str:
    return column.target.rpartition(", ")[2] if ", " in column.target else ""


def _dated_values(board: Leaderboard) -> Iterator[tuple[MatrixColumn, Entry, str]]:
    """Yield the values that can be compared, of papers with a year."""
    for matrix in board.matrices:
        for row in matrix.rows:
            for column, cell in zip(matrix.columns, row.cells, strict=True):
                if cell and cell.is_compared and row.entry.year:
                    yield column, row.entry, str(cell.result.value)


def _largest(splits: Mapping[str, list[Point]]) -> dict[str, list[Point]]:
    """Return the splits with most values, as many as a plot can tell apart, in their order."""
    names = sorted(splits, key=lambda name: -len(splits[name]))[:_PLOTTED]
    return {name: points for name, points in splits.items() if name in names}
