"""The key of the machine: made once, private, and never taken from a checkout."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from paper_atlas.folder.cache.machine_key import KEY_FILE, machine_key, user_cache_folder


@pytest.fixture
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of the key, on a machine without a key."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "paper-atlas" / KEY_FILE


def test_the_key_is_made_once_and_is_private(key_file: Path, tmp_path: Path) -> None:
    key = machine_key(tmp_path / "site")
    assert key
    assert (len(key), machine_key(tmp_path / "other")) == (32, key)
    assert key_file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in key_file.parent.iterdir()] == [KEY_FILE]


@pytest.mark.parametrize("content", [b"", b"x" * 31, b"x" * 33, b"x" * 100_000])
def test_a_damaged_key_is_replaced(key_file: Path, tmp_path: Path, content: bytes) -> None:
    key_file.parent.mkdir(parents=True)
    key_file.write_bytes(content)
    key = machine_key(tmp_path / "site")
    assert key == machine_key(tmp_path / "site")
    assert key == key_file.read_bytes()
    assert key_file.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes in folders")
@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir], ids=["pipe", "folder"])
def test_without_a_file_for_the_key_there_is_none(
    key_file: Path, tmp_path: Path, make: object
) -> None:
    key_file.parent.mkdir(parents=True)
    assert callable(make)
    make(key_file)
    assert machine_key(tmp_path / "site") is None


def test_a_folder_that_is_not_writable_has_no_key(key_file: Path, tmp_path: Path) -> None:
    key_file.parents[1].mkdir()
    key_file.parent.write_text("a file")
    assert machine_key(tmp_path / "site") is None


@pytest.mark.parametrize(
    ("site", "home"),
    [
        ("site", "site/.cache"),
        ("top/site", "top/.cache"),
        ("top/deep/site", "top/other/cache"),
        ("top/site", "link/cache"),
    ],
)
def test_a_checkout_cannot_have_the_key(
    site: str, home: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A CI service may keep caches in the checkout, where a pull request can put a key."""
    (tmp_path / "top" / ".git").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "top")
    (tmp_path / site).mkdir(parents=True)
    file = tmp_path / home / "paper-atlas" / KEY_FILE
    file.parent.mkdir(parents=True)
    file.write_bytes(b"x" * 32)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / home))
    assert machine_key(tmp_path / site) is None


def test_a_link_to_a_key_in_a_checkout_is_not_followed(key_file: Path, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "key").write_bytes(b"x" * 32)
    key_file.parent.mkdir(parents=True)
    key_file.symlink_to(tmp_path / "site" / "key")
    assert machine_key(tmp_path / "site") is None


def test_a_checkout_below_that_of_the_home_folder_has_a_key(key_file: Path, tmp_path: Path) -> None:
    """Some people have their settings in a repository at the top of the home folder."""
    for folder in (tmp_path, tmp_path / "site"):
        subprocess.run(["git", "init", "--quiet", folder], check=True)
    assert machine_key(tmp_path / "site") == key_file.read_bytes()


@pytest.mark.usefixtures("key_file")
def test_builds_at_once_have_the_same_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(machine_key, [tmp_path / "site"] * 64))) == 1


def test_a_user_without_a_home_folder_has_no_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", missing)
    assert machine_key(tmp_path) is None


def test_caches_are_in_the_folder_of_the_user(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert user_cache_folder() == tmp_path / "paper-atlas"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")  # the specification requires absolute paths
    assert user_cache_folder() == Path.home() / ".cache" / "paper-atlas"
