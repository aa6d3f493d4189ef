"""Where the shapes of an SVG drawing are, roughly: the points of their outlines.

A curve counts by its ends and control points. Text and `use` have no outline here.
https://www.w3.org/TR/SVG2/shapes.html, https://www.w3.org/TR/SVG2/paths.html
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import isfinite
from typing import NamedTuple
from xml.etree.ElementTree import Element

from svgelements import Matrix, Path

from paper_atlas.source.svg.tree import SVG

# What svgelements raises for broken paths and transforms, and `float` for a length with a unit.
_UNREADABLE = (AttributeError, IndexError, TypeError, ValueError)
_ENDS = ("start", "control", "control1", "control2", "end")
Outline = Sequence[complex]
"""The points around a shape, as x + y j, in the units of the drawing."""


class Box(NamedTuple):
    """The smallest rectangle around points."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> complex:
        """Its middle, as x + y j."""
        return complex(self.left + self.right, self.top + self.bottom) / 2

    def __contains__(self, point: object) -> bool:
        """True if a point is inside."""
        return (
            isinstance(point, complex)
            and self.left <= point.real <= self.right
            and self.top <= point.imag <= self.bottom
        )


def box_of(outline: Outline) -> Box:
    """Return the rectangle around an outline.

    >>> box_of([1 + 2j, 5 + 3j, 2 + 7j])
    Box(left=1.0, top=2.0, right=5.0, bottom=7.0)
    """
    across, down = [point.real for point in outline], [point.imag for point in outline]
    return Box(min(across), min(down), max(across), max(down))


def is_inside(point: complex, outline: Outline) -> bool:
    """True if a point is inside of the polygon with these corners.

    >>> is_inside(1 + 1j, [0, 3, 3 + 3j, 3j]), is_inside(4 + 1j, [0, 3, 3 + 3j, 3j])
    (True, False)
    """
    crossings = 0
    for one, other in pairwise([*outline, outline[0]]):
        if (one.imag > point.imag) != (other.imag > point.imag):
            slope = (other.real - one.real) / (other.imag - one.imag)
            crossings += point.real < one.real + slope * (point.imag - one.imag)
    return crossings % 2 == 1


def outlines_by_id(root: Element) -> dict[str, list[Outline]]:
    """Return the outlines in each element with an id, the id included, in drawing order."""
    found: dict[str, list[Outline]] = {}
    ahead: list[tuple[Element, Matrix, tuple[str, ...]]] = [(root, Matrix(), ())]
    while ahead:  # without recursion, because a drawing can be deep
        element, around, ids = ahead.pop()
        transform = _matrix(element.get("transform", "")) * around
        ids = (*ids, element.get("id", "")) if element.get("id") else ids
        for outline in _outlines(element, transform):
            for name in ids:
                found.setdefault(name, []).append(outline)
        ahead += [(child, transform, ids) for child in reversed(element)]
    return found


def _outlines(element: Element, transform: Matrix) -> Iterator[Outline]:
    """Yield the outline of a shape, or of each part of a path."""
    name = element.tag.removeprefix(f"{{{SVG}}}")
    try:
        parts = [*_path_parts(element.get("d", ""))] if name == "path" else []
        parts.append([*_corners(name, element.attrib)])
    except _UNREADABLE:
        return
    for part in parts:
        placed = [complex(*transform.point_in_matrix_space((one.real, one.imag))) for one in part]
        if found := [point for point in placed if isfinite(abs(point))]:
            yield found


def _path_parts(data: str) -> Iterator[list[complex]]:
    for part in Path(data).as_subpaths():
        ends = (getattr(segment, end, None) for segment in part for end in _ENDS)
        yield [complex(end.x, end.y) for end in ends if end is not None]


def _corners(name: str, attributes: Mapping[str, str]) -> Iterator[complex]:
    def number(key: str) -> float:
        return float(attributes.get(key, 0))

    if name in {"polygon", "polyline"}:
        values = [float(value) for value in attributes.get("points", "").replace(",", " ").split()]
        yield from map(complex, values[::2], values[1::2])
    elif name == "line":
        yield from (complex(number("x1"), number("y1")), complex(number("x2"), number("y2")))
    elif name in {"circle", "ellipse"}:
        across, down = (number("r"),) * 2 if name == "circle" else (number("rx"), number("ry"))
        middle = complex(number("cx"), number("cy"))
        yield from (middle + across, middle + down * 1j, middle - across, middle - down * 1j)
    elif name in {"rect", "image"}:
        corner, width, height = complex(number("x"), number("y")), number("width"), number("height")
        yield from (corner, corner + width, corner + width + height * 1j, corner + height * 1j)


def _matrix(text: str) -> Matrix:
    try:
        return Matrix(text)
    except _UNREADABLE:
        return Matrix()
