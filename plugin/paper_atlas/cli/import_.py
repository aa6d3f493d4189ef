"""`paper-atlas import`: create entries from lists of papers."""

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

from paper_atlas.cli.import_sources import read_sources
from paper_atlas.cli.output import (
    EXIT_FINE,
    EXIT_PROBLEMS,
    CannotRunError,
    Subparsers,
    count_by_severity,
    print_problems,
    print_skipped,
    print_status,
    reason_of,
    write_diff,
    written_or_unchanged,
)
from paper_atlas.folder.steps import RESERVED_NAMES
from paper_atlas.importers import FORMATS
from paper_atlas.importers.draft import DraftList
from paper_atlas.intake.plan import Outcome
from paper_atlas.intake.run import ImportOptions, ImportResult, import_lists
from paper_atlas.intake.word_map import WordMap, read_word_map
from paper_atlas.model.vocabulary import VOCABULARY_FILE, is_facet_name
from paper_atlas.problem import Problem, display_path, errors
from paper_atlas.reports.summary import shorten_report
from paper_atlas.source.atomic import remove_unfinished, write_new
from paper_atlas.text.lines import pluralize

_FORMATS = tuple(FORMATS)


def add_command(commands: Subparsers, shared: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "import", parents=[shared], help="create entries from lists of papers, or complete them"
    )
    parser.add_argument(
        "sources", metavar="SOURCE", nargs="+", help="a list, a folder of lists, or - for stdin"
    )
    parser.add_argument(
        "--format",
        metavar="NAME",
        choices=_FORMATS,
        help=f"format of the lists; default: by file extension; one of {', '.join(_FORMATS)}",
    )
    help_text = "a term of the main facet for all papers of the lists"
    parser.add_argument(
        "--in", dest="terms", metavar="TERM", action="append", default=[], help=help_text
    )
    parser.add_argument(
        "--facet",
        metavar="NAME",
        default="topics",
        help="the facet of headings if there is no vocabulary yet; default: topics",
    )
    parser.add_argument(
        "--words",
        metavar="FILE",
        type=Path,
        help="a word map from the terms of the lists to those of the atlas; if the file does not "
        "exist, a proposal for unknown headings is written to it",
    )
    parser.add_argument("--dry-run", action="store_true", help="only print the changes")
    parser.set_defaults(run=_import)


def _import(arguments: argparse.Namespace) -> int:
    if not is_facet_name(arguments.facet) or arguments.facet in RESERVED_NAMES:
        raise CannotRunError(f"'{arguments.facet}' cannot be the key of a facet")
    lists = list(read_sources(arguments.sources, arguments.format))
    word_map, problems = _read_word_map(arguments.words, lists)
    if problems:
        print_problems(problems)
        return EXIT_PROBLEMS
    options = ImportOptions(arguments.facet, tuple(arguments.terms), word_map)
    dry_run = arguments.dry_run
    if arguments.words and not dry_run:
        remove_unfinished(arguments.words.parent)
    try:
        with written_or_unchanged(arguments.entries):
            result = import_lists(lists, arguments.entries, options=options, dry_run=dry_run)
    except KeyboardInterrupt as error:
        message = "interrupted; no file is incomplete; run the same command to continue"
        raise CannotRunError(message) from error
    _print_result(result, dry_run)
    proposed = _write_proposal(result.proposal, arguments.words, dry_run)
    print_status(*filter(None, [proposed]), *_link_counts(lists))
    print_status(_record_counts(result))
    print_status(_summary(result, dry_run))
    return EXIT_PROBLEMS if errors(result.problems) or result.skipped else EXIT_FINE


def _print_result(result: ImportResult, dry_run: bool) -> None:
    problems, others = shorten_report(result.problems)
    print_problems(problems)
    print_status(*others)
    if dry_run:
        write_diff("".join(change.unified_diff for change in result.changes))
    else:
        print_status(*(f"wrote {path}" for path in result.new_files))
        print_status(*(f"updated {path}" for path in result.updated_files))
        print_skipped(result.skipped)


def _summary(result: ImportResult, dry_run: bool) -> str:
    entries = [path for path in result.new_files if not path.endswith(VOCABULARY_FILE)]
    written, updated = ("to write", "to update") if dry_run else ("written", "updated")
    counts = [f"{pluralize(len(entries), 'paper')} {written}"]
    counts += [f"{len(result.updated_files)} {updated}"] if result.updated_files else []
    papers = ", ".join([*counts, f"{len(result.unchanged)} unchanged"])
    return f"{papers}; {count_by_severity(result.problems)}" if result.problems else papers


def _record_counts(result: ImportResult) -> str:
    """Return the number of records read, and what became of them."""
    read = pluralize(sum(result.outcomes.values()), "record")
    counts = [f"{number} {kind}" for kind in Outcome if (number := result.outcomes.get(kind))]
    return f"{read} read: {', '.join(counts) or 'none'}"


def _link_counts(lists: Iterable[DraftList]) -> Iterator[str]:
    """Yield the numbers of imported and reported links, if the lists count their links."""
    counted = [(draft_list, draft_list.link_count) for draft_list in lists if draft_list.link_count]
    if counted:
        found = sum(links.total for _, links in counted)
        imported = sum(links.imported for _, links in counted)
        papers = pluralize(sum(len(draft_list.drafts) for draft_list, _ in counted), "paper")
        links = pluralize(found, "link")
        yield f"{links} found: {imported} imported in {papers}, {found - imported} reported above"


def _write_proposal(proposal: str, path: Path | None, dry_run: bool) -> str:
    """Write the proposed word map, unless its file exists; return the line to print, if any."""
    exists = path and path.exists()
    if not proposal:
        return f"every heading is known, so {path} is not written" if path and not exists else ""
    if path is None:
        return "give a file with --words to write a proposal for these headings"
    if exists:
        return f"add these headings to {path}"
    if dry_run:
        return f"would write {path} with a proposal for these headings"
    try:
        write_new(path, proposal)
    except OSError as error:
        raise CannotRunError(f"'{path}' cannot be written: {reason_of(error)}") from error
    return f"wrote {path}: edit it, and import again"


def _read_word_map(path: Path | None, lists: Iterable[DraftList]) -> tuple[WordMap, list[Problem]]:
    """Read a word map; for lists with headings the file may be missing, and is then proposed."""
    has_headings = any(draft_list.headings for draft_list in lists)
    if path is None or (has_headings and not path.exists()):
        return WordMap(), []
    return read_word_map(path, display_path(path, Path.cwd()))
