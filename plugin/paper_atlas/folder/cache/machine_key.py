"""The key of this machine, which no repository contains.

It is 32 random bytes in a file in the user's folder for caches. It proves that a cached text was
written by a build on this machine, and did not come with the files of a pull request.
"""

import contextlib
import os
import secrets
from pathlib import Path

from paper_atlas.source.atomic import remove_unfinished, write_bytes, write_new
from paper_atlas.source.files import FileError, read_file

KEY_FILE = "build-cache.key"
"""The name of the file with the key, in the user's folder for caches."""

_KEY_BYTES = 32  # the largest key of the hash that uses it, BLAKE2b with a short digest
_PRIVATE = 0o600


def user_cache_folder() -> Path:
    """Return the folder for caches of this user, in `$XDG_CACHE_HOME` or `~/.cache`.

    https://specifications.freedesktop.org/basedir-spec/latest/

    Raises:
        RuntimeError: the user has no home folder.
    """
    variable = os.environ.get("XDG_CACHE_HOME", "")
    base = Path(variable) if Path(variable).is_absolute() else Path.home() / ".cache"
    return base / "paper-atlas"


def checkout_of(folder: Path) -> Path:
    """Return the top folder of the git checkout that has `folder`, otherwise `folder` itself."""
    folder = folder.resolve()
    tops = (parent for parent in (folder, *folder.parents) if (parent / ".git").exists())
    return next(tops, folder)


def machine_key(site: Path) -> bytes | None:
    """Return the key for builds of the site in a folder. The first call on a machine creates it.

    Returns None if the key cannot be stored, or if its file would be inside the checkout of the
    site: a repository could then contain it.
    """
    try:
        file = (user_cache_folder() / KEY_FILE).resolve()
        if file.is_relative_to(checkout_of(site)):
            return None
        remove_unfinished(file.parent)
        return _read_key(file) or _create_key(file)
    except (OSError, RuntimeError):
        return None


def _read_key(file: Path) -> bytes | None:
    """Return the key in a file, or None if there is no complete key."""
    with contextlib.suppress(FileError):
        key = read_file(file, _KEY_BYTES)
        return key if len(key) == _KEY_BYTES else None
    return None


def _create_key(file: Path) -> bytes | None:
    """Write a new key in place of none or of a damaged one, and return the key in the file.

    Another process may write one at the same time.
    """
    key = secrets.token_bytes(_KEY_BYTES)
    is_present = not write_new(file, key, _PRIVATE)
    if is_present and file.is_file() and not _read_key(file):
        write_bytes(file, key)
        file.chmod(_PRIVATE)
    return _read_key(file)
