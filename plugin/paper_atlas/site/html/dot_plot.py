"""A plot of results over the years: positions of dots, of their names, and of the axes.

Horizontal positions are percentages of the width, and heights are pixels, so that text keeps its
size on every screen. Results of up to two splits are in one plot, as filled and as hollow dots.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import NamedTuple

from paper_atlas.model.entry import Entry

MIN_DOTS = 3
"""A plot of fewer values would show nothing."""

_HEIGHT, _TOP, _BASE = 270.0, 12.0, 240.0
_LEFT, _RIGHT = 5.0, 97.0
_TICKS, _YEARS = 6, 16  # at most
_NAMES = 100  # at most
_PIXELS = 7.2  # in a percent of the width of a narrow screen, for which names are placed
_LETTER, _LINE, _GAP = 6.8, 15.0, 10.0  # pixels of a letter, of a line, and beside a dot


class Point(NamedTuple):
    """A value of a paper: its text, and the number of its split (0 or 1)."""

    entry: Entry
    name: str
    text: str
    split: int


@dataclass(frozen=True)
class PlottedPoint:
    """A point at (x, y). `share` is the position of its value on the axis, from 0 to 100.

    `anchor` is "start" or "end" if there is space for the name beside the dot, else empty.
    """

    point: Point
    x: float
    y: float
    share: float
    anchor: str


@dataclass(frozen=True)
class DotPlot:
    """Dots over the years, the oldest first. Ticks are texts with their position.

    `subject` says what the values are; `splits` are the titles of the splits.
    """

    subject: str
    splits: tuple[str, ...]
    height: float
    base: float
    values: tuple[tuple[str, float], ...]
    years: tuple[tuple[str, float], ...]
    dots: tuple[PlottedPoint, ...]


def dot_plot(subject: str, splits: Sequence[str], points: Sequence[Point]) -> DotPlot:
    """Return the plot of points whose papers have a year."""
    ordered = sorted(points, key=lambda point: (_year(point), point.split, point.name))
    values = [float(point.text) for point in ordered]
    ticks, least, most = _ticks(min(values), max(values))
    first, last = _year(ordered[0]), _year(ordered[-1])
    shares = [(value - least) / (most - least) for value in values]
    places = [
        (x, round(_BASE - share * (_BASE - _TOP), 1))
        for x, share in zip(_horizontal(ordered, first, last), shares, strict=True)
    ]
    anchors = _anchors(ordered, places)
    dots = (
        PlottedPoint(point, x, y, round(share * 100, 1), anchor)
        for point, (x, y), share, anchor in zip(ordered, places, shares, anchors, strict=True)
    )
    heights = [
        (text, round(_BASE - (value - least) / (most - least) * (_BASE - _TOP), 1))
        for text, value in ticks
    ]
    step = -(-(last - first + 1) // _YEARS)
    years = [(str(year), _middle(year, first, last)) for year in range(first, last + 1, step)]
    lists = tuple(heights), tuple(years), tuple(dots)
    return DotPlot(subject, tuple(splits), _HEIGHT, _BASE, *lists)


def _year(point: Point) -> int:
    return point.entry.year or 0


def _ticks(least: float, most: float) -> tuple[list[tuple[str, float]], float, float]:
    """Return round numbers from below the least to above the most value, and their ends."""
    range_ = most - least or abs(most) or 1.0
    power = 10.0 ** floor(log10(range_ / (_TICKS - 1)))
    step = next(
        factor * power for factor in (1, 2, 5, 10, 20) if range_ / (factor * power) <= _TICKS - 2
    )
    digits = max(0, -floor(log10(step)))
    bottom = floor(least / step)
    top = max(-floor(-most / step), bottom + 1)
    marks = [(f"{number * step:.{digits}f}", number * step) for number in range(bottom, top + 1)]
    return marks, bottom * step, top * step


def _slot(first: int, last: int) -> float:
    return (_RIGHT - _LEFT) / (last - first + 1)


def _middle(year: int, first: int, last: int) -> float:
    return round(_LEFT + (year - first + 0.5) * _slot(first, last), 2)


def _horizontal(points: Sequence[Point], first: int, last: int) -> Iterator[float]:
    """Yield the positions of points. Those of one year are beside each other."""
    counts, width = Counter(map(_year, points)), min(_slot(first, last) * 0.7, 20.0)
    before: dict[int, int] = defaultdict(int)
    for point in points:
        year = _year(point)
        offset = (before[year] + 0.5) / counts[year] - 0.5
        before[year] += 1
        yield round(_middle(year, first, last) + offset * width, 2)


def _anchors(points: Sequence[Point], places: Sequence[tuple[float, float]]) -> list[str]:
    """Return on which side of its dot each name has space, the highest dots first."""
    dots = [(x * _PIXELS, y) for x, y in places]
    names: list[tuple[float, float, float]] = []  # start, end, y
    found = [""] * len(points)
    highest = sorted(range(len(points)), key=lambda number: dots[number][1])
    for number in highest[:_NAMES]:
        x, y = dots[number]
        length = len(points[number].name) * _LETTER
        for anchor, start in (("start", x + _GAP), ("end", x - _GAP - length)):
            end = start + length
            is_inside = start >= _LEFT * _PIXELS and end <= 100 * _PIXELS
            others = [place for place in dots if place != dots[number]]
            if is_inside and not (
                any(abs(y - b) < _GAP and start - _GAP < a < end + _GAP for a, b in others)
                or any(abs(y - b) < _LINE and start < e and end > s for s, e, b in names)
            ):
                names.append((start, end, y))
                found[number] = anchor
                break
    return found
