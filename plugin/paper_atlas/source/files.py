"""Read files that anybody may have written: regular files only, and never more than a limit.

A folder of entries may come from a stranger. A name in it can be a link to a device without an end,
a pipe to which nobody writes, or a file that grows while it is read.
"""

import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from paper_atlas.problem import Problem

MAX_BYTES = 1 << 20
"""The most bytes of an entry, a vocabulary or a figure: a page of the site has at most 1 MB."""

MAX_LIST_BYTES = 1 << 28
"""The most bytes of a list to import: 100,000 papers with their abstracts take about 200 MB."""

_CHUNK = 1 << 16  # bytes
# Without O_NONBLOCK, opening a pipe waits for somebody who writes. Windows has only O_BINARY.
_FLAGS = os.O_RDONLY
for _name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"):
    _FLAGS |= getattr(os, _name, 0)
_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


class FileError(OSError):
    """A file cannot be read. `code`, `message` and `hint` are those of its problem.

    `strerror` is the reason alone.
    """

    def __init__(self, code: str, reason: str, message: str = "", hint: str = "") -> None:
        super().__init__(reason)
        self.code, self.strerror, self.hint = code, reason, hint
        self.message = message or f"the file cannot be read: {reason}"


def read_text(
    path: Path | str, shown_path: str, folder: Path | None = None
) -> tuple[str, list[Problem]]:
    """Return the text of a file, or an empty string and the reason why it cannot be read.

    `shown_path` is its path in problems. If a `folder` is given, the file must be inside it.
    """
    try:
        return read_file(path, folder=folder).decode(), []
    except FileError as error:
        found = error.code, "", error.message, error.hint
    except UnicodeDecodeError:
        found = "not-utf-8", "", "the file is not UTF-8 text", "save it as UTF-8"
    return "", [Problem(shown_path, 1, 1, *found)]


def read_file(path: Path | str, limit: int = MAX_BYTES, folder: Path | None = None) -> bytes:
    """Return the content of a regular file. If a `folder` is given, the file must be inside it.

    Raises:
        FileError: it is missing, unreadable, no regular file, larger than `limit`, or outside.
    """
    with _reported_read_errors():
        handle = os.open(_path_inside(path, folder) if folder else path, _FLAGS)
        try:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                kind = _KINDS.get(stat.S_IFMT(status.st_mode), "of an unknown kind")
                raise FileError("unreadable", f"it is {kind}")
            if status.st_size > limit:
                raise _too_large(limit)
            return read_limited(partial(os.read, handle), limit, status.st_size + 1)
        finally:
            os.close(handle)


def read_input(source: str, limit: int = MAX_LIST_BYTES) -> bytes:
    """Return what a user names on the command line: see `read_any_file`; `-` is standard input."""
    if source == "-":
        return read_limited(sys.stdin.buffer.read, limit)
    return read_any_file(Path(source), limit)


def read_any_file(path: Path, limit: int = MAX_LIST_BYTES) -> bytes:
    """Return the content of a file or of a pipe such as `<(command)`, also if it must wait for it.

    Raises:
        FileError: It is missing, unreadable or larger than `limit`.
    """
    with _reported_read_errors(), path.open("rb") as file:
        return read_limited(file.read, limit)


def read_limited(read: Callable[[int], bytes], limit: int, first: int = _CHUNK) -> bytes:
    """Return all that `read` gives when it is called with a number of bytes, `first` at first.

    Raises:
        FileError: it gives more than `limit` bytes.
    """
    parts: list[bytes] = []
    size, wanted = 0, first
    while part := read(wanted):
        parts.append(part)
        size, wanted = size + len(part), _CHUNK
        if size > limit:
            raise _too_large(limit)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def files_below(folder: Path) -> Iterator[Path]:
    """Yield everything in a folder and its subfolders, except folders that can be read.

    Symbolic links are not followed. Folders can be nested deeper than functions.
    """
    waiting = [str(folder)]
    while waiting:
        path = waiting.pop()
        try:
            with os.scandir(path) as scan:
                items = list(scan)
        except OSError:
            yield Path(path)
            continue
        for item in items:
            if item.is_dir(follow_symlinks=False):
                waiting.append(item.path)
            else:
                yield Path(item.path)


@contextmanager
def _reported_read_errors() -> Iterator[None]:
    """Raise a `FileError` for each error while a file is read."""
    try:
        yield
    except FileError:
        raise
    except OSError as error:
        raise FileError("unreadable", error.strerror or str(error)) from error
    except ValueError as error:  # a path that no file can have
        raise FileError("unreadable", str(error)) from error


def _too_large(limit: int) -> FileError:
    size = f"{limit >> 20} MiB" if limit > MAX_BYTES else f"{limit >> 10} KiB"
    return FileError("too-large", f"it is larger than {size}", f"the file is larger than {size}")


def _path_inside(path: Path | str, folder: Path) -> str:
    """Return the path without symbolic links."""
    target, root = os.path.realpath(path), os.path.realpath(folder)
    if not Path(target).is_relative_to(root):
        reason = "it is outside the folder"
        message = "symbolic links to files outside the folder of entries are not followed"
        raise FileError("outside-link", reason, message, "copy the file instead")
    return target
