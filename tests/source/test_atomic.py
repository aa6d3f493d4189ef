"""Atomic file writes and the lock of a folder."""

import os
import sys
import threading
from pathlib import Path

import pytest
from paper_atlas.source.atomic import (
    folder_lock,
    remove_unfinished,
    replace_text,
    write_bytes,
    write_new,
)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_new_file_replaces_no_other(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.yml"
    assert write_new(path, "one\n")
    assert not write_new(path, "two\n")
    assert path.read_text() == "one\n"
    assert names(path.parent) == ["b.yml"]


def test_replaced_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text("old")
    path.chmod(0o600)
    replace_text(path, "new")
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("new", 0o600)
    assert names(tmp_path) == ["a.yml"]


def test_target_of_a_symbolic_link_is_replaced(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old")
    link.symlink_to(target)
    replace_text(link, "new")
    assert link.is_symlink()
    assert target.read_text() == "new"


def test_missing_file_cannot_be_replaced(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        replace_text(tmp_path / "a.yml", "new")
    assert names(tmp_path) == []


def test_failed_write_leaves_the_old_file_and_no_temporary_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.yml"
    path.write_text("old")

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_bytes(path, b"new")
    assert path.read_text() == "old"
    assert names(tmp_path) == ["a.yml"]


def test_device_is_written_directly() -> None:
    write_bytes(Path(os.devnull), b"new")
    assert not Path(os.devnull).is_file()


def test_unfinished_files_are_removed(tmp_path: Path) -> None:
    (tmp_path / "liver").mkdir()
    for name in (".paper-atlas-x.tmp", ".other.tmp", "a.yml"):
        (tmp_path / "liver" / name).write_text("")
    remove_unfinished(tmp_path)
    assert names(tmp_path / "liver") == [".other.tmp", "a.yml"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no lock for folders")
def test_lock_excludes_other_threads_and_leaves_no_file(tmp_path: Path) -> None:
    events: list[str] = []

    def wait_for_lock() -> None:
        with folder_lock(tmp_path):
            events.append("second")

    with folder_lock(tmp_path):
        thread = threading.Thread(target=wait_for_lock)
        thread.start()
        thread.join(0.2)
        events.append("first")
    thread.join()
    assert events == ["first", "second"]
    assert names(tmp_path) == []
