"""How much a browser draws for a drawing whose parts refer to each other.

Ten clones of a group of ten clones of a group, and so on, are a small file that no browser can
draw. Their number is counted before a browser sees them. https://www.w3.org/TR/SVG2/linking.html
"""

from collections.abc import Iterable, Mapping

from paper_atlas.source.svg.tree import Node, SvgError

MAX_DRAWN = 100_000
"""Elements that a browser draws, each clone and each effect counted."""
_FILTER = 50  # elements whose drawing takes as long as one filter

_DONE, _OPEN = 2, 1


def check_references(
    root: Node, ids: Mapping[str, Node], references: Iterable[tuple[Node, str]]
) -> None:
    """Check the references of elements to others by id.

    Raises:
        SvgError: An element refers to itself, or the drawing has too many clones.
    """
    targets: dict[int, list[Node]] = {}
    for node, name in references:
        if name in ids:
            targets.setdefault(id(node), []).append(ids[name])
    sizes: dict[int, int] = {}
    state: dict[int, int] = {}
    stack = [root]
    while stack:
        node = stack[-1]
        needed = [*node.elements, *targets.get(id(node), ())]
        if state.get(id(node)) is None:
            state[id(node)] = _OPEN
            _refuse_circle(needed, state)
            stack += [one for one in needed if id(one) not in state]
        else:
            stack.pop()
            if state[id(node)] != _DONE:
                state[id(node)] = _DONE
                sizes[id(node)] = _own_size(node) + sum(sizes[id(one)] for one in needed)
                _refuse_large(node, sizes[id(node)])


def _own_size(node: Node) -> int:
    return _FILTER if node.name[1] == "filter" else 1


def _refuse_circle(needed: Iterable[Node], state: Mapping[int, int]) -> None:
    for node in needed:
        if state.get(id(node)) == _OPEN:
            message = f"the element '{node.name[1]}' contains itself"
            raise SvgError("complex-figure", node.place, message, "refer to another part")


def _refuse_large(node: Node, size: int) -> None:
    if size > MAX_DRAWN:
        message = f"the figure draws more than {MAX_DRAWN:,} elements, with all clones"
        raise SvgError("complex-figure", node.place, message, "use fewer clones and effects")
