"""Functions that commands share: options, output and exit codes."""

import argparse
import contextlib
import os
import sys
from collections.abc import Iterable, Iterator, Sequence, Set
from pathlib import Path
from typing import Any

from paper_atlas.problem import Problem, Severity, display_path, with_severity
from paper_atlas.reports.printable import printable_line, printable_lines
from paper_atlas.reports.terminal import terminal_report
from paper_atlas.source.atomic import UnfinishedError, remove_unfinished, write_bytes
from paper_atlas.text.lines import pluralize

EXIT_FINE, EXIT_PROBLEMS, EXIT_COULD_NOT_RUN = 0, 1, 2

Subparsers = Any  # argparse has no public name for the result of add_subparsers


class CannotRunError(Exception):
    """The command cannot run; each argument is a message with a reason."""


def add_list_option(
    parser: argparse.ArgumentParser, flag: str, metavar: str, help_text: str, *, dest: str
) -> None:
    """Add an option that takes several values and may be repeated; the default is no value."""
    parser.add_argument(
        flag, dest=dest, metavar=metavar, nargs="+", action="extend", default=[], help=help_text
    )


def entries_folder(arguments: argparse.Namespace) -> Path:
    """Return the folder of entries, and print a warning if the YAML parser is the slow one.

    Raises:
        CannotRunError: the folder does not exist.
    """
    folder: Path = arguments.entries
    if not folder.is_dir():
        raise CannotRunError(f"folder '{folder}' does not exist; give another with --entries")
    from paper_atlas.source.document import SLOW_PARSER_WARNING  # --version must not import YAML

    print_status(*filter(None, [SLOW_PARSER_WARNING]))
    return folder


def chosen_paths(arguments: argparse.Namespace, known: Set[str]) -> Set[str]:
    """Return the paths given on the command line, or all known paths if none is given.

    Raises:
        CannotRunError: a given path is not among the known ones.
    """
    given = {display_path(path, Path.cwd()) for path in arguments.files}
    for path in sorted(given - known):
        folder = display_path(arguments.entries, Path.cwd())
        raise CannotRunError(f"'{path}' is not an entry in '{folder}'")
    return given or known


def count_by_severity(problems: Sequence[Problem]) -> str:
    """Return the number of problems of each severity, such as `1 error, 2 notes`."""
    counts = {severity: len(with_severity(problems, severity)) for severity in Severity}
    parts = [pluralize(count, severity.value) for severity, count in counts.items() if count]
    return ", ".join(parts) or "no problems"


def print_problems(problems: Sequence[Problem]) -> None:
    """Print problems to standard error; on a terminal in colour, with excerpts of the files."""
    if sys.stderr.isatty() and "NO_COLOR" not in os.environ:
        sys.stderr.write(terminal_report(problems, Path.cwd()))
    else:
        print_status(*map(str, problems))


def print_status(*lines: str) -> None:
    """Print lines to standard error. If that is impossible, the exit code has to suffice."""
    with contextlib.suppress(OSError):
        for line in lines:
            print(printable_line(line), file=sys.stderr)


def print_skipped(paths: Iterable[str]) -> None:
    """Print the paths of files that were not written because others changed them."""
    message = "changed during the run, so it is skipped; run it again"
    print_status(*(f"{path}: {message}" for path in paths))


def print_question(question: str) -> None:
    """Print a question to standard error, without a line break."""
    print(f"{printable_line(question)}: ", end="", file=sys.stderr, flush=True)


def write_result(content: bytes) -> None:
    """Write a result to standard output: as it is to a program or a file, printable at a terminal.

    A pipe that the reader closes early, as `head` does, is ignored.
    https://docs.python.org/3/library/signal.html#note-on-sigpipe

    Raises:
        CannotRunError: the output cannot be written, for example because the disk is full.
    """
    if sys.stdout.isatty():
        content = printable_lines(content.decode(errors="surrogateescape")).encode()
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except OSError as error:
        # Python writes the rest when it ends, and would report the error again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            message = f"standard output cannot be written: {reason_of(error)}"
            raise CannotRunError(message) from error


def write_diff(text: str) -> None:
    """Write a diff to standard output: printable in a log, whose build server reads each line."""
    shown = printable_lines(text) if "CI" in os.environ else text
    write_result(shown.encode(errors="surrogateescape"))


def write_output_file(path: Path, content: bytes) -> None:
    """Write a file atomically, and delete what killed processes left in its folder.

    Raises:
        CannotRunError: the file cannot be written. An existing file is unchanged.
    """
    with written_or_unchanged(path):
        remove_unfinished(path.parent)
        write_bytes(path, content)


@contextlib.contextmanager
def written_or_unchanged(path: Path, done: str = "wrote") -> Iterator[None]:
    """Stop the command if a file cannot be written, and print which files are written by then.

    `path` is the file or folder to name if the error has no name. `done` is what the command did
    with the files that are written.

    Raises:
        CannotRunError: the operating system cannot write a file. That file is unchanged.
    """
    try:
        yield
    except UnfinishedError as error:
        print_status(*(f"{done} {written}" for written in error.written))
        raise CannotRunError(str(error)) from error
    except OSError as error:
        shown = display_path(Path(error.filename or path), Path.cwd())
        message = f"'{shown}' cannot be written: {reason_of(error)}; nothing is written"
        raise CannotRunError(message) from error


def reason_of(error: OSError) -> str:
    """Return the reason of an error of the operating system, in its words."""
    return error.strerror or str(error)
