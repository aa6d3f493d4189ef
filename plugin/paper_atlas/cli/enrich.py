"""`paper-atlas enrich`: propose what services on the web know of a paper and its entry lacks."""

import argparse
import os
import re
import sys
import time
from collections.abc import Iterable, Sequence, Set
from pathlib import Path
from typing import TYPE_CHECKING

from paper_atlas.cli.output import (
    FINE,
    PROBLEMS,
    CannotRunError,
    Subparsers,
    chosen_paths,
    count_by_severity,
    entries_folder,
    print_problems,
    print_status,
)
from paper_atlas.enrich.client import ResponseCache, user_cache_folder
from paper_atlas.enrich.proposal import Proposal
from paper_atlas.enrich.run import EntryDocument, enrich_papers, find_dois
from paper_atlas.enrich.services import SERVICES
from paper_atlas.enrich.services.base import Contact
from paper_atlas.folder.diff import FileChange, entry_change, write_changes
from paper_atlas.folder.load import load
from paper_atlas.folder.vocabulary_file import VOCABULARY_FILE
from paper_atlas.intake.identity import PaperIndex
from paper_atlas.model.library import Library
from paper_atlas.problem import Severity, errors, with_severity
from paper_atlas.source.document import read_document
from paper_atlas.text.slug import pluralize

if TYPE_CHECKING:
    from paper_atlas.enrich.client import Client

_EMAIL = re.compile(r"[!-?A-~]+@[!-?A-~]+\.[!-?A-~]+")


def add_command(verbs: Subparsers, shared: argparse.ArgumentParser) -> None:
    """Add the verb to the command."""
    enrich = verbs.add_parser(
        "enrich", parents=[shared], help="propose what entries lack and services on the web know"
    )
    enrich.add_argument("files", metavar="FILE|ID", nargs="*", type=Path, help="default: all")
    enrich.add_argument("--accept", action="store_true", help="write what is proposed")
    enrich.add_argument(
        "--find-doi", action="store_true", help="only search the DOIs of papers that have none"
    )
    enrich.add_argument(
        "--service", metavar="NAME", nargs="+", choices=SERVICES, default=list(SERVICES),
        dest="services", help=f"ask only these: {', '.join(SERVICES)}",
    )  # fmt: skip
    enrich.add_argument(
        "--email", metavar="ADDRESS", default=os.environ.get("PAPER_ATLAS_EMAIL", ""),
        help="told to the services, so that they can write to you; default: $PAPER_ATLAS_EMAIL",
    )  # fmt: skip
    enrich.add_argument(
        "--cache", metavar="DIR", type=Path,
        help="where answers are kept; default: paper-atlas in the folder of your caches",
    )  # fmt: skip
    enrich.add_argument("--base", default="", help=argparse.SUPPRESS)  # for tests
    enrich.set_defaults(verb=_enrich)


def _enrich(arguments: argparse.Namespace) -> int:
    try:
        return _run(arguments)
    except KeyboardInterrupt as error:
        message = "interrupted: every file is whole, and the answers so far are kept"
        raise CannotRunError(message) from error


def _run(arguments: argparse.Namespace) -> int:
    folder, base = entries_folder(arguments), Path.cwd()
    library = load(folder, base)
    chosen = _chosen(arguments, library)
    entries = sorted((it for it in library.entries if it.path in chosen), key=lambda it: it.path)
    papers = [(entry, read_document(base / entry.path, entry.path)[0]) for entry in entries]
    proposals = _proposals(arguments, papers, PaperIndex(library.entries, set()))
    problems = [it for it in errors(library.problems) if it.path in chosen]
    problems += [problem for proposal in proposals for problem in proposal.problems]
    print_problems(sorted(problems))
    facets = list(library.vocabulary.facets)
    changes = [
        entry_change(source, proposal.entry, facets, folder, base)
        for (entry, source), proposal in zip(papers, proposals, strict=True)
        if proposal.entry != entry
    ]
    are_left = arguments.accept and _write(changes, folder, base)
    if not arguments.accept:
        sys.stdout.write("".join(change.diff for change in changes))
    how = "" if arguments.accept else " (--accept writes them)"
    some = f"additions to {len(changes)}{how}" if changes else "nothing new"
    print_status(f"{pluralize(len(papers), 'paper')}, {some}; {count_by_severity(problems)}")
    failing = with_severity(problems, Severity.ERROR, Severity.WARNING)
    return PROBLEMS if failing or are_left else FINE


def _chosen(arguments: argparse.Namespace, library: Library) -> Set[str]:
    """The paths of the files named by path or id, else of all."""
    paths = {entry.id: entry.path for entry in library.entries}
    paths |= {file.id: file.path for file in library.broken_entries}
    arguments.files = [Path(paths.get(str(it), it)) for it in arguments.files]
    vocabulary = f"{library.folder}/{VOCABULARY_FILE}"
    return {*chosen_paths(arguments, set(paths.values())), vocabulary}


def _proposals(
    arguments: argparse.Namespace, papers: Sequence[EntryDocument], known: PaperIndex
) -> list[Proposal]:
    """What is found of each paper."""
    client = _client(arguments)
    try:
        if arguments.find_doi:
            return find_dois(papers, client.fetch_records, known, print_status)
        services = [SERVICES[name] for name in SERVICES if name in arguments.services]
        return enrich_papers(papers, services, client.fetch_records, known, print_status)
    finally:
        client.close()


def _client(arguments: argparse.Namespace) -> "Client":
    """The client for the services, where httpx is installed."""
    try:
        # Only this command needs it, and it takes longer to import than the others run.
        from paper_atlas.enrich.client import Client
    except ModuleNotFoundError as error:
        message = f"{error.name} is missing: pip install 'mkdocs-paper-atlas[enrich]'"
        raise CannotRunError(message) from error
    email = arguments.email
    if email and not _EMAIL.fullmatch(email):
        raise CannotRunError(f"'{email}' is not an address to be written to")
    if not email:
        print_status("no --email and no $PAPER_ATLAS_EMAIL: the services may serve you more slowly")
    contact = Contact(email, os.environ.get("OPENALEX_API_KEY", ""))
    bases = {name: f"{arguments.base}/{name}" for name in SERVICES} if arguments.base else {}
    return Client(
        ResponseCache(arguments.cache or user_cache_folder()), contact, bases, sleep=time.sleep
    )


def _write(changes: Iterable[FileChange], folder: Path, base: Path) -> bool:
    """Write the changes; whether a file is left alone."""
    try:
        written, left = write_changes(changes, folder, base)
    except OSError as error:
        raise CannotRunError(f"'{error.filename}' cannot be replaced: {error}") from error
    print_status(*(f"added to {path}" for path in written))
    print_status(
        *(f"{path}: changed meanwhile, so it is left alone; run it again" for path in left)
    )
    return bool(left)
