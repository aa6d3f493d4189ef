"""Mistakes of YAML in words a layman understands.

A YAML parser says where it could not go on, which is often behind the mistake, and in the terms
of its grammar. So the lines around that place are searched for what people really do wrong.
"""

import re
from dataclasses import dataclass

import yaml

_IN_QUOTES = 'put the whole value in double quotes: "…"'


@dataclass(frozen=True)
class _Slip:
    """What people do wrong in one line; group 1 of the pattern is the place."""

    pattern: re.Pattern[str]
    message: str
    hint: str


# In the order in which they explain a line best.
_SLIPS = tuple(
    _Slip(re.compile(pattern), message, hint)
    for pattern, message, hint in (
        (r"^(```)", "a mark of Markdown", "delete the line"),
        (r"^ *(\t)", "a tab in front of the line", "use two blanks"),
        (
            r"^\s*(?:doi|arxiv|pmid):\s+((?:doi|arxiv|pmid):)\s",
            "the kind stands twice",
            "delete the second",
        ),
        (r"^[a-z_]+( )+[\"'\[]", "no colon behind the key", "write 'key: value'"),
        (r"^ *(\xa0)", "a no-break space in front of the line", "delete it and type a blank"),
        (r"^\s*\w+(：)", "a colon of another script", "type ':'"),
        (r":\s+([“”„‟‘’‚«»])", "a curly quotation mark", 'type straight ones: "…"'),
        (r"^\s*[a-z_]+(:)[^\s/]", "no blank behind the colon", "write 'key: value'"),
        (
            r"""^\s*[\w -]+:\s+(?:'[^']*'|"(?:[^"\\]|\\.)*")\s*([^\s#,])""",
            "text behind the closing quotation mark",
            r"put the whole value in double quotes, and write \" for one within it",
        ),
        (
            r"^\s*[\w -]+:\s+(\[)(?:\[|[^\[\]]*\]\s*[^\s#,])",
            "a value that starts with '[' is taken for a list",
            _IN_QUOTES,
        ),
        (r":\s+([@`%])", "a value cannot start with this sign", _IN_QUOTES),
        (r":\s+([*&!])\S*\s+\S", "a sign that means something else in YAML", _IN_QUOTES),
        (
            r"""^\s*[\w -]+:\s+[^\s"'\[{|>&*!].*?(:)(?:\s|$)""",
            "a colon inside a value without quotes",
            _IN_QUOTES,
        ),
    )
)

_WRONG_COLUMN = "a line that starts in the wrong column"
_COLUMNS = "keys of the entry start in the first column, kinds of link two blanks in"

# What is left, by words of libyaml and of PyYAML's own parser.
_SAID = (
    ("flow sequence", "a list that is not closed", "add ']' or a comma"),
    ("flow mapping", "a mapping that is not closed", "add '}' or a comma"),
    ("quoted scalar", "a quotation mark that is not closed", "end the text with the same mark"),
    ("node content", "a value is missing, or a list is not closed", "add the value, or ']'"),
    ("undefined alias", "a '*' in front of a value without quotes", _IN_QUOTES),
    ("a single document", "'---' starts a second document", "one file holds one entry"),
    ("special characters", "an invisible character", "delete it and type the text again"),
    ("control characters", "an invisible character", "delete it and type the text again"),
    ("cannot start any token", "a character that cannot stand here", _IN_QUOTES),
    ("expected ':'", "a line without a colon", "a value stays on the line of its key"),
    ("expected key", _WRONG_COLUMN, _COLUMNS),
    ("block mapping", _WRONG_COLUMN, _COLUMNS),
    ("not allowed in this context", _WRONG_COLUMN, _COLUMNS),
)  # fmt: skip


def explain(text: str, error: yaml.YAMLError) -> tuple[int, int, str, str]:
    """Line and column of a mistake, from 1, what it is, and what to do."""
    mark = getattr(error, "problem_mark", None)
    line = mark.line if mark else 0
    lines = text.splitlines()
    return _slip(lines, line) or _indented(lines, line) or _said(error)


def _slip(lines: list[str], last: int) -> tuple[int, int, str, str] | None:
    """The first slip in the line at which the parser stopped, or in the three before it."""
    for number in range(max(0, last - 3), min(last + 1, len(lines))):
        for slip in _SLIPS:
            if match := slip.pattern.search(lines[number]):
                return number + 1, match.start(1) + 1, slip.message, slip.hint
    return None


def _indented(lines: list[str], last: int) -> tuple[int, int, str, str] | None:
    """A line that is indented although the one above it has its value, or the first one."""
    hint = "delete the blanks in front of it"
    for number in range(min(last + 1, len(lines))):
        above, line = lines[number - 1] if number else "", lines[number]
        blanks = len(line) - len(line.lstrip(" "))
        if not number and blanks and line.strip():
            return 1, 1, "the first line is indented", hint
        has_value = re.match(r"^\s*[\w -]+:\s+[^\s|>&#]", above)
        if has_value and blanks > len(above) - len(above.lstrip(" ")) and ":" in line:
            message = "the line is indented, although the one above it has its value"
            return number + 1, 1, message, hint
    return None


def _said(error: yaml.YAMLError) -> tuple[int, int, str, str]:
    """What the parser says, in other words."""
    said = str(error)
    found = ((message, hint) for words, message, hint in _SAID if words in said)
    message, hint = next(found, ("this is not YAML", "each line is 'key: value'"))
    begun = getattr(error, "context_mark", None) if "not closed" in message else None
    mark = begun or getattr(error, "problem_mark", None)
    return (mark.line + 1, mark.column + 1, message, hint) if mark else (1, 1, message, hint)
