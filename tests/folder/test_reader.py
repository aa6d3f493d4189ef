"""Which files of a folder are read as entries."""

from pathlib import Path

import pytest
from paper_atlas.folder.cache import Cache
from paper_atlas.folder.reader import EntryFile, read_files
from paper_atlas.folder.vocabulary_file import default_vocabulary
from paper_atlas.model.vocabulary import Vocabulary

FACETS = {"organs": {"title": "Organs", "pages": True, "terms": ["Liver"]}}
LISTED = Vocabulary.model_validate({"facets": FACETS})
ENTRY = "title: T\norgans: [Liver]\nlinks: {doi: 10.1000/1}\n"


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def read(folder: Path) -> list[EntryFile]:
    return read_files(folder, folder, default_vocabulary())[0]


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


def cached(folder: Path, vocabulary: Vocabulary) -> list[EntryFile]:
    """The files of `entries`, read with a cache that several calls share."""
    kept = Cache(folder / "kept")
    files = read_files(folder / "entries", folder, vocabulary, kept)[0]
    kept.close()
    return files


def test_a_new_term_is_read_from_a_cached_folder(tmp_path: Path) -> None:
    write(tmp_path, **{"entries__a.yml": ENTRY})
    for _ in range(2):
        (file,) = cached(tmp_path, default_vocabulary())
        assert file.entry
        assert file.entry.terms["organs"][0].title == "Liver"


def test_a_warning_is_reported_again_from_a_cached_folder(tmp_path: Path) -> None:
    write(tmp_path, **{"entries__a.yml": ENTRY.replace("title: T", "title: T #2")})
    for _ in range(2):
        (file,) = cached(tmp_path, LISTED)
        assert codes_of(file) == ["cut-by-comment"]


def test_a_renamed_file_and_a_deleted_term_invalidate_the_cache(tmp_path: Path) -> None:
    write(tmp_path, **{"entries__a.yml": ENTRY})
    cached(tmp_path, LISTED)
    (tmp_path / "entries" / "a.yml").rename(tmp_path / "entries" / "b.yml")
    (renamed,) = cached(tmp_path, LISTED)
    assert renamed.entry
    assert (renamed.entry.id, renamed.entry.path) == ("b", "entries/b.yml")
    facets = {"organs": {"title": "Organs", "pages": True, "terms": ["Heart"]}}
    (broken,) = cached(tmp_path, Vocabulary.model_validate({"facets": facets}))
    assert codes_of(broken) == ["unknown-term"]
