"""A cache between builds, so that a build only repeats the work for files that changed.

A text (an entry, a card, a page) is cached under a digest of everything that it is made from,
including the code. So there is no invalidation: changed input has another digest. Texts that no
recent build used are deleted once they outnumber the used ones.

The cache is a SQLite database, which several builds can use at once and which survives a killed
build. Its folder may be deleted at any time. If the database cannot be used, for example on a
read-only disk, nothing is cached.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from sys import intern
from typing import Any, TypeVar

from paper_atlas.model.entry import Entry, Links, Result
from paper_atlas.model.validation import Model
from paper_atlas.model.vocabulary import Vocabulary
from paper_atlas.problem import Problem, Severity
from paper_atlas.text.names import AuthorName, Group

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


Value = TypeVar("Value")


class Cache:
    """A database of texts by kind and digest. A kind is the name of a table.

    Without a folder, texts are not cached.
    """

    def __init__(self, folder: Path | None = None, before: "Cache | None" = None) -> None:
        """Open the cache, and create the database if it does not exist.

        `before` is the cache of the previous build of a preview. With it, `get_object` caches
        objects in memory.
        """
        self.code_digest = code_digest() if folder else b""
        self._file = folder / _DATABASE_FILE if folder else None
        self._database = _open_database(self._file) if self._file else None
        self._requested: dict[str, bytearray] = {}
        self._empty_kinds: set[str] = set()
        self._preloaded: dict[str, dict[bytes, str]] = {}
        self._pending: list[tuple[str, tuple[bytes, str]]] = []
        self._pending_characters = 0
        self._objects: dict[bytes, Any] | None = {} if before else None
        self._previous_objects = (before and before._objects) or {}

    def get_object(self, key: bytes, make: Callable[[], Value]) -> Value:
        """Return the object that the previous build made for the same key, or make it.

        Callers must not modify the object.
        """
        found: Value | None = self._previous_objects.get(key)
        value = make() if found is None else found
        if self._objects is not None:
            self._objects[key] = value
        return value

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
        if kind in self._empty_kinds:
            return None
        for row in self._execute(f"SELECT text FROM {kind} WHERE digest = ?", (key,)):
            return str(row[0])
        return None

    def take_text(self, kind: str, key: bytes) -> str | None:
        """Return the cached text, or None. Load all texts of the kind at once, return each once.

        Use this if nearly all texts of the kind are needed.
        """
        if self._database is None or self._previous_objects:
            return self.find_text(kind, key)
        self._requested_keys(kind).extend(key)
        if kind not in self._preloaded:
            self._preloaded[kind] = dict(self._execute(f"SELECT digest, text FROM {kind}"))
        return self._preloaded[kind].pop(key, None)

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
                self._empty_kinds.add(kind)
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


_TUPLE_FIELDS = [name for name, field in Entry.model_fields.items() if field.default == ()]
_ENTRY = Entry.model_construct(id="", path="", title="", links=Links.model_construct(), terms={})
_LINKS = Links.model_construct()
_SLOTS = ("__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__")


def has_only_listed_terms(entry: Entry, vocabulary: Vocabulary) -> bool:
    """True if the vocabulary lists all terms of an entry, so that no other entry affects it."""
    facets = vocabulary.facets
    return all(
        term.id in facets[name].terms_by_id for name, terms in entry.terms.items() for term in terms
    )


def entry_to_json(entry: Entry) -> str:
    """Return an entry as JSON. Its terms are ids, which the vocabulary must list."""
    values = entry.model_dump(mode="json", exclude_defaults=True, exclude={"terms", "authors"})
    values["authors"] = [
        author if isinstance(author, str) else {"group": author.group} for author in entry.authors
    ]
    values["terms"] = {name: [term.id for term in terms] for name, terms in entry.terms.items()}
    return json.dumps(values)


def entry_from_json(text: str, vocabulary: Vocabulary) -> Entry:
    """Return the entry that `entry_to_json` wrote, with the terms of the same vocabulary."""
    values: dict[str, Any] = json.loads(text)
    ids = values["terms"]
    values["terms"] = {
        name: tuple([facet.terms_by_id[term_id] for term_id in ids[name]])
        for name, facet in vocabulary.facets.items()
        if name in ids
    }
    links = values.get("links", {})
    has_no_labels = Links.model_fields.keys() >= links.keys()
    values["links"] = (
        _copy_with(_LINKS, links) if has_no_labels else _LINKS.model_copy(update=links)
    )
    for name in _TUPLE_FIELDS:
        if name in values:
            values[name] = tuple(values[name])
    values["authors"] = tuple(map(_author_from_json, values["authors"]))
    values["venue"] = values.get("venue") and intern(values["venue"])
    if "results" in values:
        values["results"] = tuple(map(_result_from_json, values["results"]))
    if "added" in values:
        values["added"] = date.fromisoformat(values["added"])
    return _copy_with(_ENTRY, values)


def _copy_with(model: Model, values: dict[str, Any]) -> Model:
    """Return a copy of a model with other values, which are not validated.

    Equivalent to `model_construct`, but ten times as fast. This matters for thousands of entries.
    https://docs.pydantic.dev/latest/concepts/models/#creating-models-without-validation
    """
    copy = object.__new__(type(model))
    object.__setattr__(copy, "__dict__", model.__dict__ | values)
    for slot in _SLOTS:
        object.__setattr__(copy, slot, getattr(model, slot))
    return copy


def _author_from_json(value: str | dict[str, str]) -> AuthorName:
    return intern(value) if isinstance(value, str) else Group(**value)


def _result_from_json(values: dict[str, Any]) -> Result:
    return Result.model_construct(**{**values, "value": Decimal(values["value"])})


def problems_to_json(problems: Iterable[Problem]) -> str:
    """Return problems as JSON."""
    return json.dumps([asdict(problem) for problem in problems])


def problems_from_json(text: str) -> list[Problem]:
    """Return the problems that `problems_to_json` wrote."""
    return [
        Problem(**values | {"severity": Severity(values["severity"])})
        for values in json.loads(text)
    ]
