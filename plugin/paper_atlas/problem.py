"""A problem in a file, as a value. The functions that find problems return them; only the front
ends print them.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


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
    return "." if full == root.rstrip(os.sep) else relative.replace(os.sep, "/")
