"""A cache in git is reported, whatever its name and place."""

import os
import subprocess
from pathlib import Path

import pytest
from helpers.commands import run
from helpers.projects import SMALL_ATLAS, copy_of
from paper_atlas.folder.cache.tracked import tracked_cache
from paper_atlas.problem import Problem

HINT = "run git rm -r --cached .cache"


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", "-C", folder, *words], check=True, capture_output=True)


def checkout(folder: Path, *names: str) -> Path:
    """A git repository with these files, although git ignores them."""
    git(folder.parent, "init", "--quiet", str(folder))
    (folder / ".gitignore").write_text(".cache/\n")
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")
        git(folder, "add", "--force", name)
    return folder


@pytest.mark.parametrize(
    ("site", "name", "is_tracked"),
    [
        (".", ".cache/paper-atlas/kept.sqlite", True),
        (".", ".cache/paper-atlas/deep/er.txt", True),
        (".", ".Cache/Paper-Atlas/kept.sqlite", True),
        (".", ".cache", True),  # a file or a link in place of the folder
        (".", ".cache/paper-atlas", True),
        ("inner", "inner/.cache/paper-atlas/x", True),
        ("inner", ".cache/paper-atlas/x", False),
        (".", ".cache/plugin/x", False),
        (".", "x.cache/paper-atlas/x", False),
        (".", ".cache/paper-atlas-2/x", False),
        (".", "entries/a.yml", False),
    ],
)
def test_a_tracked_cache_is_a_problem(
    tmp_path: Path, site: str, name: str, is_tracked: bool
) -> None:
    top = checkout(tmp_path / "top", name)
    found = tracked_cache(top / site, top / site)
    message = "the cache of builds is in git, where a pull request can change it"
    problem = Problem(".cache/paper-atlas", 1, 1, "tracked-cache", "", message, HINT)
    assert found == [problem] * is_tracked


def test_nothing_is_found_without_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert tracked_cache(tmp_path, tmp_path) == []
    top = checkout(tmp_path / "top", ".cache/paper-atlas/x")
    (top / ".git" / "index").write_bytes(b"damaged")
    assert tracked_cache(top, top) == []
    monkeypatch.setenv("PATH", str(tmp_path))
    assert tracked_cache(top, top) == []


def test_a_program_of_the_checkout_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = checkout(tmp_path / "top", "git", ".cache/paper-atlas/x")
    (top / "git").write_text("#!/bin/sh\ntouch ran\n")
    (top / "git").chmod(0o755)
    git(top, "config", "core.fsmonitor", str(top / "git"))
    monkeypatch.chdir(top)
    monkeypatch.setenv("PATH", str(top), prepend=os.pathsep)
    assert tracked_cache(top, top) == []
    monkeypatch.undo()
    assert len(tracked_cache(top, top)) == 1
    assert not [*tmp_path.rglob("ran")]


def test_a_check_refuses_a_tracked_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = copy_of(SMALL_ATLAS, tmp_path / "project")
    monkeypatch.chdir(checkout(project))
    assert run(capsys, "check")[0] == 0
    checkout(project, ".cache/paper-atlas/kept.sqlite")
    code, messages = run(capsys, "check")
    assert code == 1
    assert messages[-2] == (
        ".cache/paper-atlas:1:1: tracked-cache: the cache of builds is in git, where a pull "
        f"request can change it ({HINT})"
    )
    assert run(capsys, "check", "entries/liver/h-denseunet.yml")[0] == 0
    git(project, *HINT.removeprefix("run git ").split())
    assert run(capsys, "check")[0] == 0
