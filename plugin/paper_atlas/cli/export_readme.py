"""`paper-atlas export readme`: write the papers into the marked part of a README."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from paper_atlas.cli.output import (
    EXIT_FINE,
    EXIT_PROBLEMS,
    CannotRunError,
    Subparsers,
    print_status,
    write_diff,
    write_output_file,
    write_result,
)
from paper_atlas.cli.selection import (
    Arguments,
    finish_export,
    select_entries,
)
from paper_atlas.exports.markdown import headed_list
from paper_atlas.folder.diff import FileChange
from paper_atlas.problem import display_path
from paper_atlas.source.files import MAX_LIST_BYTES, FileError, read_file
from paper_atlas.text.markdown import MarkerError, replace_marked_part


def add_format(formats: Subparsers, parents: Sequence[argparse.ArgumentParser]) -> None:
    """Add the format to the subcommands of the export."""
    parser = formats.add_parser(
        "readme", parents=parents, help="Markdown list with headings, written into a README"
    )
    parser.add_argument("--into", metavar="FILE", type=Path, help="default: standard output")
    parser.add_argument(
        "--check", action="store_true", help="only report whether the list is up to date"
    )
    parser.set_defaults(run=_readme)


def _readme(arguments: Arguments) -> int:
    if arguments.check and not arguments.into:
        raise CannotRunError("--check needs --into FILE")
    library, entries = select_entries(arguments)
    main = library.vocabulary.main_facet
    part = headed_list(entries, main, library.vocabulary.facets[main])
    if not arguments.into:
        write_result(f"{part}\n".encode())
        return finish_export(library, entries, None)
    old = _read_text(arguments.into)
    try:
        new = replace_marked_part(old, part)
    except MarkerError as error:
        raise CannotRunError(f"{arguments.into}: {error}") from error
    if arguments.check:
        return _compare(arguments.into, old, new) or finish_export(library, entries, None)
    if new != old:
        write_output_file(arguments.into, new.encode())
    return finish_export(library, entries, arguments.into if new != old else None)


def _compare(path: Path, old: str, new: str) -> int:
    """Print the differences, and return the exit code."""
    if old == new:
        return EXIT_FINE
    name = display_path(path, Path.cwd())
    write_diff(FileChange(name, old, new).unified_diff)
    print_status(f"{name}: the list is out of date; run 'paper-atlas export readme --into {name}'")
    return EXIT_PROBLEMS


def _read_text(path: Path) -> str:
    try:
        return read_file(path, MAX_LIST_BYTES).decode()
    except (FileError, UnicodeDecodeError) as error:
        raise CannotRunError(f"'{path}' cannot be read: {error}") from error
