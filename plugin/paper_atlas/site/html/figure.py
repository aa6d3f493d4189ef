"""The figure of an atlas: an SVG drawing whose groups are regions, with labels at both sides.

A group whose id is the region of a term becomes a link to that term. The labels are HTML beside the
drawing, so that their letters have the size of the page; a line leads from each to its region.
https://www.w3.org/TR/SVG2/
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Literal
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from paper_atlas.model.vocabulary import Term
from paper_atlas.site.html.shapes import Box, Outline, box_of, is_inside, outlines_by_id
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
_STRENGTH = 0.75  # power of the share of papers, so that small shares differ
ElementTree.register_namespace("", SVG)
ElementTree.register_namespace("xlink", XLINK)


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
    side: Literal["start", "end"] = "start"
    step: int = 1


def labelled_figure(
    text: str, regions: Mapping[str, Sequence[RegionTerm]]
) -> tuple[str, list[RegionLabel]]:
    """Return the drawing from `clean_svg` with links and lines to labels, and the labels.

    The labels are in the order from top to bottom. `regions` are the terms of each region, the one
    with most papers first.
    """
    root = ElementTree.fromstring(text)
    outlines = {name.removeprefix(ID_PREFIX): parts for name, parts in outlines_by_id(root).items()}
    drawn = {name: parts for name, parts in outlines.items() if name in regions}
    pins = _place_drawing(root, _pins(drawn))
    labels = _place_labels([RegionLabel(name, tuple(regions[name])) for name in pins], pins)
    _link_regions(root, regions)
    outer = Element(f"{{{SVG}}}svg", {"viewBox": f"0 0 {_WIDTH} {_HEIGHT}", "aria-hidden": "true"})
    outer.append(root)
    outer.append(_leads(labels, pins))
    return ElementTree.tostring(outer, encoding="unicode"), labels


def glyph_id(region: str) -> str:
    """Return the id of a region in the drawing on a page."""
    return ID_PREFIX + region


def glyph_boxes(text: str) -> dict[str, str]:
    """Return a square view box around each region of a drawing from `clean_svg`, or nothing."""
    if not text:
        return {}
    outlines = outlines_by_id(ElementTree.fromstring(text))
    return {
        name.removeprefix(ID_PREFIX): _square(box_of([point for part in parts for point in part]))
        for name, parts in outlines.items()
    }


def region_drawing(text: str, region: str) -> str:
    """Return the element of a region in a drawing from `clean_svg`, or nothing."""
    root = ElementTree.fromstring(text)
    for element in root.iter():
        if element.get("id") == glyph_id(region):
            return ElementTree.tostring(element, encoding="unicode")
    return ""


def _square(box: Box) -> str:
    size = 1.1 * max(box.right - box.left, box.bottom - box.top, 1)
    corner = box.middle - complex(size, size) / 2
    return f"{corner.real:.4g} {corner.imag:.4g} {size:.4g} {size:.4g}"


def _pins(regions: Mapping[str, Sequence[Outline]]) -> dict[str, complex]:
    """Return a point of each region: inside of its largest shape, or on its outline.

    A region around most others, such as the skin, gets the point far from all others.
    """
    largest = {name: max(parts, key=_size) for name, parts in regions.items()}
    pins = {name: _point_of(outline) for name, outline in largest.items()}
    for name, outline in largest.items():
        others = [pin for other, pin in pins.items() if other != name]
        box = box_of(outline)
        if sum(pin in box for pin in others) > max(1, len(others) / 2):
            pins[name] = max(outline, key=lambda point: min(abs(point - pin) for pin in others))
    return pins


def _size(outline: Outline) -> float:
    box = box_of(outline)
    return (box.right - box.left) * (box.bottom - box.top)


def _point_of(outline: Outline) -> complex:
    middle = box_of(outline).middle
    if is_inside(middle, outline):
        return middle
    return min(outline, key=lambda point: abs(point - middle))


def _place_drawing(root: Element, pins: Mapping[str, complex]) -> dict[str, complex]:
    """Place the drawing in the middle of the figure, and return the places of its pins."""
    left, top, width, height = map(float, root.get("viewBox", "").split())
    scale = min(_DRAWING_WIDTH / width, (_HEIGHT - 2 * _MARGIN) / height)
    corner = complex(_WIDTH - width * scale, _HEIGHT - height * scale) / 2
    place = {"x": corner.real, "y": corner.imag, "width": width * scale, "height": height * scale}
    for name, value in place.items():
        root.set(name, f"{value:.5g}")
    return {name: corner + (pin - complex(left, top)) * scale for name, pin in pins.items()}


def _place_labels(labels: Iterable[RegionLabel], pins: Mapping[str, complex]) -> list[RegionLabel]:
    """Give each label the nearer side and a step near its pin, without one above another."""
    by_x = sorted(labels, key=lambda label: pins[label.region].real)
    half = (len(by_x) + 1) // 2
    placed = [
        *_spread([replace(label, side="start") for label in by_x[:half]], pins),
        *_spread([replace(label, side="end") for label in by_x[half:]], pins),
    ]
    return sorted(placed, key=lambda label: (label.step, label.side))


def _spread(labels: Iterable[RegionLabel], pins: Mapping[str, complex]) -> Iterator[RegionLabel]:
    """Yield the labels of a side with their steps. Those that have no room are left out."""
    by_y = sorted(labels, key=lambda label: pins[label.region].imag)[:STEPS]
    sizes = [_size_of(label) for label in by_y]
    if sum(sizes) > STEPS:
        by_y = [replace(label, terms=label.terms[:1]) for label in by_y]
        sizes = [_LEAST if _LEAST * len(by_y) <= STEPS else 1] * len(by_y)
    room = sum(sizes)
    step = 1
    for label, size in zip(by_y, sizes, strict=True):
        wanted = ceil(pins[label.region].imag / _HEIGHT * STEPS)
        step = max(step, min(wanted, STEPS - room + 1))
        yield replace(label, step=step)
        step, room = step + size, room - size


def _size_of(label: RegionLabel) -> int:
    """Return the steps that a label needs: the lines of its title, and of its narrower terms."""
    letters = [len(f"{one.term.short_title} {one.count}") + 3 for one in label.terms]
    letters[0] = len(f"{label.terms[0].term.title} {label.terms[0].count}")
    lines = ceil(letters[0] / _LETTERS) + ceil(sum(letters[1:]) / _LETTERS)
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


def _link_regions(root: Element, regions: Mapping[str, Sequence[RegionTerm]]) -> None:
    """Make each region a link. Its colour is as strong as its share of the papers."""
    most = max((terms[0].count for terms in regions.values()), default=0) or 1
    for parent in list(root.iter()):
        for index, child in enumerate(list(parent)):
            name = child.get("id", "").removeprefix(ID_PREFIX)
            if name in regions and child.tag in _DRAWN_TAGS:
                strength = (regions[name][0].count / most) ** _STRENGTH
                attributes = {
                    f"{{{XLINK}}}href": regions[name][0].url,
                    "class": "region",
                    "data-n": str(round(strength * STEPS)),
                    "data-region": name,
                    "tabindex": "-1",
                }
                link = Element(f"{{{SVG}}}a", attributes)
                link.append(child)
                parent[index] = link
