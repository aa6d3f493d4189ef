"""Which files of a folder are read as entries."""

import os
from pathlib import Path

import pytest
from helpers.messages import GOOD, messages_of
from paper_atlas import load
from paper_atlas.folder.reader import EntryFile, EntryReader, read_files
from paper_atlas.folder.vocabulary_file import default_vocabulary

ENTRY = "title: T\ntopics: [Liver]\nlinks: {doi: 10.1000/1}\n"


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def read(folder: Path) -> list[EntryFile]:
    return read_files(folder, folder, EntryReader(folder, default_vocabulary()))


def codes_of(file: EntryFile) -> list[str]:
    return [problem.code for problem in file.problems]


def problem_codes(folder: Path) -> list[tuple[str, list[str]]]:
    return [(file.document.path, codes_of(file)) for file in read(folder)]


@pytest.mark.parametrize("name", ["a.yml.bak", "a.yml.orig", "a.YML", "a.txt", "a.YAML", "a"])
def test_backup_copies_and_other_suffixes_are_reported(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(ENTRY, encoding="utf-8")
    ((path, codes),) = problem_codes(tmp_path)
    assert path == name
    assert "wrong-ending" in codes


@pytest.mark.parametrize(
    ("text", "is_reported"),
    [("links:\n", True), ("# x\n  title : T\n", True), ("the title: T\n", False), ("", False)],
)
def test_a_file_with_another_suffix_is_reported_if_it_has_keys_of_an_entry(
    text: str, is_reported: bool, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert bool(problem_codes(tmp_path)) is is_reported


def test_only_the_vocabulary_at_the_top_of_the_folder_is_no_entry(tmp_path: Path) -> None:
    write(tmp_path, **{"vocabulary.yml": "", "liver__vocabulary.yml": ENTRY})
    assert problem_codes(tmp_path) == [("liver/vocabulary.yml", [])]


def test_a_symbolic_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    write(tmp_path, **{".shared": ENTRY})
    (tmp_path / "a.yml").symlink_to(tmp_path / ".shared")
    assert problem_codes(tmp_path) == [("a.yml", [])]


def test_the_files_of_a_folder_are_read_together(tmp_path: Path) -> None:
    write(tmp_path, **{"a__z.yml": ENTRY, "a-b__y.yml": ENTRY, "a.yml": ENTRY})
    assert [path for path, _ in problem_codes(tmp_path)] == ["a/z.yml", "a-b/y.yml", "a.yml"]


def test_duplicate_ids_and_wrong_extensions(tmp_path: Path) -> None:
    entry = GOOD.format("A title")
    for name in ("a/one.yml", "b/one.yml", "b/two.yaml", ".hidden/three.yml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(entry)
    library = load(tmp_path, tmp_path)
    assert [entry.path for entry in library.entries] == ["a/one.yml"]
    assert [str(problem) for problem in library.problems] == [
        "b/one.yml:1:1: doubled-id: two files have the id 'one': a/one.yml and this one "
        "(rename one of them)",
        "b/two.yaml:1:1: wrong-ending: expected a file name that ends in .yml "
        "(rename it to 'two.yml')",
    ]


def test_other_extensions_and_symbolic_links_are_reported(tmp_path: Path) -> None:
    entry = GOOD.format("A title")
    for name in ("a.txt", "b.yml.txt", "c", "d.YML"):
        (tmp_path / name).write_text(entry)
    (tmp_path / "README.md").write_text("# not an entry\n")
    (tmp_path / "notes.txt").write_text("not an entry\n")
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    (outside / "e.yml").write_text(entry)
    (tmp_path / "f.yml").symlink_to(outside / "e.yml")
    (tmp_path / "g").symlink_to(outside)
    (tmp_path / "h.yml").mkdir()
    assert [line for line in messages_of(tmp_path) if "similar" not in line] == [
        "a.txt:1:1: wrong-ending: expected a file name that ends in .yml (rename it to 'a.yml')",
        "b.yml.txt:1:1: malformed-id: 'b.yml' cannot be the id of a paper: expected "
        "lowercase letters a-z, digits, hyphens (rename the file to b-yml.yml)",
        "b.yml.txt:1:1: wrong-ending: expected a file name that ends in .yml "
        "(rename it to 'b.yml')",
        "c:1:1: wrong-ending: expected a file name that ends in .yml (rename it to 'c.yml')",
        "d.YML:1:1: wrong-ending: expected a file name that ends in .yml (rename it to 'd.yml')",
        "f.yml:1:1: outside-link: symbolic links to files outside the folder of entries are not "
        "followed "
        "(copy the file instead)",
        "g:1:1: outside-link: symbolic links to folders are not followed (move the folder here)",
        "h.yml:1:1: unreadable: the file cannot be read: it is a folder",
    ]


def test_ids_that_differ_only_in_case_and_too_large_files(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "One.yml").write_text(GOOD.format("One"))
    (tmp_path / "large.yml").write_text("#" * (1 << 20) + "\n")
    assert messages_of(tmp_path, one=GOOD.format("Another"))[1:] == [
        "large.yml:1:1: too-large: the file is larger than 1024 KiB",
        "one.yml:1:1: doubled-id: two files have the id 'one': a/One.yml and this one "
        "(rename one of them)",
    ]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a\nb", "a\\x0ab"),
        ("::error::\r", "::error::\\x0d"),
        ("\x1b[31m", "\\x1b[31m"),
        ("\udcff", "\\xff"),
        ("\u202egpj", "\\u202egpj"),
        ("\x9b", "\\x9b"),
    ],
)
def test_names_that_no_message_can_show(name: str, shown: str, tmp_path: Path) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "in-folder.yml").write_text(GOOD.format("A"))
    (tmp_path / f"{name}.yml").write_text(GOOD.format("B"))
    messages = sorted(messages_of(tmp_path, good=GOOD.format("C")), key=lambda one: "/:" not in one)
    assert len(messages) == 2
    assert messages[0] == (
        f"{shown}/:1:1: control-character: the name of the folder contains invisible characters, "
        "or is not UTF-8 (rename it)"
    )
    assert messages[1].startswith(f"{shown}.yml:1:1: malformed-id: '{shown}' cannot be the id")


@pytest.mark.parametrize("name", ["肝臓", "Ünïcode", "e\u0301", "می\u200cشود", "with space", "A.b"])
def test_names_of_folders_in_any_script(name: str, tmp_path: Path) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "in-folder.yml").write_text(GOOD.format("A"))
    assert messages_of(tmp_path) == []


@pytest.mark.parametrize(("levels", "found"), [(20, 0), (21, 1), (500, 1)])
def test_deep_folders(levels: int, found: int, tmp_path: Path) -> None:
    (tmp_path / "/".join("d" * levels)).mkdir(parents=True)
    messages = messages_of(tmp_path)
    expected = f"{'d/' * 21}:1:1: too-deep: folders are nested more than 20 levels deep (move the "
    assert messages == [f"{expected}files up)"] * found


def test_a_folder_that_cannot_be_read_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").mkdir()
    look = os.scandir

    def refused(path: Path | str) -> object:
        if Path(path).name == "a":
            raise PermissionError(13, "Permission denied")
        return look(path)

    monkeypatch.setattr(os, "scandir", refused)
    assert messages_of(tmp_path, a=GOOD.format("A")) == [
        "a/:1:1: unreadable: the folder cannot be read: Permission denied"
    ]


@pytest.mark.parametrize("name", ["n.txt", "n", "n.yaml"])
def test_a_large_neighbour_of_entries_is_no_entry(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("\n" * 1_000_000 + "no entry\n")
    assert messages_of(tmp_path) == []
