"""The unified diff of a change, applied by other programs."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from paper_atlas.folder.diff import FileChange

CHANGES = {
    "a change": FileChange("entries/a.yml", "a: 1\nb: 2\nc: 3\n", "a: 1\nb: 3\nc: 3\n"),
    "a new file": FileChange("entries/new/b.yml", None, "a: 1\nb: 2\n"),
    "a line break is added at the end": FileChange("README.md", "a\nb", "a\nb\n"),
    "a line break is removed at the end": FileChange("README.md", "a\nb\n", "a\nb"),
    "no line break at the end": FileChange("README.md", "a\nb", "c\nb"),
    "a new file without a line break at the end": FileChange("README.md", None, "a"),
    "an empty file": FileChange("entries/a.yml", "", "a: 1\n"),
    "characters that only Python reads as line breaks": FileChange(
        "entries/a.yml", "a\x0b\u2028: 1\nb: 2\n", "a\x0b\u2028: 1\nb: 3\n"
    ),
    "a name with a space": FileChange("my entries/a.yml", "a: 1\n", "a: 2\n"),
    "a new name with a space": FileChange("my entries/a.yml", None, "a: 2\n"),
    "a name with an accent": FileChange("é/a.yml", "a: 1\n", "a: 2\n"),
}


def git_apply(folder: Path, diff: bytes) -> None:
    subprocess.run(["git", "apply", "-"], cwd=folder, input=diff, check=True)


def patch_p1(folder: Path, diff: bytes) -> None:
    subprocess.run(["patch", "-p1", "--quiet"], cwd=folder, input=diff, check=True)


@pytest.mark.parametrize("apply_diff", [git_apply, patch_p1])
@pytest.mark.parametrize("change", CHANGES.values(), ids=list(CHANGES))
def test_git_apply_and_patch_accept_the_diff(
    change: FileChange, apply_diff: Callable[[Path, bytes], None], tmp_path: Path
) -> None:
    path = tmp_path / change.path
    if change.before is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(change.before.encode())
    apply_diff(tmp_path, change.unified_diff.encode())
    assert path.read_bytes() == change.after.encode()


def test_the_names_of_the_files_have_prefixes() -> None:
    assert CHANGES["a change"].unified_diff.splitlines()[:2] == [
        "--- a/entries/a.yml",
        "+++ b/entries/a.yml",
    ]
    assert CHANGES["a new file"].unified_diff.splitlines()[:2] == [
        "--- /dev/null",
        "+++ b/entries/new/b.yml",
    ]


def test_an_equal_text_has_no_diff() -> None:
    assert FileChange("a.yml", "a: 1\n", "a: 1\n").unified_diff == ""
