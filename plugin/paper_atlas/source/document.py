"""A YAML file as plain values, with the position of each value.

Scalars are not converted: `arxiv: 1709.07330` is the text `1709.07330`, and `issue: 07` is `07`.
So every value is text, a list or a mapping, and the caller decides what it means.
"""

import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml

from paper_atlas.problem import Problem, Severity
from paper_atlas.source.files import read_text
from paper_atlas.source.syntax_errors import explain_syntax_error

MAX_DEPTH = 50
MAX_DIRECTIVES = 10
"""The most directives of YAML, such as `%TAG`; libyaml compares each with all before it."""

_NUMBER_SIGN = re.compile(r"[ \t]+(#[^\s#!]\S*)")
_ONLY_NUMBER_SIGN = re.compile(r"[ \t]*:[ \t]+#[^\s#!]")
_DEEP_BLOCK = re.compile(r"^ {100}|(?:[-?]\s++){25}", re.MULTILINE)
_DIRECTIVE = re.compile(r"(?:\A|[\n\r\x85\u2028\u2029])%")

_Base: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
SLOW_PARSER_WARNING = (
    ""
    if hasattr(yaml, "CBaseLoader")
    else (
        "PyYAML is installed without its C loader, so entries take several times as long to read; "
        "see https://pyyaml.org/wiki/PyYAMLDocumentation"
    )
)
"""A warning to print once before files are read; empty if PyYAML uses libyaml."""


class _Loader(_Base):  # type: ignore[misc]
    """A loader that resolves no types: a node has a tag only if the file contains one."""

    def resolve(self, _kind: Any, _value: Any, _implicit: Any) -> None:
        """Leave the tag of a node open."""


YamlValue = str | list["YamlValue"] | dict[str, "YamlValue"] | None
Loc = Sequence[str | int]
"""The keys and list indices that lead to a value, such as `("links", "doi")`."""


@dataclass(frozen=True)
class Document:
    """A parsed file: its path as messages show it, its text, and its values.

    `data` is None if the file is empty or cannot be parsed.
    """

    path: str
    text: str
    data: YamlValue

    @property
    def stem(self) -> str:
        """The name of the file without its extension."""
        return posixpath.splitext(posixpath.basename(self.path))[0]

    def find_position(self, loc: Loc, *, of_key: bool = False) -> tuple[int, int]:
        """Return line and column, from 1, of the value at `loc`, or of its key.

        If there is no value at `loc`, return the position of the nearest value around it.
        """
        tree = None if self.data is None else _parse_tree(self.text)
        key, node = None, tree.root if tree else None
        for part in loc:
            found = tree.find_child(node, part) if tree and node else None
            if found is None:
                break
            key, node = found
        return _node_position(key if of_key and key is not None else node)

    @property
    def root_node(self) -> yaml.Node | None:
        """The root node with its positions.

        It is composed on use: most files have no problem, and the nodes of all files would take
        more memory than everything else.
        """
        return None if self.data is None else _parse_tree(self.text).root

    def problem_at(
        self, code: str, loc: Loc, message: str, hint: str = "", *, of_key: bool = False
    ) -> Problem:
        """Return a problem at the position of `loc`; see `find_position`."""
        line, column = self.find_position(loc, of_key=of_key)
        return Problem(self.path, line, column, code, field_name(loc), message, hint)


class LazyDocument(Document):
    """A document that parses its text on first use: few of thousands of files have problems."""

    def __init__(self, path: str, text: str) -> None:
        object.__setattr__(self, "path", path)
        object.__setattr__(self, "text", text.lstrip("\ufeff"))

    @cached_property
    def data(self) -> YamlValue:
        """The parsed values."""
        return parse_document(self.text, self.path)[0].data


