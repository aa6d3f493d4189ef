"""The lineage of papers: a forest of the papers that extend others.

Each paper is below the paper that it extends. If it extends several, it is below the newest one.
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
    """A paper with its depth in the forest, and the papers that it extends, the newest first."""

    entry: Entry
    depth: int
    parents: tuple[Entry, ...]

    @property
    def other_parents(self) -> tuple[Entry, ...]:
        """The extended papers except the one that this paper is below."""
        return self.parents[1:]


def lineage_forest(library: Library) -> list[LineageNode]:
    """Return the papers that extend a paper or are extended by one, in depth-first order."""
    papers = [
        entry
        for entry in sorted(library.entries, key=_age_key)
        if library.related_papers(entry, RELATION) or library.related_papers(entry, "extended_by")
    ]
    parents = {entry.id: _newest_first(library.related_papers(entry, RELATION)) for entry in papers}
    below = defaultdict(list)
    for entry in papers:
        below[parents[entry.id][0].id if parents[entry.id] else ""].append(entry)
    nodes: dict[str, LineageNode] = {}
    for root in [*below[""], *papers]:  # a cycle, which a check reports, has no root
        for entry, depth in _walk(root, below, nodes):
            nodes[entry.id] = LineageNode(entry, depth, tuple(parents[entry.id]))
    return list(nodes.values())


def largest_families(nodes: Sequence[LineageNode], limit: int) -> list[LineageNode]:
    """Return at most `limit` nodes of a forest, in the same order: those of the largest trees.

    Of a tree that is larger than the rest of the limit, the nodes nearest to its root are returned.
    """
    families: list[list[LineageNode]] = []
    for node in nodes:
        if node.depth == 0:
            families.append([])
        families[-1].append(node)
    chosen: set[str] = set()
    for family in sorted(families, key=len, reverse=True):
        nearest = sorted(family, key=lambda node: node.depth)[: limit - len(chosen)]
        chosen.update(node.entry.id for node in nearest)
    return [node for node in nodes if node.entry.id in chosen]


def _walk(
    root: Entry, below: Mapping[str, Sequence[Entry]], done: Mapping[str, LineageNode]
) -> Iterator[tuple[Entry, int]]:
    """Walk a tree depth-first, without recursion, because lineages can be long."""
    ahead = [(root, 0)]
    while ahead:
        entry, depth = ahead.pop()
        if entry.id not in done:
            yield entry, depth
            ahead += [(child, depth + 1) for child in reversed(below[entry.id])]


def _newest_first(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=_age_key, reverse=True)


def _age_key(entry: Entry) -> tuple[int, str, str]:
    return entry.year or 0, entry.title.casefold(), entry.id


def nested_list(nodes: Sequence[LineageNode]) -> Iterator[tuple[LineageNode, int, bool]]:
    """Yield (node, number of nested lists that end after it, True if one starts after it)."""
    for node, following in pairwise([*nodes, None]):
        depth = following.depth if following else 0
        if node:
            yield node, max(node.depth - depth, 0), depth > node.depth
