"""A YAML file as plain values, with the place of each.

Scalars are read as written: `arxiv: 1709.07330` is that text, and `issue: 07` too. So every
value is text, a list or a mapping; what it means is for the reader of the value to say.
"""

import os
import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from paper_atlas.problem import Problem, Severity
from paper_atlas.source.syntax_errors import explain

MAX_BYTES = 1 << 20
MAX_DEPTH = 50
_NUMBER_SIGN = re.compile(r"[ \t]+(#[^\s#!]\S*)")
_EMPTY_BUT_SIGN = re.compile(r"[ \t]*:[ \t]+#[^\s#!]")
_DEEP_BLOCK = re.compile(r"^(?: {100}|\s*(?:[-?]\s+){25})", re.MULTILINE)

_Base: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
SLOW_PARSER_WARNING = (
    ""
    if hasattr(yaml, "CBaseLoader")
    else (
        "PyYAML is installed without its C loader, so entries take several times as long to read; "
        "see https://pyyaml.org/wiki/PyYAMLDocumentation"
    )
)
"""What whoever reads files should say once: nothing, where PyYAML was built with libyaml."""


class _Loader(_Base):  # type: ignore[misc]
    """Resolves no types; a node has a tag only where the file says one."""

    def resolve(self, _kind: Any, _value: Any, _implicit: Any) -> None:
        """Leave the tag of a node open."""


YamlValue = str | list["YamlValue"] | dict[str, "YamlValue"] | None
Loc = Sequence[str | int]


@dataclass(frozen=True)
class Document:
    """A file that was read: its path as told to people, its text, its values and their marks."""

    path: str
    text: str
    data: YamlValue

    @property
    def stem(self) -> str:
        """The name of the file without its ending."""
        return posixpath.splitext(posixpath.basename(self.path))[0]

    def find_position(self, loc: Loc, *, of_key: bool = False) -> tuple[int, int]:
        """Line and column, from 1, of the value at `loc` (or of its key).

        Where there is nothing at `loc`, the nearest thing around it.
        """
        key, node = None, self.root_node
        for part in loc:
            found = _child(node, part)
            if found is None:
                break
            key, node = found
        return _place_of(key if of_key and key is not None else node)

    @cached_property
    def root_node(self) -> yaml.Node | None:
        """The values with their marks: made when the first place is asked for, since most files
        have no problem, and the nodes of all of them would take more memory than all else."""
        return None if self.data is None else yaml.compose(self.text, Loader=_Loader)

    def problem_at(
        self, code: str, loc: Loc, message: str, hint: str = "", *, of_key: bool = False
    ) -> Problem:
        """A problem with the value at `loc`."""
        line, column = self.find_position(loc, of_key=of_key)
        return Problem(self.path, line, column, code, field_name(loc), message, hint)


class LazyDocument(Document):
    """A file that is read when somebody asks what stands in it: few of thousands have problems."""

    _file: str

    def __init__(self, path: str, file: str) -> None:
        object.__setattr__(self, "path", path)
        object.__setattr__(self, "_file", file)

    @cached_property
    def _source(self) -> Document:
        return read_document(Path(self._file), self.path)[0]

    @property
    def text(self) -> str:
        """As it is now."""
        return self._source.text

    @property
    def data(self) -> YamlValue:
        """As they are now."""
        return self._source.data


def field_name(loc: Loc) -> str:
    """The keys of a place, dotted, without positions in lists.

    >>> field_name(["links", "doi"])
    'links.doi'
    """
    return ".".join(part for part in loc if isinstance(part, str))


def describe_type(value: YamlValue) -> str:
    """What a value is, in words."""
    if isinstance(value, dict):
        return "'key: value' lines"
    if isinstance(value, list):
        return "a list"
    return "nothing" if value is None else "text"


def read_document(path: Path, shown: str) -> tuple[Document, list[Problem]]:
    """Read a file, whose path in problems is `shown`. What cannot be read has no values."""
    text, problems = read_text(path, shown)
    return (Document(shown, "", None), problems) if problems else parse_document(text, shown)


def read_text(path: Path | str, shown: str) -> tuple[str, list[Problem]]:
    """The text of a file, or why it cannot be read."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - thousands of files
            if os.fstat(file.fileno()).st_size > MAX_BYTES:
                message = f"the file is larger than {MAX_BYTES >> 10} KiB"
                return "", [_unread(shown, "too-large", message)]
            return file.read().decode(), []
    except UnicodeDecodeError:
        message = "the file is not UTF-8 text"
        return "", [_unread(shown, "not-utf-8", message, "save it as UTF-8")]
    except OSError as error:
        return "", [_unread(shown, "unreadable", f"the file cannot be read: {error.strerror}")]


def parse_document(text: str, shown: str) -> tuple[Document, list[Problem]]:
    """Parse YAML text; see `read`."""
    text = text.lstrip("\ufeff")  # a further mark of byte order counts for nothing to libyaml
    if _is_deep(text):
        message = f"the values are nested more than {MAX_DEPTH} deep"
        problem = _unread(shown, "too-deep", message, "an entry needs three levels")
        return Document(shown, "", None), [problem]
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        return Document(shown, text, None), [_syntax_problem(text, error, shown)]
    if node is None:
        return Document(shown, text, None), []
    values = _Values(shown, text)
    data = values.of(node, ())
    return Document(shown, text, None if values.refused else data), values.problems


def _unread(shown: str, code: str, message: str, hint: str = "") -> Problem:
    return Problem(shown, 1, 1, code, "", message, hint)


def _is_deep(text: str) -> bool:
    """Whether values are nested too deeply, found without recursion: libyaml's is unlimited.

    Few texts have as much as the marks of deep nesting; only those are parsed for it.
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
        pass  # told when the text is composed, which stops at the same place
    return False


