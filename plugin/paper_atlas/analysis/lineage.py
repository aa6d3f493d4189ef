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

RELATION = "extends"


@dataclass(frozen=True)
class LineageNode:
    """A paper with its depth in the forest, and those that it builds on, the newest first."""

    entry: Entry
    depth: int
    parents: tuple[Entry, ...]

    @property
    def other_parents(self) -> tuple[Entry, ...]:
        """Those that it builds on but for the one below which it stands."""
        return self.parents[1:]


def forest(library: Library) -> list[LineageNode]:
    """Every paper with a relation, each after the one that it stands below."""
    papers = [
        entry
        for entry in sorted(library.entries, key=_age)
        if library.related_papers(entry, RELATION) or library.related_papers(entry, "extended_by")
    ]
    above = {entry.id: _newest_first(library.related_papers(entry, RELATION)) for entry in papers}
    below = defaultdict(list)
    for entry in papers:
        below[above[entry.id][0].id if above[entry.id] else ""].append(entry)
    nodes: dict[str, LineageNode] = {}
    for root in [*below[""], *papers]:  # in a circle, which is a problem of its own, no one is root
        for entry, depth in _walk(root, below, nodes):
            nodes[entry.id] = LineageNode(entry, depth, tuple(above[entry.id]))
    return list(nodes.values())


def _walk(
    root: Entry, below: Mapping[str, Sequence[Entry]], done: Mapping[str, LineageNode]
) -> Iterator[tuple[Entry, int]]:
    """A tree in depth, without recursion: lines of papers can be long."""
    ahead = [(root, 0)]
    while ahead:
        entry, depth = ahead.pop()
        if entry.id not in done:
            yield entry, depth
            ahead += [(child, depth + 1) for child in reversed(below[entry.id])]


def _newest_first(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=_age, reverse=True)


def _age(entry: Entry) -> tuple[int, str, str]:
    return entry.year or 0, entry.title.casefold(), entry.id


def nested_list(nodes: Sequence[LineageNode]) -> Iterator[tuple[LineageNode, int, bool]]:
    """Each node with the number of lists to close behind it, and whether one opens behind it."""
    for node, after in pairwise([*nodes, None]):
        depth = after.depth if after else 0
        if node:
            yield node, max(node.depth - depth, 0), depth > node.depth
