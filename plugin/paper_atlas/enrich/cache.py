"""Answers kept on disk between runs, which may be deleted at any time."""

import contextlib
import hashlib
import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Kept:
    """An answer that was understood: its body, when it came, and what tells whether it changed."""

    url: str
    body: bytes
    fetched: float
    etag: str = ""
    modified: str = ""

    @property
    def conditions(self) -> dict[str, str]:
        """The headers that ask for the body only if it changed.

        https://www.rfc-editor.org/rfc/rfc9110#section-13.1
        """
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in headers.items() if value}


def cache_folder() -> Path:
    """Where the user's caches are: `$XDG_CACHE_HOME`, else `~/.cache`.

    https://specifications.freedesktop.org/basedir-spec/latest/
    """
    home = os.environ.get("XDG_CACHE_HOME", "")
    base = Path(home) if Path(home).is_absolute() else Path.home() / ".cache"
    return base / "paper-atlas"


class Cache:
    """A folder with a file for each address: a line of JSON, then the body as it came.

    Files are replaced whole, so that several processes may share the folder, and a process that
    is stopped leaves no half of one. What cannot be read is not there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, url: str) -> Kept | None:
        """The answer kept for an address."""
        try:
            head, _, body = self._path(url).read_bytes().partition(b"\n")
            kept = Kept(body=body, **json.loads(head))
            return kept if kept.url == url and isinstance(kept.fetched, float) else None
        except (OSError, ValueError, TypeError):
            return None

    def keep(self, kept: Kept) -> None:
        """Keep an answer; where the disk does not let it, nothing is kept."""
        head = {name: value for name, value in asdict(kept).items() if name != "body"}
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._folder, prefix=".", suffix=".tmp")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(json.dumps(head).encode() + b"\n" + kept.body)
                Path(name).replace(self._path(kept.url))
            finally:
                Path(name).unlink(missing_ok=True)

    def _path(self, url: str) -> Path:
        return self._folder / hashlib.sha256(url.encode()).hexdigest()
