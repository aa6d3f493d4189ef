"""The lineage of papers as a drawing over the years, in pixels.

Each paper has a row below the paper that it extends. Its horizontal position is its year.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from paper_atlas.analysis.lineage import LineageNode
from paper_atlas.model.entry import Entry
from paper_atlas.text.names import short_name

ROW_HEIGHT, YEAR_WIDTH, LEFT_MARGIN, TOP_MARGIN = 24.0, 64.0, 40.0, 36.0  # pixels
_LETTER = 7.2  # the width of a letter, on average
_LABEL = 40  # letters


@dataclass(frozen=True)
class Dot:
    """A paper in the drawing: the position of its dot, and the label beside it."""

    entry: Entry
    x: float
    y: float
    label: str


@dataclass(frozen=True)
class Curve:
    """A line from a paper to one that extends it. `main` if the child is in a row below it."""

    path: str
    main: bool


@dataclass(frozen=True)
class Drawing:
    """A drawing in pixels: the years with their horizontal positions, dots and lines."""

    width: int
    height: int
    years: tuple[tuple[str, float], ...]
    dots: tuple[Dot, ...]
    lines: tuple[Curve, ...]


def draw_lineage(nodes: Sequence[LineageNode]) -> Drawing:
    """Return the drawing of a forest."""
    years = _years(nodes)
    places = {year: LEFT_MARGIN + number * YEAR_WIDTH for number, year in enumerate(years)}
    dots: dict[str, Dot] = {}
    for number, node in enumerate(nodes):
        x = places[node.entry.year]
        above = [dots[parent.id].x for parent in node.parents if parent.id in dots]
        x = max([x, *(other + ROW_HEIGHT / 2 for other in above)])
        dots[node.entry.id] = Dot(
            node.entry, x, TOP_MARGIN + (number + 1) * ROW_HEIGHT, _label(node.entry)
        )
    right = max(dot.x + 14 + len(dot.label) * _LETTER for dot in dots.values())
    return Drawing(
        round(max(right, *places.values()) + LEFT_MARGIN / 2),
        round(TOP_MARGIN + (len(nodes) + 1) * ROW_HEIGHT),
        tuple((str(year or "?"), x) for year, x in places.items()),
        tuple(dots.values()),
        tuple(_lines(nodes, dots)),
    )


def _lines(nodes: Iterable[LineageNode], dots: Mapping[str, Dot]) -> Iterator[Curve]:
    for node in nodes:
        to = dots[node.entry.id]
        for number, entry in enumerate(node.parents):
            start = dots.get(entry.id)
            if not start:
                continue  # the drawing has only a part of the forest
            if number == 0:
                path = f"M{start.x:g} {start.y:g}V{to.y:g}H{to.x:g}"
            else:
                path = f"M{start.x:g} {start.y:g}Q{to.x:g} {start.y:g} {to.x:g} {to.y:g}"
            yield Curve(path, number == 0)


def _years(nodes: Iterable[LineageNode]) -> list[int | None]:
    """Every year from the first to the last. None precedes them if papers have no year."""
    known = {node.entry.year for node in nodes}
    years = sorted(year for year in known if year)
    filled: list[int | None] = [None] if None in known else []
    return [*filled, *(range(years[0], years[-1] + 1) if years else ())]


def _label(entry: Entry) -> str:
    name = short_name(entry.title, entry.authors, entry.year)
    return name if len(name) <= _LABEL else f"{name[: _LABEL - 1].rstrip()}…"
