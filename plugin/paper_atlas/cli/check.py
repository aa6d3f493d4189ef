"""`paper-atlas check`: report every problem in the entries."""

import argparse
from contextlib import closing
from pathlib import Path

from paper_atlas.cli.output import (
    EXIT_FINE,
    EXIT_PROBLEMS,
    Subparsers,
    chosen_paths,
    count_by_severity,
    entries_folder,
    print_problems,
    print_status,
    write_result,
)
from paper_atlas.folder.cache import Cache, site_folder
from paper_atlas.folder.cache.tracked import tracked_cache
from paper_atlas.folder.load import load
from paper_atlas.problem import Severity, with_severity
from paper_atlas.reports import REPORTS
from paper_atlas.text.lines import pluralize


def add_command(commands: Subparsers, shared: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "check", parents=[shared], help="report every problem in the entries"
    )
    parser.add_argument("files", metavar="FILE", nargs="*", type=Path, help="default: all")
    parser.add_argument(
        "--output", choices=("text", *REPORTS), default="text", help="default: text"
    )
    parser.add_argument("--strict", action="store_true", help="fail on warnings too")
    parser.set_defaults(run=_check)


def _check(arguments: argparse.Namespace) -> int:
    folder = entries_folder(arguments)
    site = site_folder(folder)
    with closing(Cache(site)) as cache:
        library = load(folder, cache=cache)
    problems = [*library.problems, *(tracked_cache(site, Path.cwd()) if site else [])]
    if arguments.files:
        known = {entry.path for entry in library.entries}
        known |= {file.path for file in library.broken_entries}
        known |= {library.vocabulary_path, *(problem.path for problem in problems)}
        chosen = chosen_paths(arguments, known)
        problems = [problem for problem in problems if problem.path in chosen]
    report = REPORTS.get(arguments.output)
    if report:
        write_result(report(problems).encode())
    else:
        print_problems(problems)
    papers = pluralize(len(library.entries) + len(library.broken_entries), "entry", "entries")
    print_status(f"{papers}, {count_by_severity(problems)}")
    failing = (Severity.ERROR, Severity.WARNING) if arguments.strict else (Severity.ERROR,)
    return EXIT_PROBLEMS if with_severity(problems, *failing) else EXIT_FINE
