"""`paper-atlas schema`: write the JSON Schemas that editors use."""

import argparse
import os
from pathlib import Path

from paper_atlas.cli.output import (
    EXIT_FINE,
    EXIT_PROBLEMS,
    CannotRunError,
    Subparsers,
    entries_folder,
    print_status,
)
from paper_atlas.folder.load import load
from paper_atlas.folder.schema import schemas
from paper_atlas.problem import display_path
from paper_atlas.source.files import MAX_LIST_BYTES, FileError, read_file


def add_command(commands: Subparsers, shared: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "schema", parents=[shared], help="write the JSON Schemas that editors use"
    )
    parser.add_argument(
        "--check", action="store_true", help="only report whether they are up to date"
    )
    parser.set_defaults(run=_schema)


def _schema(arguments: argparse.Namespace) -> int:
    texts = schemas(load(entries_folder(arguments)).file_vocabulary)
    outdated = [
        arguments.entries / name
        for name, text in texts.items()
        if not _has_text(arguments.entries / name, text)
    ]
    for path in outdated:
        shown_path = display_path(path, Path.cwd())
        if arguments.check:
            print_status(f"{shown_path}: out of date; run 'paper-atlas schema'")
        else:
            path.write_text(texts[path.name], encoding="utf-8", newline="\n")
            print_status(f"wrote {shown_path}")
    return EXIT_PROBLEMS if outdated and arguments.check else EXIT_FINE


def _has_text(path: Path, text: str) -> bool:
    """True if a file has a text, False if it is missing or has another one.

    Raises:
        CannotRunError: It is not a file inside its folder, so it must not be replaced either.
    """
    if not os.path.lexists(path):
        return False
    try:
        return read_file(path, MAX_LIST_BYTES, path.parent) == text.encode()
    except FileError as error:
        raise CannotRunError(f"'{path}' cannot be read: {error}") from error
