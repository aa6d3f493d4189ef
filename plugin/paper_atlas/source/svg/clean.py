"""Write a drawing anew from what the allow-list names, or say what it does not."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from paper_atlas.problem import Problem
from paper_atlas.source.svg.references import check_references
from paper_atlas.source.svg.rules import (
    ATTRIBUTES,
    DRAWN,
    ELEMENTS,
    ID_PREFIX,
    REFERENCES,
    ROOT_ATTRIBUTES,
    TEXT_ONLY,
    clean_value,
    embedded_image,
    is_id,
    local_reference,
    view_box,
)
from paper_atlas.source.svg.styles import StyleSheet
from paper_atlas.source.svg.tree import (
    MATHML,
    MAX_CHARACTERS,
    SVG,
    XHTML,
    XLINK,
    XML,
    Node,
    Position,
    SvgError,
    parse_svg,
)
from paper_atlas.text.slug import shorten_name

_MAX_PROBLEMS = 20  # of one drawing; more repeat themselves
_REPORTED_NAMESPACES = {"", XHTML, MATHML}  # all others are data of editors
_PLAIN_SVG = "save it as plain SVG, or remove the part"


@dataclass(frozen=True)
class CleanSvg:
    """A drawing for a page of HTML, and the ids of the parts that can be regions.

    In `text`, all ids begin with `ID_PREFIX`. It is empty if the drawing has problems.
    """

    text: str = ""
    parts: frozenset[str] = frozenset()


def clean_svg(text: str, path: str) -> tuple[CleanSvg, list[Problem]]:
    """Return a drawing from a stranger, and its problems. `path` is that of the file."""
    problems: list[Problem] = []
    try:
        cleaner = SvgCleaner()
        found = cleaner.clean(parse_svg(text))
        problems = [
            Problem(path, *place, "unsafe-figure", "", f"{message} cannot be in a figure", hint)
            for place, message, hint in cleaner.refused
        ]
    except SvgError as error:
        problems = [Problem(path, *error.place, error.code, "", error.message, error.hint)]
    return (CleanSvg(), problems) if problems else (found, [])


class SvgCleaner:
    """Writes one drawing. `refused` are the positions, names and hints of what it cannot write."""

    def __init__(self) -> None:
        self.refused: list[tuple[Position, str, str]] = []
        self._styles = StyleSheet(self._refuse)
        self._size = 0
        self._ids: dict[str, Node] = {}
        self._references: list[tuple[Node, str]] = []
        self._parts: set[str] = set()

    def _refuse(self, place: Position, message: str, hint: str = _PLAIN_SVG) -> None:
        if len(self.refused) < _MAX_PROBLEMS:
            self.refused.append((place, message, hint))

    def clean(self, root: Node) -> CleanSvg:
        """Return the drawing below a root."""
        for node in root.descendants():
            if node.name == (SVG, "style"):
                self._styles.add(node)
        element = Element("svg", {"xmlns": SVG, "xmlns:xlink": XLINK, "viewBox": _box(root)})
        own = self._attributes(root)
        element.attrib |= {key: value for key, value in own.items() if key in ROOT_ATTRIBUTES}
        self._add_children(element, root, is_drawn=True)
        check_references(root, self._ids, self._references)
        return CleanSvg(ElementTree.tostring(element, encoding="unicode"), frozenset(self._parts))

    def _add_children(self, element: Element, node: Node, *, is_drawn: bool) -> None:
        texts: list[list[str]] = [[]]  # before the first element, and after each
        for child in node.children:
            if isinstance(child, str):
                texts[-1].append(child)
            elif node.name[1] in TEXT_ONLY:
                self._refuse(child.place, f"an element in '{node.name[1]}'", "write text only")
            elif self._is_kept(child):
                last = SubElement(element, child.name[1], self._attributes(child))
                texts.append([])
                draws = is_drawn and child.name[1] in DRAWN
                if draws and (name := child.attributes.get(("", "id"))):
                    self._parts.add(name)
                self._add_children(last, child, is_drawn=draws)
        element.text, *tails = map("".join, texts)
        for last, tail in zip(element, tails, strict=True):
            last.tail = tail

    def _is_kept(self, node: Node) -> bool:
        """Return True for an element on the list. All others but data of editors are refused."""
        namespace, name = node.name
        if namespace != SVG:
            if namespace in _REPORTED_NAMESPACES:
                self._refuse(node.place, f"the element '{name}' outside of SVG")
            return False
        # Browsers do not draw what needs an extension: the data of Illustrator.
        if name in ("metadata", "style") or node.attributes.get(("", "requiredExtensions")):
            return False
        if name not in ELEMENTS:
            self._refuse(node.place, f"the element '{name}'")
            return False
        return True

    def _attributes(self, node: Node) -> dict[str, str]:
        found = dict(self._written(node))
        for name, value in self._styles.properties(node).items():
            found |= self._valued(node, name, value)
        self._size += sum(map(len, found.values()))
        if self._size > 2 * MAX_CHARACTERS:
            message = "the styles of the figure are too long"
            raise SvgError("complex-figure", node.place, message, "use fewer or shorter styles")
        return found

    def _written(self, node: Node) -> Iterator[tuple[str, str]]:
        """Yield the attributes that are written at an element, without its style."""
        for (namespace, name), value in node.attributes.items():
            if name == "href" and namespace in ("", XLINK):
                yield from self._reference(node, value)
            elif (namespace, name) == (XML, "space"):
                yield "xml:space", "preserve" if value == "preserve" else "default"
            elif namespace:
                continue  # data of editors
            elif name == "id":
                yield from self._id(node, value)
            elif name in ATTRIBUTES:
                yield from self._valued(node, name, value).items()
            elif name.lower().startswith("on"):
                self._refuse(node.place, f"the attribute '{name}'")

    def _valued(self, node: Node, name: str, value: str) -> dict[str, str]:
        clean, references = clean_value(name, value)
        if clean is None:
            shown = shorten_name(value, 40)
            self._refuse(node.place, f"'{shown}' as '{name}'", "refer to parts of the figure only")
            return {}
        self._references += [(node, reference) for reference in references]
        return {name: clean}

    def _reference(self, node: Node, value: str) -> Iterator[tuple[str, str]]:
        name = node.name[1]
        if name == "image" and (image := embedded_image(value)):
            yield "xlink:href", image
        elif name in REFERENCES and (target := local_reference(value)):
            self._references.append((node, target))
            yield "xlink:href", f"#{ID_PREFIX}{target}"
        else:
            shown = shorten_name(value, 40)
            hint = "embed images as PNG, JPEG, GIF or WebP; refer to parts of the figure by #id"
            self._refuse(node.place, f"a link to '{shown}'", hint)

    def _id(self, node: Node, value: str) -> Iterator[tuple[str, str]]:
        if not is_id(value):
            self._refuse(node.place, f"the id '{value[:40]}'", "use letters, digits, '-' and '_'")
        elif value in self._ids:
            self._refuse(node.place, f"a second id '{value[:40]}'", "give it another id")
        else:
            self._ids[value] = node
            yield "id", ID_PREFIX + value


def _box(root: Node) -> str:
    given = [root.attributes.get(("", name), "") for name in ("viewBox", "width", "height")]
    box = view_box(*given)
    if not box:
        shown = f"'{given[0]}'" if given[0] else "no viewBox, and no size in pixels"
        message = f"expected a viewBox of four numbers with a size above 0, found {shown}"
        hint = 'write viewBox="0 0 width height"'
        raise SvgError("malformed-figure", root.place, message, hint)
    return " ".join(f"{number:.10g}" for number in box)
