"""The command `paper-atlas`: parse the words, call the verb, turn an error into a line.

Reports go to standard error, results to standard output. Exit codes: 0 fine, 1 problems found,
2 could not run.
"""

import argparse
import gc
from collections.abc import Sequence
from pathlib import Path

from paper_atlas import __version__
from paper_atlas.commands import COMMANDS
from paper_atlas.commands.common import COULD_NOT_RUN, CannotRunError, say


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    arguments = _parser().parse_args(argv)
    gc.disable()  # a command makes many values and hardly a cycle, and its process ends soon
    try:
        return int(arguments.verb(arguments))
    except CannotRunError as error:
        say(f"error: {error}")
        return COULD_NOT_RUN
    finally:
        gc.enable()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="paper-atlas", description="A folder of YAML files, one per paper, and its atlas."
    )
    parser.add_argument("--version", action="version", version=f"paper-atlas {__version__}")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--entries", metavar="DIR", type=Path, default=Path("entries"), help="default: entries"
    )
    verbs = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for add in COMMANDS:
        add(verbs, shared)
    return parser
