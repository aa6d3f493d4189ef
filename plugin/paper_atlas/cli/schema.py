"""`paper-atlas schema`: write the JSON Schemas that editors read."""

import argparse
from pathlib import Path

from paper_atlas.cli.output import FINE, PROBLEMS, Subparsers, entries_folder, print_status
from paper_atlas.folder.load import load
from paper_atlas.folder.schema import schemas
from paper_atlas.problem import display_path


def add_command(verbs: Subparsers, shared: argparse.ArgumentParser) -> None:
    """Add the verb to the command."""
    schema = verbs.add_parser(
        "schema", parents=[shared], help="write the JSON Schemas that editors read"
    )
    schema.add_argument("--check", action="store_true", help="only tell whether they are current")
    schema.set_defaults(verb=_schema)


def _schema(arguments: argparse.Namespace) -> int:
    texts = schemas(load(entries_folder(arguments)).file_vocabulary)
    stale = [
        arguments.entries / name
        for name, text in texts.items()
        if not _holds(arguments.entries / name, text)
    ]
    for path in stale:
        if arguments.check:
            print_status(f"{display_path(path, Path.cwd())}: not as 'paper-atlas schema' writes it")
        else:
            path.write_text(texts[path.name], encoding="utf-8", newline="\n")
            print_status(f"wrote {display_path(path, Path.cwd())}")
    return PROBLEMS if stale and arguments.check else FINE


def _holds(path: Path, text: str) -> bool:
    try:
        return path.read_text(encoding="utf-8") == text
    except (OSError, UnicodeDecodeError):
        return False
