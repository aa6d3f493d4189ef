"""`paper-atlas format`: rewrite entries in their canonical form."""

import argparse
from pathlib import Path

from paper_atlas.cli.output import (
    EXIT_FINE,
    EXIT_PROBLEMS,
    Subparsers,
    chosen_paths,
    count_by_severity,
    entries_folder,
    print_problems,
    print_skipped,
    print_status,
    written_or_unchanged,
)
from paper_atlas.folder.diff import format_changes, write_changes
from paper_atlas.folder.reader import EntryFile, EntryReader, read_files
from paper_atlas.folder.steps import RESERVED_NAMES
from paper_atlas.folder.vocabulary_file import read_vocabulary
from paper_atlas.model.vocabulary import VOCABULARY_FILE, Vocabulary
from paper_atlas.problem import Problem, display_path, errors
from paper_atlas.text.lines import pluralize


def add_command(commands: Subparsers, shared: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "format", parents=[shared], help="rewrite entries in their canonical form"
    )
    parser.add_argument("files", metavar="FILE", nargs="*", type=Path, help="default: all")
    parser.add_argument(
        "--check", action="store_true", help="only list the files that are not formatted"
    )
    parser.set_defaults(run=_format)


def _format(arguments: argparse.Namespace) -> int:
    vocabulary, files, problems = _formattable_files(arguments)
    print_problems(problems)
    facets = list(vocabulary.facets)
    changes = list(format_changes(files, facets, arguments.entries, Path.cwd()))
    if arguments.check:
        print_status(*(f"{change.path}: not formatted" for change in changes))
        return EXIT_PROBLEMS if problems or changes else EXIT_FINE
    with written_or_unchanged(arguments.entries, "formatted"):
        written, skipped = write_changes(changes, arguments.entries, Path.cwd())
    print_status(*(f"formatted {path}" for path in written))
    print_skipped(skipped)
    unchanged = f"{len(files) - len(changes)} unchanged"
    counts = f"; {count_by_severity(problems)}" if problems else ""
    print_status(f"{pluralize(len(written), 'file')} formatted, {unchanged}{counts}")
    return EXIT_PROBLEMS if problems or skipped else EXIT_FINE


def _formattable_files(
    arguments: argparse.Namespace,
) -> tuple[Vocabulary, list[EntryFile], list[Problem]]:
    """Return the vocabulary, the chosen files without errors, and the errors of the others.

    With a broken vocabulary no file is returned, because the terms of entries cannot be resolved.
    """
    folder, base = entries_folder(arguments), Path.cwd()
    place = display_path(folder / VOCABULARY_FILE, base)
    vocabulary, _, problems = read_vocabulary(folder, place, RESERVED_NAMES)
    files = read_files(folder, base, EntryReader(folder, vocabulary))
    paths = chosen_paths(arguments, {file.document.path for file in files})
    chosen = [] if errors(problems) else [file for file in files if file.document.path in paths]
    problems += [problem for file in chosen for problem in errors(file.problems)]
    return vocabulary, [file for file in chosen if file.entry], problems
