"""The command `paper-atlas`: parse the words, call the verb, turn an error into a line.

Reports go to standard error, results to standard output. Exit codes: 0 fine, 1 problems found,
2 could not run.

The module of a verb is imported when the verb is called: its imports take longer than most commands
run.
"""

import argparse
import gc
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from paper_atlas import __version__
from paper_atlas.cli.output import COULD_NOT_RUN, CannotRunError, print_status

COMMANDS = {
    "check": "check",
    "new": "new",
    "import": "import_",
    "enrich": "enrich",
    "export": "export",
    "format": "format",
    "schema": "schema",
}
"""The module of each verb."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    words = sys.argv[1:] if argv is None else argv
    arguments = _parser(next(iter(words), "")).parse_args(words)
    gc.disable()  # a command makes many values and hardly a cycle, and its process ends soon
    try:
        return int(arguments.verb(arguments))
    except CannotRunError as error:
        print_status(f"error: {error}")
        return COULD_NOT_RUN
    finally:
        gc.enable()


def _parser(given: str) -> argparse.ArgumentParser:
    """The parser for what is given first: a verb, or all of them to choose from."""
    parser = argparse.ArgumentParser(
        prog="paper-atlas", description="A folder of YAML files, one per paper, and its atlas."
    )
    parser.add_argument("--version", action="version", version=f"paper-atlas {__version__}")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--entries", metavar="DIR", type=Path, default=Path("entries"), help="default: entries"
    )
    verbs = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    named = [given] if given in COMMANDS else [] if given == "--version" else COMMANDS
    for verb in named:
        import_module(f"paper_atlas.cli.{COMMANDS[verb]}").add_command(verbs, shared)
    return parser