def _syntax_problem(text: str, error: yaml.YAMLError, shown: str) -> Problem:
    line, column, message, hint = explain(text, error)
    return Problem(shown, line, column, "yaml-syntax", "", message, hint)


class _Values:
    """Makes plain values of nodes, and gathers the problems of the YAML itself.

    Values that repeat others are refused: they are how a small file becomes a large one.
    """

    def __init__(self, path: str, text: str) -> None:
        self.problems: list[Problem] = []
        self.refused = False
        self._path = path
        self._text = text if "#" in text else ""
        self._may_repeat = "*" in text
        self._seen: set[int] = set()

    def of(
        self, node: yaml.Node, loc: tuple[str | int, ...], key: yaml.Node | None = None
    ) -> YamlValue:
        """The value of a node that stands at `loc`, behind its key."""
        if node.tag is not None:
            message = f"'{_short_tag(node.tag)}' is not understood here"
            self._tell("yaml-tag", node, loc, message, "delete the word that starts with '!'")
        if id(node) in self._seen:
            self.refused = True
            self._tell("yaml-alias", node, loc, "'*' repeats a value", "write the value out")
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, loc)
        if isinstance(node, yaml.SequenceNode):
            return [
                self._unremarkable(item) or self.of(item, (*loc, index))
                for index, item in enumerate(node.value)
            ]
        if node.value == "" and not node.style:  # type: ignore[attr-defined]
            self._tell_empty(key or node, loc)
            return None
        if self._text and not node.style:  # type: ignore[attr-defined]
            self._look_behind(node, loc)
        return str(node.value)

    def _unremarkable(self, node: yaml.Node) -> str | None:
        """The text of a node about which nothing can be told, as most are."""
        is_scalar = type(node) is yaml.ScalarNode and node.tag is None
        if not is_scalar or self._text or self._may_repeat:
            return None
        return node.value or None

    def _tell_empty(self, node: yaml.Node, loc: Loc) -> None:
        hint = "write it behind the colon or in indented lines below, or delete the key"
        if self._text and _EMPTY_BUT_SIGN.match(self._text, node.end_mark.index):
            hint = "what starts with '#' is a comment: put the value in double quotes"
        self._tell("empty-value", node, loc, "has no value", hint)

    def _look_behind(self, node: yaml.Node, loc: Loc) -> None:
        """A sign that people mean, as in 'paper #2', and YAML takes for a comment."""
        if found := _NUMBER_SIGN.match(self._text, node.end_mark.index):
            message = f"'{found[1]}' and what follows is taken for a comment"
            hint = "put the whole value in double quotes, or a blank behind '#'"
            self._tell("cut-by-comment", node, loc, message, hint, Severity.WARNING)

    def _mapping(self, node: yaml.MappingNode, loc: tuple[str | int, ...]) -> YamlValue:
        values: dict[str, YamlValue] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._tell("wrong-type", key, loc, "a key is not text", "write 'key: value'")
                continue
            name = str(key.value).strip(" ")
            if name in values:
                message, hint = f"'{name}' stands twice", "delete one of the two"
                self._tell("doubled-key", key, (*loc, name), message, hint)
            else:
                values[name] = self._unremarkable(value) or self.of(value, (*loc, name), key)
        return values

    def _tell(
        self,
        code: str,
        node: yaml.Node,
        loc: Loc,
        message: str,
        hint: str,
        severity: Severity = Severity.ERROR,
    ) -> None:
        line, column = _place_of(node)
        field = field_name(loc)
        self.problems.append(
            Problem(self._path, line, column, code, field, message, hint, severity)
        )


def _place_of(node: yaml.Node | None) -> tuple[int, int]:
    """Where a node begins, from 1."""
    return (node.start_mark.line + 1, node.start_mark.column + 1) if node else (1, 1)


def _short_tag(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!")


def _child(node: yaml.Node | None, part: str | int) -> tuple[yaml.Node | None, yaml.Node] | None:
    if isinstance(part, str) and isinstance(node, yaml.MappingNode):
        pairs = ((key, value) for key, value in node.value if isinstance(key, yaml.ScalarNode))
        return next(((key, value) for key, value in pairs if key.value.strip(" ") == part), None)
    if isinstance(part, int) and isinstance(node, yaml.SequenceNode) and part < len(node.value):
        return None, node.value[part]
    return None


def find_text(source: Document, loc: Loc, words: str) -> tuple[int, int]:
    """Line and column of `words` inside the value at `loc`, which may span lines."""
    line, column = source.find_position(loc)
    lines = source.text.splitlines()
    for number in range(line, len(lines) + 1):
        start = column - 1 if number == line else 0
        if match := re.compile(re.escape(words)).search(lines[number - 1], start):
            return number, match.start() + 1
    return line, column
