"""Atomic file writes and the lock of a folder."""

import os
import sys
import tempfile
import threading
from pathlib import Path

import pytest
from paper_atlas.source.atomic import (
    _temporary_file,
    folder_lock,
    remove_unfinished,
    replace_text,
    temporary_folder,
    write_bytes,
    write_new,
)

if sys.platform != "win32":
    import fcntl

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such locks")


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


def test_an_error_names_the_file_and_not_the_temporary_one(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a file")
    for write in (write_new, write_bytes):
        with pytest.raises(OSError, match=r"Not a directory|File exists") as raised:
            write(tmp_path / "a" / "b.yml", b"new")
        assert raised.value.filename == str(tmp_path / "a" / "b.yml")


def test_a_loop_of_links_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    for write in (write_bytes, lambda path, data: replace_text(path, data.decode())):
        with pytest.raises(OSError, match="symbolic links"):
            write(tmp_path / "a", b"new")
    assert names(tmp_path) == ["a", "b"]


def test_a_link_to_a_missing_file_creates_the_file(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    write_bytes(tmp_path / "a", b"new")
    assert (tmp_path / "b").read_bytes() == b"new"


def test_unfinished_files_are_removed(tmp_path: Path) -> None:
    (tmp_path / "liver").mkdir()
    for name in (".paper-atlas-x.tmp", ".other.tmp", "a.yml"):
        (tmp_path / "liver" / name).write_text("")
    remove_unfinished(tmp_path)
    assert len(names(tmp_path / "liver")) == 3
    remove_unfinished(tmp_path, below=True)
    assert names(tmp_path / "liver") == [".other.tmp", "a.yml"]
    remove_unfinished(tmp_path / "nowhere")


@posix
def test_only_unfinished_files_of_dead_processes_are_removed(tmp_path: Path) -> None:
    (tmp_path / ".paper-atlas-file.tmp").write_text("")
    (tmp_path / ".paper-atlas-folder.tmp").mkdir()
    (tmp_path / "user.txt").write_text("mine")
    (tmp_path / ".paper-atlas-link.tmp").symlink_to("user.txt")
    os.mkfifo(tmp_path / ".paper-atlas-pipe.tmp")
    left = [name for name in names(tmp_path) if name != ".paper-atlas-file.tmp"]
    with _temporary_file(tmp_path, b"being written", 0o644) as alive:
        remove_unfinished(tmp_path)
        assert names(tmp_path) == sorted([alive.name, *left])
    assert names(tmp_path) == left
    assert (tmp_path / "user.txt").read_text() == "mine"


@posix
def test_a_temporary_file_that_another_process_deletes_at_once_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other process has come between the creation of the file and its lock."""
    lock, removed = fcntl.flock, list[Path]()

    def late(handle: int, kind: int) -> None:
        for path in () if removed else tmp_path.iterdir():
            path.unlink()
            removed.append(path)
        lock(handle, kind)

    monkeypatch.setattr(fcntl, "flock", late)
    write_bytes(tmp_path / "a.yml", b"new")
    assert (len(removed), names(tmp_path)) == (1, ["a.yml"])


@posix
def test_temporary_folders_of_dead_processes_are_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with temporary_folder() as alive:
        for name in ("paper-atlas-old", "paper-atlas-new", "other"):
            (tmp_path / name / "deep").mkdir(parents=True)
        (tmp_path / "paper-atlas-link").symlink_to("other")
        for path in tmp_path.iterdir():
            if path.name != "paper-atlas-new":
                os.utime(path, (0, 0))
        with temporary_folder():
            assert not (tmp_path / "paper-atlas-old").exists()
            assert alive.is_dir()
    assert names(tmp_path) == ["other", "paper-atlas-link", "paper-atlas-new"]
    assert names(tmp_path / "other") == ["deep"]


@posix
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
