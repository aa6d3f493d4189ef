"""The selection of papers and the output of the `export` commands."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from paper_atlas.analysis.filters import parse_filter
from paper_atlas.cli.output import (
    EXIT_FINE,
    EXIT_PROBLEMS,
    CannotRunError,
    count_by_severity,
    entries_folder,
    print_problems,
    print_status,
)
from paper_atlas.folder.load import load
from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.problem import Problem, display_path, errors
from paper_atlas.text.lines import pluralize

Arguments = argparse.Namespace


def select_entries(arguments: Arguments) -> tuple[Library, list[Entry]]:
    """Return the library and the entries that match all conditions; print the errors.

    Raises:
        CannotRunError: the vocabulary has an error, so that the terms of entries cannot be
            resolved; or a condition is invalid.
    """
    library = load(entries_folder(arguments))
    broken = errors(library.problems)
    print_problems(broken)
    if library.vocabulary_errors:
        raise CannotRunError(f"fix '{library.vocabulary_path}' first; nothing is written")
    conditions, problems = parse_filter(arguments.conditions, library.vocabulary)
    if problems:
        raise CannotRunError(*map(_condition_error, problems))
    return library, [entry for entry in library.entries if conditions.matches(entry)]


def _condition_error(problem: Problem) -> str:
    return f"--where '{problem.path}': {problem.full_message}"


def finish_export(library: Library, entries: Sequence[Entry], out: Path | None) -> int:
    """Print the numbers of exported papers and of broken files, and return the exit code."""
    broken = errors(library.problems)
    target = f"wrote {display_path(out, Path.cwd())}: " if out else ""
    files = pluralize(len(library.broken_entries), "file")
    omitted = f"; left out: {files} with {count_by_severity(broken)}" if broken else ""
    print_status(f"{target}{pluralize(len(entries), 'paper')}{omitted}")
    return EXIT_PROBLEMS if broken else EXIT_FINE
