"""`paper-atlas enrich`: propose missing values from web services."""

import argparse
import os
import re
from collections.abc import Iterable, Sequence, Set
from pathlib import Path
from typing import TYPE_CHECKING

from paper_atlas.cli.output import (
    EXIT_FINE,
    EXIT_PROBLEMS,
    CannotRunError,
    Subparsers,
    chosen_paths,
    count_by_severity,
    entries_folder,
    print_problems,
    print_skipped,
    print_status,
    write_diff,
    written_or_unchanged,
)
from paper_atlas.enrich.proposal import Proposal
from paper_atlas.enrich.run import EntryDocument, enrich_papers, find_dois
from paper_atlas.enrich.services import SERVICES
from paper_atlas.enrich.services.base import Contact
from paper_atlas.folder.cache.machine_key import user_cache_folder
from paper_atlas.folder.diff import FileChange, entry_change, write_changes
from paper_atlas.folder.load import load
from paper_atlas.intake.paper_index import PaperIndex
from paper_atlas.model.library import Library
from paper_atlas.problem import Severity, errors, with_severity
from paper_atlas.source.document import read_document
from paper_atlas.text.lines import pluralize

if TYPE_CHECKING:
    from paper_atlas.enrich.client import Client

_EMAIL = re.compile(r"[!-?A-~]+@[!-?A-~]+\.[!-?A-~]+")


def add_command(commands: Subparsers, shared: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "enrich", parents=[shared], help="propose missing values from web services"
    )
    parser.add_argument("files", metavar="FILE|ID", nargs="*", type=Path, help="default: all")
    parser.add_argument("--accept", action="store_true", help="write the proposed values")
    parser.add_argument(
        "--find-doi", action="store_true", help="only search for the DOIs of papers without one"
    )
    parser.add_argument(
        "--service",
        metavar="NAME",
        nargs="+",
        choices=SERVICES,
        default=list(SERVICES),
        dest="services",
        help=f"use only these services: {', '.join(SERVICES)}",
    )
    parser.add_argument(
        "--email",
        metavar="ADDRESS",
        default=os.environ.get("PAPER_ATLAS_EMAIL", ""),
        help="sent to the services, so that they can contact you; default: $PAPER_ATLAS_EMAIL",
    )
    parser.add_argument(
        "--cache",
        metavar="DIR",
        type=Path,
        help="folder of cached answers; default: paper-atlas in your cache folder",
    )
    parser.add_argument("--base", default="", help=argparse.SUPPRESS)  # for tests
    parser.set_defaults(run=_enrich)


def _enrich(arguments: argparse.Namespace) -> int:
    try:
        return _run(arguments)
    except KeyboardInterrupt as error:
        message = "interrupted; no file is incomplete, and the answers so far are cached"
        raise CannotRunError(message) from error


def _run(arguments: argparse.Namespace) -> int:
    folder, base = entries_folder(arguments), Path.cwd()
    library = load(folder, base)
    chosen = _chosen_paths(arguments, library)
    entries = sorted(
        (entry for entry in library.entries if entry.path in chosen), key=lambda entry: entry.path
    )
    papers = [(entry, read_document(base / entry.path, entry.path)[0]) for entry in entries]
    proposals = _find_proposals(arguments, papers, PaperIndex(library.entries))
    problems = [problem for problem in errors(library.problems) if problem.path in chosen]
    problems += [problem for proposal in proposals for problem in proposal.problems]
    print_problems(sorted(problems))
    facets = list(library.vocabulary.facets)
    changes = [
        entry_change(document, proposal.entry, facets, folder, base)
        for (entry, document), proposal in zip(papers, proposals, strict=True)
        if proposal.entry != entry
    ]
    is_incomplete = arguments.accept and _write(changes, folder, base)
    if not arguments.accept:
        write_diff("".join(change.unified_diff for change in changes))
    hint = "" if arguments.accept else " (--accept writes them)"
    additions = f"additions to {len(changes)}{hint}" if changes else "no additions"
    print_status(f"{pluralize(len(papers), 'paper')}, {additions}; {count_by_severity(problems)}")
    failing = with_severity(problems, Severity.ERROR, Severity.WARNING)
    return EXIT_PROBLEMS if failing or is_incomplete else EXIT_FINE


def _chosen_paths(arguments: argparse.Namespace, library: Library) -> Set[str]:
    """Return the paths of the files given by path or id, otherwise of all files."""
    paths = {entry.id: entry.path for entry in library.entries}
    paths |= {file.id: file.path for file in library.broken_entries}
    arguments.files = [Path(paths.get(str(name), name)) for name in arguments.files]
    return {*chosen_paths(arguments, set(paths.values())), library.vocabulary_path}


def _find_proposals(
    arguments: argparse.Namespace, papers: Sequence[EntryDocument], known: PaperIndex
) -> list[Proposal]:
    """Return a proposal for each paper."""
    client = _client(arguments)
    try:
        if arguments.find_doi:
            return find_dois(papers, client.fetch_records, known, print_status)
        services = [SERVICES[name] for name in SERVICES if name in arguments.services]
        return enrich_papers(papers, services, client.fetch_records, known, print_status)
    finally:
        client.close()


def _client(arguments: argparse.Namespace) -> "Client":
    """Return a client for the services.

    Raises:
        CannotRunError: A package of the extra is not installed, or the email address is invalid.
    """
    try:
        # Only this command needs httpx, and its import takes longer than other commands run.
        from paper_atlas.enrich.client import Client
    except ModuleNotFoundError as error:
        message = f"{error.name} is not installed; run pip install 'mkdocs-paper-atlas[enrich]'"
        raise CannotRunError(message) from error
    email = arguments.email
    if email and not _EMAIL.fullmatch(email):
        raise CannotRunError(f"'{email}' is not an email address")
    if not email:
        print_status("neither --email nor $PAPER_ATLAS_EMAIL is set; services may be slower")
    contact = Contact(email, os.environ.get("OPENALEX_API_KEY", ""))
    bases = {name: f"{arguments.base}/{name}" for name in SERVICES} if arguments.base else {}
    return Client(arguments.cache or user_cache_folder(), contact, bases)


def _write(changes: Iterable[FileChange], folder: Path, base: Path) -> bool:
    """Write the changes; return True if a file was skipped because it changed during the run."""
    with written_or_unchanged(folder, "updated"):
        written, skipped = write_changes(changes, folder, base)
    print_status(*(f"updated {path}" for path in written))
    print_skipped(skipped)
    return bool(skipped)
