"""Reading files within limits."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from paper_atlas.source import files
from paper_atlas.source.files import (
    FileError,
    files_below,
    read_any_file,
    read_file,
    read_limited,
    read_text,
)


@pytest.mark.parametrize("size", [0, 1, 9, 10])
def test_a_file_up_to_the_limit(size: int, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * size)
    assert read_file(tmp_path / "a", limit=10) == b"x" * size


@pytest.mark.parametrize("size", [11, 100_000, 10 << 30])
def test_a_larger_file_is_not_read(
    size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (tmp_path / "a").open("wb") as file:
        file.truncate(size)
    monkeypatch.setattr(os, "read", None)
    with pytest.raises(FileError, match="larger than 0 KiB"):
        read_file(tmp_path / "a", limit=10)


def test_a_file_that_grows_is_read_up_to_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"x")
    given = 0

    def read(_: int, size: int) -> bytes:
        nonlocal given
        given += size
        return b"x" * size

    monkeypatch.setattr(os, "read", read)
    with pytest.raises(FileError):
        read_file(tmp_path / "a", limit=10)
    assert given < 1 << 20


def outside(folder: Path) -> Path:
    (folder.parent / "secret").write_text("secret")
    return folder.parent / "secret"


KINDS: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda _: None, "No such file or directory"),
    "folder": (lambda path: path.mkdir(), "it is a folder"),
    "pipe": (lambda path: os.mkfifo(path), "it is a pipe"),
    "loop": (lambda path: path.symlink_to(path.name), "Too many levels of symbolic links"),
    "device": (lambda path: path.symlink_to("/dev/zero"), "outside"),
    "relative": (lambda path: path.symlink_to("../secret"), "outside"),
    "absolute": (lambda path: path.symlink_to(outside(path.parent)), "outside"),
    "sibling": (lambda path: path.symlink_to(f"{path.parent}-2/a"), "outside"),
    "root": (lambda path: path.symlink_to("/"), "outside"),
}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_file_inside_the_folder(kind: str, tmp_path: Path) -> None:
    folder = tmp_path / "entries"
    folder.mkdir()
    make, reason = KINDS[kind]
    make(folder / "a")
    with pytest.raises(FileError, match=reason):
        read_file(folder / "a", folder=folder)
    text, (problem,) = read_text(folder / "a", "a", folder)
    assert text == ""
    assert problem.code == ("outside-link" if reason == "outside" else "unreadable")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no devices in folders")
@pytest.mark.parametrize("device", ["zero", "null", "random"])
def test_a_device_is_no_file(device: str) -> None:
    with pytest.raises(FileError, match="it is a device"):
        read_file(f"/dev/{device}")


@pytest.mark.parametrize("path", ["a\0b", "a" * 5_000, "\ud800"])
def test_a_path_that_no_file_can_have(path: str, tmp_path: Path) -> None:
    with pytest.raises(FileError):
        read_file(tmp_path / path)
    with pytest.raises(FileError):
        read_file(tmp_path / path, folder=tmp_path)


def test_a_link_inside_the_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a").write_text("text")
    (tmp_path / "entries").symlink_to("real")
    (tmp_path / "real" / "b").symlink_to("a")
    assert read_text(tmp_path / "entries" / "b", "b", tmp_path / "entries") == ("text", [])


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes in folders")
def test_a_pipe_on_the_command_line_is_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=(tmp_path / "pipe").write_bytes, args=(b"list",))
    writer.start()
    assert read_any_file(tmp_path / "pipe") == b"list"
    writer.join()


def test_an_input_without_an_end_is_an_error() -> None:
    with pytest.raises(FileError, match="larger than 2 MiB"):
        read_limited(lambda size: b"x" * size, 2 << 20)
    assert files.MAX_LIST_BYTES > files.MAX_BYTES


@pytest.mark.parametrize("levels", [3, 900])
def test_files_in_deep_folders(levels: int, tmp_path: Path) -> None:
    folder = tmp_path / "/".join("d" * levels)
    folder.mkdir(parents=True)
    (folder / "a").touch()
    (tmp_path / "link").symlink_to(".")
    assert sorted(files_below(tmp_path)) == [folder / "a", tmp_path / "link"]


def test_a_folder_that_cannot_be_read_is_among_the_files(tmp_path: Path) -> None:
    assert list(files_below(tmp_path / "missing")) == [tmp_path / "missing"]
