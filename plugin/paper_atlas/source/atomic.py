"""Files that are written whole or not at all."""

import contextlib
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_MODE = 0o644  # of a new file


_UNFINISHED = ".paper-atlas-"


def write_new(path: Path, text: str) -> bool:
    """Write a file that does not exist yet, whole or not at all; False where it exists.

    The file is linked into place, which, unlike renaming, never replaces another.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _temporary(path.parent, text.encode(), _MODE) as temporary:
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(temporary)
            return True
        return False


def replace_text(path: Path, text: str) -> None:
    """Replace the text of a file, whole or not at all; its permissions stay.

    Where the path is a link, the file that it leads to is replaced.
    """
    write_bytes(path.resolve(strict=True), text.encode())


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file, or replace it as `write_over` does; what is no file, such as a pipe, is fed."""
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    target = path.resolve()
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else _MODE
    with _temporary(target.parent, content, mode) as temporary:
        temporary.replace(target)


@contextlib.contextmanager
def _temporary(folder: Path, content: bytes, mode: int) -> Iterator[Path]:
    """A hidden file beside the one that it will become; deleted unless it was moved."""
    handle, name = tempfile.mkstemp(dir=folder, prefix=_UNFINISHED, suffix=".tmp")
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        path.chmod(mode)
        yield path
    finally:
        path.unlink(missing_ok=True)


def remove_unfinished(folder: Path) -> None:
    """Delete what a writer left that was killed; nobody else may be writing (see `alone`)."""
    for path in folder.rglob(f"{_UNFINISHED}*.tmp"):
        path.unlink(missing_ok=True)


@contextlib.contextmanager
def folder_lock(folder: Path) -> Iterator[None]:
    """Let no other process or thread that asks for it too work on a folder meanwhile.

    The lock is the system's and leaves no file. Windows has none for folders; there nothing waits.
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
