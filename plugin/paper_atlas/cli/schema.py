"""`paper-atlas schema`: write the JSON Schemas that editors use."""

import argparse
from pathlib import Path

from paper_atlas.cli.output import (
    EXIT_FINE,
    EXIT_PROBLEMS,
    Subparsers,
    entries_folder,
    print_status,
)
from paper_atlas.folder.load import load
from paper_atlas.folder.schema import schemas
from paper_atlas.problem import display_path


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
    try:
        return path.read_text(encoding="utf-8") == text
    except (OSError, UnicodeDecodeError):
        return False
