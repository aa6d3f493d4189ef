"""A cache between builds, so that a build only repeats the work for files that changed.

A text (an entry, a card, a page) is cached under a digest of everything that it is made from,
including the code. So there is no invalidation: changed input has another digest. Texts that no
recent build used are deleted once they outnumber the used ones.

The cache is a SQLite database, which several builds can use at once and which survives a killed
build. Its folder may be deleted at any time. If the database cannot be used, for example on a
read-only disk, nothing is cached.

The folder is inside the checkout, where a pull request can put files. So neither the database nor a
text in it is used unless a build with the key of this machine wrote it.
"""

from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any

from paper_atlas.folder.cache.database import Database
from paper_atlas.folder.cache.machine_key import machine_key
from paper_atlas.source.atomic import remove_unfinished, write_new

CACHE_FOLDER = Path(".cache", "paper-atlas")
"""The folder of the cache, below the folder of the site's configuration."""

_CONFIGURATION_FILE = "mkdocs.yml"
_DEPENDENCIES = (
    *("PyYAML", "pydantic", "rapidfuzz"),  # entries and checks
    *(
        "bibtexparser",
        "Jinja2",
        "Markdown",
        "MarkupSafe",
        "nh3",
        "pylatexenc",
        "svgelements",
    ),  # texts and pages
)
_MAX_PENDING_CHARACTERS = 1_000_000  # little memory, but few transactions
_MAX_UNUSED_ROWS = 1000
_DIGEST_BYTES = 16


def site_folder(folder: Path) -> Path | None:
    """Return the folder of the site that a folder of entries belongs to, or None."""
    for parent in folder.resolve().parents:
        if (parent / _CONFIGURATION_FILE).is_file():
            return parent
    return None


def digest(*parts: str | bytes) -> bytes:
    """Return the BLAKE2b hash of several parts, 16 bytes long.

    It includes the length of each part: `("ab", "c")` and `("a", "bc")` have different digests.
    """
    hashed = blake2b(digest_size=_DIGEST_BYTES)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        hashed.update(len(data).to_bytes(8, "big"))
        hashed.update(data)
    return hashed.digest()


@cache
def code_digest() -> bytes:
    """Return the digest of this package and of the versions of its dependencies."""
    folder = Path(__file__).parents[2]
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    sources = [part for path in files for part in (path.name, path.read_bytes())]
    return digest(*map(version, _DEPENDENCIES), *sources)


class Cache:
    """A cache of texts by kind and digest.

    Without a folder, texts are not cached. `memory` is a dictionary that all builds of a preview
    share, and None outside a preview. Who stores objects there must not modify them.
    """

    def __init__(self, site: Path | None = None, before: "Cache | None" = None) -> None:
        """Open the cache of the site with its configuration in a folder, or create it.

        `before` is the cache of the previous build of a preview.
        """
        self.code_digest = code_digest() if site else b""
        self._database = _open_database(site) if site else None
        self._requested: dict[str, bytearray] = {}
        self._preloaded: dict[str, dict[bytes, bytes]] = {}
        self._pending: list[tuple[str, tuple[bytes, str]]] = []
        self._pending_characters = 0
        self.memory: dict[str, Any] | None = (before.memory or {}) if before else None

    def get_text(self, kind: str, key: bytes, make: Callable[[], str]) -> str:
        """Return the cached text, or make it and cache it."""
        text = self.find_text(kind, key)
        if text is None:
            text = make()
            self.store_text(kind, key, text)
        return text

    def find_text(self, kind: str, key: bytes) -> str | None:
        """Return the cached text, or None."""
        if not self._database:
            return None
        self._requested_keys(kind).extend(key)
        if kind in self._preloaded:
            sealed = self._preloaded[kind].pop(key, None)
        else:
            sealed = self._database.find(kind, key)
        return self._database.open_text(kind, key, sealed)

    def preload(self, kind: str) -> None:
        """Load all texts of a kind at once. Then `find_text` returns each of them once.

        Use this if nearly all texts of the kind are needed.
        """
        if self._database:
            self._requested_keys(kind)
            self._preloaded[kind] = self._database.find_all(kind)

    def store_text(self, kind: str, key: bytes, text: str) -> None:
        """Cache a text that was requested and not found."""
        if not (self._database and self._database.is_open):
            return
        self._pending.append((kind, (key, text)))
        self._pending_characters += len(text)
        if self._pending_characters > _MAX_PENDING_CHARACTERS:
            self._write_pending(self._database)

    def close(self, *, whole: bool = True) -> None:
        """Write pending texts, delete unused ones if they are the majority, close the database.

        `whole` is False if the build did not request everything. Then nothing is deleted.
        """
        if self._database:
            self._write_pending(self._database)
            if whole:
                self._delete_unused(self._database)
            self._database.close()
        self._preloaded, self._database = {}, None

    def _requested_keys(self, kind: str) -> bytearray:
        """Return the requested keys of a kind, concatenated. The first call creates the table."""
        if kind not in self._requested and self._database:
            self._requested[kind] = bytearray()
            self._database.create_table(kind)
            if self._database.is_empty(kind):
                self._preloaded[kind] = {}
        return self._requested[kind]

    def _write_pending(self, database: Database) -> None:
        for kind in self._requested:
            database.store(kind, (text for text_kind, text in self._pending if text_kind == kind))
        self._pending, self._pending_characters = [], 0

    def _delete_unused(self, database: Database) -> None:
        for kind, keys in self._requested.items():
            used = {
                bytes(keys[start : start + _DIGEST_BYTES])
                for start in range(0, len(keys), _DIGEST_BYTES)
            }
            present = database.digests(kind)
            if len(present) > 2 * len(used) + _MAX_UNUSED_ROWS:
                database.delete(kind, (digest for digest in present if digest not in used))


def _open_database(site: Path) -> Database | None:
    """Open the database of a site in a folder that git ignores; return None if it cannot be used.

    A symbolic link is not followed: a pull request could make the cache write anywhere.
    """
    folder, key = site / CACHE_FOLDER, machine_key(site)
    if key is None or folder.is_symlink() or folder.parent.is_symlink():
        return None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        remove_unfinished(folder)
        write_new(folder / ".gitignore", b"*\n")
    except OSError:
        return None
    database = Database(folder, key)
    return database if database.is_open else None
