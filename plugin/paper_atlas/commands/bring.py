"""`paper-atlas import`: make entries of lists of papers."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from difflib import unified_diff
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
from paper_atlas.importing import Imported, Wishes, import_readings
from paper_atlas.library import RESERVED, shown
from paper_atlas.planning import Change
from paper_atlas.problem import Problem, Severity, errors
from paper_atlas.reading import Reading
from paper_atlas.text import number
from paper_atlas.vocabulary import is_facet_name
from paper_atlas.vocabulary_file import NAME as VOCABULARY
from paper_atlas.words import Words, read_words

_FORMATS = ("bibtex", "ris", "json", "csl", "facts", "csv", "markdown")


def add(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
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
        help="how the words of the list are taken that are not those of the atlas",
    )  # fmt: skip
    bring.add_argument("--dry-run", action="store_true", help="only print what would change")
    bring.set_defaults(verb=_import)


def _import(arguments: argparse.Namespace) -> int:
    if not is_facet_name(arguments.facet) or arguments.facet in RESERVED:
        raise CannotRunError(f"'{arguments.facet}' cannot be the key of a facet")
    readings = list(_readings(arguments.sources, arguments.format))
    words, problems = _words(arguments.words)
    if problems:
        tell(problems)
        return PROBLEMS
    wishes = Wishes(arguments.facet, tuple(arguments.terms), words)
    dry_run = arguments.dry_run
    try:
        imported = import_readings(readings, arguments.entries, wishes=wishes, dry_run=dry_run)
    except OSError as error:
        raise CannotRunError(f"'{arguments.entries}' cannot be written to: {error}") from error
    except KeyboardInterrupt as error:
        message = "interrupted; every file is whole, and the same command goes on from here"
        raise CannotRunError(message) from error
    tell(imported.problems)
    if dry_run:
        sys.stdout.write("".join(map(_diff, imported.changes)))
    else:
        say(*(f"wrote {path}" for path in imported.written))
        say(*(f"added to {path}" for path in imported.added_to))
    say(_summary(imported, "to write" if dry_run else "written"))
    return PROBLEMS if errors(imported.problems) else FINE


def _summary(imported: Imported, written: str) -> str:
    entries = [path for path in imported.written if not path.endswith(VOCABULARY)]
    added = "to add to" if written == "to write" else "added to"
    counts = [f"{number(len(entries), 'paper')} {written}"]
    counts += [f"{len(imported.added_to)} {added}"] if imported.added_to else []
    papers = ", ".join([*counts, f"{len(imported.in_place)} in place already"])
    return f"{papers}; {counted(imported.problems)}" if imported.problems else papers


def _diff(change: Change) -> str:
    """A change as `patch -p1` takes it."""
    before, after = (_lines(text or "") for text in (change.before, change.after))
    old = "/dev/null" if change.before is None else f"a/{change.path}"
    return "".join(unified_diff(before, after, old, f"b/{change.path}"))


def _lines(text: str) -> list[str]:
    """The lines of a text with their ends; where the last has none, that is said."""
    lines = text.split("\n")
    last = [f"{lines[-1]}\n\\ No newline at end of file\n"] if lines[-1] else []
    return [f"{line}\n" for line in lines[:-1]] + last


def _readings(sources: Iterable[str], name: str | None) -> Iterator[Reading]:
    for source in sources:
        path = Path(source)
        if source == "-":
            yield _reading(sys.stdin.buffer.read(), "-", name)
        elif path.is_dir():
            yield from _of_folder(path, name)
        else:
            yield _reading(_bytes(path), shown(path, Path.cwd()), name)


def _of_folder(folder: Path, name: str | None) -> Iterator[Reading]:
    """The lists below a folder in the order of their paths; other files are told."""
    from paper_atlas.importers import IMPORTERS

    visible = (
        it for it in sorted(folder.rglob("*")) if it.is_file() and not _is_hidden(it, folder)
    )
    for path in visible:
        place = shown(path, Path.cwd())
        if path.suffix.casefold() in IMPORTERS:
            yield _reading(_bytes(path), place, name)
        else:
            message = f"'{path.suffix or path.name}' is the ending of no list, so it is not taken"
            note = Problem(place, 1, 1, "not-taken", "", message, severity=Severity.NOTE)
            yield Reading(place, (), problems=(note,))


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CannotRunError(f"'{path}' cannot be read: {error}") from error


def _reading(data: bytes, place: str, name: str | None) -> Reading:
    # Beautiful Soup takes longer to import than the other commands need for a small atlas.
    from paper_atlas.importers import FORMATS, IMPORTERS, format_of

    try:
        text = data.decode("utf-8-sig")
        name = name or format_of(place, text)
        if name is None:
            known = ", ".join(sorted(IMPORTERS))
            raise CannotRunError(f"'{place}' is not a list that can be read ({known})")
        return FORMATS[name].read(text, place)
    except UnicodeDecodeError as error:
        raise CannotRunError(f"'{place}' cannot be read: {error}") from error
    except RecursionError as error:
        raise CannotRunError(f"'{place}' is nested too deeply to be read") from error


def _words(path: Path | None) -> tuple[Words, list[Problem]]:
    return read_words(path, shown(path, Path.cwd())) if path else (Words(), [])
