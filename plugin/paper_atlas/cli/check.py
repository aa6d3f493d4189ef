"""`paper-atlas check`: tell every problem of the entries."""

import argparse
import sys
from contextlib import closing
from pathlib import Path

from paper_atlas.cli.output import FINE, PROBLEMS, Verbs, counted, folder_of, named, say, tell
from paper_atlas.folder.cache import Kept, beside_site
from paper_atlas.folder.load import load
from paper_atlas.folder.vocabulary_file import NAME as VOCABULARY
from paper_atlas.problem import Severity, of_severity, shown
from paper_atlas.reports import REPORTS
from paper_atlas.text.slug import number


def add(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    """Add the verb to the command."""
    check = verbs.add_parser("check", parents=[shared], help="tell every problem of the entries")
    check.add_argument("files", metavar="FILE", nargs="*", type=Path, help="default: all")
    check.add_argument("--output", choices=("text", *REPORTS), default="text", help="default: text")
    check.add_argument("--strict", action="store_true", help="fail on warnings too")
    check.set_defaults(verb=_check)


def _check(arguments: argparse.Namespace) -> int:
    folder = folder_of(arguments)
    with closing(Kept(beside_site(folder))) as kept:
        library = load(folder, kept=kept)
    known = {entry.path for entry in library.entries} | {file.path for file in library.broken}
    chosen = named(arguments, known | {shown(arguments.entries / VOCABULARY, Path.cwd())})
    problems = [it for it in library.problems if it.path in chosen]
    report = REPORTS.get(arguments.output)
    if report:
        sys.stdout.write(report(problems))
    else:
        tell(problems)
    papers = number(len(library.entries) + len(library.broken), "entry", "entries")
    say(f"{papers}, {counted(problems)}")
    failing = (Severity.ERROR, Severity.WARNING) if arguments.strict else (Severity.ERROR,)
    return PROBLEMS if of_severity(problems, *failing) else FINE
