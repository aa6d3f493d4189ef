"""The command `paper-atlas`: parse the words, call the verb, print what it found.

Reports go to standard error. Exit codes: 0 fine, 1 problems found, 2 could not run.
"""

import argparse
import os
import sys
from collections.abc import Sequence, Set
from pathlib import Path

from paper_atlas import __version__
from paper_atlas.formatting import changes
from paper_atlas.importers import IMPORTERS
from paper_atlas.importing import import_reading
from paper_atlas.library import RESERVED, File, load, read_files, shown
from paper_atlas.problem import Problem, Severity, errors, of_severity
from paper_atlas.reports import REPORTS
from paper_atlas.reports.terminal import terminal
from paper_atlas.schema import schemas
from paper_atlas.text import number
from paper_atlas.vocabulary import NAME as VOCABULARY
from paper_atlas.vocabulary import Vocabulary, read_vocabulary
from paper_atlas.writing import write_over

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
    check.add_argument("files", metavar="FILE", nargs="*", type=Path, help="default: all")
    check.add_argument("--output", choices=("text", *REPORTS), default="text", help="default: text")
    check.add_argument("--strict", action="store_true", help="fail on warnings too")
    check.set_defaults(verb=_check)
    schema = verbs.add_parser(
        "schema", parents=[shared], help="write the JSON Schemas that editors read"
    )
    schema.add_argument("--check", action="store_true", help="only tell whether they are current")
    schema.set_defaults(verb=_schema)
    bring = verbs.add_parser(
        "import", parents=[shared], help="make entries of a list of papers in Markdown"
    )
    bring.add_argument("source", metavar="README.md", type=Path)
    bring.add_argument(
        "--facet", metavar="NAME", default="organs",
        help="what headings become where there is no vocabulary yet; default: organs",
    )  # fmt: skip
    bring.set_defaults(verb=_import)
    tidy = verbs.add_parser("format", parents=[shared], help="put entries into canonical form")
    tidy.add_argument("files", metavar="FILE", nargs="*", type=Path, help="default: all")
    tidy.add_argument("--check", action="store_true", help="only name the files not in that form")
    tidy.set_defaults(verb=_format)
    return parser


def _check(arguments: argparse.Namespace) -> int:
    library = load(_folder(arguments))
    known = {entry.path for entry in library.entries} | {file.path for file in library.broken}
    named = _named(arguments, known | {shown(arguments.entries / VOCABULARY, Path.cwd())})
    problems = [it for it in library.problems if it.path in named]
    report = REPORTS.get(arguments.output)
    if report:
        sys.stdout.write(report(problems))
    else:
        _tell(problems)
    papers = number(len(library.entries) + len(library.broken), "entry", "entries")
    _say(f"{papers}, {_count(problems)}")
    failing = (Severity.ERROR, Severity.WARNING) if arguments.strict else (Severity.ERROR,)
    return PROBLEMS if of_severity(problems, *failing) else FINE


def _folder(arguments: argparse.Namespace) -> Path:
    folder: Path = arguments.entries
    if not folder.is_dir():
        raise CannotRunError(f"there is no folder '{folder}'; name it with --entries")
    return folder


def _named(arguments: argparse.Namespace, known: Set[str]) -> Set[str]:
    """The paths named on the command line, else all that are known."""
    named = {shown(path, Path.cwd()) for path in arguments.files}
    for path in sorted(named - known):
        folder = shown(arguments.entries, Path.cwd())
        raise CannotRunError(f"'{path}' is no file of an entry in '{folder}'")
    return named or known


def _count(problems: Sequence[Problem]) -> str:
    counts = {severity: len(of_severity(problems, severity)) for severity in Severity}
    words = [number(count, severity.value) for severity, count in counts.items() if count]
    return ", ".join(words) or "no problems"


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
    reading = importer(text, shown(source, Path.cwd()))
    try:
        imported = import_reading(reading, arguments.entries, facet=arguments.facet)
    except OSError as error:
        raise CannotRunError(f"'{arguments.entries}' cannot be written to: {error}") from error
    _tell(imported.problems)
    _say(*(f"wrote {path}" for path in imported.written))
    entries = [path for path in imported.written if not path.endswith("vocabulary.yml")]
    papers = f"{number(len(entries), 'paper')} written, {len(imported.in_place)} in place already"
    _say(f"{papers}; {_count(imported.problems)}" if imported.problems else papers)
    return PROBLEMS if errors(imported.problems) else FINE


def _schema(arguments: argparse.Namespace) -> int:
    library = load(_folder(arguments))
    stale = [
        arguments.entries / name
        for name, text in schemas(library.listed).items()
        if not _holds(arguments.entries / name, text)
    ]
    for path in stale:
        if arguments.check:
            _say(f"{shown(path, Path.cwd())}: not as 'paper-atlas schema' writes it")
        else:
            path.write_text(schemas(library.listed)[path.name], encoding="utf-8", newline="\n")
            _say(f"wrote {shown(path, Path.cwd())}")
    return PROBLEMS if stale and arguments.check else FINE


def _holds(path: Path, text: str) -> bool:
    try:
        return path.read_text(encoding="utf-8") == text
    except (OSError, UnicodeDecodeError):
        return False


def _format(arguments: argparse.Namespace) -> int:
    vocabulary, files, problems = _to_format(arguments)
    _tell(problems)
    try:
        changed = list(changes(files, list(vocabulary.facets), Path.cwd()))
        for path, text in () if arguments.check else changed:
            write_over(path, text)
            _say(f"formatted {shown(path, Path.cwd())}")
    except OSError as error:
        raise CannotRunError(f"'{error.filename}' cannot be replaced: {error}") from error
    if arguments.check:
        _say(*(f"{shown(path, Path.cwd())}: not formatted" for path, _ in changed))
        return PROBLEMS if problems or changed else FINE
    unchanged = f"{len(files) - len(changed)} unchanged"
    told = f"; {_count(problems)}" if problems else ""
    _say(f"{number(len(changed), 'file')} formatted, {unchanged}{told}")
    return PROBLEMS if problems else FINE


def _to_format(arguments: argparse.Namespace) -> tuple[Vocabulary, list[File], list[Problem]]:
    """The vocabulary, the files without errors of their own, and the errors of the others.

    With a broken vocabulary there are no files: it would make others of sound entries.
    """
    folder, base = _folder(arguments), Path.cwd()
    place = shown(folder / VOCABULARY, base)
    vocabulary, _, problems = read_vocabulary(folder, place, RESERVED)
    files, _ = read_files(folder, base, vocabulary)
    named = _named(arguments, {file.source.path for file in files})
    chosen = [] if problems else [file for file in files if file.source.path in named]
    problems += [problem for file in chosen for problem in errors(file.problems)]
    return vocabulary, [file for file in chosen if file.entry], problems


def _tell(problems: Sequence[Problem]) -> None:
    """Print problems to standard error, with excerpts where a person reads them."""
    if sys.stderr.isatty() and "NO_COLOR" not in os.environ:
        sys.stderr.write(terminal(problems, Path.cwd()))
    else:
        _say(*map(str, problems))


def _say(*lines: str) -> None:
    for line in lines:
        print(line, file=sys.stderr)
