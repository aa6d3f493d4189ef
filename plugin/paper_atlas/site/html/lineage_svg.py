"""The lineage of papers as a drawing, in pixels.

The columns are years. A paper that extends one of the same year is in a further column of that
year. A line that passes a column has a lane between its boxes. All lines from a paper share it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from paper_atlas.analysis.lineage import Family, LineageNode
from paper_atlas.analysis.rising import nearest_rising
from paper_atlas.model.entry import Entry

BOX_HEIGHT = 24
_ROW, _LANE, _GAP, _TOP = 31.0, 9.0, 30.0, 40.0  # heights; the gap is between families
_GUTTER, _MARGIN, _EMPTY = 24.0, 4.0, 34.0  # widths; a year without papers is empty
_LETTER, _PADDING, _LETTERS = 6.5, 18, 17  # the width of a letter on average; the longest label
_LONGEST_AXIS = 40  # years; a longer one has only the years with papers
_UNDATED = 10_000  # the column after all years
_PASSES, _LANE_WEIGHT = 10, 4.0
_OTHER_KIND = 6  # the colour of papers that belong to none of the heads

ColumnKey = tuple[int, int]
"""A year and a number from 0 inside it."""


@dataclass(frozen=True)
class PaperBox:
    """A paper in the drawing. `kind` is the number of its colour, from 1 to 6."""

    entry: Entry
    label: str
    x: float
    y: float
    width: float
    kind: int
    is_head: bool


@dataclass(frozen=True)
class Edge:
    """A line from a paper to one that extends it, by their ids."""

    start: str
    end: str
    path: str


@dataclass(frozen=True)
class Drawing:
    """Years with their horizontal positions, lines, and boxes above the lines."""

    width: int
    height: int
    years: tuple[tuple[str, float], ...]
    edges: tuple[Edge, ...]
    boxes: tuple[PaperBox, ...]


def draw_lineage(families: Sequence[Family], heads: Sequence[Entry]) -> Drawing:
    """Return the drawing of families below each other.

    A paper has the colour of the nearest of the `heads` above it.
    """
    columns = _Columns([node for family in families for node in family])
    kinds = _kinds(families, heads)
    boxes: list[PaperBox] = []
    edges: list[Edge] = []
    top = _TOP
    for family in families:
        layout = _Layout(family, columns)
        top -= layout.top
        for node in family:
            x, width = columns.places[columns.key(node.entry)]
            name = node.entry.id
            y, label = layout.heights[name] + top, _cut(node.entry.short_name)
            is_head = node.entry in heads
            boxes.append(PaperBox(node.entry, label, x, y, width, kinds[name], is_head))
        edges += layout.edges(top)
        top += layout.bottom + _GAP
    return Drawing(
        round(columns.width), round(top - _GAP), columns.years, tuple(edges), tuple(boxes)
    )


def _kinds(families: Iterable[Family], heads: Sequence[Entry]) -> dict[str, int]:
    numbers = {head.id: number for number, head in enumerate(heads, start=1)}
    kinds: dict[str, int] = {}
    for family in families:
        for node in family:
            above = node.parents[0].id if node.depth else ""
            name = node.entry.id
            kinds[name] = numbers.get(name, kinds.get(above, _OTHER_KIND))
    return kinds


def _cut(name: str) -> str:
    return name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1].rstrip()}…"


class _Columns:
    """The columns of a drawing, from the earliest year to the latest."""

    def __init__(self, nodes: Sequence[LineageNode]) -> None:
        self._numbers = _numbers_in_year(nodes)
        years = {_year(node.entry) for node in nodes}
        labels: dict[ColumnKey, int] = defaultdict(int)
        for node in nodes:
            key = self.key(node.entry)
            labels[key] = max(labels[key], len(_cut(node.entry.short_name)))
        for year in _filled(sorted(years - {_UNDATED})):
            labels.setdefault((year, 0), 0)
        self.keys = sorted(labels)
        self.places: dict[ColumnKey, tuple[float, float]] = {}
        x = _MARGIN
        for key in self.keys:
            width = labels[key] * _LETTER + _PADDING if labels[key] else _EMPTY
            self.places[key] = x, max(width, _EMPTY)
            x += max(width, _EMPTY) + _GUTTER
        self.width = x - _GUTTER + _MARGIN

    def key(self, entry: Entry) -> ColumnKey:
        return _year(entry), self._numbers[entry.id]

    @cached_property
    def number(self) -> Mapping[ColumnKey, int]:
        return {key: number for number, key in enumerate(self.keys)}

    @property
    def years(self) -> tuple[tuple[str, float], ...]:
        return tuple(
            ("?" if year == _UNDATED else str(year), self.places[year, number][0])
            for year, number in self.keys
            if number == 0
        )


def _year(entry: Entry) -> int:
    return entry.year or _UNDATED


def _numbers_in_year(nodes: Sequence[LineageNode]) -> dict[str, int]:
    """Return the column of each paper inside its year: right of those that it extends."""
    numbers = {node.entry.id: 0 for node in nodes}
    for _ in range(_PASSES):
        before = dict(numbers)
        for node in nodes:
            above = (
                numbers[parent.id] + 1
                for parent in node.parents
                if parent.id in numbers and _year(parent) == _year(node.entry)
            )
            numbers[node.entry.id] = max(above, default=0)
        if numbers == before:
            break
    return numbers


def _filled(years: Sequence[int]) -> Sequence[int]:
    """Return every year from the first to the last, unless there are too many."""
    axis = range(years[0], years[-1] + 1) if years else range(0)
    return axis if len(axis) <= _LONGEST_AXIS else years


@dataclass(frozen=True)
class _Slot:
    """A box, or the lane of a paper in a column that its lines pass."""

    name: str
    wanted: float
    side: int
    size: float

    @property
    def weight(self) -> float:
        return _LANE_WEIGHT if self.size == _LANE else 1.0


class _Layout:
    """The heights of the boxes and lanes of a family, as near as possible to their parents."""

    def __init__(self, family: Family, columns: _Columns) -> None:
        self._columns = columns
        self._column = {node.entry.id: columns.number[columns.key(node.entry)] for node in family}
        self._relations = [
            (parent.id, node.entry.id)
            for node in family
            for parent in node.parents
            if parent.id in self._column
        ]
        self._last = dict(self._column)  # the last column that the lines of a paper reach
        for parent, child in self._relations:
            self._last[parent] = max(self._last[parent], self._column[child])
        self.heights: dict[str, float] = {}
        self._lanes: dict[tuple[str, int], float] = {}
        for number in range(len(columns.keys)):
            self._fill_column(family, number)
        ends = [*self.heights.values(), *self._lanes.values()]
        self.top, self.bottom = min(ends) - BOX_HEIGHT / 2, max(ends) + BOX_HEIGHT / 2

    def _fill_column(self, family: Family, number: int) -> None:
        slots = [*self._boxes(family, number)]
        for name, last in self._last.items():
            if self._column[name] < number < last:
                slots.append(_Slot(name, self._height_before(name, number), 0, _LANE))
        slots.sort(key=lambda slot: (slot.wanted, slot.side))
        for slot, height in zip(slots, _spread(slots), strict=True):
            if slot.size == _LANE:
                self._lanes[slot.name, number] = height
            else:
                self.heights[slot.name] = height

    def _boxes(self, family: Family, number: int) -> Iterator[_Slot]:
        """Yield the boxes of a column: half of the children of a paper are above its lane."""
        children: dict[str, list[str]] = defaultdict(list)
        for node in family:
            name = node.entry.id
            if self._column[name] == number:
                above = node.parents[0].id if node.depth else ""
                children[above if above in self.heights else ""].append(name)
        lowest = max([*self.heights.values(), *self._lanes.values()], default=-_ROW)
        for parent, names in children.items():
            for place, name in enumerate(names):
                wanted = self._height_before(parent, number) if parent else lowest + _ROW
                yield _Slot(name, wanted, 1 if place >= len(names) / 2 else -1, _ROW)

    def _height_before(self, name: str, number: int) -> float:
        """Return the height at which the lines of a paper arrive at a column."""
        return self._lanes.get((name, number - 1), self.heights[name])

    def edges(self, top: float) -> Iterator[Edge]:
        """Yield the lines, with the family at a distance from the top."""
        for parent, child in self._relations:
            yield Edge(parent, child, "".join(self._path(parent, child, top)))

    def _path(self, parent: str, child: str, top: float) -> Iterator[str]:
        places = [self._columns.places[key] for key in self._columns.keys]
        start, end = self._column[parent], self._column[child]
        x, y = places[start][0], self.heights[parent] + top
        if start < end:
            x += places[start][1]
        yield f"M{x:g} {y:.1f}"
        for number in range(start + 1, end):
            left, width = places[number]
            lane = self._lanes[parent, number] + top
            yield f"{_curve(x, y, left, lane)}H{left + width:g}"
            x, y = left + width, lane
        left, width = places[end]
        yield _curve(x, y, left + (width if start > end else 0), self.heights[child] + top)


def _curve(x: float, y: float, to_x: float, to_y: float) -> str:
    middle = (x + to_x) / 2
    return f"C{middle:g} {y:.1f} {middle:g} {to_y:.1f} {to_x:g} {to_y:.1f}"


def _spread(slots: Sequence[_Slot]) -> list[float]:
    """Return the heights of slots in this order, without overlaps, near to those that they want.

    Slots that would overlap form a block around the mean of what they want.
    """
    offsets, offset = [], 0.0
    for before, slot in zip([None, *slots], slots, strict=False):
        offset += (before.size + slot.size) / 2 if before else 0
        offsets.append(offset)
    wanted = zip(slots, offsets, strict=True)
    starts = nearest_rising((slot.wanted - offset, slot.weight) for slot, offset in wanted)
    return [start + offset for start, offset in zip(starts, offsets, strict=True)]