class _Tree:
    """The nodes of a text. Children are found by their key, however many a mapping has."""

    def __init__(self, text: str) -> None:
        self.root: yaml.Node | None = yaml.compose(text, Loader=_Loader)
        self._pairs: dict[int, dict[str, tuple[yaml.Node, yaml.Node]]] = {}

    def find_child(
        self, node: yaml.Node, part: str | int
    ) -> tuple[yaml.Node | None, yaml.Node] | None:
        """Return the key node, None in a list, and the value node of a child."""
        if isinstance(part, str) and isinstance(node, yaml.MappingNode):
            return self._pairs_of(node).get(part)
        if isinstance(part, int) and isinstance(node, yaml.SequenceNode) and part < len(node.value):
            return None, node.value[part]
        return None

    def _pairs_of(self, node: yaml.MappingNode) -> dict[str, tuple[yaml.Node, yaml.Node]]:
        """Return the key and the value of a mapping by name; of a doubled key, the first one."""
        if id(node) not in self._pairs:
            self._pairs[id(node)] = {
                key.value.strip(" "): (key, value)
                for key, value in reversed(node.value)
                if isinstance(key, yaml.ScalarNode)
            }
        return self._pairs[id(node)]


@lru_cache(maxsize=4)
def _parse_tree(text: str) -> _Tree:
    return _Tree(text)


def field_name(loc: Loc) -> str:
    """Return the keys of a location joined by dots, without list indices.

    >>> field_name(["links", "doi"])
    'links.doi'
    """
    return ".".join(part for part in loc if isinstance(part, str))


def describe_type(value: YamlValue) -> str:
    """Return the type of a value as messages name it."""
    if isinstance(value, dict):
        return "'key: value' lines"
    if isinstance(value, list):
        return "a list"
    return "nothing" if value is None else "text"


def read_document(
    path: Path, shown_path: str, folder: Path | None = None
) -> tuple[Document, list[Problem]]:
    """Read and parse a file; `shown_path` is its path in problems.

    A file that cannot be read or parsed gives a document without values, and its problems. If a
    `folder` is given, the file must be inside it.
    """
    text, problems = read_text(path, shown_path, folder)
    if problems:
        return Document(shown_path, "", None), problems
    return parse_document(text, shown_path)


def parse_document(text: str, shown_path: str) -> tuple[Document, list[Problem]]:
    """Parse YAML text; see `read_document`."""
    text = text.lstrip("\ufeff")  # libyaml does not count a second byte order mark as a character
    if refusal := _refuse_structure(text):
        return Document(shown_path, "", None), [_file_problem(shown_path, *refusal)]
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        return Document(shown_path, text, None), [_syntax_problem(text, error, shown_path)]
    if node is None:
        return Document(shown_path, text, None), []
    values = _Values(shown_path, text)
    data = values.convert(node, ())
    return Document(shown_path, text, None if values.has_alias else data), values.problems


def _file_problem(path: str, code: str, message: str, hint: str = "") -> Problem:
    return Problem(path, 1, 1, code, "", message, hint)


def _refuse_structure(text: str) -> tuple[str, str, str] | None:
    """Return code, message and hint for a text that libyaml would parse too long or too deeply."""
    if text.count("%") > MAX_DIRECTIVES and len(_DIRECTIVE.findall(text)) > MAX_DIRECTIVES:
        message = f"found more than {MAX_DIRECTIVES} lines that start with '%'"
        return "too-many", message, "remove them"
    if _is_deep(text):
        message = f"values are nested more than {MAX_DEPTH} levels deep"
        return "too-deep", message, "use three levels at most"
    return None


def _is_deep(text: str) -> bool:
    """True if values are nested too deeply for the recursion of libyaml, which has no limit.

    The events are parsed only if the text has enough brackets or indentation to be that deep.
    """
    if text.count("[") + text.count("{") <= MAX_DEPTH and not _DEEP_BLOCK.search(text):
        return False
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_Loader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                return True
    except yaml.YAMLError:
        pass  # reported when the text is composed, which fails at the same position
    return False


def _syntax_problem(text: str, error: yaml.YAMLError, path: str) -> Problem:
    line, column, message, hint = explain_syntax_error(text, error)
    return Problem(path, line, column, "yaml-syntax", "", message, hint)


