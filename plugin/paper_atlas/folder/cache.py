"""What is kept between builds, so that only what changed is made again.

Reading an entry, its card, its page and its records are most of the work of a build, and from one
build to the next few entries change. Each of these texts is kept under a digest of all that it is
made of, the code that makes it included. So nothing has to be told out of date: what changed has
another digest, and what is found is what would be made. What no build asked for any more is
deleted once it outweighs what was asked for.

The folder may be deleted at any time. What is kept is a SQLite database, which several builds can
use at once and which holds when one is killed; where it cannot be used (a disk that is read-only, a
damaged file), everything is made anew, and nothing is kept.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable
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

CACHE_FOLDER = Path(".cache", "paper-atlas")
"""Where it is kept, below the folder of the site's configuration."""

_CONFIGURATION = "mkdocs.yml"
_FILE = "kept.sqlite"
_MAKERS = ("PyYAML", "pydantic", "Markdown", "nh3", "Jinja2", "MarkupSafe")
# Characters that wait to be written: few enough to be held, many enough for a transaction.
_WAITING = 1_000_000
_SPARE = 1000
_SIZE = 16  # bytes of a digest


def cache_folder(folder: Path) -> Path | None:
    """Where it is kept for the site that a folder of entries belongs to, if it does to one."""
    sites = (it for it in folder.resolve().parents if (it / _CONFIGURATION).is_file())
    return next((it / CACHE_FOLDER for it in sites), None)


def digest(*parts: str | bytes) -> bytes:
    """Bytes that no other parts have."""
    made = blake2b(digest_size=_SIZE)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        made.update(len(data).to_bytes(8, "big"))
        made.update(data)
    return made.digest()


@cache
def code_digest() -> bytes:
    """The digest of this package, and of the versions of those that it makes texts with."""
    folder = Path(__file__).parent.parent
    files = sorted(it for it in folder.rglob("*") if it.is_file() and it.suffix != ".pyc")
    sources = [part for it in files for part in (it.name, it.read_bytes())]
    return digest(*map(version, _MAKERS), *sources)


Value = TypeVar("Value")


