"""`paper-atlas import`: make entries of a list of papers."""

import argparse
from pathlib import Path

from paper_atlas.commands.common import (
    FINE,
    PROBLEMS,
    CannotRunError,
    Verbs,
    counted,
    say,
    tell,
)
from paper_atlas.importing import import_reading
from paper_atlas.library import RESERVED, shown
from paper_atlas.problem import Problem, errors
from paper_atlas.reading import Reading
from paper_atlas.reports.grouped import grouped
from paper_atlas.text import number
from paper_atlas.vocabulary import is_facet_name
from paper_atlas.vocabulary_file import NAME as VOCABULARY
from paper_atlas.words import Words, read_words
from paper_atlas.writing import write_new


def add(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    """Add the verb to the command."""
    bring = verbs.add_parser(
        "import", parents=[shared], help="make entries of a list of papers, or complete them"
    )
    bring.add_argument(
        "source",
        metavar="SOURCE",
        type=Path,
        help="a list in Markdown, or a table of facts in YAML",
    )
    bring.add_argument(
        "--facet", metavar="NAME", default="organs",
        help="what headings become where there is no vocabulary yet; default: organs",
    )  # fmt: skip
    bring.add_argument(
        "--words", metavar="FILE", type=Path,
        help="how the words of the list are taken that are not those of the atlas; where there is "
        "no such file, it is written for headings that the vocabulary does not know",
    )  # fmt: skip
    bring.set_defaults(verb=_import)


def _import(arguments: argparse.Namespace) -> int:
    if not is_facet_name(arguments.facet) or arguments.facet in RESERVED:
        raise CannotRunError(f"'{arguments.facet}' cannot be the key of a facet")
    reading = _reading(arguments.source)
    words, problems = _words(arguments.words, reading)
    if problems:
        tell(problems)
        return PROBLEMS
    try:
        imported = import_reading(reading, arguments.entries, facet=arguments.facet, words=words)
    except OSError as error:
        raise CannotRunError(f"'{arguments.entries}' cannot be written to: {error}") from error
    problems, others = grouped(imported.problems)
    tell(problems)
    say(*others)
    say(*(f"wrote {path}" for path in imported.written))
    say(*(f"added to {path}" for path in imported.added_to))
    say(*_proposed(imported.proposal, arguments.words))
    if links := reading.links:
        kept = f"{links.kept} kept in {number(len(reading.drafts), 'paper')}"
        say(f"{number(links.found, 'link')} found: {kept}, {links.found - links.kept} told above")
    entries = [path for path in imported.written if not path.endswith(VOCABULARY)]
    counts = [f"{number(len(entries), 'paper')} written"]
    counts += [f"{len(imported.added_to)} added to"] if imported.added_to else []
    papers = ", ".join([*counts, f"{len(imported.in_place)} in place already"])
    say(f"{papers}; {counted(imported.problems)}" if imported.problems else papers)
    return PROBLEMS if errors(imported.problems) else FINE


def _reading(source: Path) -> Reading:
    # Beautiful Soup takes longer to import than the other commands need for a small atlas.
    from paper_atlas.importers import IMPORTERS

    importer = IMPORTERS.get(source.suffix.casefold())
    if importer is None:
        known = ", ".join(sorted(IMPORTERS))
        raise CannotRunError(f"'{source}' is not a list that can be read ({known})")
    try:
        return importer(source.read_text(encoding="utf-8-sig"), shown(source, Path.cwd()))
    except (OSError, UnicodeDecodeError) as error:
        raise CannotRunError(f"'{source}' cannot be read: {error}") from error
    except RecursionError as error:
        raise CannotRunError(f"'{source}' is nested too deeply to be read") from error


def _proposed(proposal: str, path: Path | None) -> list[str]:
    """Write the words that an import proposes, where there is a place for them."""
    if not proposal:
        return (
            [f"every heading is known, so there is no {path}"] if path and not path.exists() else []
        )
    if path is None:
        return ["name a file with --words, and what could be taken for these headings is written"]
    if path.exists():
        return [f"add to {path} what these headings mean"]
    write_new(path, proposal)
    return [f"wrote {path}: edit it, and import again"]


def _words(path: Path | None, reading: Reading) -> tuple[Words, list[Problem]]:
    """The words of a file; for a list with headings it may be missing, and is proposed then."""
    wanted = path is not None and (path.exists() or not reading.headings)
    return read_words(path, shown(path, Path.cwd())) if path and wanted else (Words(), [])