class _Values:
    """Converts nodes to plain values, and collects problems of the YAML itself.

    Aliases are rejected: they let a small file expand to a huge value.
    """

    def __init__(self, path: str, text: str) -> None:
        self.problems: list[Problem] = []
        self.has_alias = False
        self._path = path
        self._text = text if "#" in text else ""
        self._may_repeat = "*" in text
        self._seen: set[int] = set()

    def convert(
        self, node: yaml.Node, loc: tuple[str | int, ...], key: yaml.Node | None = None
    ) -> YamlValue:
        """Return the value of the node at `loc`; `key` is the node of its key, if it has one."""
        if node.tag is not None:
            message = f"the YAML tag '{_short_tag(node.tag)}' is not supported"
            self._report("yaml-tag", node, loc, message, "remove the word that starts with '!'")
        if id(node) in self._seen:
            self.has_alias = True
            message = "a YAML alias ('*') repeats a value"
            self._report("yaml-alias", node, loc, message, "write the value in full")
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._convert_mapping(node, loc)
        if isinstance(node, yaml.SequenceNode):
            return [
                self._simple_text(item) or self.convert(item, (*loc, index))
                for index, item in enumerate(node.value)
            ]
        if node.value == "" and not node.style:  # type: ignore[attr-defined]
            self._report_empty(key or node, loc)
            return None
        if self._text and not node.style:  # type: ignore[attr-defined]
            self._check_for_comment(node, loc)
        return str(node.value)

    def _simple_text(self, node: yaml.Node) -> str | None:
        """Return the text of a node that cannot have a problem, as most nodes."""
        is_scalar = type(node) is yaml.ScalarNode and node.tag is None
        if not is_scalar or self._text or self._may_repeat:
            return None
        return node.value or None

    def _report_empty(self, node: yaml.Node, loc: Loc) -> None:
        hint = "write it after the colon or in indented lines below, or remove the key"
        if self._text and _ONLY_NUMBER_SIGN.match(self._text, node.end_mark.index):
            hint = "put it in double quotes: text that starts with '#' is a comment"
        self._report("empty-value", node, loc, "has no value", hint)

    def _check_for_comment(self, node: yaml.Node, loc: Loc) -> None:
        """Report a number sign as in 'paper #2', which starts a comment in YAML."""
        if found := _NUMBER_SIGN.match(self._text, node.end_mark.index):
            message = f"'{found[1]}' and the text after it are a comment in YAML"
            hint = "put the whole value in double quotes, or write a space after '#'"
            self._report("cut-by-comment", node, loc, message, hint, Severity.WARNING)

    def _convert_mapping(self, node: yaml.MappingNode, loc: tuple[str | int, ...]) -> YamlValue:
        values: dict[str, YamlValue] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                message, hint = "expected text as the key", "write 'key: value'"
                self._report("wrong-type", key, loc, message, hint)
                continue
            name = str(key.value).strip(" ")
            if name in values:
                message, hint = f"'{name}' is given twice", "remove one of the two"
                self._report("doubled-key", key, (*loc, name), message, hint)
            else:
                values[name] = self._simple_text(value) or self.convert(value, (*loc, name), key)
        return values

    def _report(
        self,
        code: str,
        node: yaml.Node,
        loc: Loc,
        message: str,
        hint: str,
        severity: Severity = Severity.ERROR,
    ) -> None:
        line, column = _node_position(node)
        field = field_name(loc)
        self.problems.append(
            Problem(self._path, line, column, code, field, message, hint, severity)
        )


def _node_position(node: yaml.Node | None) -> tuple[int, int]:
    """Return line and column, from 1, of the start of a node."""
    return (node.start_mark.line + 1, node.start_mark.column + 1) if node else (1, 1)


def _short_tag(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!")


def find_text(document: Document, loc: Loc, text: str) -> tuple[int, int]:
    """Return line and column, from 1, of `text` inside the value at `loc`, on any of its lines.

    If the text is not found, return the position of the value.
    """
    line, column = document.find_position(loc)
    lines = document.text.splitlines()
    for number in range(line, len(lines) + 1):
        start = column - 1 if number == line else 0
        if match := re.compile(re.escape(text)).search(lines[number - 1], start):
            return number, match.start() + 1
    return line, column
