"""The command `paper-atlas`: parse the words, call the verb, print what it found.

Reports go to standard error. Exit codes: 0 fine, 1 problems found, 2 could not run.
"""

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from paper_atlas import __version__
from paper_atlas.importers import IMPORTERS
from paper_atlas.importing import import_reading
from paper_atlas.library import load, shown
from paper_atlas.problem import Problem, errors
from paper_atlas.text import number

FINE, PROBLEMS, COULD_NOT_RUN = 0, 1, 2


class CannotRunError(Exception):
    """A command cannot be carried out at all; its message says why."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    try:
        return int(arguments.verb(arguments))
    except CannotRunError as error:
        _say(f"error: {error}")
        return COULD_NOT_RUN


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
    check = verbs.add_parser("check", parents=[shared], help="tell every problem of the entries")
    check.set_defaults(verb=_check)
    bring = verbs.add_parser(
        "import", parents=[shared], help="make entries of a list of papers in Markdown"
    )
    bring.add_argument("source", metavar="README.md", type=Path)
    bring.set_defaults(verb=_import)
    return parser


def _check(arguments: argparse.Namespace) -> int:
    if not arguments.entries.is_dir():
        raise CannotRunError(f"there is no folder '{arguments.entries}'; name it with --entries")
    library = load(arguments.entries)
    _tell(library.problems)
    found = errors(library.problems)
    words = "no problems" if not found else number(len(found), "problem")
    _say(f"{number(len(library.entries) + len(library.broken), 'entry', 'entries')}, {words}")
    return PROBLEMS if found else FINE


def _import(arguments: argparse.Namespace) -> int:
    source: Path = arguments.source
    importer = IMPORTERS.get(source.suffix.casefold())
    if importer is None:
        known = ", ".join(sorted(IMPORTERS))
        raise CannotRunError(f"'{source}' is not a list that can be read ({known})")
    try:
        text = source.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CannotRunError(f"'{source}' cannot be read: {error}") from error
    imported = import_reading(importer(text, shown(source, Path.cwd())), arguments.entries)
    _tell(imported.problems)
    _say(*(f"wrote {path}" for path in imported.written))
    entries = [path for path in imported.written if not path.endswith("vocabulary.yml")]
    _say(f"{number(len(entries), 'paper')} written, {len(imported.in_place)} in place already")
    return PROBLEMS if errors(imported.problems) else FINE


def _tell(problems: Iterable[Problem]) -> None:
    _say(*(str(problem) for problem in problems))


def _say(*lines: str) -> None:
    for line in lines:
        print(line, file=sys.stderr)
