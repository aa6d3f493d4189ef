"""A load with a cache: the same results, and what is not in the cache."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers import ROOT
from paper_atlas import Vocabulary, load
from paper_atlas.folder.cache import CACHE_FOLDER, Cache
from paper_atlas.folder.cached_steps import CachedReader
from paper_atlas.folder.reader import EntryFile, EntryReader, read_files
from paper_atlas.folder.vocabulary_file import default_vocabulary
from paper_atlas.source.document import LazyDocument

FACETS = {"topics": {"title": "Topics", "pages": True, "terms": ["Liver"]}}
LISTED = Vocabulary.model_validate({"facets": FACETS})
ENTRY = "title: T\ntopics: [Liver]\nlinks: {doi: 10.1000/1}\n"


def test_a_library_is_the_same_with_and_without_cache(tmp_path: Path) -> None:
    entries = Path(shutil.copytree(ROOT / "entries", tmp_path / "entries"))
    paper = entries / "liver" / "h-denseunet.yml"
    text = paper.read_text(encoding="utf-8")
    changes: list[Callable[[], object]] = [
        lambda: None,
        lambda: None,
        lambda: paper.write_text(text.replace("year: 2018", "year: 1718"), encoding="utf-8"),
        lambda: paper.rename(entries / "new.yml"),
        lambda: (entries / "new.yml").write_text(f"{text}extends: [nothing]\n", encoding="utf-8"),
        lambda: (entries / "vocabulary.yml").write_text("facets: ["),
    ]
    for change in changes:
        change()
        kept = Cache(tmp_path / "kept")
        with_kept, without = load(entries, tmp_path, kept), load(entries, tmp_path)
        kept.close()
        assert with_kept == without


def cached(folder: Path, vocabulary: Vocabulary) -> EntryFile:
    """The only file in a folder, read with a cache that several calls share."""
    kept = Cache(folder / ".kept")
    (file,) = read_files(folder, folder, CachedReader(folder, vocabulary, kept))
    kept.close()
    return file


def codes_of(file: EntryFile) -> list[str]:
    return [problem.code for problem in file.problems]


def write(folder: Path, text: str) -> Path:
    path = folder / "a.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_new_term_is_read_from_a_cached_folder(tmp_path: Path) -> None:
    write(tmp_path, ENTRY)
    for _ in range(2):
        file = cached(tmp_path, default_vocabulary())
        assert file.entry
        assert file.entry.terms["topics"][0].title == "Liver"


@pytest.mark.parametrize(
    ("vocabulary", "is_cached"), [(LISTED, True), (default_vocabulary(), False)]
)
def test_entries_with_new_terms_are_not_in_the_cache(
    vocabulary: Vocabulary, is_cached: bool, tmp_path: Path
) -> None:
    write(tmp_path, ENTRY)
    cached(tmp_path, vocabulary)
    with sqlite3.connect(*(tmp_path / ".kept" / CACHE_FOLDER).glob("*.sqlite")) as database:
        assert database.execute("SELECT count(*) FROM entries").fetchall() == [(is_cached,)]


def test_a_warning_is_reported_again_from_a_cached_folder(tmp_path: Path) -> None:
    write(tmp_path, ENTRY.replace("title: T", "title: T #2"))
    for _ in range(2):
        assert codes_of(cached(tmp_path, LISTED)) == ["cut-by-comment"]


def test_a_renamed_file_and_a_deleted_term_invalidate_the_cache(tmp_path: Path) -> None:
    path = write(tmp_path, ENTRY)
    cached(tmp_path, LISTED)
    path.rename(tmp_path / "b.yml")
    renamed = cached(tmp_path, LISTED)
    assert renamed.entry
    assert (renamed.entry.id, renamed.entry.path) == ("b", "b.yml")
    facets = {"topics": {"title": "Topics", "pages": True, "terms": ["Heart"]}}
    broken = cached(tmp_path, Vocabulary.model_validate({"facets": facets}))
    assert codes_of(broken) == ["unknown-term"]


def test_a_file_that_changes_while_it_is_checked_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, f"\ufeff{ENTRY}")
    file = cached(tmp_path, default_vocabulary())
    write(tmp_path, "# another text\n\ntitle: T\n")
    assert isinstance(file.document, LazyDocument)
    assert file.document.text == ENTRY
    assert isinstance(file.document.data, dict)
    assert file.document.data["title"] == "T"
    assert file.document.find_position(["links", "doi"]) == (3, 14)


def test_cached_and_uncached_files_have_the_same_document(tmp_path: Path) -> None:
    write(tmp_path, ENTRY)
    (file,) = read_files(tmp_path, tmp_path, EntryReader(tmp_path, LISTED))
    for _ in range(2):
        document = cached(tmp_path, LISTED).document
        assert (document.path, document.text, document.data) == (
            file.document.path,
            file.document.text,
            file.document.data,
        )
