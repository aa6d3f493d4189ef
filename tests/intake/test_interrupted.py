"""An import that is killed at any time leaves valid files, and the next one completes it."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from helpers import ROOT
from helpers.commands import files
from helpers.projects import BESIDE_ENTRIES, ENTRIES
from paper_atlas import export, load
from paper_atlas.cli import main
from paper_atlas.problem import errors

IMPORT = "import sys; from paper_atlas.cli import main; sys.exit(main(['import', 'papers.json']))"
STOPS = [(1, signal.SIGKILL), (5, signal.SIGINT)]


def project(folder: Path) -> Path:
    """Write a project with half of the entries, without venues, and an export of all papers."""
    library = load(ENTRIES, ROOT)
    (folder / "entries" / "mine").mkdir(parents=True)
    for name in BESIDE_ENTRIES:
        shutil.copy(ENTRIES / name, folder / "entries")
    alone = [e for e in library.entries if not (e.extends or e.not_same_as or e.unverified)]
    for entry in alone[::2]:
        text = (ROOT / entry.path).read_text(encoding="utf-8")
        without = [line for line in text.splitlines(True) if not line.startswith("venue:")]
        (folder / "entries" / "mine" / f"{entry.id}.yml").write_text("".join(without))
    (folder / "papers.json").write_text(export("json", library.entries), encoding="utf-8")
    return folder


def count_changes(folder: Path, before: dict[str, int]) -> int:
    """Return the number of changed files and of folders."""
    found = os.scandir(folder / "entries" / "mine"), os.scandir(folder / "entries")
    mine = sum(before.get(file.path) != file.inode() for file in found[0])
    return mine + sum(1 for place in found[1] if place.is_dir())


def stop_after(folder: Path, count: int, stop: signal.Signals) -> int:
    """Start an import, and send it a signal after `count` changes; return its exit code.

    The folder is polled without a pause.
    """
    before = {file.path: file.inode() for file in os.scandir(folder / "entries" / "mine")}
    first = count_changes(folder, before)
    process = subprocess.Popen(
        [sys.executable, "-c", IMPORT], cwd=folder, stderr=subprocess.PIPE, text=True
    )
    while process.poll() is None and count_changes(folder, before) - first < count:
        pass
    process.send_signal(stop)
    _, errors_text = process.communicate(timeout=30)
    assert "Traceback" not in errors_text
    return process.returncode


def test_a_killed_import_leaves_valid_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, stopped = project(tmp_path / "whole"), project(tmp_path / "stopped")
    monkeypatch.chdir(whole)
    assert main(["import", "papers.json"]) == 0
    expected = files(whole)
    monkeypatch.chdir(stopped)
    exit_codes = []
    for count, stop in STOPS:
        exit_codes.append(stop_after(stopped, count, stop))
        assert errors(load(Path("entries")).problems) == []
    assert exit_codes[0] == -signal.SIGKILL  # after the first of about 150 files
    assert main(["check"]) == 0
    assert main(["import", "papers.json"]) == 0
    assert files(stopped) == expected


def test_temporary_files_of_a_killed_writer_are_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project(tmp_path))
    left = tmp_path / "entries" / "mine" / ".paper-atlas-abc.tmp"
    left.write_text("title: Hal")
    assert main(["import", "papers.json"]) == 0
    assert not left.exists()
