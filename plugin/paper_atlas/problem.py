"""A mistake, as a value that knows its place and explains itself.

Whoever finds a problem returns it; only the front ends print.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem weighs: an error stops a strict build, a note only informs."""

    ERROR = "error"
    NOTE = "note"


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in one file.

    `line` and `column` count from 1; `field` is the dotted path of the key, or empty where the
    problem concerns the file. `message` says what was found and expected, `hint` what to do.
    """

    path: str
    line: int
    column: int
    code: str
    field: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        field = f"{self.field}: " if self.field else ""
        hint = f" ({self.hint})" if self.hint else ""
        place = f"{self.path}:{self.line}:{self.column}"
        return f"{place}: {self.code}: {field}{self.message}{hint}"


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that make a check fail."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]
