"""A cache between builds, so that a build only repeats the work for files that changed.

A text (an entry, a card, a page) is cached under a digest of everything that it is made from,
including the code. So there is no invalidation: changed input has another digest. Texts that no
recent build used are deleted once they outnumber the used ones.

The cache is a SQLite database, which several builds can use at once and which survives a killed
build. Its folder may be deleted at any time. If the database cannot be used, for example on a
read-only disk, nothing is cached.
"""

import sqlite3
from collections.abc import Callable, Iterable
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any

CACHE_FOLDER = Path(".cache", "paper-atlas")
"""The folder of the cache, below the folder of the site's configuration."""

_CONFIGURATION_FILE = "mkdocs.yml"
_DATABASE_FILE = "kept.sqlite"
_DEPENDENCIES = (
    *("PyYAML", "pydantic", "rapidfuzz"),  # entries and checks
    *("bibtexparser", "Jinja2", "Markdown", "MarkupSafe", "nh3", "pylatexenc"),  # texts and pages
)
_MAX_PENDING_CHARACTERS = 1_000_000  # little memory, but few transactions
_MAX_UNUSED_ROWS = 1000
_DIGEST_BYTES = 16


def cache_folder(folder: Path) -> Path | None:
    """Return the cache folder of the site that a folder of entries belongs to, or None."""
    for parent in folder.resolve().parents:
        if (parent / _CONFIGURATION_FILE).is_file():
            return parent / CACHE_FOLDER
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
    folder = Path(__file__).parent.parent
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    sources = [part for path in files for part in (path.name, path.read_bytes())]
    return digest(*map(version, _DEPENDENCIES), *sources)


class Cache:
    """A database of texts by kind and digest. A kind is the name of a table.

    Without a folder, texts are not cached. `memory` is a dictionary that all builds of a preview
    share, and None outside a preview. Who stores objects there must not modify them.
    """

    def __init__(self, folder: Path | None = None, before: "Cache | None" = None) -> None:
        """Open the cache, and create the database if it does not exist.

        `before` is the cache of the previous build of a preview.
        """
        self.code_digest = code_digest() if folder else b""
        self._file = folder / _DATABASE_FILE if folder else None
        self._database = _open_database(self._file) if self._file else None
        self._requested: dict[str, bytearray] = {}
        self._preloaded: dict[str, dict[bytes, str]] = {}
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
        if self._database is None:
            return None
        self._requested_keys(kind).extend(key)
        if kind in self._preloaded:
            return self._preloaded[kind].pop(key, None)
        for row in self._execute(f"SELECT text FROM {kind} WHERE digest = ?", (key,)):
            return str(row[0])
        return None

    def preload(self, kind: str) -> None:
        """Load all texts of a kind at once. Then `find_text` returns each of them once.

        Use this if nearly all texts of the kind are needed.
        """
        self._requested_keys(kind)
        self._preloaded[kind] = dict(self._execute(f"SELECT digest, text FROM {kind}"))

    def store_text(self, kind: str, key: bytes, text: str) -> None:
        """Cache a text that was requested and not found."""
        if self._database is None:
            return
        self._pending.append((kind, (key, text)))
        self._pending_characters += len(text)
        if self._pending_characters > _MAX_PENDING_CHARACTERS:
            self._write_pending()

    def close(self, *, whole: bool = True) -> None:
        """Write pending texts, delete unused ones if they are the majority, close the database.

        `whole` is False if the build did not request everything. Then nothing is deleted.
        """
        self._write_pending()
        self._preloaded = {}
        for kind, keys in self._requested.items() if whole else ():
            used = {
                bytes(keys[start : start + _DIGEST_BYTES])
                for start in range(0, len(keys), _DIGEST_BYTES)
            }
            rows = self._execute(f"SELECT digest FROM {kind}")
            if len(rows) > 2 * len(used) + _MAX_UNUSED_ROWS:
                unused = (row for row in rows if row[0] not in used)
                self._execute_many(f"DELETE FROM {kind} WHERE digest = ?", unused)
        if self._database:
            self._database.close()
        self._database = None

    def _requested_keys(self, kind: str) -> bytearray:
        """Return the requested keys of a kind, concatenated. The first call creates the table."""
        if kind not in self._requested:
            self._requested[kind] = bytearray()
            self._execute(f"CREATE TABLE IF NOT EXISTS {kind} (digest BLOB PRIMARY KEY, text TEXT)")
            if not self._execute(f"SELECT 1 FROM {kind} LIMIT 1"):
                self._preloaded[kind] = {}
        return self._requested[kind]

    def _write_pending(self) -> None:
        for kind in self._requested:
            rows = [row for row_kind, row in self._pending if row_kind == kind]
            self._execute_many(f"INSERT OR REPLACE INTO {kind} VALUES (?, ?)", rows)
        self._pending, self._pending_characters = [], 0

    def _execute(self, statement: str, values: tuple[bytes, ...] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a statement. After an error, disable the cache."""
        try:
            return self._database.execute(statement, values).fetchall() if self._database else []
        except sqlite3.Error as error:
            self._give_up(error)
            return []

    def _execute_many(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Execute a statement for several rows in one transaction."""
        try:
            if self._database:
                with self._database:
                    self._database.executemany(statement, rows)
        except sqlite3.Error as error:
            self._give_up(error)

    def _give_up(self, error: sqlite3.Error) -> None:
        """Disable the cache after an error. Delete the database if it is damaged."""
        if self._database:
            self._database.close()
        self._database = None
        if self._file and not isinstance(error, sqlite3.OperationalError):
            _delete_database(self._file)


def _open_database(file: Path) -> sqlite3.Connection | None:
    """Open the database in a folder that git ignores, or return None if that is impossible.

    With the write-ahead log, one process can write while others read, and a killed process does
    no damage. Without `synchronous`, a power cut may damage the database, which is then rebuilt.
    https://www.sqlite.org/wal.html
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        (file.parent / ".gitignore").write_text("*\n", encoding="utf-8")
        database = sqlite3.connect(file, check_same_thread=False)
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = OFF")
    except (OSError, sqlite3.OperationalError):
        return None
    except sqlite3.DatabaseError:
        _delete_database(file)
        return None
    return database


def _delete_database(file: Path) -> None:
    """Delete a database with its log, so that the next database does not use that log."""
    for path in file.parent.glob(f"{file.name}*"):
        path.unlink(missing_ok=True)
