"""The command `paper-atlas`: parses the arguments, runs a command, and prints errors.

Reports go to standard error, results to standard output. Exit codes: 0 success, 1 problems found,
2 could not run.

The module of a command is imported only when that command runs, because its imports take longer
than most commands.
"""

import argparse
import gc
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from paper_atlas import __version__
from paper_atlas.cli.output import EXIT_COULD_NOT_RUN, CannotRunError, print_status, reason_of
from paper_atlas.reports.printable import printable_line

COMMANDS = {
    "check": "check",
    "new": "new",
    "import": "import_",
    "enrich": "enrich",
    "export": "export",
    "format": "format",
    "schema": "schema",
}
"""The module of each command. It has a function `add_command`."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with `argv`, or the arguments of the process, and return its exit code.

    Raises:
        SystemExit: from argparse, after `--help`, `--version`, or invalid arguments.
    """
    words = sys.argv[1:] if argv is None else argv
    arguments = _build_parser(next(iter(words), "")).parse_args(words)
    gc.disable()  # a command creates many values and few cycles, and its process ends soon
    try:
        return int(arguments.run(arguments))
    except CannotRunError as error:
        print_status(*(f"error: {message}" for message in error.args))
        return EXIT_COULD_NOT_RUN
    except OSError as error:  # of a file that no command expects to fail
        place = f"'{error.filename}': " if error.filename else ""
        print_status(f"error: {place}{reason_of(error)}")
        return EXIT_COULD_NOT_RUN
    finally:
        gc.enable()


class _Parser(argparse.ArgumentParser):
    """Prints invalid arguments, which may be the names of files, without harm."""

    def error(self, message: str) -> NoReturn:
        super().error(printable_line(message))


def _build_parser(first_word: str) -> argparse.ArgumentParser:
    """Return a parser for the command that `first_word` names, or for all commands."""
    parser = _Parser(
        prog="paper-atlas", description="Literature websites from YAML files, one file per paper."
    )
    parser.add_argument("--version", action="version", version=f"paper-atlas {__version__}")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--entries", metavar="DIR", type=Path, default=Path("entries"), help="default: entries"
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    if first_word in COMMANDS:
        names = [first_word]
    else:
        names = [] if first_word == "--version" else list(COMMANDS)
    for name in names:
        import_module(f"paper_atlas.cli.{COMMANDS[name]}").add_command(commands, shared)
    return parser
