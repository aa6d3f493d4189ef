"""What the verbs of the command share: how they report, and how they end."""

import argparse
import os
import sys
from collections.abc import Sequence, Set
from pathlib import Path
from typing import Any

from paper_atlas.problem import Problem, Severity, display_path, with_severity
from paper_atlas.reports.terminal import terminal_report
from paper_atlas.text.slug import pluralize

FINE, PROBLEMS, COULD_NOT_RUN = 0, 1, 2

Subparsers = Any  # argparse does not name what add_subparsers returns


class CannotRunError(Exception):
    """A command cannot be carried out at all; its message says why."""


def entries_folder(arguments: argparse.Namespace) -> Path:
    """The folder of entries, which has to be there."""
    folder: Path = arguments.entries
    if not folder.is_dir():
        raise CannotRunError(f"there is no folder '{folder}'; name it with --entries")
    from paper_atlas.source.document import SLOW_PARSER_WARNING

    print_status(*filter(None, [SLOW_PARSER_WARNING]))
    return folder


def chosen_paths(arguments: argparse.Namespace, known: Set[str]) -> Set[str]:
    """The paths named on the command line, else all that are known."""
    named = {display_path(path, Path.cwd()) for path in arguments.files}
    for path in sorted(named - known):
        folder = display_path(arguments.entries, Path.cwd())
        raise CannotRunError(f"'{path}' is no file of an entry in '{folder}'")
    return named or known


def count_by_severity(problems: Sequence[Problem]) -> str:
    """How many problems there are of each severity, in words."""
    counts = {severity: len(with_severity(problems, severity)) for severity in Severity}
    words = [pluralize(count, severity.value) for severity, count in counts.items() if count]
    return ", ".join(words) or "no problems"


def print_problems(problems: Sequence[Problem]) -> None:
    """Print problems to standard error, with excerpts where a person reads them."""
    if sys.stderr.isatty() and "NO_COLOR" not in os.environ:
        sys.stderr.write(terminal_report(problems, Path.cwd()))
    else:
        print_status(*map(str, problems))


def print_status(*lines: str) -> None:
    """Print lines to standard error, where reports go."""
    for line in lines:
        print(line, file=sys.stderr)
