"""Atomic file writes: a reader sees the old file or the new file, never a part of one.

A killed process can leave a temporary file. Others recognise it by its name and by the lock that
its process no longer holds, and delete it with `remove_unfinished`.
"""

import contextlib
import os
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from paper_atlas.text.lines import pluralize

if sys.platform != "win32":
    import fcntl

_NEW_FILE_MODE = 0o644
_PREFIX, _SUFFIX = ".paper-atlas-", ".tmp"
_FOLDER_PREFIX = "paper-atlas-"
_MIN_FOLDER_AGE = 60.0
"""Seconds after which a temporary folder without a lock has no owner: it is locked at once."""


@dataclass
class UnfinishedError(Exception):
    """A file could not be written. `written` are the paths of the files that were, in their order.

    The files after it are unchanged, and so is the file itself.
    """

    path: str
    reason: str
    written: list[str]
    total: int

    def __str__(self) -> str:
        """What is written, and what is not."""
        number = len(self.written)
        if not number:
            return f"'{self.path}' cannot be written: {self.reason}; nothing is written"
        files = f"{number} of {pluralize(self.total, 'file')}"
        return (
            f"'{self.path}' cannot be written: {self.reason}; {files} written, the others are "
            "unchanged; run the same command again to continue"
        )


def write_new(path: Path, content: str | bytes, mode: int = _NEW_FILE_MODE) -> bool:
    """Write a new file atomically; return False if the path exists.

    The file is hard-linked into place: unlike renaming, this never replaces another file.

    Raises:
        OSError: the file cannot be written. `filename` is its path.
    """
    data = content.encode() if isinstance(content, str) else content
    with _errors_of(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with _temporary_file(path.parent, data, mode) as temporary:
            with contextlib.suppress(FileExistsError):
                path.hardlink_to(temporary)
                return True
            return False


def replace_text(path: Path, text: str) -> None:
    """Replace the text of an existing file atomically; see `write_bytes`.

    Raises:
        OSError: the file does not exist or cannot be written.
    """
    path.stat()
    write_bytes(path, text.encode())


def write_bytes(path: Path, content: bytes) -> None:
    """Write or replace a file atomically. An existing file keeps its permissions.

    A symbolic link is followed. Anything but a regular file, such as a pipe, is written directly.
    The new content is on the disk before it replaces the old one, so that a power cut loses none.

    Raises:
        OSError: the file cannot be written. `filename` is its path.
    """
    with _errors_of(path):
        mode = _mode_of(path)
        if mode and not stat.S_ISREG(mode):
            path.write_bytes(content)
            return
        target = Path(os.path.realpath(path))
        new_mode = stat.S_IMODE(mode) if mode else _NEW_FILE_MODE
        with _temporary_file(target.parent, content, new_mode, durable=bool(mode)) as temporary:
            temporary.replace(target)


def _mode_of(path: Path) -> int:
    """Return the kind and the permissions of a file, or 0 if there is none."""
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return 0


@contextlib.contextmanager
def _errors_of(path: Path) -> Iterator[None]:
    """Let errors name the file that was asked for, not the temporary one."""
    try:
        yield
    except OSError as error:
        if error.errno is None:
            raise
        raise OSError(error.errno, error.strerror, str(path)) from error


@contextlib.contextmanager
def _temporary_file(
    folder: Path, content: bytes, mode: int, *, durable: bool = False
) -> Iterator[Path]:
    """Write a hidden file; delete it at the end of the block unless it was moved.

    It is locked while its process lives. `durable` waits until the disk has the content.
    """
    handle, path = _locked_file(folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            if durable:
                os.fsync(handle)
            path.chmod(mode)
            if sys.platform == "win32":
                file.close()  # Windows does not move open files
            yield path
    finally:
        with contextlib.suppress(OSError):
            path.unlink()


def _locked_file(folder: Path) -> tuple[int, Path]:
    """Create a temporary file and lock it; start again if another process deletes it before."""
    while True:
        handle, name = tempfile.mkstemp(dir=folder, prefix=_PREFIX, suffix=_SUFFIX)
        if sys.platform == "win32":
            return handle, Path(name)
        with contextlib.suppress(OSError):  # a file system without locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        if os.fstat(handle).st_nlink:
            return handle, Path(name)
        os.close(handle)


def remove_unfinished(folder: Path, *, below: bool = False) -> None:
    """Delete the temporary files of killed processes in a folder, or also in those below it."""
    pattern = f"{_PREFIX}*{_SUFFIX}"
    with contextlib.suppress(OSError):
        for path in [*(folder.rglob(pattern) if below else folder.glob(pattern))]:
            with contextlib.suppress(OSError), _lock_of_dead(path, stat.S_ISREG):
                path.unlink()


@contextlib.contextmanager
def temporary_folder() -> Iterator[Path]:
    """Create a temporary folder, and delete it at the end of the block.

    Those of killed processes are deleted before. It is in the folder that the operating system has
    for temporary files.
    """
    _remove_folders(Path(tempfile.gettempdir()))
    with (
        tempfile.TemporaryDirectory(prefix=_FOLDER_PREFIX, ignore_cleanup_errors=True) as name,
        _lock(Path(name)),
    ):
        yield Path(name)


def _remove_folders(parent: Path) -> None:
    """Delete the temporary folders of killed processes. On Windows nothing tells them apart."""
    for path in parent.glob(f"{_FOLDER_PREFIX}*") if sys.platform != "win32" else ():
        with contextlib.suppress(OSError), _lock_of_dead(path, stat.S_ISDIR) as state:
            if state.st_mtime < time.time() - _MIN_FOLDER_AGE:
                shutil.rmtree(path, ignore_errors=True)


@contextlib.contextmanager
def _lock_of_dead(path: Path, is_kind: Callable[[int], bool]) -> Iterator[os.stat_result]:
    """Lock a file or folder of this user that no living process has locked, and give its state.

    Raises:
        OSError: it is locked, it belongs to another user, or it is of another kind. Windows has no
            such lock, but it does not delete open files.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    if sys.platform == "win32":
        yield path.stat(follow_symlinks=False)
        return
    handle = os.open(path, flags)
    try:
        state = os.fstat(handle)
        if not is_kind(state.st_mode) or state.st_uid != os.getuid():
            raise FileNotFoundError(path)
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield state
    finally:
        os.close(handle)


@contextlib.contextmanager
def folder_lock(folder: Path) -> Iterator[None]:
    """Hold an exclusive lock on a folder, and delete what killed processes left in it.

    The lock excludes other threads and processes that use it. It is a lock of the operating system
    and leaves no file. Windows cannot lock folders, so there the block runs without a lock.
    """
    with _lock(folder):
        remove_unfinished(folder, below=True)
        yield


@contextlib.contextmanager
def _lock(folder: Path) -> Iterator[None]:
    if sys.platform == "win32":
        yield
    else:
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)
