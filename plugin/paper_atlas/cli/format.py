"""`paper-atlas format`: put entries into their canonical form."""

import argparse
from pathlib import Path

from paper_atlas.cli.output import (
    FINE,
    PROBLEMS,
    CannotRunError,
    Verbs,
    counted,
    folder_of,
    named,
    say,
    tell,
)
from paper_atlas.folder.formatter import changes
from paper_atlas.folder.load import RESERVED
from paper_atlas.folder.reader import File, read_files
from paper_atlas.folder.vocabulary_file import NAME as VOCABULARY
from paper_atlas.folder.vocabulary_file import read_vocabulary
from paper_atlas.model.vocabulary import Vocabulary
from paper_atlas.problem import Problem, errors, shown
from paper_atlas.source.atomic import alone, write_over
from paper_atlas.text.slug import number


def add(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    """Add the verb to the command."""
    tidy = verbs.add_parser("format", parents=[shared], help="put entries into canonical form")
    tidy.add_argument("files", metavar="FILE", nargs="*", type=Path, help="default: all")
    tidy.add_argument("--check", action="store_true", help="only name the files not in that form")
    tidy.set_defaults(verb=_format)


def _format(arguments: argparse.Namespace) -> int:
    vocabulary, files, problems = _to_format(arguments)
    tell(problems)
    try:
        changed = list(changes(files, list(vocabulary.facets), arguments.entries, Path.cwd()))
        with alone(arguments.entries):
            for path, text in () if arguments.check else changed:
                write_over(path, text)
                say(f"formatted {shown(path, Path.cwd())}")
    except OSError as error:
        raise CannotRunError(f"'{error.filename}' cannot be replaced: {error}") from error
    if arguments.check:
        say(*(f"{shown(path, Path.cwd())}: not formatted" for path, _ in changed))
        return PROBLEMS if problems or changed else FINE
    unchanged = f"{len(files) - len(changed)} unchanged"
    told = f"; {counted(problems)}" if problems else ""
    say(f"{number(len(changed), 'file')} formatted, {unchanged}{told}")
    return PROBLEMS if problems else FINE


def _to_format(arguments: argparse.Namespace) -> tuple[Vocabulary, list[File], list[Problem]]:
    """The vocabulary, the files without errors of their own, and the errors of the others.

    With a broken vocabulary there are no files: it would make others of sound entries.
    """
    folder, base = folder_of(arguments), Path.cwd()
    place = shown(folder / VOCABULARY, base)
    vocabulary, _, problems = read_vocabulary(folder, place, RESERVED)
    files, _ = read_files(folder, base, vocabulary)
    paths = named(arguments, {file.source.path for file in files})
    chosen = [] if errors(problems) else [file for file in files if file.source.path in paths]
    problems += [problem for file in chosen for problem in errors(file.problems)]
    return vocabulary, [file for file in chosen if file.entry], problems
