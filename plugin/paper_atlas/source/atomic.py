"""Atomic file writes: a reader sees the old file or the new file, never a part of one."""

import contextlib
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_NEW_FILE_MODE = 0o644
_PREFIX, _SUFFIX = ".paper-atlas-", ".tmp"


def write_new(path: Path, text: str) -> bool:
    """Write a new file atomically; return False if the path exists.

    The file is hard-linked into place: unlike renaming, this never replaces another file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _temporary_file(path.parent, text.encode(), _NEW_FILE_MODE) as temporary:
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(temporary)
            return True
        return False


def replace_text(path: Path, text: str) -> None:
    """Replace the text of an existing file atomically; see `write_bytes`.

    Raises:
        OSError: the file does not exist or cannot be written.
    """
    write_bytes(path.resolve(strict=True), text.encode())


def write_bytes(path: Path, content: bytes) -> None:
    """Write or replace a file atomically. An existing file keeps its permissions.

    A symbolic link is followed. Anything but a regular file, such as a pipe, is written directly.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    target = path.resolve()
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else _NEW_FILE_MODE
    with _temporary_file(target.parent, content, mode) as temporary:
        temporary.replace(target)


@contextlib.contextmanager
def _temporary_file(folder: Path, content: bytes, mode: int) -> Iterator[Path]:
    """Write a hidden file; delete it at the end of the block unless it was moved."""
    handle, name = tempfile.mkstemp(dir=folder, prefix=_PREFIX, suffix=_SUFFIX)
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        path.chmod(mode)
        yield path
    finally:
        path.unlink(missing_ok=True)


def remove_unfinished(folder: Path) -> None:
    """Delete the temporary files of killed processes. Call it only while holding `folder_lock`."""
    for path in folder.rglob(f"{_PREFIX}*{_SUFFIX}"):
        path.unlink(missing_ok=True)


@contextlib.contextmanager
def folder_lock(folder: Path) -> Iterator[None]:
    """Hold an exclusive lock on a folder against other threads and processes that use this lock.

    It is a lock of the operating system and leaves no file. Windows cannot lock folders, so there
    the block runs without a lock.
    """
    if sys.platform == "win32":
        yield
    else:
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)
