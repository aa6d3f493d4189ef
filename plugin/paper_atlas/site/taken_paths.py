"""The paths of a site that have files already, so that no file of the atlas can be there.

File systems of Windows and macOS ignore case and Unicode normal forms in names.
https://www.unicode.org/reports/tr15/
"""

import unicodedata
from collections.abc import Iterable


class TakenPaths:
    """The paths of files that are in a site before the atlas adds its own."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._files: dict[str, str] = {}
        self._folders: dict[str, str] = {}
        for path in paths:
            key = _folded(path)
            self._files[key] = path
            for folder in _folders_of(key):
                self._folders.setdefault(folder, path)

    def in_the_way_of(self, path: str) -> str:
        """Return the file because of which there can be none at `path`, or an empty string.

        It has the same path in another spelling, or one of the two is a folder of the other. The
        same path is no obstacle: the atlas leaves out a file that a site has.
        """
        key = _folded(path)
        same = self._files.get(key, path)
        if same != path:
            return same
        if key in self._folders:
            return self._folders[key]
        return next((self._files[one] for one in _folders_of(key) if one in self._files), "")


def _folded(path: str) -> str:
    return path.casefold() if path.isascii() else unicodedata.normalize("NFC", path).casefold()


def _folders_of(path: str) -> list[str]:
    """Return the folders around a file, without the root."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]
