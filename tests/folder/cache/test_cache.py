"""The cache between builds: same results as without it, whatever happens to its folder."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from helpers.projects import SMALL_ATLAS, copy_of
from helpers.site_of import Site
from helpers.structure import modules
from helpers.torture import amount
from paper_atlas import load
from paper_atlas.cli import main
from paper_atlas.folder import cache as module
from paper_atlas.folder.cache import (
    _DEPENDENCIES,
    CACHE_FOLDER,
    Cache,
    digest,
    site_folder,
)


def file_of(site: Path) -> Path:
    """The database of the cache of a site."""
    (file,) = (site / CACHE_FOLDER).glob("*.sqlite")
    return file


def kept_in(folder: Path, **texts: str) -> None:
    """Cache texts of one kind, each under its name."""
    kept = Cache(folder)
    for name, text in texts.items():
        assert kept.get_text("card", digest(name), lambda text=text: text) == text
    kept.close()


def found_in(folder: Path, *names: str) -> list[str | None]:
    kept = Cache(folder)
    found = [kept.find_text("card", digest(name)) for name in names]
    kept.close()
    return found


def test_a_text_is_created_once(tmp_path: Path) -> None:
    kept_in(tmp_path, a="one")
    kept_in(tmp_path, a="one", b="two")
    assert found_in(tmp_path, "a", "b", "c") == ["one", "two", None]


def test_the_borders_between_parts_change_the_digest() -> None:
    assert digest("ab", "c") != digest("a", "bc")
    assert digest("a") == digest(b"a")


def test_two_builds_can_share_a_cache_folder(tmp_path: Path) -> None:
    one, other = Cache(tmp_path), Cache(tmp_path)
    for kept, names in ((one, "abc"), (other, "bcd")):
        for name in names:
            kept.get_text("card", digest(name), lambda name=name: name)
    one.close()
    other.close()
    assert found_in(tmp_path, *"abcd") == [*"abcd"]


def test_a_killed_build_leaves_a_readable_cache(tmp_path: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path\n"
        "from paper_atlas.folder.cache import Cache, digest\n"
        "cache = Cache(Path(sys.argv[1])); print(flush=True)\n"
        "for number in range(10**9):\n"
        "    cache.get_text('card', digest(str(number)), lambda: 'x' * 10_000)\n"
    )
    for _ in range(3):
        command = [sys.executable, "-c", script, str(tmp_path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout
            process.stdout.readline()
            while not sum(it.stat().st_size for it in (tmp_path / CACHE_FOLDER).glob("*-wal")):
                assert process.poll() is None
            process.send_signal(signal.SIGKILL)
    with sqlite3.connect(file_of(tmp_path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    database.close()
    kept_in(tmp_path, a="one")
    assert found_in(tmp_path, "a") == ["one"]


def test_unused_texts_are_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MAX_UNUSED_ROWS", 0)
    kept_in(tmp_path, a="one", b="two", c="three")
    kept_in(tmp_path, a="one", b="two")
    assert found_in(tmp_path, "a", "b", "c") == ["one", "two", "three"]
    kept_in(tmp_path, a="one")
    assert found_in(tmp_path, "a", "b", "c") == ["one", None, None]


def test_a_preview_deletes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It reads only the texts of requested pages."""
    monkeypatch.setattr(module, "_MAX_UNUSED_ROWS", 0)
    kept_in(tmp_path, a="one", b="two", c="three")
    kept = Cache(tmp_path)
    assert kept.find_text("card", digest("a")) == "one"
    kept.close(whole=False)
    assert found_in(tmp_path, "a", "b", "c") == ["one", "two", "three"]


def test_texts_that_are_read_at_once_count_as_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MAX_UNUSED_ROWS", 0)
    kept_in(tmp_path, a="one", b="two", c="three")
    with closing(Cache(tmp_path)) as kept:
        kept.preload("card")
        assert [kept.find_text("card", digest("a")) for _ in range(2)] == ["one", None]
    assert found_in(tmp_path, "a", "b", "c") == ["one", None, None]


def test_the_builds_of_a_preview_share_their_memory() -> None:
    """The plugin has a cache before its first build."""
    first = Cache(None, Cache())
    assert first.memory == {}
    first.memory["a"] = 1
    assert Cache(None, first).memory == {"a": 1}
    assert Cache().memory is None


