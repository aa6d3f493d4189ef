"""`paper-atlas format`: put entries into their canonical form."""

import argparse
from pathlib import Path

from paper_atlas.cli.output import (
    FINE,
    PROBLEMS,
    CannotRunError,
    Subparsers,
    chosen_paths,
    count_by_severity,
    entries_folder,
    print_problems,
    print_status,
)
from paper_atlas.folder.formatter import format_changes
from paper_atlas.folder.load import RESERVED
from paper_atlas.folder.reader import EntryFile, read_files
from paper_atlas.folder.vocabulary_file import VOCABULARY_FILE, read_vocabulary
from paper_atlas.model.vocabulary import Vocabulary
from paper_atlas.problem import Problem, display_path, errors
from paper_atlas.source.atomic import folder_lock, replace_text
from paper_atlas.text.slug import pluralize


def add_command(verbs: Subparsers, shared: argparse.ArgumentParser) -> None:
    """Add the verb to the command."""
    tidy = verbs.add_parser("format", parents=[shared], help="put entries into canonical form")
    tidy.add_argument("files", metavar="FILE", nargs="*", type=Path, help="default: all")
    tidy.add_argument("--check", action="store_true", help="only name the files not in that form")
    tidy.set_defaults(verb=_format)


def _format(arguments: argparse.Namespace) -> int:
    vocabulary, files, problems = _to_format(arguments)
    print_problems(problems)
    try:
        changed = list(
            format_changes(files, list(vocabulary.facets), arguments.entries, Path.cwd())
        )
        with folder_lock(arguments.entries):
            for path, text in () if arguments.check else changed:
                replace_text(path, text)
                print_status(f"formatted {display_path(path, Path.cwd())}")
    except OSError as error:
        raise CannotRunError(f"'{error.filename}' cannot be replaced: {error}") from error
    if arguments.check:
        print_status(*(f"{display_path(path, Path.cwd())}: not formatted" for path, _ in changed))
        return PROBLEMS if problems or changed else FINE
    unchanged = f"{len(files) - len(changed)} unchanged"
    told = f"; {count_by_severity(problems)}" if problems else ""
    print_status(f"{pluralize(len(changed), 'file')} formatted, {unchanged}{told}")
    return PROBLEMS if problems else FINE


def _to_format(arguments: argparse.Namespace) -> tuple[Vocabulary, list[EntryFile], list[Problem]]:
    """The vocabulary, the files without errors of their own, and the errors of the others.

    With a broken vocabulary there are no files: it would make others of sound entries.
    """
    folder, base = entries_folder(arguments), Path.cwd()
    place = display_path(folder / VOCABULARY_FILE, base)
    vocabulary, _, problems = read_vocabulary(folder, place, RESERVED)
    files, _ = read_files(folder, base, vocabulary)
    paths = chosen_paths(arguments, {file.document.path for file in files})
    chosen = [] if errors(problems) else [file for file in files if file.document.path in paths]
    problems += [problem for file in chosen for problem in errors(file.problems)]
    return vocabulary, [file for file in chosen if file.entry], problems