class Cache:
    """Texts by kind and digest, in a folder; without a folder nothing is kept."""

    def __init__(self, folder: Path | None = None, before: "Cache | None" = None) -> None:
        """With `before`, the one of the build before in this process, objects are kept too."""
        self.code_digest = code_digest() if folder else b""
        self._file = folder / _FILE if folder else None
        self._database = _opened(self._file) if self._file else None
        self._asked: dict[str, bytearray] = {}
        self._empty: set[str] = set()
        self._taken: dict[str, dict[bytes, str]] = {}
        self._waiting: list[tuple[str, tuple[bytes, str]]] = []
        self._size = 0
        self._objects: dict[bytes, Any] | None = {} if before else None
        self._former = (before and before._objects) or {}

    def get_object(self, of: bytes, make: Callable[[], Value]) -> Value:
        """What is made of what has that digest, and is not changed; a preview makes it once."""
        found: Value | None = self._former.get(of)
        made = make() if found is None else found
        if self._objects is not None:
            self._objects[of] = made
        return made

    def get_text(self, kind: str, of: bytes, make: Callable[[], str]) -> str:
        """The text of a kind (a word) that is made of what has that digest."""
        found = self.find_text(kind, of)
        if found is None:
            found = make()
            self.store_text(kind, of, found)
        return found

    def find_text(self, kind: str, of: bytes) -> str | None:
        """The text that is kept, if one is."""
        if self._database is None:
            return None
        self._asked_of(kind).extend(of)
        if kind in self._empty:
            return None
        for row in self._run(f"SELECT text FROM {kind} WHERE digest = ?", (of,)):
            return str(row[0])
        return None

    def take_text(self, kind: str, of: bytes) -> str | None:
        """As `find`, once for each text, where nearly all are asked for: they are read at once."""
        if self._database is None or self._former:
            return self.find_text(kind, of)
        self._asked_of(kind).extend(of)
        if kind not in self._taken:
            self._taken[kind] = dict(self._run(f"SELECT digest, text FROM {kind}"))
        return self._taken[kind].pop(of, None)

    def store_text(self, kind: str, of: bytes, text: str) -> None:
        """Keep a text that was asked for and not found."""
        if self._database is None:
            return
        self._waiting.append((kind, (of, text)))
        self._size += len(text)
        if self._size > _WAITING:
            self._write()

    def close(self, *, whole: bool = True) -> None:
        """Write what waits, and delete what nobody asked for, where that is the larger part.

        Nothing is deleted where only some of what there is may have been asked for.
        """
        self._write()
        self._taken = {}
        for kind, asked in self._asked.items() if whole else ():
            wanted = {bytes(asked[it : it + _SIZE]) for it in range(0, len(asked), _SIZE)}
            known = self._run(f"SELECT digest FROM {kind}")
            if len(known) > 2 * len(wanted) + _SPARE:
                unasked = (row for row in known if row[0] not in wanted)
                self._run_each(f"DELETE FROM {kind} WHERE digest = ?", unasked)
        if self._database:
            self._database.close()
        self._database = None

    def _asked_of(self, kind: str) -> bytearray:
        """The digests that were asked for, one behind the other."""
        if kind not in self._asked:
            self._asked[kind] = bytearray()
            self._run(f"CREATE TABLE IF NOT EXISTS {kind} (digest BLOB PRIMARY KEY, text TEXT)")
            if not self._run(f"SELECT 1 FROM {kind} LIMIT 1"):
                self._empty.add(kind)
        return self._asked[kind]

    def _write(self) -> None:
        for kind in self._asked:
            rows = [row for of, row in self._waiting if of == kind]
            self._run_each(f"INSERT OR REPLACE INTO {kind} VALUES (?, ?)", rows)
        self._waiting, self._size = [], 0

    def _run(self, statement: str, values: tuple[bytes, ...] = ()) -> list[tuple[Any, ...]]:
        """The rows of a statement; none any more once one has failed."""
        try:
            return self._database.execute(statement, values).fetchall() if self._database else []
        except sqlite3.Error as error:
            self._give_up(error)
            return []

    def _run_each(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """A statement for each of several rows, all or none."""
        try:
            if self._database:
                with self._database:
                    self._database.executemany(statement, rows)
        except sqlite3.Error as error:
            self._give_up(error)

    def _give_up(self, error: sqlite3.Error) -> None:
        """Go on without what is kept. A file that is damaged is deleted."""
        if self._database:
            self._database.close()
        self._database = None
        if self._file and not isinstance(error, sqlite3.OperationalError):
            _delete(self._file)


def _opened(file: Path) -> sqlite3.Connection | None:
    """The database, which git passes over.

    Its log lets one write while others read, and stands the end of a process at any moment. Not
    to wait for the disk is what a power cut may damage it for; it would be made anew.
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
        _delete(file)
        return None
    return database


def _delete(file: Path) -> None:
    """Delete a database with its log, which must not be taken for that of the next."""
    for path in file.parent.glob(f"{file.name}*"):
        path.unlink(missing_ok=True)


_LISTS = [name for name, field in Entry.model_fields.items() if field.default == ()]
_ENTRY = Entry.model_construct(id="", path="", title="", links=Links.model_construct(), terms={})
_LINKS = Links.model_construct()
_SLOTS = ("__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__")


def has_only_listed_terms(entry: Entry, vocabulary: Vocabulary) -> bool:
    """Whether all terms of an entry are of the vocabulary: a new one depends on other entries."""
    facets = vocabulary.facets
    return all(
        it.id in facets[name].terms_by_id for name, terms in entry.terms.items() for it in terms
    )


def entry_to_json(entry: Entry) -> str:
    """An entry that is plain, as JSON."""
    values = entry.model_dump(mode="json", exclude_defaults=True, exclude={"terms"})
    values["terms"] = {name: [it.id for it in terms] for name, terms in entry.terms.items()}
    return json.dumps(values)


def entry_from_json(text: str, vocabulary: Vocabulary) -> Entry:
    """The entry that was kept, with terms of the same vocabulary."""
    values: dict[str, Any] = json.loads(text)
    facets = vocabulary.facets
    terms = values["terms"]
    values["terms"] = {
        name: tuple([facet.terms_by_id[it] for it in terms[name]])
        for name, facet in facets.items()
        if name in terms
    }
    links = values["links"]
    is_known = Links.model_fields.keys() >= links.keys()
    values["links"] = _like(_LINKS, links) if is_known else _LINKS.model_copy(update=links)
    for name in _LISTS:
        if name in values:
            values[name] = tuple(values[name])
    values["authors"] = tuple(map(intern, values.get("authors", ())))
    values["venue"] = values.get("venue") and intern(values["venue"])
    if "results" in values:
        values["results"] = tuple(map(_result, values["results"]))
    if "added" in values:
        values["added"] = date.fromisoformat(values["added"])
    return _like(_ENTRY, values)


def _like(model: Model, values: dict[str, Any]) -> Model:
    """A model with other values that are known to be right.

    What `model_construct` does, in a tenth of the time: there are thousands.
    https://docs.pydantic.dev/latest/concepts/models/#creating-models-without-validation
    """
    made = object.__new__(type(model))
    object.__setattr__(made, "__dict__", model.__dict__ | values)
    for slot in _SLOTS:
        object.__setattr__(made, slot, getattr(model, slot))
    return made


def _result(values: dict[str, Any]) -> Result:
    return Result.model_construct(**{**values, "value": Decimal(values["value"])})
