"""The sources of `paper-atlas import`: lists, folders of lists, and standard input."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from paper_atlas.cli.output import CannotRunError
from paper_atlas.importers import IMPORTERS, UnreadableListError, parse_list, strings_of_lists
from paper_atlas.importers.draft import DraftList
from paper_atlas.problem import Problem, Severity, display_name, display_path
from paper_atlas.source.files import (
    MAX_LIST_BYTES,
    FileError,
    files_below,
    read_file,
    read_input,
)

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
    if path.is_dir():
        yield from _files_in_folder(path)
        return
    try:
        yield source if source == "-" else display_path(path, Path.cwd()), read_input(source)
    except FileError as error:
        raise CannotRunError(f"'{source}' cannot be read: {error}") from error


def _files_in_folder(folder: Path) -> Iterator[_File]:
    """Yield the lists in a folder, sorted by path; report all other files.

    A folder may come from a stranger, so nothing outside it and nothing but files is read.
    """
    for path in sorted(files_below(folder)):
        if _is_hidden(path, folder):
            continue
        shown_path = display_path(path, Path.cwd())
        if path.suffix.casefold() not in IMPORTERS:
            extension = path.suffix or display_name(path.name)
            message = f"'{extension}' is not the extension of a list, so the file is not imported"
            yield _left_out(shown_path, "not-taken", message, Severity.NOTE)
            continue
        try:
            yield shown_path, read_file(path, MAX_LIST_BYTES, folder)
        except FileError as error:
            message = f"the file is not imported: {error}"
            yield _left_out(shown_path, error.code, message, Severity.ERROR)


def _left_out(path: str, code: str, message: str, severity: Severity) -> DraftList:
    return DraftList(path, (), problems=(Problem(path, 1, 1, code, "", message, "", severity),))


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _read_list(
    shown_path: str, data: bytes, format_name: str | None, strings: Mapping[str, str]
) -> DraftList:
    try:
        return parse_list(data, shown_path, format_name, strings)
    except UnreadableListError as error:
        raise CannotRunError(str(error)) from error
