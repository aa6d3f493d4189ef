"""A change of a file: shown as a diff, and written if the file has not changed since."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from paper_atlas import load
from paper_atlas.folder.diff import FileChange, entry_change, write_changes
from paper_atlas.folder.schema import ENTRY_SCHEMA
from paper_atlas.source.document import read_document


def test_a_diff_has_the_path_of_the_file_and_its_line_ends() -> None:
    change = FileChange("entries/a.yml", "one\ntwo\n", "one\n2\n")
    assert change.unified_diff == (
        "--- a/entries/a.yml\n+++ b/entries/a.yml\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n"
    )


def test_a_file_that_changed_since_it_was_read_is_not_written(tmp_path: Path) -> None:
    (tmp_path / "entries" / "x").mkdir(parents=True)
    changes = [FileChange(f"entries/x/{name}.yml", "a: 1\n", "a: 2\n") for name in "ab"]
    for name, text in (("a", "a: 1\n"), ("b", "a: 3\n")):
        (tmp_path / "entries" / "x" / f"{name}.yml").write_text(text, encoding="utf-8")
    written, left = write_changes(changes, tmp_path / "entries", tmp_path)
    assert (written, left) == (["entries/x/a.yml"], ["entries/x/b.yml"])
    texts = [(tmp_path / change.path).read_text(encoding="utf-8") for change in changes]
    assert texts == ["a: 2\n", "a: 3\n"]


def test_the_modeline_of_the_folder_replaces_another_one(tmp_path: Path) -> None:
    line, text = "# yaml-language-server: $schema={}\n", "title: T\nlinks:\n  doi: 10.1000/1\n"
    path = tmp_path / "entries" / "a.yml"
    path.parent.mkdir()
    (path.parent / ENTRY_SCHEMA).touch()
    path.write_text(f"{line.format('old.json')}{text}topics: [Liver]\n", encoding="utf-8")
    (entry,) = load(path.parent, tmp_path).entries
    source, _ = read_document(path, "entries/a.yml")
    change = entry_change(source, entry, ["topics"], path.parent, tmp_path)
    assert change.after == f"{line.format(ENTRY_SCHEMA)}{text}topics: [Liver]\n"


def many(*words: str) -> str:
    """Lines with these words in turn, more than difflib compares in reasonable time."""
    return "".join(f"{word}{number}\n" for number in range(6000) for word in words)


CHANGES = {
    "thousands of changes": FileChange("README.md", many("a", "b"), many("a", "c")),
    "thousands of changes between equal lines": FileChange(
        "README.md", f"x\n{many('a', 'b')}y\nz", f"x\n{many('b', 'a')}y\nz"
    ),
    "a new file with thousands of lines": FileChange("README.md", None, many("a")),
    "a file that loses thousands of lines": FileChange("README.md", f"x\n{many('a')}", "x\n"),
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
