"""A problem in a file, as a value. The functions that find problems return them; only the front
ends print them.
"""

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

# Control characters, line separators, characters that change the direction of text, and bytes that
# are not UTF-8, which Python reads as surrogates. https://peps.python.org/pep-0383/
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class Severity(StrEnum):
    """The effect of a problem.

    An error excludes the entry and fails every check and build. A warning keeps the entry and
    fails a strict check or build. A note fails nothing.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in one file.

    `line` and `column` count from 1. `field` is the dotted path of the key, or empty if the
    problem concerns the whole file. `message` names what was expected and found, `hint` the fix.
    """

    path: str
    line: int
    column: int
    code: str
    field: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR

    @property
    def full_message(self) -> str:
        """The field, the message and the hint, without position and code."""
        field = f"{self.field}: " if self.field else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{field}{self.message}{hint}"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.code}: {self.full_message}"


MAX_PROBLEMS = 100
"""The most problems of one file and one severity that are reported one by one."""


def limit_problems(problems: Sequence[Problem]) -> Sequence[Problem]:
    """Return the problems of a file, at most `MAX_PROBLEMS` of each severity.

    The problem `more-problems` counts the others, at the position of the first of them.
    """
    if len(problems) <= MAX_PROBLEMS:
        return problems
    return [
        problem
        for severity in Severity
        for problem in _limit(sorted(with_severity(problems, severity)))
    ]


def _limit(problems: list[Problem]) -> list[Problem]:
    shown, others = problems[:MAX_PROBLEMS], problems[MAX_PROBLEMS:]
    if not others:
        return shown
    first = others[0]
    message = f"{len(others)} more problems of this severity are not listed"
    hint = "correct those that are listed first"
    rest = Problem(
        first.path, first.line, first.column, "more-problems", "", message, hint, first.severity
    )
    return [*shown, rest]


def with_severity(problems: Iterable[Problem], *severities: Severity) -> list[Problem]:
    """Return the problems that have one of the severities."""
    return [problem for problem in problems if problem.severity in severities]


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems that exclude an entry."""
    return with_severity(problems, Severity.ERROR)


def display_path(path: Path, base: Path) -> str:
    """Return a path as messages show it: relative to `base` if it is below it, with slashes."""
    # String operations, because pathlib takes several times as long for thousands of files.
    full, root = os.path.abspath(path), f"{os.path.abspath(base).rstrip(os.sep)}{os.sep}"  # noqa: PTH100
    relative = full[len(root) :] if full.startswith(root) else full
    return "." if full == root.rstrip(os.sep) else display_name(relative.replace(os.sep, "/"))


def display_name(name: str) -> str:
    """Return the name of a file as messages show it, with escapes for what no message can show.

    >>> display_name("a\\nb.yml")
    'a\\\\x0ab.yml'
    """
    return name if name.isprintable() else _UNSAFE.sub(_escape, name)


def _escape(found: re.Match[str]) -> str:
    number = ord(found[0])
    byte = number - 0xDC00 if 0xDC80 <= number <= 0xDCFF else number
    return f"\\x{byte:02x}" if byte <= 0xFF else f"\\u{byte:04x}"
