"""Which collections of papers a site has, and the paths of their files."""

from pathlib import Path

from paper_atlas import load
from paper_atlas.site.files.downloads import Collection, collections_of

VOCABULARY = """\
facets:
  organs:
    title: Organs
    pages: true
    sections: [{title: Abdomen, terms: [Liver, Spleen]}, {title: Chest, terms: [Heart]}]
  modalities: {title: Modalities, terms: [CT]}
"""


def collections(folder: Path, **papers: str) -> list[Collection]:
    """The collections of an atlas of papers by id, each given as lines of its file."""
    (folder / "vocabulary.yml").write_text(VOCABULARY, encoding="utf-8")
    for number, (name, lines) in enumerate(papers.items()):
        text = f"title: {name}\nlinks: {{doi: 10.1000/{number}}}\n{lines}\n"
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    return list(collections_of(load(folder, folder)))


def test_sections_and_terms_without_papers_have_no_collection(tmp_path: Path) -> None:
    found = collections(tmp_path, a="organs: [Liver]")
    assert [collection.folder for collection in found] == ["", "sections/abdomen", "organs/liver"]


def test_all_papers_come_first_and_terms_without_pages_have_no_collection(
    tmp_path: Path,
) -> None:
    found = collections(tmp_path, a="organs: [Heart]\nmodalities: [CT]")
    assert [(collection.page, collection.file_path("feed.xml")) for collection in found] == [
        ("papers/index.md", "feed.xml"),
        ("sections/chest/index.md", "sections/chest/feed.xml"),
        ("organs/heart.md", "organs/heart/feed.xml"),
    ]


def test_a_collection_is_dated_if_one_of_its_papers_is(tmp_path: Path) -> None:
    found = collections(tmp_path, a="organs: [Liver]\nadded: 2024-03-31", b="organs: [Heart]")
    dated = [collection.title for collection in found if collection.is_dated]
    assert dated == ["", "Abdomen", "Liver"]