def test_a_damaged_file_is_replaced(tmp_path: Path) -> None:
    kept_in(tmp_path, **{f"n{number}": "text" * 1000 for number in range(100)})
    file = file_of(tmp_path)
    whole = file.read_bytes()
    for content in (b"nothing like it" * 100, whole[:8192], whole[:4096] + b"\xff" * 100_000):
        file.write_bytes(content)
        for _ in range(2):  # what is found out only when something is looked for
            kept_in(tmp_path, a="one", n1="text" * 1000)
        kept_in(tmp_path, a="one")
        assert found_in(tmp_path, "a") == ["one"]


def test_everything_is_created_if_the_cache_is_not_writable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    kept_in(tmp_path / "file" / "below", a="one")
    kept_in(tmp_path / "file" / "below", a="one")
    assert (tmp_path / "file").read_text() == ""


def test_git_ignores_the_cache_folder(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    kept_in(tmp_path, a="one")
    command = ["git", "-C", tmp_path, "status", "--porcelain"]
    assert subprocess.run(command, check=True, capture_output=True).stdout == b""


def replaced(path: Path, old: str, new: str) -> Callable[[], object]:
    def change() -> None:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return change


def test_a_site_is_the_same_with_and_without_cache(
    small_atlas: Path, build: Callable[..., Site], tmp_path: Path
) -> None:
    entries, config = small_atlas / "entries", small_atlas / "mkdocs.yml"
    cited, noted = (entries / "multi-organ" / f"{it}.yml" for it in ("u-net", "unet-plus-plus"))
    other = entries / "pancreas" / "attention-u-net.yml"
    words, page = entries / "vocabulary.yml", small_atlas / "docs" / "more.md"
    changes: list[Callable[[], object]] = [
        *[lambda: None] * 6,
        replaced(cited, "year: 2015", "year: 2014"),  # cards that extend it show its year
        replaced(cited, "U-Net: Conv", "U-net: Conv"),  # notes that name it show its title
        replaced(noted, "Nested and *dense*", "*Nested* and dense"),
        replaced(other, "[Attention U-Net]", "[U-Net, Gates]"),  # another neighbour, a new word
        replaced(other, "extends: [u-net]", "extends: [u-net, unet-plus-plus]"),
        lambda: page.write_text("# More\n\nSee [[u-net]] and [[deeporgan]].\n"),
        replaced(page, "# More", "# Much more"),
        replaced(words, "title: Pancreas", "title: Pancreatic gland\n            id: pancreas\n"
                                           "            aliases: [Pancreas]"),
        replaced(words, "title: Modalities", "title: Modalities & more"),
        replaced(words, "- Liver", "- title: Liver\n            parents: [Multi-organ]"),
        replaced(config, "edit_uri: edit/main/", "edit_uri: edit/other/"),
        replaced(config, "/atlas/\n", "/atlas/\nuse_directory_urls: false\n"),
        replaced(config, "{name: material}", "{name: material, language: fr}"),
        replaced(config, "site_url: https://example.org", "site_url: https://example.net"),
        lambda: other.rename(other.with_name("attention.yml")),
        lambda: noted.unlink(),
    ]  # fmt: skip
    step = amount(3, 1)  # changes between two builds
    for number in range(0, len(changes), step):
        for change in changes[number : number + step]:
            change()
        copy = copy_of(small_atlas, tmp_path / f"copy-{number}")
        fresh, with_kept = build(copy, warnings=None), build(small_atlas, warnings=None)
        assert with_kept.files.keys() == fresh.files.keys()
        differing = [name for name, text in fresh.files.items() if with_kept.files[name] != text]
        assert differing == [], number
    assert (small_atlas / CACHE_FOLDER).is_dir()


def test_a_check_uses_a_cache_only_beside_a_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = copy_of(SMALL_ATLAS, tmp_path / "project")
    monkeypatch.chdir(project)
    told = []
    for _ in range(2):
        main(["check"])
        told.append(capsys.readouterr())
    assert told[0] == told[1]
    assert (project / CACHE_FOLDER).is_dir()
    shutil.rmtree(project / CACHE_FOLDER)
    (project / "mkdocs.yml").unlink()
    main(["check"])
    assert capsys.readouterr() == told[0]
    assert site_folder(project / "entries") is None
    assert not (project / CACHE_FOLDER).exists()


def test_an_unreadable_folder_has_no_entries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = copy_of(SMALL_ATLAS, tmp_path / "project") / "entries"
    whole = load(entries, tmp_path)
    look = os.scandir

    def refused(path: Path | str) -> object:
        if Path(path).name == "liver":
            raise PermissionError(13, "Permission denied")
        return look(path)

    monkeypatch.setattr(os, "scandir", refused)
    found = {it.id for it in load(entries, tmp_path).entries}
    assert found == {it.id for it in whole.entries} - {"h-denseunet"}
    assert load(tmp_path / "nowhere", tmp_path).entries == ()


def config(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    return folder


def test_a_folder_belongs_to_the_nearest_site_above_it(tmp_path: Path) -> None:
    config(tmp_path)
    inner = config(tmp_path / "inner")
    entries = config(inner / "docs" / "entries")
    assert site_folder(entries) == inner


def test_texts_of_different_kinds_are_separate(tmp_path: Path) -> None:
    kept = Cache(tmp_path)
    kept.get_text("card", digest("a"), lambda: "the card")
    kept.get_text("page", digest("b"), lambda: "the page")
    kept.close()
    again = Cache(tmp_path)
    assert [again.find_text(kind, digest(name)) for kind in ("card", "page") for name in "ab"] == [
        *("the card", None),
        *(None, "the page"),
    ]
    again.close()


def test_more_than_a_million_characters_are_written_before_the_end(tmp_path: Path) -> None:
    kept, other = Cache(tmp_path), Cache(tmp_path)
    for name, size in (("a", 999_999), ("b", 2)):
        kept.get_text("card", digest(name), lambda size=size: "x" * size)
    assert other.get_text("card", digest("a"), lambda: "new text") == "x" * 999_999
    kept.close()
    other.close()


def test_a_failed_statement_leaves_the_file(tmp_path: Path) -> None:
    kept = Cache(tmp_path)
    kept.get_text("card", digest("a"), lambda: "the card")
    kept.close()
    failing = Cache(tmp_path)
    no_table = "select"  # a keyword of SQL
    assert failing.get_text(no_table, digest("a"), lambda: "new text") == "new text"
    failing.close()
    again = Cache(tmp_path)
    assert again.find_text("card", digest("a")) == "the card"
    again.close()


@pytest.mark.parametrize(("unused", "is_deleted"), [(1001, False), (1002, True)])
def test_texts_are_deleted_if_unused_texts_outnumber_used_ones_by_a_thousand(
    unused: int, is_deleted: bool, tmp_path: Path
) -> None:
    kept = Cache(tmp_path)
    for number in range(unused + 1):
        kept.get_text("card", digest(str(number)), str)
    kept.close()
    used = Cache(tmp_path)
    assert used.find_text("card", digest("0")) == ""
    used.close()
    again = Cache(tmp_path)
    assert (again.find_text("card", digest("1")) is None) is is_deleted
    again.close()


def test_surrogates_have_different_digests() -> None:
    assert len({digest(text) for text in ("", "\ud800", "\ud801")}) == 3


def test_a_damaged_file_is_deleted_with_its_log(tmp_path: Path) -> None:
    Cache(tmp_path).close()
    file = file_of(tmp_path)
    for ending in ("", "-wal"):
        file.with_name(file.name + ending).write_bytes(b"nothing like it" * 100)
    Cache(tmp_path).close()
    assert [path.name for path in file.parent.iterdir()] == [".gitignore"]


def test_the_digest_of_the_code_includes_every_library_that_makes_cached_texts() -> None:
    packages = {"text", "source", "model", "checks", "analysis", "folder", "exports", "site"}
    imported = {
        name.partition(".")[0]
        for module in modules()
        if module.package in packages
        for name in module.imports()
    }
    distributions = packages_distributions()
    libraries = {
        distribution.casefold()
        for name in imported - {"pydantic_core"}  # pydantic requires one exact version of it
        for distribution in distributions.get(name, ())
        if name != "paper_atlas"
    }
    assert libraries == {name.casefold() for name in _DEPENDENCIES}
