"""A change of a file: shown as a diff, and written if the file has not changed since."""

from pathlib import Path

from paper_atlas.folder.diff import FileChange, entry_change, write_changes
from paper_atlas.folder.load import load
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
    path.write_text(f"{line.format('old.json')}{text}organs: [Liver]\n", encoding="utf-8")
    (entry,) = load(path.parent, tmp_path).entries
    source, _ = read_document(path, "entries/a.yml")
    change = entry_change(source, entry, ["organs"], path.parent, tmp_path)
    assert change.after == f"{line.format(ENTRY_SCHEMA)}{text}organs: [Liver]\n"
