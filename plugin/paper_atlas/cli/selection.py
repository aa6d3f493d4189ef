"""Which papers an export takes, where it puts them, and how it ends."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from paper_atlas.analysis.filters import parse_filter
from paper_atlas.cli.output import (
    FINE,
    PROBLEMS,
    CannotRunError,
    count_by_severity,
    entries_folder,
    print_problems,
    print_status,
)
from paper_atlas.folder.load import load
from paper_atlas.folder.vocabulary_file import VOCABULARY_FILE
from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.problem import Problem, display_path, errors
from paper_atlas.source.atomic import write_bytes
from paper_atlas.text.slug import pluralize

Arguments = argparse.Namespace


def select_entries(arguments: Arguments) -> tuple[Library, list[Entry]]:
    """The library, whose errors are told, and the entries that the conditions take.

    With a broken vocabulary there are none to be had: it would make others of sound entries.
    """
    library = load(entries_folder(arguments))
    broken = errors(library.problems)
    print_problems(broken)
    words = f"{library.folder}/{VOCABULARY_FILE}"
    if any(problem.path == words for problem in broken):
        raise CannotRunError(f"mend '{words}' first; nothing is written")
    conditions, problems = parse_filter(arguments.conditions, library.vocabulary)
    if problems:
        raise CannotRunError("\nerror: ".join(map(_in_words, problems)))
    return library, [entry for entry in library.entries if conditions.matches(entry)]


def _in_words(problem: Problem) -> str:
    return f"--where '{problem.path}': {problem.full_message}"


def finish_export(library: Library, entries: Sequence[Entry], out: Path | None) -> int:
    """Say how many papers went where; entries with errors are not among them."""
    broken = errors(library.problems)
    to = f"wrote {display_path(out, Path.cwd())}: " if out else ""
    files = pluralize(len(library.broken_entries), "file")
    told = f"; left out: {files} with {count_by_severity(broken)}" if broken else ""
    print_status(f"{to}{pluralize(len(entries), 'paper')}{told}")
    return PROBLEMS if broken else FINE


def write_output_file(path: Path, content: bytes) -> None:
    """Write a file."""
    try:
        write_bytes(path, content)
    except OSError as error:
        raise CannotRunError(f"'{path}' cannot be written: {error}") from error


def write_stdout(content: bytes) -> None:
    """Write to standard output, until who reads it has enough, as `head` has.

    https://docs.python.org/3/library/signal.html#note-on-sigpipe
    """
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
