"""Documents that a cache leaves unparsed until a check needs a position in them."""

from pathlib import Path

from paper_atlas.folder.cache import Cache
from paper_atlas.folder.reader import EntryFile, read_files
from paper_atlas.folder.vocabulary_file import default_vocabulary
from paper_atlas.source.document import LazyDocument

TEXT = "title: T\norgans: [Liver]\nlinks:\n  doi: 10.1000/1\n"


def read_one(folder: Path, cache: Cache) -> EntryFile:
    (file,) = read_files(folder, folder, default_vocabulary(), cache)[0]
    return file


def test_a_file_that_changes_while_it_is_checked_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(f"\ufeff{TEXT}", encoding="utf-8")
    file = read_one(tmp_path, Cache(tmp_path / "cache"))
    (tmp_path / "a.yml").write_text("# another text\n\ntitle: T\n", encoding="utf-8")
    assert isinstance(file.document, LazyDocument)
    assert file.document.text == TEXT
    assert isinstance(file.document.data, dict)
    assert file.document.data["title"] == "T"
    assert file.document.find_position(["links", "doi"]) == (4, 8)


def test_cached_and_uncached_files_have_the_same_document(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(TEXT, encoding="utf-8")
    cached = read_one(tmp_path, Cache(tmp_path / "cache")).document
    (file,) = read_files(tmp_path, tmp_path, default_vocabulary())[0]
    assert (cached.path, cached.text, cached.data) == (
        file.document.path,
        file.document.text,
        file.document.data,
    )
