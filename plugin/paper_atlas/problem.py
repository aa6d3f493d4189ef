"""A mistake, as a value that knows its place and explains itself.

Whoever finds a problem returns it; only the front ends print.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path


class Severity(StrEnum):
    """How much a problem weighs.

    With an error the entry is left out, and a check fails; with a warning it stays, and a strict
    check or build fails; a note only informs.
    """

    ERROR = "error"
    WARNING = "warning"
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

    @property
    def full_message(self) -> str:
        """All that is said of the problem, without its place and code."""
        field = f"{self.field}: " if self.field else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{field}{self.message}{hint}"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.code}: {self.full_message}"


def with_severity(problems: Iterable[Problem], *severities: Severity) -> list[Problem]:
    """The problems that weigh so much."""
    return [problem for problem in problems if problem.severity in severities]


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """The problems with which an entry is left out."""
    return with_severity(problems, Severity.ERROR)


def problems_to_json(problems: Iterable[Problem]) -> str:
    """Problems as JSON, for `read_kept`."""
    return json.dumps([asdict(problem) for problem in problems])


def problems_from_json(text: str) -> list[Problem]:
    """The problems that `to_keep` wrote."""
    return [Problem(**said | {"severity": Severity(said["severity"])}) for said in json.loads(text)]


def display_path(path: Path, base: Path) -> str:
    """A path as people are told it: relative to `base` where it lies below it."""
    # As text: every file is named, and pathlib takes several times as long.
    full, root = os.path.abspath(path), f"{os.path.abspath(base).rstrip(os.sep)}{os.sep}"  # noqa: PTH100
    relative = full[len(root) :] if full.startswith(root) else full
    return "." if full == root.rstrip(os.sep) else relative.replace(os.sep, "/")
