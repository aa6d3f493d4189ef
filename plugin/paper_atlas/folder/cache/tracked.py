"""Finds a cache that is in git, where a pull request can change it.

A build never uses such a cache, see `Cache`. But whoever committed it believes that builds do.
"""

import os
import shutil
import subprocess
from pathlib import Path

from paper_atlas.folder.cache import CACHE_FOLDER
from paper_atlas.folder.cache.machine_key import checkout_of
from paper_atlas.problem import Problem, display_path

_TIMEOUT = 20.0  # seconds; git lists a million files in one
# Options of the command line are stronger than those of a repository, which may name programs.
_LIST_FILES = ("-c", "core.fsmonitor=false", "ls-files", "-z")


def tracked_cache(site: Path, base: Path) -> list[Problem]:
    """Return a problem if the cache of the site in a folder is in git, otherwise no problem.

    The path of the problem is relative to `base`. Without git, nothing is found.
    """
    top, site = checkout_of(site), site.resolve()
    folder = (site / CACHE_FOLDER).relative_to(top).as_posix()
    if not any(_overlap(name, folder) for name in _tracked_files(top)):
        return []
    path = display_path(site / CACHE_FOLDER, base)
    message = "the cache of builds is in git, where a pull request can change it"
    hint = f"run git rm -r --cached {display_path(site / CACHE_FOLDER.parts[0], base)}"
    return [Problem(path, 1, 1, "tracked-cache", "", message, hint)]


def _overlap(name: str, folder: str) -> bool:
    """True for a file in a folder, and for a link in place of the folder or of one above it.

    Some file systems do not tell upper case from lower case.
    """
    file, place = f"{name.casefold()}/", f"{folder.casefold()}/"
    return file.startswith(place) or place.startswith(file)


def _tracked_files(top: Path) -> list[str]:
    """Return the paths of all files that git has in a checkout, below its top folder."""
    program = shutil.which("git") if (top / ".git").exists() else None
    if not program or Path(program).resolve().is_relative_to(top):
        return []  # Windows also looks for programs in the working directory
    command = [program, "-C", str(top), *_LIST_FILES]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_TIMEOUT, check=True)
    except (OSError, subprocess.SubprocessError):
        return []
    return [os.fsdecode(name) for name in done.stdout.split(b"\0") if name]
