"""The styles of a drawing, as attributes of its elements.

A style sheet in a page applies to the whole page, not only to the drawing that brings it. So each
element gets the properties that the rules give it, and the style sheet is left out. This also
works under a Content-Security-Policy without styles.

Supported are the selectors that editors write: `path`, `.cls-1`, `path.cls-1`, `#liver`, `*`.
https://www.w3.org/TR/css-cascade-4/#cascade-sort
https://www.w3.org/TR/SVG2/styling.html#PresentationAttributes
"""

import re
from collections.abc import Callable, Iterator

from paper_atlas.source.svg.rules import PROPERTIES, UNSET, UNSUPPORTED_PROPERTIES
from paper_atlas.source.svg.tree import Node, Position

Report = Callable[[Position, str, str], None]
"""Takes a position, a message and a hint."""

_Rank = tuple[bool, int, int]
"""How much a declaration counts: if it is important, its selector, its place in the file."""

_SELECTOR = re.compile(r"(\*|[a-zA-Z]+)?(?:([.#])([\w-]+))?")
_IMPORTANT = re.compile(r"!\s*important$", re.IGNORECASE)
_WEIGHTS = {"": 1, ".": 2, "#": 4}
_INLINE = 8


class StyleSheet:
    """The rules of all style sheets of a drawing. What they cannot express is reported."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._rules: dict[tuple[str, str], dict[str, tuple[_Rank, str]]] = {}
        self._count = 0

    def add(self, node: Node) -> None:
        """Add the rules of an element `style`."""
        text, place = _without_comments(node.text), node.text_place or node.place
        line = place.line
        for block in text.split("}"):
            start = len(block) - len(block.lstrip())
            selectors, brace, body = block.partition("{")
            first = line + block.count("\n", 0, start)
            here = Position(first, place.column if first == place.line else 1)
            line += block.count("\n")
            if brace and "{" not in body and "@" not in selectors:
                self._add_rule(selectors, body, here)
            elif block.strip():
                shown = selectors.strip().partition("\n")[0][:40]
                self._report(here, f"'{shown}' in a style sheet", "move it into attributes")

    def _add_rule(self, selectors: str, body: str, place: Position) -> None:
        declared: dict[str, tuple[bool, str]] = {}
        for key, found in self.declarations(body, place):
            if found[0] or not declared.get(key, found)[0]:
                declared[key] = found
        for selector in dict.fromkeys(one.strip() for one in selectors.split(",")):
            match = _SELECTOR.fullmatch(selector)
            if not match or not selector:
                shown = selector[:40]
                self._report(place, f"the selector '{shown}'", "select by class, id or name only")
                continue
            tag, kind, name = match[1] or "*", match[2] or "", match[3] or ""
            weight = _WEIGHTS[kind] + (tag != "*") - (not kind)
            self._count += 1
            rule = self._rules.setdefault((tag, kind + name), {})
            for key, (is_important, value) in declared.items():
                rank = (is_important, weight, self._count)
                if key not in rule or rule[key][0] < rank:
                    rule[key] = rank, value

    def declarations(self, body: str, place: Position) -> Iterator[tuple[str, tuple[bool, str]]]:
        """Yield the declared properties that can be attributes."""
        for declaration in _without_comments(body).split(";"):
            name, colon, value = (part.strip() for part in declaration.partition(":"))
            name, plain = name.lower(), _IMPORTANT.sub("", value).strip()
            if not colon and name:
                self._report(place, f"'{name[:40]}' is not a style", "write 'property: value'")
            elif name in PROPERTIES:
                yield name, (plain != value, plain)
            elif name == "marker":
                for end in ("marker-start", "marker-mid", "marker-end"):
                    yield end, (plain != value, plain)
            elif name in UNSUPPORTED_PROPERTIES and plain not in UNSET:
                hint = "use attributes, or fonts by 'font-family' and 'font-size'"
                self._report(place, f"the style '{name}'", hint)

    def properties(self, node: Node) -> dict[str, str]:
        """Return the values that the rules and its own style give an element."""
        found: dict[str, tuple[_Rank, str]] = {}
        tag, classes = node.name[1], node.attributes.get(("", "class"), "").split()
        own = [f".{one}" for one in dict.fromkeys(classes)]
        own.append(f"#{node.attributes.get(('', 'id'), '')}")
        for key in [(one, selected) for one in ("*", tag) for selected in ("", *own)]:
            _take(found, self._rules.get(key, {}))
        inline = self.declarations(node.attributes.get(("", "style"), ""), node.place)
        for number, (name, (flag, value)) in enumerate(inline):
            _take(found, {name: ((flag, _INLINE, number), value)})
        return {key: value for key, (_, value) in found.items()}


def _take(found: dict[str, tuple[_Rank, str]], more: dict[str, tuple[_Rank, str]]) -> None:
    for key, (rank, value) in more.items():
        if key not in found or found[key][0] < rank:
            found[key] = rank, value


def _without_comments(text: str) -> str:
    """Return the text with the line breaks of its comments only. The last one may have no end."""
    kept: list[str] = []
    place = 0
    while (begin := text.find("/*", place)) >= 0:
        end = text.find("*/", begin + 2)
        end = len(text) if end < 0 else end + 2
        kept += [text[place:begin], "\n" * text.count("\n", begin, end), " "]
        place = end
    return "".join([*kept, text[place:]])
