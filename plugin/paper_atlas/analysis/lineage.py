"""The lineage of papers: which paper extends which.

Each paper is below the paper that it extends. If it extends several, it is below the newest one,
and the others refer to it.
"""

from collections import Counter, defaultdict
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


Family = tuple[LineageNode, ...]
"""Papers that are connected, in depth-first order."""


@dataclass(frozen=True)
class LineageItem:
    """A paper in a nested list. `below` is the paper below which it is, if that is elsewhere.

    `closing` is the number of lists that end after the item; `is_opening` is true if one starts.
    """

    entry: Entry
    below: Entry | None
    closing: int
    is_opening: bool


def most_extended(library: Library, entries: Iterable[Entry]) -> list[tuple[Entry, int]]:
    """Return the papers that others extend, with the number of these, the most extended first."""
    counted = [(one, len(library.related_papers(one, "extended_by"))) for one in entries]
    return sorted((pair for pair in counted if pair[1]), key=lambda pair: -pair[1])


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
    chosen: set[str] = set()
    for tree in _trees(nodes):
        nearest = sorted(tree, key=lambda node: node.depth)[: limit - len(chosen)]
        chosen.update(node.entry.id for node in nearest)
    return [node for node in nodes if node.entry.id in chosen]


def largest_tree(nodes: Sequence[LineageNode]) -> tuple[Entry, int]:
    """Return the root of the largest tree, and the number of papers below it."""
    tree = _trees(nodes)[0]
    return tree[0].entry, len(tree) - 1


def _trees(nodes: Iterable[LineageNode]) -> list[list[LineageNode]]:
    """Return the trees of a forest, the largest first."""
    trees: list[list[LineageNode]] = []
    for node in nodes:
        if node.depth == 0:
            trees.append([])
        trees[-1].append(node)
    return sorted(trees, key=len, reverse=True)


def families(nodes: Sequence[LineageNode]) -> list[Family]:
    """Return the connected papers of a forest, the largest family first."""
    family_of = {node.entry.id: {node.entry.id} for node in nodes}
    for node in nodes:
        for parent in node.parents:
            one, other = family_of[node.entry.id], family_of.get(parent.id)
            if other and other is not one:
                small, large = sorted((one, other), key=len)
                large |= small
                family_of |= dict.fromkeys(small, large)
    grouped: dict[int, list[LineageNode]] = defaultdict(list)
    for node in nodes:
        grouped[id(family_of[node.entry.id])].append(node)
    return sorted(map(tuple, grouped.values()), key=len, reverse=True)


def heads_of(nodes: Sequence[LineageNode], limit: int) -> list[Entry]:
    """Return the papers that most others are directly below, each with at least two of them."""
    counts = Counter(node.parents[0].id for node in nodes if node.depth)
    entries = {node.entry.id: node.entry for node in nodes}
    found = [name for name, count in counts.most_common() if count > 1 and name in entries]
    return [entries[name] for name in found[:limit]]


def nested_list(nodes: Sequence[LineageNode]) -> Iterator[LineageItem]:
    """Yield the items of the nested list of a forest.

    A paper is an item below the first of its parents, and a reference below each other one.
    """
    items = [*_items(nodes)]
    for item, following in pairwise([*items, None]):
        if item:
            depth, entry, below = item
            next_depth = following[0] if following else 0
            yield LineageItem(entry, below, max(depth - next_depth, 0), next_depth > depth)


def _items(nodes: Sequence[LineageNode]) -> Iterator[tuple[int, Entry, Entry | None]]:
    """Yield (depth, paper, the paper below which it is, for a reference)."""
    known = {node.entry.id for node in nodes}
    references = defaultdict(list)
    for node in nodes:
        for other in node.parents[1:]:
            if other.id in known:
                references[other.id].append((node.entry, node.parents[0]))
    ahead: list[tuple[int, Entry, Entry | None]] = []
    for node in nodes:
        while ahead and ahead[-1][0] > node.depth:
            yield ahead.pop()
        yield node.depth, node.entry, None
        found = references[node.entry.id]
        ahead += [(node.depth + 1, entry, below) for entry, below in reversed(found)]
    yield from reversed(ahead)


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
