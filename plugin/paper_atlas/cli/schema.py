"""`paper-atlas schema`: write the JSON Schemas that editors use."""

import argparse
import os
from collections.abc import Mapping
from pathlib import Path

from paper_atlas.cli.output import (
    EXIT_FINE,
    EXIT_PROBLEMS,
    CannotRunError,
    Subparsers,
    entries_folder,
    print_status,
    written_or_unchanged,
)
from paper_atlas.folder.load import load
from paper_atlas.folder.schema import schemas
from paper_atlas.problem import display_path
from paper_atlas.source.atomic import folder_lock, write_bytes
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
    outdated = {
        arguments.entries / name: text
        for name, text in texts.items()
        if not _has_text(arguments.entries / name, text)
    }
    if not arguments.check:
        _write(outdated, arguments.entries)
        return EXIT_FINE
    for path in outdated:
        print_status(f"{display_path(path, Path.cwd())}: out of date; run 'paper-atlas schema'")
    return EXIT_PROBLEMS if outdated else EXIT_FINE


def _write(texts: Mapping[Path, str], folder: Path) -> None:
    """Write files in a folder. Each is written completely, or is as before.

    Raises:
        CannotRunError: a file cannot be written.
    """
    with written_or_unchanged(folder), folder_lock(folder):
        for path, text in texts.items():
            write_bytes(path, text.encode())
            print_status(f"wrote {display_path(path, Path.cwd())}")


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
