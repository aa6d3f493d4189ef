"""The figure of an atlas: an SVG drawing whose groups are regions, with labels at both sides.

A group whose id is the region of a term has the colour of its papers. The labels are HTML beside
the drawing, so that their letters have the size of the page; a line leads from each to its region.
Only the labels are links; with a script, regions lead to the same pages.
https://www.w3.org/TR/SVG2/
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import accumulate
from math import ceil
from statistics import median
from typing import Literal, NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from paper_atlas.analysis.rising import nearest_rising
from paper_atlas.model.vocabulary import Term
from paper_atlas.site.html.shapes import Outline, box_of, is_inside, outlines_by_id
from paper_atlas.source.svg.rules import DRAWN, ID_PREFIX
from paper_atlas.source.svg.tree import SVG, XLINK

STEPS = 20
"""The positions of labels along a side, and the strengths of colours, as in the stylesheet."""

_WIDTH, _HEIGHT = 740, 560  # of the figure with its labels
_DRAWING_WIDTH, _MARGIN = 330, 8
_LABEL_END, _ELBOW = 186, 19  # from the side to the end of a label, and from there to a bend
_FIRST, _LINE = 0.3, 0.7  # steps of a label, and of each of its lines
_LETTERS = 18  # of a line
_LEAST = 2  # steps from one label to the next, unless there are too many
_DRAWN_TAGS = {f"{{{SVG}}}{name}" for name in DRAWN}
_MIDDLE = 0.04  # share of the width of all regions, in which a region has no side
_INSIDE = 0.25  # share of the width of a shape, from its side to its pin
_STROKES = 26  # strokes in the width of a glyph
_STRENGTH = 0.75  # power of the share of papers, so that small shares differ
ElementTree.register_namespace("", SVG)
ElementTree.register_namespace("xlink", XLINK)


Side = Literal["start", "end"]


@dataclass(frozen=True)
class RegionTerm:
    """A term of a region with the number of its papers and the address of its page."""

    term: Term
    count: int
    url: str


@dataclass(frozen=True)
class RegionLabel:
    """A region with its terms, the one with most papers first.

    The label is at a side of the figure, `step` steps below its top.
    """

    region: str
    terms: tuple[RegionTerm, ...]
    side: Side = "start"
    step: int = 1


class Glyph(NamedTuple):
    """A region in a square: the view box, the width of strokes, and the SVG of its element."""

    view_box: str
    stroke_width: str
    drawing: str


def labelled_figure(
    text: str, regions: Mapping[str, Sequence[RegionTerm]]
) -> tuple[str, list[RegionLabel]]:
    """Return the drawing from `clean_svg` with its regions and lines to labels, and the labels.

    The labels are in the order of their regions from top to bottom; of many regions, those with
    most papers have one. `regions` are the terms of each region, the one with most papers first.
    """
    root = ElementTree.fromstring(text)
    outlines = {name.removeprefix(ID_PREFIX): parts for name, parts in outlines_by_id(root).items()}
    most_used = sorted(outlines.keys() & regions, key=lambda name: (-regions[name][0].count, name))
    drawn = {name: outlines[name] for name in most_used[: 2 * STEPS]}
    sides = _sides(drawn)
    points, around = _pins(drawn, sides)
    pins = _place_drawing(root, points)
    found = [RegionLabel(name, tuple(regions[name]), sides[name]) for name in pins]
    labels = _place_labels(found, pins)
    _mark_regions(root, regions, around)
    outer = Element(f"{{{SVG}}}svg", {"viewBox": f"0 0 {_WIDTH} {_HEIGHT}", "aria-hidden": "true"})
    outer.append(root)
    outer.append(_leads(labels, pins))
    return ElementTree.tostring(outer, encoding="unicode"), labels


def glyph_id(region: str) -> str:
    """Return the id of a region in the drawing on a page."""
    return ID_PREFIX + region


def glyphs_of(text: str, regions: Set[str]) -> dict[str, Glyph]:
    """Return regions of a drawing from `clean_svg`, if there is one, as glyphs by their name."""
    if not text:
        return {}
    root = ElementTree.fromstring(text)
    elements = {element.get("id", ""): element for element in root.iter()}
    outlines = outlines_by_id(root)
    names = ((name, glyph_id(name)) for name in regions)
    return {
        name: _glyph(elements[key], _all_points(outlines[key]))
        for name, key in names
        if key in outlines
    }


def _glyph(element: Element, points: Outline) -> Glyph:
    box = box_of(points)
    size = 1.1 * max(box.right - box.left, box.bottom - box.top, 1)
    corner = box.middle - complex(size, size) / 2
    view_box = f"{corner.real:.4g} {corner.imag:.4g} {size:.4g} {size:.4g}"
    drawing = ElementTree.tostring(element, encoding="unicode")
    return Glyph(view_box, f"{size / _STROKES:.4g}", drawing)


def _sides(drawn: Mapping[str, Sequence[Outline]]) -> dict[str, Side]:
    """Return the side of each label: that of its region, or the emptier one for the middle."""
    places = {name: box_of(_all_points(parts)).middle for name, parts in drawn.items()}
    whole = box_of(_all_points(map(_all_points, drawn.values())) or [0j])
    middle = median([place.real for place in places.values()] or [0])
    near = (whole.right - whole.left) * _MIDDLE
    sides: dict[str, Side] = {}
    for name, place in places.items():
        if abs(place.real - middle) > near:
            sides[name] = "start" if place.real < middle else "end"
    for name in sorted(places, key=lambda name: places[name].imag):
        if name not in sides:
            count = Counter(sides.values())
            sides[name] = "start" if count["start"] <= count["end"] else "end"
    return sides


def _all_points(parts: Iterable[Outline]) -> list[complex]:
    return [point for part in parts for point in part]


def _pins(
    drawn: Mapping[str, Sequence[Outline]], sides: Mapping[str, Side]
) -> tuple[dict[str, complex], set[str]]:
    """Return a point of each region near its side, and the regions around most others.

    A region around others, such as the skin, gets the point far from all others.
    """
    pins = {name: _point_of(parts, sides[name]) for name, parts in drawn.items()}
    around = set()
    for name, parts in drawn.items():
        others = [pin for other, pin in pins.items() if other != name]
        outline = max(parts, key=_size)
        box = box_of(outline)
        if sum(pin in box for pin in others) > max(1, len(others) / 2):
            around.add(name)
            is_start = sides[name] == "start"
            beside = [one for one in outline if (one.real < box.middle.real) == is_start]
            pins[name] = max(
                beside or outline, key=lambda one: min(abs(one - pin) for pin in others)
            )
    return pins, around


def _size(outline: Outline) -> float:
    box = box_of(outline)
    return (box.right - box.left) * (box.bottom - box.top)


def _point_of(parts: Sequence[Outline], side: Side) -> complex:
    """Return a point inside of the large shape nearest to a side, or on its outline."""
    largest = max(map(_size, parts))
    large = [part for part in parts if _size(part) >= largest / 2]
    choose = min if side == "start" else max
    outline = choose(large, key=lambda part: box_of(part).middle.real)
    box = box_of(outline)
    share = _INSIDE if side == "start" else 1 - _INSIDE
    point = complex(box.left + share * (box.right - box.left), box.middle.imag)
    if is_inside(point, outline):
        return point
    return min(outline, key=lambda one: abs(one - point))


def _place_drawing(root: Element, pins: Mapping[str, complex]) -> dict[str, complex]:
    """Place the drawing in the middle of the figure, and return the places of its pins."""
    left, top, width, height = map(float, root.get("viewBox", "").split())
    scale = min(_DRAWING_WIDTH / width, (_HEIGHT - 2 * _MARGIN) / height)
    corner = complex(_WIDTH - width * scale, _HEIGHT - height * scale) / 2
    place = {"x": corner.real, "y": corner.imag, "width": width * scale, "height": height * scale}
    for name, value in place.items():
        root.set(name, f"{value:.5g}")
    return {name: corner + (pin - complex(left, top)) * scale for name, pin in pins.items()}


def _place_labels(labels: Sequence[RegionLabel], pins: Mapping[str, complex]) -> list[RegionLabel]:
    """Give each label a step near its pin, without one above another."""
    placed = [
        label
        for side in ("start", "end")
        for label in _spread([one for one in labels if one.side == side], pins)
    ]
    return sorted(placed, key=lambda label: pins[label.region].imag)


def _spread(labels: Iterable[RegionLabel], pins: Mapping[str, complex]) -> Iterator[RegionLabel]:
    """Yield the labels of a side with their steps. Those that have no room are left out."""
    by_y = sorted(labels, key=lambda label: pins[label.region].imag)[:STEPS]
    sizes = [_size_of(label) for label in by_y]
    if sum(sizes) > STEPS:
        by_y = [replace(label, terms=label.terms[:1]) for label in by_y]
        sizes = [_LEAST if _LEAST * len(by_y) <= STEPS else 1] * len(by_y)
    before = [*accumulate(sizes, initial=0)]
    free = STEPS + 1 - before[-1]
    placed = [*zip(by_y, before, strict=False)]
    wanted = ((pins[one.region].imag / _HEIGHT * STEPS - size, 1) for one, size in placed)
    for (label, size), step in zip(placed, nearest_rising(wanted), strict=True):
        yield replace(label, step=size + min(max(1, round(step)), free))


def _size_of(label: RegionLabel) -> int:
    """Return the steps that a label needs: the lines of its title, and of its narrower terms."""
    first, *narrower = label.terms
    letters = len(f"{first.term.title} {first.count}")
    others = sum(len(f"{one.term.short_title} {one.count}") + 3 for one in narrower)
    lines = ceil(letters / _LETTERS) + ceil(others / _LETTERS)
    return max(_LEAST, ceil(_FIRST + _LINE * lines))


def _leads(labels: Iterable[RegionLabel], pins: Mapping[str, complex]) -> Element:
    """Return the lines from the labels to the pins."""
    group = Element(f"{{{SVG}}}g", {"class": "leads"})
    for label in labels:
        pin, y = pins[label.region], (label.step - 0.5) * _HEIGHT / STEPS
        end, bend = _LABEL_END, _LABEL_END + _ELBOW
        if label.side == "end":
            end, bend = _WIDTH - end, _WIDTH - bend
        line = f"M{end} {y:g}H{bend}L{pin.real:.4g} {pin.imag:.4g}"
        SubElement(group, f"{{{SVG}}}path", {"class": "lead", "d": line})
        circle = {"class": "pin", "cx": f"{pin.real:.4g}", "cy": f"{pin.imag:.4g}", "r": "3"}
        SubElement(group, f"{{{SVG}}}circle", circle)
    return group


def _mark_regions(
    root: Element, regions: Mapping[str, Sequence[RegionTerm]], around: Set[str]
) -> None:
    """Put each region into a group. Its colour is as strong as its share of the papers.

    A region `around` others has a quiet colour.
    """
    most = max((terms[0].count for terms in regions.values()), default=0) or 1
    for parent in list(root.iter()):
        for index, child in enumerate(list(parent)):
            name = child.get("id", "").removeprefix(ID_PREFIX)
            if name in regions and child.tag in _DRAWN_TAGS:
                strength = (regions[name][0].count / most) ** _STRENGTH
                attributes = {
                    "class": "region around" if name in around else "region",
                    "data-n": str(round(strength * STEPS)),
                    "data-region": name,
                }
                group = Element(f"{{{SVG}}}g", attributes)
                group.append(child)
                parent[index] = group
