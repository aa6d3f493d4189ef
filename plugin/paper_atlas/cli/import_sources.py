"""The sources of `paper-atlas import`: lists, folders of lists, and standard input."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from paper_atlas.cli.output import CannotRunError
from paper_atlas.importers import IMPORTERS, UnreadableListError, parse_list, strings_of_lists
from paper_atlas.importers.draft import DraftList
from paper_atlas.problem import Problem, Severity, display_path

_File = tuple[str, bytes] | DraftList
"""The path and the bytes of a list, or the report of a file that is none."""


def read_sources(sources: Iterable[str], format_name: str | None) -> Iterator[DraftList]:
    """Read the lists in order, each in the given format or in that of its file extension.

    The BibTeX files share their `@string`s.

    Raises:
        CannotRunError: a list cannot be read.
    """
    files = [file for source in sources for file in _files_of(source)]
    strings = strings_of_lists(file for file in files if isinstance(file, tuple))
    for file in files:
        yield file if isinstance(file, DraftList) else _read_list(*file, format_name, strings)


def _files_of(source: str) -> Iterator[_File]:
    path = Path(source)
    if source == "-":
        yield "-", sys.stdin.buffer.read()
    elif path.is_dir():
        yield from _files_in_folder(path)
    else:
        yield display_path(path, Path.cwd()), _read_bytes(path)


def _files_in_folder(folder: Path) -> Iterator[_File]:
    """Yield the lists in a folder, sorted by path; report all other files."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    for path in files:
        if _is_hidden(path, folder):
            continue
        shown_path = display_path(path, Path.cwd())
        if path.suffix.casefold() in IMPORTERS:
            yield shown_path, _read_bytes(path)
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


def _read_list(
    shown_path: str, data: bytes, format_name: str | None, strings: Mapping[str, str]
) -> DraftList:
    try:
        return parse_list(data, shown_path, format_name, strings)
    except UnreadableListError as error:
        raise CannotRunError(str(error)) from error
