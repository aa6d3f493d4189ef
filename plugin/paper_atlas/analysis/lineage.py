"""Who builds on whom: the papers of relations as a forest, and as a drawing over the years.

Each paper has a row of its own, below the paper that it builds on; its place across is its year.
Of several papers that it builds on, the newest is the one below which it stands.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.text.slug import short_name

RELATION = "extends"
ROW, YEAR, LEFT, TOP = 24.0, 64.0, 40.0, 36.0  # pixels
_LETTER = 7.2  # the width of a letter, on average
_LABEL = 40  # letters


@dataclass(frozen=True)
class Node:
    """A paper with its depth in the forest, and those that it builds on, the newest first."""

    entry: Entry
    depth: int
    above: tuple[Entry, ...]

    @property
    def others(self) -> tuple[Entry, ...]:
        """Those that it builds on but for the one below which it stands."""
        return self.above[1:]


@dataclass(frozen=True)
class Dot:
    """A paper in the drawing: where its dot is, and what stands beside it."""

    entry: Entry
    x: float
    y: float
    label: str


@dataclass(frozen=True)
class Line:
    """From a paper to one that builds on it; `main` where it stands below it."""

    path: str
    main: bool


@dataclass(frozen=True)
class Drawing:
    """A drawing in pixels: the years with their places across, dots and lines."""

    width: int
    height: int
    years: tuple[tuple[str, float], ...]
    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]


def forest(library: Library) -> list[Node]:
    """Every paper with a relation, each after the one that it stands below."""
    papers = [
        entry
        for entry in sorted(library.entries, key=_age)
        if library.related(entry, RELATION) or library.related(entry, "extended_by")
    ]
    above = {entry.id: _newest_first(library.related(entry, RELATION)) for entry in papers}
    below = defaultdict(list)
    for entry in papers:
        below[above[entry.id][0].id if above[entry.id] else ""].append(entry)
    nodes: dict[str, Node] = {}
    for root in [*below[""], *papers]:  # in a circle, which is a problem of its own, no one is root
        for entry, depth in _walk(root, below, nodes):
            nodes[entry.id] = Node(entry, depth, tuple(above[entry.id]))
    return list(nodes.values())


def _walk(
    root: Entry, below: Mapping[str, Sequence[Entry]], done: Mapping[str, Node]
) -> Iterator[tuple[Entry, int]]:
    """A tree in depth, without recursion: lines of papers can be long."""
    ahead = [(root, 0)]
    while ahead:
        entry, depth = ahead.pop()
        if entry.id not in done:
            yield entry, depth
            ahead += [(child, depth + 1) for child in reversed(below[entry.id])]


def drawing(nodes: Sequence[Node]) -> Drawing:
    """The drawing of a forest."""
    years = _years(nodes)
    places = {year: LEFT + number * YEAR for number, year in enumerate(years)}
    dots: dict[str, Dot] = {}
    for number, node in enumerate(nodes):
        x = places[node.entry.year]
        above = [dots[it.id].x for it in node.above if it.id in dots]
        x = max([x, *(other + ROW / 2 for other in above)])
        dots[node.entry.id] = Dot(node.entry, x, TOP + (number + 1) * ROW, _label(node.entry))
    right = max(dot.x + 14 + len(dot.label) * _LETTER for dot in dots.values())
    return Drawing(
        round(max(right, *places.values()) + LEFT / 2),
        round(TOP + (len(nodes) + 1) * ROW),
        tuple((str(year or "?"), x) for year, x in places.items()),
        tuple(dots.values()),
        tuple(_lines(nodes, dots)),
    )


def _lines(nodes: Iterable[Node], dots: Mapping[str, Dot]) -> Iterator[Line]:
    for node in nodes:
        to = dots[node.entry.id]
        for number, entry in enumerate(node.above):
            start = dots[entry.id]
            if number == 0:
                path = f"M{start.x:g} {start.y:g}V{to.y:g}H{to.x:g}"
            else:
                path = f"M{start.x:g} {start.y:g}Q{to.x:g} {start.y:g} {to.x:g} {to.y:g}"
            yield Line(path, number == 0)


def _newest_first(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=_age, reverse=True)


def _age(entry: Entry) -> tuple[int, str, str]:
    return entry.year or 0, entry.title.casefold(), entry.id


def _years(nodes: Iterable[Node]) -> list[int | None]:
    """Every year from the first to the last; before them a place for papers without one."""
    known = {node.entry.year for node in nodes}
    years = sorted(year for year in known if year)
    filled: list[int | None] = [None] if None in known else []
    return [*filled, *(range(years[0], years[-1] + 1) if years else ())]


def _label(entry: Entry) -> str:
    name = short_name(entry.title, entry.authors, entry.year)
    return name if len(name) <= _LABEL else f"{name[: _LABEL - 1].rstrip()}…"


def nested(nodes: Sequence[Node]) -> Iterator[tuple[Node, int, bool]]:
    """Each node with the number of lists to close behind it, and whether one opens behind it."""
    for node, after in pairwise([*nodes, None]):
        depth = after.depth if after else 0
        if node:
            yield node, max(node.depth - depth, 0), depth > node.depth
