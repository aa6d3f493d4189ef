"""The sources of `paper-atlas import`: lists, folders of lists, and standard input."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from paper_atlas.cli.output import CannotRunError
from paper_atlas.importers import IMPORTERS, UnreadableListError, parse_list
from paper_atlas.importers.draft import DraftList
from paper_atlas.problem import Problem, Severity, display_path


def read_sources(sources: Iterable[str], format_name: str | None) -> Iterator[DraftList]:
    """Read the lists in order, each in the given format or in that of its file extension.

    Raises:
        CannotRunError: a list cannot be read.
    """
    for source in sources:
        path = Path(source)
        if source == "-":
            yield _read_list(sys.stdin.buffer.read(), "-", format_name)
        elif path.is_dir():
            yield from _read_folder(path, format_name)
        else:
            yield _read_list(_read_bytes(path), display_path(path, Path.cwd()), format_name)


def _read_folder(folder: Path, format_name: str | None) -> Iterator[DraftList]:
    """Read the lists in a folder, sorted by path; report all other files."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    for path in files:
        if _is_hidden(path, folder):
            continue
        shown_path = display_path(path, Path.cwd())
        if path.suffix.casefold() in IMPORTERS:
            yield _read_list(_read_bytes(path), shown_path, format_name)
        else:
            extension = path.suffix or path.name
            message = f"'{extension}' is not the extension of a list, so the file is not imported"
            note = Problem(shown_path, 1, 1, "not-taken", "", message, severity=Severity.NOTE)
            yield DraftList(shown_path, (), problems=(note,))


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CannotRunError(f"'{path}' cannot be read: {error.strerror}") from error


def _read_list(data: bytes, shown_path: str, format_name: str | None) -> DraftList:
    try:
        return parse_list(data, shown_path, format_name)
    except UnreadableListError as error:
        raise CannotRunError(str(error)) from error
