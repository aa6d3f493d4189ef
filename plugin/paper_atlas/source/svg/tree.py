"""Parse a drawing strictly as XML, within limits.

A document type without declarations is accepted, as Inkscape writes it. Declarations are refused,
so no entity can be expanded: https://docs.python.org/3/library/xml.html#xml-security
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

SVG, XLINK, XML, XHTML, MATHML = (
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/1999/xlink",
    "http://www.w3.org/XML/1998/namespace",
    "http://www.w3.org/1999/xhtml",
    "http://www.w3.org/1998/Math/MathML",
)
MAX_CHARACTERS = 1_000_000
"""Of a drawing. The home page contains it, and a page has at most a megabyte."""
MAX_ELEMENTS = 20_000
"""Of a drawing. Browsers need a second for more."""
MAX_LEVELS = 64
"""Levels of elements. Drawings have up to 20; the HTML parser of Chromium stops at 512."""


class Position(NamedTuple):
    """A line and a column, from 1."""

    line: int
    column: int


class SvgError(Exception):
    """The reason why a drawing cannot be read."""

    def __init__(self, code: str, place: Position, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.place, self.message, self.hint = code, place, message, hint


@dataclass(slots=True)
class Node:
    """An element with its position. Names are (namespace, local name)."""

    name: tuple[str, str]
    attributes: dict[tuple[str, str], str]
    place: Position
    children: list["Node | str"] = field(default_factory=list)
    text_place: Position | None = None

    @property
    def text(self) -> str:
        """The text directly in the element."""
        return "".join([child for child in self.children if isinstance(child, str)])

    @property
    def elements(self) -> list["Node"]:
        """The elements directly in the element."""
        return [child for child in self.children if isinstance(child, Node)]

    def descendants(self) -> Iterator["Node"]:
        """Yield the element, and all elements in it."""
        yield self
        for child in self.elements:
            yield from child.descendants()


def parse_svg(text: str) -> Node:
    """Return the root of a drawing.

    Raises:
        SvgError: The text is not XML, not SVG, too large or too deep, or declares entities.
    """
    if len(text) > MAX_CHARACTERS:
        message = f"the figure has more than {MAX_CHARACTERS:,} characters"
        hint = "simplify its paths, or shrink its images"
        raise SvgError("complex-figure", Position(1, 1), message, hint)
    root = _Builder().parse(text)
    if root.name != (SVG, "svg"):
        message = f"expected the element 'svg' of SVG, found '{root.name[1]}'"
        hint = f'begin with <svg xmlns="{SVG}">'
        raise SvgError("malformed-figure", root.place, message, hint)
    return root


class _Builder:
    """Builds the tree from the events of the parser."""

    def __init__(self) -> None:
        self._parser = parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        parser.ordered_attributes = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._add_text
        parser.StartDoctypeDeclHandler = self._check_document_type
        parser.SkippedEntityHandler = self._refuse_entity
        self._root = Node(("", ""), {}, Position(1, 1))
        self._open = [self._root]
        self._count = 0

    def parse(self, text: str) -> Node:
        try:
            self._parser.Parse(text.removeprefix("\ufeff").encode("utf-8", "replace"), True)
        except expat.ExpatError as error:
            place = Position(error.lineno, error.offset + 1)
            message = f"the figure is not well-formed XML: {expat.ErrorString(error.code)}"
            raise SvgError("malformed-figure", place, message) from None
        return self._root.elements[0]

    @property
    def _place(self) -> Position:
        return Position(self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1)

    def _start(self, name: str, attributes: list[str]) -> None:
        self._count += 1
        if self._count > MAX_ELEMENTS:
            message = f"the figure has more than {MAX_ELEMENTS:,} elements"
            raise SvgError("complex-figure", self._place, message, "join its paths")
        if len(self._open) > MAX_LEVELS:
            message = f"elements are nested more than {MAX_LEVELS} levels deep"
            raise SvgError("complex-figure", self._place, message, "ungroup some groups")
        pairs = zip(map(_split, attributes[::2]), attributes[1::2], strict=True)
        node = Node(_split(name), dict(pairs), self._place)
        self._open[-1].children.append(node)
        self._open.append(node)

    def _end(self, _: str) -> None:
        self._open.pop()

    def _add_text(self, text: str) -> None:
        node = self._open[-1]
        node.text_place = node.text_place or self._place
        node.children.append(text)

    def _check_document_type(
        self, _name: str, _system: str | None, _public: str | None, has_subset: int
    ) -> None:
        if has_subset:
            message = "declarations such as <!ENTITY …> are not allowed in a figure"
            hint = "save it as plain SVG, without data for editing"
            raise SvgError("unsafe-figure", self._place, message, hint)

    def _refuse_entity(self, name: str, _is_parameter: bool) -> None:
        hint = "write the character itself"
        raise SvgError("malformed-figure", self._place, f"unknown entity '&{name};'", hint)


def _split(name: str) -> tuple[str, str]:
    namespace, _, local = name.rpartition(" ")
    return namespace, local
