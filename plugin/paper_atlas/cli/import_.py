"""`paper-atlas import`: make entries of lists of papers."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from difflib import unified_diff
from pathlib import Path

from paper_atlas.cli.import_sources import read_sources
from paper_atlas.cli.output import (
    FINE,
    PROBLEMS,
    CannotRunError,
    Subparsers,
    count_by_severity,
    print_problems,
    print_status,
)
from paper_atlas.folder.load import RESERVED
from paper_atlas.folder.vocabulary_file import VOCABULARY_FILE
from paper_atlas.importers import FORMATS
from paper_atlas.importers.draft import DraftList
from paper_atlas.intake.plan import PlannedChange
from paper_atlas.intake.run import ImportOptions, ImportResult, import_lists
from paper_atlas.intake.word_map import WordMap, read_word_map
from paper_atlas.model.vocabulary import is_facet_name
from paper_atlas.problem import Problem, display_path, errors
from paper_atlas.reports.summary import shorten_report
from paper_atlas.source.atomic import write_new
from paper_atlas.text.slug import pluralize

_FORMATS = tuple(FORMATS)


def add_command(verbs: Subparsers, shared: argparse.ArgumentParser) -> None:
    """Add the verb to the command."""
    bring = verbs.add_parser(
        "import", parents=[shared], help="make entries of lists of papers, or complete them"
    )
    bring.add_argument(
        "sources", metavar="SOURCE", nargs="+",
        help="a list of papers, or a folder of lists; -: from input",
    )  # fmt: skip
    bring.add_argument(
        "--format", metavar="NAME", choices=_FORMATS,
        help=f"what the lists are, if not as their endings say: {', '.join(_FORMATS)}",
    )  # fmt: skip
    bring.add_argument(
        "--in", dest="terms", metavar="TERM", action="append", default=[],
        help="the organ, topic, … under which all papers of the lists stand",
    )  # fmt: skip
    bring.add_argument(
        "--facet", metavar="NAME", default="organs",
        help="what headings become where there is no vocabulary yet; default: organs",
    )  # fmt: skip
    bring.add_argument(
        "--words", metavar="FILE", type=Path,
        help="how the words of the list are taken that are not those of the atlas; where there is "
        "no such file, it is written for headings that the vocabulary does not know",
    )  # fmt: skip
    bring.add_argument("--dry-run", action="store_true", help="only print what would change")
    bring.set_defaults(verb=_import)


def _import(arguments: argparse.Namespace) -> int:
    if not is_facet_name(arguments.facet) or arguments.facet in RESERVED:
        raise CannotRunError(f"'{arguments.facet}' cannot be the key of a facet")
    read = list(read_sources(arguments.sources, arguments.format))
    words, problems = _words(arguments.words, read)
    if problems:
        print_problems(problems)
        return PROBLEMS
    wishes = ImportOptions(arguments.facet, tuple(arguments.terms), words)
    dry_run = arguments.dry_run
    try:
        imported = import_lists(read, arguments.entries, wishes=wishes, dry_run=dry_run)
    except OSError as error:
        raise CannotRunError(f"'{arguments.entries}' cannot be written to: {error}") from error
    except KeyboardInterrupt as error:
        message = "interrupted; every file is whole, and the same command goes on from here"
        raise CannotRunError(message) from error
    _report(imported, dry_run)
    proposed = _proposed(imported.proposal, arguments.words, dry_run)
    print_status(*filter(None, [proposed]), *_links(read))
    print_status(_summary(imported, "to write" if dry_run else "written"))
    return PROBLEMS if errors(imported.problems) else FINE


def _report(imported: ImportResult, dry_run: bool) -> None:
    problems, others = shorten_report(imported.problems)
    print_problems(problems)
    print_status(*others)
    if dry_run:
        sys.stdout.write("".join(map(_diff, imported.changes)))
    else:
        print_status(*(f"wrote {path}" for path in imported.written))
        print_status(*(f"added to {path}" for path in imported.added_to))


def _summary(imported: ImportResult, written: str) -> str:
    entries = [path for path in imported.written if not path.endswith(VOCABULARY_FILE)]
    added = "to add to" if written == "to write" else "added to"
    counts = [f"{pluralize(len(entries), 'paper')} {written}"]
    counts += [f"{len(imported.added_to)} {added}"] if imported.added_to else []
    papers = ", ".join([*counts, f"{len(imported.in_place)} in place already"])
    return f"{papers}; {count_by_severity(imported.problems)}" if imported.problems else papers


def _diff(change: PlannedChange) -> str:
    """A change as `patch -p1` takes it."""
    before, after = (_lines(text or "") for text in (change.before, change.after))
    old = "/dev/null" if change.before is None else f"a/{change.path}"
    return "".join(unified_diff(before, after, old, f"b/{change.path}"))


def _lines(text: str) -> list[str]:
    """The lines of a text with their ends; where the last has none, that is said."""
    lines = text.split("\n")
    last = [f"{lines[-1]}\n\\ No newline at end of file\n"] if lines[-1] else []
    return [f"{line}\n" for line in lines[:-1]] + last


def _links(readings: Iterable[DraftList]) -> Iterator[str]:
    """How many links the lists have, where they have others than those of their papers."""
    counted = [(reading, reading.links) for reading in readings if reading.links]
    if counted:
        found, kept = (sum(getattr(it, name) for _, it in counted) for name in ("found", "kept"))
        papers = pluralize(sum(len(reading.drafts) for reading, _ in counted), "paper")
        links = pluralize(found, "link")
        yield f"{links} found: {kept} kept in {papers}, {found - kept} told above"


def _proposed(proposal: str, path: Path | None, dry_run: bool) -> str:
    """Write the words that an import proposes, where there is a place for them; what to say."""
    there = path and path.exists()
    if not proposal:
        return f"every heading is known, so there is no {path}" if path and not there else ""
    if path is None:
        return "name a file with --words, and what could be taken for these headings is written"
    if there:
        return f"add to {path} what these headings mean"
    if dry_run:
        return f"would write {path}, with what could be taken for these headings"
    try:
        write_new(path, proposal)
    except OSError as error:
        raise CannotRunError(f"'{path}' cannot be written to: {error}") from error
    return f"wrote {path}: edit it, and import again"


def _words(path: Path | None, readings: Iterable[DraftList]) -> tuple[WordMap, list[Problem]]:
    """The words of a file; for lists with headings it may be missing, and is proposed then."""
    headed = any(reading.headings for reading in readings)
    if path is None or (headed and not path.exists()):
        return WordMap(), []
    return read_word_map(path, display_path(path, Path.cwd()))
