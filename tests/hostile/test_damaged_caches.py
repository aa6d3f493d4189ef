"""Caches that are damaged, foreign or in use: a build gives the same bytes, and no error.

Each kind of damage is done to a cache in use by later builds, as a crash, a bad disk, a curator or
a stranger can do it.
"""

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest
from helpers.faults import Outcome, Runner, runner
from helpers.projects import SMALL_ATLAS, copy_of
from helpers.torture import FULL, amount
from paper_atlas.folder.cache import CACHE_FOLDER, Cache, digest
from paper_atlas.folder.cache.machine_key import KEY_FILE, user_cache_folder

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the builds run in forks")
KINDS = ("entries", "pages")
EVIL = "<script>alert(1)</script>"
_HEADER = 100  # bytes at the start of a SQLite database


def text_of(kind: str, number: int) -> str:
    """A text of a cache: short, of several pages of the database, empty, or not ASCII."""
    return (f"{kind} {number} ÄΩ😀 " * (number * 40))[: number**3]


def find_all(site: Path) -> tuple[dict[tuple[str, int], str], int]:
    """Return all texts of a cache, and how many of them had to be made."""
    made = []

    def make(kind: str, number: int) -> str:
        made.append(number)
        return text_of(kind, number)

    found = {}
    with closing(Cache(site)) as cache:
        for kind in KINDS:
            if kind == "entries":
                cache.preload(kind)
            for number in range(40):
                key = digest(kind, str(number))
                found[kind, number] = cache.get_text(
                    kind, key, lambda kind=kind, number=number: make(kind, number)
                )
    return found, len(made)


EXPECTED = {(kind, number): text_of(kind, number) for kind in KINDS for number in range(40)}


def database_of(site: Path) -> Path:
    (file,) = (site / CACHE_FOLDER).glob("*.sqlite")
    return file


def tables_of(database: sqlite3.Connection) -> list[str]:
    query = "SELECT name FROM sqlite_schema WHERE type = 'table'"
    return [row[0] for row in database.execute(query)]


Damage = Callable[[Path], Any]
KINDS_OF_DAMAGE: dict[str, Damage] = {}


def damage(function: Damage) -> Damage:
    KINDS_OF_DAMAGE[function.__name__] = function
    return function


def sql(statement: str, *values: object) -> Damage:
    """Damage by a statement for each table, `{table}`."""

    def run(site: Path) -> None:
        with closing(sqlite3.connect(database_of(site))) as database, database:
            for table in tables_of(database):
                database.execute(statement.format(table=table), values)

    return run


def script(text: str) -> Damage:
    """Damage by a script in an empty database in place of the cache."""

    def run(site: Path) -> None:
        file = emptied(site)
        with closing(sqlite3.connect(file)) as database:
            database.executescript(text)

    return run


def emptied(site: Path) -> Path:
    """Delete the files of the database, and return its path."""
    file = database_of(site)
    for path in file.parent.glob(f"{file.name}*"):
        path.unlink()
    return file


def flip(site: Path, places: Callable[[int, Random], range | list[int]]) -> None:
    file = database_of(site)
    content = bytearray(file.read_bytes())
    random = Random(len(content))
    for place in places(len(content), random):
        content[place % len(content)] ^= 1 << random.randrange(8)
    file.write_bytes(content)


