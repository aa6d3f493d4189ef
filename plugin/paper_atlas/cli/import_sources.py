"""What `paper-atlas import` reads: lists, folders of lists, and the standard input."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from paper_atlas.cli.output import CannotRunError
from paper_atlas.importers import FORMATS, IMPORTERS, format_of
from paper_atlas.importers.draft import DraftList
from paper_atlas.problem import Problem, Severity, display_path


def read_sources(sources: Iterable[str], name: str | None) -> Iterator[DraftList]:
    """The lists that are named, in their order, each in the format `name` or that of its ending.

    Raises CannotRunError for one that cannot be read.
    """
    for source in sources:
        path = Path(source)
        if source == "-":
            yield _reading(sys.stdin.buffer.read(), "-", name)
        elif path.is_dir():
            yield from _of_folder(path, name)
        else:
            yield _reading(_bytes(path), display_path(path, Path.cwd()), name)


def _of_folder(folder: Path, name: str | None) -> Iterator[DraftList]:
    """The lists below a folder in the order of their paths; other files are told."""
    visible = (
        it for it in sorted(folder.rglob("*")) if it.is_file() and not _is_hidden(it, folder)
    )
    for path in visible:
        place = display_path(path, Path.cwd())
        if path.suffix.casefold() in IMPORTERS:
            yield _reading(_bytes(path), place, name)
        else:
            message = f"'{path.suffix or path.name}' is the ending of no list, so it is not taken"
            note = Problem(place, 1, 1, "not-taken", "", message, severity=Severity.NOTE)
            yield DraftList(place, (), problems=(note,))


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CannotRunError(f"'{path}' cannot be read: {error.strerror}") from error


def _reading(data: bytes, place: str, name: str | None) -> DraftList:
    try:
        text = data.decode("utf-8-sig")
        name = name or format_of(place, text)
        if name is None:
            known = ", ".join(sorted(IMPORTERS))
            what = "is not a list that can be read" if text.strip() else "is empty"
            raise CannotRunError(f"'{place}' {what} ({known})")
        return FORMATS[name].read(text, place)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"'{place}' is not text in UTF-8: see line {line}; save it in UTF-8"
        raise CannotRunError(message) from error
    except RecursionError as error:
        raise CannotRunError(f"'{place}' is nested too deeply to be read") from error
