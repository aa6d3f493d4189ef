"""A YAML file as plain values, with the place of each.

Scalars are read as written: `arxiv: 1709.07330` is that text, and `issue: 07` too. So every
value is text, a list or a mapping; what it means is for the reader of the value to say.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from paper_atlas.problem import Problem

# The base loader resolves no types. libyaml's is nine times as fast, where PyYAML has it.
_Loader: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

Value = str | list["Value"] | dict[str, "Value"] | None
Loc = Sequence[str | int]

# What a layman understands, for the messages of libyaml and of PyYAML's own parser.
_SYNTAX = (
    ("cannot start any token", "a character that cannot stand here", "is it a tab? use spaces"),
    (
        "mapping values are not allowed",
        "a colon inside a value without quotes, or a wrong indentation",
        'write "…: …" in double quotes',
    ),
    ("expected ':'", "a line without a colon", "each line is 'key: value'"),
    ("expected key", "a line that starts in the wrong column", "indent it like the line above it"),
    ("block mapping", "a line that starts in the wrong column", "indent it like the line above it"),
    ("flow sequence", "a list that is not closed", "add ']' or a comma"),
    ("flow mapping", "a mapping that is not closed", "add '}' or a comma"),
    ("node content", "a value is missing, or a list is not closed", "add the value, or ']'"),
    ("quoted scalar", "a quotation mark that is not closed", "end the text with the same mark"),
    ("undefined alias", "a '*' in front of a value without quotes", "put the value in quotes"),
    ("a single document", "'---' starts a second document", "one file holds one entry"),
    ("special characters", "a control character", "delete it and type the text again"),
    ("not allowed in this context", "a '-' that cannot stand here", "indent it below its key"),
)


@dataclass(frozen=True)
class Source:
    """A file that was read: its path as told to people, its text, its values."""

    path: str
    text: str
    data: Value
    _node: yaml.Node | None

    def place(self, loc: Loc, *, of_key: bool = False) -> tuple[int, int]:
        """Line and column, from 1, of the value at `loc` (or of its key).

        Where there is nothing at `loc`, the nearest thing around it.
        """
        key, node = None, self._node
        for part in loc:
            found = _child(node, part)
            if found is None:
                break
            key, node = found
        marked = key if of_key and key is not None else node
        if marked is None:
            return 1, 1
        return marked.start_mark.line + 1, marked.start_mark.column + 1

    def problem(
        self, code: str, loc: Loc, message: str, hint: str = "", *, of_key: bool = False
    ) -> Problem:
        """A problem with the value at `loc`."""
        line, column = self.place(loc, of_key=of_key)
        return Problem(self.path, line, column, code, field_name(loc), message, hint)


def field_name(loc: Loc) -> str:
    """The keys of a place, dotted, without positions in lists.

    >>> field_name(["links", "doi"])
    'links.doi'
    """
    return ".".join(part for part in loc if isinstance(part, str))


def kind_of(value: Value) -> str:
    """What a value is, in words."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return "nothing" if value is None else "text"


def read(path: Path, shown: str) -> tuple[Source, list[Problem]]:
    """Read a file, whose path in problems is `shown`. What cannot be read has no values."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        problem = Problem(
            shown, 1, 1, "not-utf-8", "", "the file is not UTF-8 text", "save it as UTF-8"
        )
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        problem = Problem(shown, 1, 1, "unreadable", "", message)
    else:
        return parse(text, shown)
    return Source(shown, "", None, None), [problem]


def parse(text: str, shown: str) -> tuple[Source, list[Problem]]:
    """Parse YAML text; see `read`."""
    empty = Source(shown, text, None, None)
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        return empty, [_syntax_problem(error, shown)]
    except RecursionError:
        return empty, [Problem(shown, 1, 1, "yaml-syntax", "", "the values are nested too deeply")]
    if node is None:
        return empty, []
    problems = list(_doubts(Source(shown, text, None, node), node, (), set()))
    if any(problem.code == "yaml-alias" for problem in problems):
        return empty, problems  # repeated values are how a small file becomes a large one
    return Source(shown, text, _value(node), node), problems


def _syntax_problem(error: yaml.YAMLError, shown: str) -> Problem:
    said = str(error)
    found = ((message, hint) for words, message, hint in _SYNTAX if words in said)
    message, hint = next(found, ("this is not YAML", ""))
    begun = getattr(error, "context_mark", None) if "not closed" in message else None
    mark = begun or getattr(error, "problem_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Problem(shown, line, column, "yaml-syntax", "", message, hint)


def _value(node: yaml.Node) -> Value:
    if isinstance(node, yaml.ScalarNode):
        return None if _is_empty(node) else str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item) for item in node.value]
    return {str(key.value): _value(value) for key, value in node.value}


def _is_empty(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.value == "" and not node.style


def _doubts(
    source: Source, node: yaml.Node, loc: tuple[str | int, ...], seen: set[int]
) -> Iterator[Problem]:
    """Problems of the YAML itself: doubled keys, empty values, aliases."""
    if id(node) in seen:
        yield source.problem("yaml-alias", loc, "'*' repeats a value", "write the value out")
        return
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _doubts(source, item, (*loc, index), seen)
    elif isinstance(node, yaml.MappingNode):
        yield from _doubts_of_mapping(source, node, loc, seen)
    elif _is_empty(node):
        hint = "write a value, or delete the line"
        yield source.problem("empty-value", loc, "has no value", hint, of_key=True)


def _doubts_of_mapping(
    source: Source, node: yaml.MappingNode, loc: tuple[str | int, ...], seen: set[int]
) -> Iterator[Problem]:
    names: set[str] = set()
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            yield source.problem("wrong-type", loc, "a key is not text", "write 'key: value'")
            continue
        name = str(key.value)
        if name in names:
            mark = key.start_mark
            yield Problem(
                source.path, mark.line + 1, mark.column + 1, "doubled-key",
                field_name((*loc, name)), f"'{name}' stands twice", "delete one of the two",
            )  # fmt: skip
        names.add(name)
        yield from _doubts(source, value, (*loc, name), seen)


def _child(node: yaml.Node | None, part: str | int) -> tuple[yaml.Node | None, yaml.Node] | None:
    if isinstance(part, str) and isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == part), None)
    if isinstance(part, int) and isinstance(node, yaml.SequenceNode) and part < len(node.value):
        return None, node.value[part]
    return None


def find_words(source: Source, loc: Loc, words: str) -> tuple[int, int]:
    """Line and column of `words` inside the value at `loc`, which may span lines."""
    line, column = source.place(loc)
    lines = source.text.splitlines()
    for number in range(line, len(lines) + 1):
        start = column - 1 if number == line else 0
        if match := re.compile(re.escape(words)).search(lines[number - 1], start):
            return number, match.start() + 1
    return line, column