def cut(site: Path, left: str) -> None:
    """Cut the end of the database off; `left` is a number of bytes, or half or all but one."""
    size = database_of(site).stat().st_size
    sizes = {"size // 2": size // 2, "size - 1": size - 1}
    os.truncate(database_of(site), sizes.get(left) or int(left))


for _page in range(6):
    KINDS_OF_DAMAGE[f"flipped byte in page {_page}"] = lambda site, page=_page: flip(
        site, lambda _, random: [4096 * page + random.randrange(_HEADER * (not page), 4096)]
    )
for _part in ("0", "8", "512", "size // 2", "size - 1"):
    KINDS_OF_DAMAGE[f"lost tail: {_part} left"] = lambda site, part=_part: cut(site, part)
for _place, _what in {0: "magic", 16: "page size", 18: "write version", 19: "read version",
                      28: "size", 44: "format", 56: "encoding", 24: "counter"}.items():  # fmt: skip
    KINDS_OF_DAMAGE[f"header: {_what}"] = lambda site, place=_place: flip(site, lambda *_: [place])
KINDS_OF_DAMAGE |= {
    "flipped bytes everywhere": lambda site: flip(
        site, lambda size, random: [random.randrange(size) for _ in range(200)]
    ),
    "zeros at the end": lambda site: os.truncate(database_of(site), 1 << 20),
    "zeros": lambda site: database_of(site).write_bytes(bytes(100_000)),
    "text instead": lambda site: database_of(site).write_text("nothing like it\n" * 5000),
    "changed texts": sql("UPDATE {table} SET sealed = substr(sealed, 1, 16) || ?", EVIL.encode()),
    "new texts": sql("UPDATE {table} SET sealed = ?", EVIL.encode()),
    "texts of other type": sql("UPDATE {table} SET sealed = ?", EVIL),
    "no texts": sql("UPDATE {table} SET sealed = NULL"),
    "numbers": sql("UPDATE {table} SET sealed = rowid"),
    "invalid UTF-8": sql("UPDATE {table} SET sealed = CAST(x'fffe80' AS TEXT)"),
    "short texts": sql("UPDATE {table} SET sealed = substr(sealed, 1, rowid % 20)"),
    "lost last bytes": sql("UPDATE {table} SET sealed = substr(sealed, 1, length(sealed) - 1)"),
    "swapped texts": sql(
        "UPDATE {table} SET sealed = "
        "(SELECT sealed FROM {table} AS other WHERE other.rowid = 1 + {table}.rowid % 40)"
    ),
    "a huge text": sql("UPDATE {table} SET sealed = zeroblob(2000000) WHERE rowid = 5"),
    "other digests": sql("UPDATE {table} SET digest = rowid"),
    "no rows": sql("DELETE FROM {table}"),
    "no tables": sql("DROP TABLE {table}"),
    "more columns": sql("ALTER TABLE {table} ADD COLUMN more TEXT"),
    "fewer columns": sql("ALTER TABLE {table} DROP COLUMN sealed"),
    "a trigger": sql(
        "CREATE TRIGGER {table}_evil AFTER INSERT ON {table} BEGIN DELETE FROM {table}; END"
    ),
    "an index": sql("CREATE INDEX {table}_more ON {table} (sealed)"),
    "views without an end": script(
        "".join(
            f"CREATE VIEW {kind} AS WITH RECURSIVE n (digest, sealed) AS (SELECT x'00', x'00' "
            "UNION ALL SELECT digest, sealed FROM n) SELECT * FROM n;"
            for kind in KINDS
        )
    ),
    "other tables": script("CREATE TABLE entries (a, b, c); CREATE TABLE pages (text);"),
    "a virtual table": script("CREATE VIRTUAL TABLE entries USING fts5 (digest, sealed);"),
    "checks that fail": script(
        "CREATE TABLE entries (digest BLOB PRIMARY KEY, sealed BLOB CHECK (sealed IS NULL));"
    ),
    "another journal": script("PRAGMA journal_mode = DELETE; CREATE TABLE x (y);"),
    "another encoding": script("PRAGMA encoding = 'UTF-16'; CREATE TABLE x (y);"),
}


@damage
def swapped_kinds(site: Path) -> None:
    with closing(sqlite3.connect(database_of(site))) as database, database:
        first, second, *_ = tables_of(database)
        for old, new in ((first, "swapped"), (second, first), ("swapped", second)):
            database.execute(f"ALTER TABLE {old} RENAME TO {new}")


@damage
def texts_of_the_other_kind(site: Path) -> None:
    with closing(sqlite3.connect(database_of(site))) as database, database:
        first, second, *_ = tables_of(database)
        database.execute(f"UPDATE {first} SET sealed = (SELECT sealed FROM {second})")


@damage
def renumbered_root_pages(site: Path) -> None:
    with closing(sqlite3.connect(database_of(site))) as database, database:
        database.execute("PRAGMA writable_schema = ON")
        database.execute("UPDATE sqlite_schema SET rootpage = 2")


@damage
def nonsense_in_the_schema(site: Path) -> None:
    with closing(sqlite3.connect(database_of(site))) as database, database:
        database.execute("PRAGMA writable_schema = ON")
        database.execute("UPDATE sqlite_schema SET sql = 'CREATE TABLE' WHERE type = 'table'")


@damage
def a_lost_log(site: Path) -> None:
    """The database without the log that has its last pages."""
    file = database_of(site)
    reader = sqlite3.connect(file)
    reader.execute("BEGIN")
    tables_of(reader)  # the log stays while this reads
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("PRAGMA journal_mode = WAL")
        for table in tables_of(database):
            database.execute(f"UPDATE {table} SET sealed = ?", [EVIL.encode() * 1000])
    copied = file.read_bytes()
    reader.close()
    emptied(site).write_bytes(copied)


@damage
def the_log_of_another_time(site: Path) -> None:
    file = database_of(site)
    copied = file.read_bytes()
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE x (y)")
        log = Path(f"{file}-wal").read_bytes()
    emptied(site).write_bytes(copied[: len(copied) // 2])
    Path(f"{file}-wal").write_bytes(log)


@damage
def a_log_of_nonsense(site: Path) -> None:
    for ending in ("-wal", "-shm", "-journal"):
        Path(f"{database_of(site)}{ending}").write_bytes(b"nothing like it" * 3000)


@damage
def folders_in_place_of_logs(site: Path) -> None:
    for ending in ("-wal", "-shm", "-journal"):
        Path(f"{database_of(site)}{ending}").mkdir()


@damage
def a_folder_in_place_of_the_file(site: Path) -> None:
    (emptied(site) / "deep").mkdir(parents=True)


@damage
def a_pipe_in_place_of_the_file(site: Path) -> None:
    os.mkfifo(emptied(site))


@damage
def a_link_in_place_of_the_file(site: Path) -> None:
    file = database_of(site)
    content = file.read_bytes()
    emptied(site).symlink_to(site / "elsewhere")
    (site / "elsewhere").write_bytes(content)


@damage
def a_link_to_a_device(site: Path) -> None:
    emptied(site).symlink_to("/dev/zero")


@damage
def a_link_in_place_of_the_folder(site: Path) -> None:
    (site / CACHE_FOLDER).rename(site / "elsewhere")
    (site / CACHE_FOLDER).symlink_to(site / "elsewhere")


@damage
def a_file_in_place_of_the_folder(site: Path) -> None:
    shutil.rmtree(site / CACHE_FOLDER)
    (site / CACHE_FOLDER).write_text("a file")


@damage
def a_read_only_file(site: Path) -> None:
    database_of(site).chmod(0o400)


@damage
def files_of_an_earlier_version(site: Path) -> None:
    file = database_of(site)
    file.rename(file.with_name("kept.sqlite"))
    file.with_name(".paper-atlas-abcdefgh.tmp").write_text("x")


@damage
def another_key(_: Path) -> None:
    (user_cache_folder() / KEY_FILE).unlink()


@damage
def half_a_key(_: Path) -> None:
    os.truncate(user_cache_folder() / KEY_FILE, 16)


@damage
def no_cache(site: Path) -> None:
    shutil.rmtree(site / ".cache")


@contextmanager
def locked(site: Path, mode: str) -> Iterator[None]:
    """Another process uses the database, and nobody else can."""
    with closing(sqlite3.connect(database_of(site), isolation_level=None)) as database:
        if mode == "locked":
            database.execute("PRAGMA locking_mode = EXCLUSIVE")
        database.execute("BEGIN IMMEDIATE")
        yield


@pytest.fixture
def filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site with a cache of all texts, and a machine with a key of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    site = tmp_path / "site"
    site.mkdir()
    assert [find_all(site) for _ in range(2)] == [(EXPECTED, 80), (EXPECTED, 0)]
    return site


@pytest.mark.parametrize("kind", KINDS_OF_DAMAGE)
def test_a_damaged_cache_gives_only_texts_that_this_machine_has_made(
    kind: str, filled: Path
) -> None:
    KINDS_OF_DAMAGE[kind](filled)
    assert [find_all(filled)[0] for _ in range(3)] == [EXPECTED] * 3


def test_there_are_forty_kinds_of_damage() -> None:
    assert len(KINDS_OF_DAMAGE) >= 40


def test_only_damaged_texts_are_made_again(filled: Path) -> None:
    with closing(sqlite3.connect(database_of(filled))) as database, database:
        database.execute("UPDATE entries SET sealed = x'00' WHERE rowid = 3")
        database.execute("UPDATE pages SET sealed = substr(sealed, 2) WHERE rowid IN (7, 8)")
    assert [find_all(filled) for _ in range(2)] == [(EXPECTED, 3), (EXPECTED, 0)]


@pytest.mark.parametrize("mode", ["writing", "locked"])
def test_a_cache_in_use_is_not_needed(
    mode: str, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect

    def impatient(path: Path, **options: Any) -> sqlite3.Connection:
        return connect(path, timeout=0.05, **options)

    with locked(filled, mode):
        monkeypatch.setattr(sqlite3, "connect", impatient)
        assert find_all(filled)[0] == EXPECTED
    assert find_all(filled) == (EXPECTED, 0)


@pytest.mark.parametrize("name", ["f8f8", "ff", "61c3", "c0af"])
def test_a_schema_with_a_name_that_is_not_utf8(filled: Path, name: str) -> None:
    """SQLite puts the name into its message, which Python cannot decode."""
    with closing(sqlite3.connect(database_of(filled))) as database:
        database.execute("PRAGMA writable_schema = ON")
        sql = f"UPDATE sqlite_schema SET name = CAST(x'{name}' AS TEXT), sql = 'CREATE TABLE'"
        database.execute(sql)
        database.commit()
    assert [find_all(filled)[0] for _ in range(2)] == [EXPECTED] * 2


def test_random_damage(filled: Path) -> None:
    """At random places, of one or several kinds after each other."""
    shutil.copytree(filled / ".cache", filled.with_name("cache"))
    random = Random(23)
    for _ in range(amount(10, 3000)):
        shutil.rmtree(filled / ".cache", ignore_errors=True)
        shutil.copytree(filled.with_name("cache"), filled / ".cache")
        count = random.choice([1, 1, 2, 10, 1000])
        places = [random.randrange(1 << 30) for _ in range(count)]
        flip(filled, lambda *_, places=places: places)
        if random.random() < 0.2:
            os.truncate(database_of(filled), random.randrange(database_of(filled).stat().st_size))
        assert [find_all(filled)[0] for _ in range(2)] == [EXPECTED] * 2


def test_the_cache_of_a_stranger_is_not_used(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not under the name of theirs, of an earlier version, or of this machine."""
    name, theirs = database_of(filled).name, tmp_path / "theirs"
    theirs.mkdir()
    with monkeypatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path / "other-home"))
        with closing(Cache(theirs)) as cache:
            for kind, number in EXPECTED:
                cache.get_text(kind, digest(kind, str(number)), lambda: EVIL)
        assert EVIL.encode() in database_of(theirs).read_bytes()
    for forged in (name, database_of(theirs).name, "kept.sqlite"):
        shutil.rmtree(filled / ".cache")
        (filled / CACHE_FOLDER).mkdir(parents=True)
        shutil.copy(database_of(theirs), filled / CACHE_FOLDER / forged)
        assert [find_all(filled)[0] for _ in range(2)] == [EXPECTED] * 2
        assert EVIL.encode() not in database_of(filled).read_bytes()


@pytest.mark.parametrize("link", [".cache", str(CACHE_FOLDER), f"{CACHE_FOLDER}/.gitignore"])
def test_a_link_of_a_stranger_changes_no_file_elsewhere(link: str, filled: Path) -> None:
    """A repository can contain links, also to files that are not in it."""
    elsewhere = filled.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "paper-atlas").mkdir()
    (elsewhere / "notes.txt").write_text("mine")
    shutil.rmtree(filled / ".cache")
    (filled / link).parent.mkdir(parents=True, exist_ok=True)
    (filled / link).symlink_to(elsewhere / ("notes.txt" if link.endswith("ignore") else ""))
    assert find_all(filled)[0] == EXPECTED
    assert (elsewhere / "notes.txt").read_text() == "mine"
    assert sorted(path.name for path in elsewhere.rglob("*")) == ["notes.txt", "paper-atlas"]


@pytest.fixture(scope="module")
def commands() -> Iterator[Runner]:
    with runner() as running:
        yield running


def site_files(folder: Path) -> dict[str, bytes]:
    return {
        str(it.relative_to(folder)): it.read_bytes() for it in folder.rglob("*") if it.is_file()
    }


def build_words(site: str) -> tuple[str, ...]:
    return ("mkdocs", "build", "--quiet", "--site-dir", site)


@pytest.mark.parametrize("kind", KINDS_OF_DAMAGE if FULL else ["flipped bytes everywhere"])
def test_a_build_with_a_damaged_cache_gives_the_same_bytes(
    kind: str, tmp_path: Path, commands: Runner
) -> None:
    project = copy_of(SMALL_ATLAS, tmp_path / "project")
    outcomes = [commands.run(project, *build_words("site"))]
    expected = site_files(project / "site")
    KINDS_OF_DAMAGE[kind](project)
    for _ in range(2):
        outcomes.append(commands.run(project, *build_words("site")))
        assert site_files(project / "site") == expected
    assert {(outcome.code, *outcome.errors) for outcome in outcomes} == {(0,)}


def run_at_once(commands: Runner, project: Path) -> set[tuple[int, tuple[str, ...]]]:
    """Run three commands at once, and return what they say and how they end."""
    words = [build_words(f"site-{number}") for number in range(3)] if FULL else [("check",)] * 3
    outcomes = commands.run_at_once(project, *words)
    return {(outcome.code, tuple(outcome.errors)) for outcome in outcomes}


def test_three_builds_at_once_on_one_cache(tmp_path: Path, commands: Runner) -> None:
    """The cache is new, complete, or damaged while they start."""
    project = copy_of(SMALL_ATLAS, tmp_path / "project")
    alone: Outcome = commands.run(project, *(build_words("site") if FULL else ("check",)))
    random = Random(31)
    states = ["no_cache", "changed texts", "flipped bytes everywhere", "text instead", ""]
    for number in range(amount(4, 60)):
        if state := states[number % len(states)]:
            commands.run(project, "check")  # the last builds may have deleted a damaged cache
            KINDS_OF_DAMAGE[state](project)
        elif random.random() < 0.5:
            (project / CACHE_FOLDER / "kept.sqlite").write_text("x")
        assert run_at_once(commands, project) == {(0, tuple(alone.errors))}, state
        if FULL:
            sites = [site_files(project / f"site-{one}") for one in range(3)]
            assert sites == [site_files(project / "site")] * 3, state
