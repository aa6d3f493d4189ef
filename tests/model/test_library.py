"""The library: its vocabulary file and the errors in it."""

from pathlib import Path

import pytest
from paper_atlas import load


@pytest.mark.parametrize(
    ("base", "path"), [(".", "entries/vocabulary.yml"), ("entries", "vocabulary.yml")]
)
def test_the_errors_of_the_vocabulary_are_found_by_its_path(
    base: str, path: str, tmp_path: Path
) -> None:
    folder = tmp_path / "entries"
    folder.mkdir()
    (folder / "vocabulary.yml").write_text("facets: {a: {title: A}}\n")
    (folder / "wrong.yml").write_text("title: [\n")
    library = load(folder, tmp_path / base)
    assert library.vocabulary_path == path
    assert [problem.code for problem in library.vocabulary_errors] == ["missing-pages"]


def test_errors_of_entries_are_not_errors_of_the_vocabulary(tmp_path: Path) -> None:
    (tmp_path / "wrong.yml").write_text("title: [\n")
    library = load(tmp_path, tmp_path)
    assert library.problems
    assert library.vocabulary_errors == ()
