"""YAML syntax errors in plain English.

A YAML parser reports where it failed, which is often after the mistake, and in terms of its
grammar. So the lines around that position are searched for the mistakes that people make.
"""

import re
from dataclasses import dataclass

import yaml

_LONGEST = 1000
"""The characters of a line in which a slip is searched: some patterns take quadratic time."""

_IN_QUOTES = 'put the whole value in double quotes: "…"'


@dataclass(frozen=True)
class _Slip:
    """A common mistake in one line; group 1 of the pattern is its position."""

    pattern: re.Pattern[str]
    message: str
    hint: str


# The first pattern that matches a line explains it best.
_SLIPS = tuple(
    _Slip(re.compile(pattern), message, hint)
    for pattern, message, hint in (
        (r"^(```)", "a Markdown code fence", "remove the line"),
        (r"^ *(\t)", "a tab at the start of the line", "use two spaces"),
        (
            r"^\s*(?:doi|arxiv|pmid):\s+((?:doi|arxiv|pmid):)\s",
            "the kind of link is given twice",
            "remove the second one",
        ),
        (r"^[a-z_]+( )+[\"'\[]", "no colon after the key", "write 'key: value'"),
        (r"^ *(\xa0)", "a no-break space at the start of the line", "type a space"),
        (r"^\s*\w+(：)", "a full-width colon", "type ':'"),
        (r":\s+([“”„‟‘’‚«»])", "a curly quotation mark", 'use straight quotation marks: "…"'),
        (r"^\s*[a-z_]+(:)[^\s/]", "no space after the colon", "write 'key: value'"),
        (
            r"""^\s*[\w -]+:\s+(?:'[^']*'|"(?:[^"\\]|\\.)*")\s*([^\s#,])""",
            "text after the closing quotation mark",
            r"put the whole value in double quotes, and write \" for one inside it",
        ),
        (
            r"^\s*[\w -]+:\s+(\[)(?:\[|[^\[\]]*\]\s*[^\s#,])",
            "a value that starts with '[' is read as a list",
            _IN_QUOTES,
        ),
        (r":\s+([@`%])", "a value cannot start with this character", _IN_QUOTES),
        (r":\s+([*&!])\S*\s+\S", "a character with a special meaning in YAML", _IN_QUOTES),
        (
            r"""^\s*[\w -]+:\s+[^\s"'\[{|>&*!].*?(:)(?:\s|$)""",
            "a colon inside a value without quotes",
            _IN_QUOTES,
        ),
    )
)

_WRONG_COLUMN = "a line that starts in the wrong column"
_COLUMNS = "start a key of the entry in the first column, a kind of link after two spaces"

# All other errors, by a part of the message of libyaml or of PyYAML's own parser.
_MESSAGES = (
    ("flow sequence", "a list that is not closed", "add ']' or a comma"),
    ("flow mapping", "a mapping that is not closed", "add '}' or a comma"),
    ("quoted scalar", "a quotation mark that is not closed", "end the text with the same mark"),
    ("node content", "a value is missing, or a list is not closed", "add the value, or ']'"),
    ("undefined alias", "a '*' before a value without quotes", _IN_QUOTES),
    ("a single document", "'---' starts a second document", "write one entry per file"),
    ("special characters", "an invisible character", "remove it and type the text again"),
    ("control characters", "an invisible character", "remove it and type the text again"),
    ("cannot start any token", "a character that is not allowed here", _IN_QUOTES),
    ("expected ':'", "a line without a colon", "write the value on the line of its key"),
    ("expected key", _WRONG_COLUMN, _COLUMNS),
    ("block mapping", _WRONG_COLUMN, _COLUMNS),
    ("not allowed in this context", _WRONG_COLUMN, _COLUMNS),
)  # fmt: skip


def explain_syntax_error(text: str, error: yaml.YAMLError) -> tuple[int, int, str, str]:
    """Return line and column of a syntax error, from 1, a message and a hint."""
    mark = getattr(error, "problem_mark", None)
    line = mark.line if mark else 0
    lines = [full[:_LONGEST] for full in text.splitlines()]
    return _find_slip(lines, line) or _find_indented(lines, line) or _translate(error)


def _find_slip(lines: list[str], last: int) -> tuple[int, int, str, str] | None:
    """Find a slip in the line where the parser failed, or in the three lines before it."""
    for number in range(max(0, last - 3), min(last + 1, len(lines))):
        for slip in _SLIPS:
            if match := slip.pattern.search(lines[number]):
                return number + 1, match.start(1) + 1, slip.message, slip.hint
    return None


def _find_indented(lines: list[str], last: int) -> tuple[int, int, str, str] | None:
    """Find a line that must not be indented: the first one, or one below a complete value."""
    hint = "remove the spaces at its start"
    for number in range(min(last + 1, len(lines))):
        above, line = lines[number - 1] if number else "", lines[number]
        indent = len(line) - len(line.lstrip(" "))
        if not number and indent and line.strip():
            return 1, 1, "the first line is indented", hint
        has_value = re.match(r"^\s*[\w -]+:\s+[^\s|>&#]", above)
        if has_value and indent > len(above) - len(above.lstrip(" ")) and ":" in line:
            message = "the line is indented, but the key above it already has a value"
            return number + 1, 1, message, hint
    return None


def _translate(error: yaml.YAMLError) -> tuple[int, int, str, str]:
    """Translate a message of the parser into plain English."""
    original = str(error)
    found = ((message, hint) for part, message, hint in _MESSAGES if part in original)
    message, hint = next(found, ("the file is not valid YAML", "write each line as 'key: value'"))
    start = getattr(error, "context_mark", None) if "not closed" in message else None
    mark = start or getattr(error, "problem_mark", None)
    return (mark.line + 1, mark.column + 1, message, hint) if mark else (1, 1, message, hint)
