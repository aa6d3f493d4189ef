"""A SQLite database of texts that this machine has written, and nobody has changed since.

Each text has a seal: a keyed BLAKE2b hash of its kind, its digest and its bytes. A text without a
valid seal counts as missing. So a flipped byte, a text at another digest, and a text that was
written without the key are never returned. https://docs.python.org/3/library/hashlib.html#blake2
"""

import contextlib
import os
import sqlite3
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from hmac import compare_digest
from pathlib import Path
from typing import Any

_SEAL_BYTES = 16
_COLUMNS = "(digest BLOB PRIMARY KEY, sealed BLOB)"
_NO_DAMAGE = {
    *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED),  # another process uses the file
    *(sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOMEM),
    sqlite3.SQLITE_ERROR,  # the statement is wrong
}
"""Errors that do not come from the content of the file. https://www.sqlite.org/rescode.html"""
# The message of SQLite has names of a damaged file, which may be no UTF-8.
_ERRORS = (sqlite3.Error, MemoryError, UnicodeDecodeError)
_PRIMARY_CODE = 0xFF  # the other bits of an error code give details


class Database:
    """A database of texts by kind and digest. A kind is the name of a table.

    No method raises an error. After the first one, nothing more is found or written.
    """

    def __init__(self, folder: Path, key: bytes) -> None:
        """Open the database of the holder of a key in a folder, or create it.

        Its name depends on the key, so a file that others put into the folder is never opened.
        """
        self._key = key
        self._file = folder / _file_name(key)
        self._connection = _connect(self._file)

    @property
    def is_open(self) -> bool:
        """False after an error, and after `close`."""
        return self._connection is not None

    def create_table(self, kind: str) -> None:
        """Create the table of a kind if it does not exist."""
        self._execute(f"CREATE TABLE IF NOT EXISTS {kind} {_COLUMNS}")

    def is_empty(self, kind: str) -> bool:
        """True if there is no text of a kind."""
        return not self._execute(f"SELECT 1 FROM {kind} LIMIT 1")

    def digests(self, kind: str) -> list[bytes]:
        """Return the digests of all texts of a kind."""
        return [row[0] for row in self._execute(f"SELECT digest FROM {kind}")]

    def find(self, kind: str, digest: bytes) -> bytes | None:
        """Return a sealed text, or None."""
        rows = self._execute(f"SELECT sealed FROM {kind} WHERE digest = ?", (digest,))
        return rows[0][0] if rows else None

    def find_all(self, kind: str) -> dict[bytes, bytes]:
        """Return the sealed texts of a kind by digest."""
        return dict(self._execute(f"SELECT digest, sealed FROM {kind}"))

    def store(self, kind: str, texts: Iterable[tuple[bytes, str]]) -> None:
        """Seal texts and write them, with their digests, in one transaction."""
        rows = ((digest, self._seal(kind, digest, text)) for digest, text in texts)
        self._execute_many(f"INSERT OR REPLACE INTO {kind} VALUES (?, ?)", rows)

    def delete(self, kind: str, digests: Iterable[bytes]) -> None:
        """Delete texts of a kind."""
        rows = ((digest,) for digest in digests)
        self._execute_many(f"DELETE FROM {kind} WHERE digest = ?", rows)

    def close(self) -> None:
        """Close the database."""
        if self._connection:
            with contextlib.suppress(*_ERRORS):
                self._connection.close()
        self._connection = None

    def open_text(self, kind: str, digest: bytes, sealed: object) -> str | None:
        """Return the text in a sealed text, or None if the seal is not valid."""
        if not isinstance(sealed, bytes):
            return None
        content = sealed[_SEAL_BYTES:]
        if not compare_digest(sealed[:_SEAL_BYTES], self._mac(kind, digest, content)):
            return None
        return content.decode("utf-8", "surrogatepass")

    def _seal(self, kind: str, digest: bytes, text: str) -> bytes:
        content = text.encode("utf-8", "surrogatepass")
        return self._mac(kind, digest, content) + content

    def _mac(self, kind: str, digest: bytes, content: bytes) -> bytes:
        """Return the seal. All digests have the same length, so the parts need no separator."""
        hashed = blake2b(digest, digest_size=_SEAL_BYTES, key=self._key, person=kind.encode())
        hashed.update(content)
        return hashed.digest()

    def _execute(self, statement: str, values: Sequence[bytes] = ()) -> list[tuple[Any, ...]]:
        try:
            if self._connection:
                return self._connection.execute(statement, values).fetchall()
        except _ERRORS as error:
            self._give_up(error)
        return []

    def _execute_many(self, statement: str, rows: Iterable[tuple[bytes, ...]]) -> None:
        try:
            if self._connection:
                with self._connection:
                    self._connection.executemany(statement, rows)
        except _ERRORS as error:
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        """Close the database after an error, and delete it if it is damaged."""
        self.close()
        if _is_damage(error, self._file):
            _delete(self._file)


def _file_name(key: bytes) -> str:
    name = blake2b(b"file name", digest_size=_SEAL_BYTES, key=key).hexdigest()
    return f"texts-{name}.sqlite"


def _connect(file: Path) -> sqlite3.Connection | None:
    """Return a connection to the database, or None if that is impossible.

    With the write-ahead log, one process can write while others read, and a killed process does
    no damage. Without `synchronous`, a power cut may damage the database, which is then rebuilt.
    https://www.sqlite.org/wal.html
    """
    if not file.exists():
        _delete_others(file)
    if not file.is_file() or file.is_symlink():
        _remove(file)
    connection = None
    try:
        connection = sqlite3.connect(file, check_same_thread=False)
        connection.text_factory = bytes  # a damaged row may be a text that is not valid UTF-8
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")
        if not all(map(_is_table, connection.execute("SELECT * FROM sqlite_schema"))):
            _delete(file)
            raise sqlite3.DatabaseError("other tables")
    except _ERRORS as error:
        if connection:
            connection.close()
        # The statements are right, so they only fail if the file has another format.
        if _is_damage(error, file) or _code(error) == sqlite3.SQLITE_ERROR:
            _delete(file)
        return None
    return connection


def _is_damage(error: Exception, file: Path) -> bool:
    """True if an error comes from the content of a file."""
    if _code(error) == sqlite3.SQLITE_READONLY:
        return os.access(file, os.W_OK)  # then the file itself says so
    return _code(error) not in _NO_DAMAGE


def _code(error: Exception) -> int:
    """Return the primary code of an error; one without a code is a lack of memory."""
    if isinstance(error, UnicodeDecodeError):
        return sqlite3.SQLITE_CORRUPT
    return int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_NOMEM)) & _PRIMARY_CODE


def _is_table(row: tuple[Any, ...]) -> bool:
    """True for a table with the columns of this version, and for its index.

    https://www.sqlite.org/schematab.html
    """
    kind, name, table, _, statement = row
    if kind == b"index":
        return bool(name == b"sqlite_autoindex_%s_1" % table and statement is None)
    return bool(statement == b"CREATE TABLE %s %s" % (name, _COLUMNS.encode()))


def _delete_others(file: Path) -> None:
    """Delete the databases of earlier keys and of earlier versions, before the first one is new."""
    for pattern in ("texts-*.sqlite*", "kept.sqlite*"):
        for path in file.parent.glob(pattern):
            if not path.name.startswith(file.name):
                _remove(path)


def _delete(file: Path) -> None:
    """Delete a database with its log, so that the next database does not use that log."""
    for path in file.parent.glob(f"{file.name}*"):
        _remove(path)


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
