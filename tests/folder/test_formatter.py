"""The place of comments in the canonical file of an entry."""

from pathlib import Path

from paper_atlas.folder.formatter import format_changes, format_text
from paper_atlas.folder.reader import read_files
from paper_atlas.folder.vocabulary_file import default_vocabulary
from paper_atlas.model.entry import read_entry
from paper_atlas.source.document import parse_document

REST = "links:\n  doi: 10.1000/1\norgans: [Liver]\n"


def reformatted(text: str, *, without_modeline: bool = False) -> str:
    vocabulary = default_vocabulary()
    source, _ = parse_document(text, "a.yml")
    entry, problems = read_entry(source, vocabulary, {})
    assert entry is not None, problems
    return format_text(source, entry, list(vocabulary.facets), without_modeline)


def test_a_line_of_spaces_is_a_blank_line() -> None:
    text = f"# head\n  \n# year\nyear: 2018\ntitle: T\n{REST}"
    assert reformatted(text) == f"# head\n\ntitle: T\n# year\nyear: 2018\n{REST}"


def test_only_comments_above_the_first_key_belong_to_the_whole_file() -> None:
    text = f"title: T\n# year\n\nyear: 2018\n{REST}"
    assert reformatted(text) == f"title: T\n# year\nyear: 2018\n{REST}"


def test_the_modeline_is_left_out_only_if_another_replaces_it() -> None:
    text = f"# yaml-language-server: $schema=x.json\n# mine\ntitle: T\n{REST}"
    assert reformatted(text) == text
    assert reformatted(text, without_modeline=True) == f"# mine\ntitle: T\n{REST}"


def test_of_two_comments_on_items_that_are_merged_the_first_moves_above() -> None:
    text = f"title: T\n{REST}methods:\n- U-Net # one\n- u-net # two\n"
    after = reformatted(text)
    assert after.endswith("methods:\n  # one\n  - U-Net  # two\n")


def test_a_comment_on_a_key_that_is_removed_moves_to_the_end() -> None:
    text = f"title: T\nauthors: [] # unknown\n{REST}"
    assert reformatted(text) == f"title: T\n{REST}# unknown\n"


def test_a_byte_order_mark_is_removed_unless_the_file_has_errors(
    tmp_path: Path,
) -> None:
    text = f"title: T\n{REST}"
    for name, odd in {"a": f"\ufeff{text}", "b": text, "c": f"\ufeff{text}year: x\n"}.items():
        (tmp_path / f"{name}.yml").write_text(odd, encoding="utf-8")
    files, _ = read_files(tmp_path, tmp_path, default_vocabulary())
    found = format_changes(files, ["organs"], tmp_path, tmp_path)
    assert list(found) == [(tmp_path / "a.yml", text)]
