"""Which papers an export takes, where it puts them, and how it ends."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from paper_atlas.analysis.filters import read_conditions
from paper_atlas.cli.output import FINE, PROBLEMS, CannotRunError, counted, folder_of, say, tell
from paper_atlas.folder.load import load
from paper_atlas.folder.vocabulary_file import NAME as VOCABULARY
from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.problem import Problem, errors, shown
from paper_atlas.source.atomic import write_out
from paper_atlas.text.slug import number

Arguments = argparse.Namespace


def chosen(arguments: Arguments) -> tuple[Library, list[Entry]]:
    """The library, whose errors are told, and the entries that the conditions take.

    With a broken vocabulary there are none to be had: it would make others of sound entries.
    """
    library = load(folder_of(arguments))
    broken = errors(library.problems)
    tell(broken)
    words = f"{library.folder}/{VOCABULARY}"
    if any(problem.path == words for problem in broken):
        raise CannotRunError(f"mend '{words}' first; nothing is written")
    conditions, problems = read_conditions(arguments.conditions, library.vocabulary)
    if problems:
        raise CannotRunError("\nerror: ".join(map(_in_words, problems)))
    return library, [entry for entry in library.entries if conditions.take(entry)]


def _in_words(problem: Problem) -> str:
    return f"--where '{problem.path}': {problem.words}"


def ended(library: Library, entries: Sequence[Entry], out: Path | None) -> int:
    """Say how many papers went where; entries with errors are not among them."""
    broken = errors(library.problems)
    to = f"wrote {shown(out, Path.cwd())}: " if out else ""
    told = (
        f"; left out: {number(len(library.broken), 'file')} with {counted(broken)}"
        if broken
        else ""
    )
    say(f"{to}{number(len(entries), 'paper')}{told}")
    return PROBLEMS if broken else FINE


def write(path: Path, content: bytes) -> None:
    """Write a file."""
    try:
        write_out(path, content)
    except OSError as error:
        raise CannotRunError(f"'{path}' cannot be written: {error}") from error


def put_out(content: bytes) -> None:
    """Write to standard output, until who reads it has enough, as `head` has.

    https://docs.python.org/3/library/signal.html#note-on-sigpipe
    """
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
