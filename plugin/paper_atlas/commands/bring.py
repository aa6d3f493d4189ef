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
from paper_atlas.problem import errors
from paper_atlas.text import number
from paper_atlas.vocabulary import is_facet_name


def add(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    """Add the verb to the command."""
    bring = verbs.add_parser(
        "import", parents=[shared], help="make entries of a list of papers in Markdown"
    )
    bring.add_argument("source", metavar="README.md", type=Path)
    bring.add_argument(
        "--facet", metavar="NAME", default="organs",
        help="what headings become where there is no vocabulary yet; default: organs",
    )  # fmt: skip
    bring.set_defaults(verb=_import)


def _import(arguments: argparse.Namespace) -> int:
    # Beautiful Soup takes longer to import than the other commands need for a small atlas.
    from paper_atlas.importers import IMPORTERS

    source: Path = arguments.source
    importer = IMPORTERS.get(source.suffix.casefold())
    if importer is None:
        known = ", ".join(sorted(IMPORTERS))
        raise CannotRunError(f"'{source}' is not a list that can be read ({known})")
    try:
        text = source.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CannotRunError(f"'{source}' cannot be read: {error}") from error
    if not is_facet_name(arguments.facet) or arguments.facet in RESERVED:
        raise CannotRunError(f"'{arguments.facet}' cannot be the key of a facet")
    try:
        reading = importer(text, shown(source, Path.cwd()))
    except RecursionError as error:
        raise CannotRunError(f"'{source}' is nested too deeply to be read") from error
    try:
        imported = import_reading(reading, arguments.entries, facet=arguments.facet)
    except OSError as error:
        raise CannotRunError(f"'{arguments.entries}' cannot be written to: {error}") from error
    tell(imported.problems)
    say(*(f"wrote {path}" for path in imported.written))
    entries = [path for path in imported.written if not path.endswith("vocabulary.yml")]
    papers = f"{number(len(entries), 'paper')} written, {len(imported.in_place)} in place already"
    say(f"{papers}; {counted(imported.problems)}" if imported.problems else papers)
    return PROBLEMS if errors(imported.problems) else FINE
