"""An import that is stopped at any moment leaves whole files, and the next one ends the same."""

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
from paper_atlas.cli import main
from paper_atlas.exports import export
from paper_atlas.folder.load import load
from paper_atlas.problem import errors

IMPORT = "import sys; from paper_atlas.cli import main; sys.exit(main(['import', 'papers.json']))"
STOPS = [(1, signal.SIGKILL), (3, signal.SIGTERM), (5, signal.SIGINT), (9, signal.SIGKILL)]


def project(folder: Path) -> Path:
    """A project into which the papers of this atlas are to come, some of which lack a venue."""
    library = load(ENTRIES, ROOT)
    (folder / "entries" / "mine").mkdir(parents=True)
    for name in BESIDE_ENTRIES:
        shutil.copy(ENTRIES / name, folder / "entries")
    alone = [it for it in library.entries if not (it.extends or it.not_same_as or it.unverified)]
    for entry in alone[::2]:
        text = (ROOT / entry.path).read_text(encoding="utf-8")
        without = [line for line in text.splitlines(True) if not line.startswith("venue:")]
        (folder / "entries" / "mine" / f"{entry.id}.yml").write_text("".join(without))
    (folder / "papers.json").write_text(export("json", library.entries), encoding="utf-8")
    return folder


def changed(folder: Path, before: dict[str, int]) -> int:
    """How many files are new, or others than before."""
    found = os.scandir(folder / "entries" / "mine"), os.scandir(folder / "entries")
    mine = sum(before.get(file.path) != file.inode() for file in found[0])
    return mine + sum(1 for place in found[1] if place.is_dir())


def stop_after(folder: Path, count: int, how: signal.Signals) -> int:
    """Start an import, and stop it as soon as so many files and folders are seen to have changed.

    Returns how it ended; the files that it writes are watched without a pause.
    """
    before = {file.path: file.inode() for file in os.scandir(folder / "entries" / "mine")}
    first = changed(folder, before)
    process = subprocess.Popen(
        [sys.executable, "-c", IMPORT], cwd=folder, stderr=subprocess.PIPE, text=True
    )
    while process.poll() is None and changed(folder, before) - first < count:
        pass
    process.send_signal(how)
    _, told = process.communicate(timeout=30)
    assert "Traceback" not in told
    return process.returncode


def test_what_a_killed_import_leaves_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, stopped = project(tmp_path / "whole"), project(tmp_path / "stopped")
    monkeypatch.chdir(whole)
    assert main(["import", "papers.json"]) == 0
    expected = files(whole)
    monkeypatch.chdir(stopped)
    ends = []
    for count, how in STOPS:
        ends.append(stop_after(stopped, count, how))
        assert errors(load(Path("entries")).problems) == []
    assert ends[0] == -signal.SIGKILL  # at the first of some 150 files
    assert main(["check"]) == 0
    assert main(["import", "papers.json"]) == 0
    assert files(stopped) == expected


def test_what_a_killed_writer_left_is_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project(tmp_path))
    left = tmp_path / "entries" / "mine" / ".paper-atlas-abc.tmp"
    left.write_text("title: Hal")
    assert main(["import", "papers.json"]) == 0
    assert not left.exists()
