"""Which lists of papers a site has, and which papers are in them."""

from pathlib import Path

from helpers.small import library
from paper_atlas.site.collection import Collection, collections_of

VOCABULARY = """\
facets:
  organs:
    title: Organs
    pages: true
    sections: [{title: Abdomen, terms: [Liver, Spleen]}, {title: Chest, terms: [Heart]}]
  modalities: {title: Modalities, terms: [CT, {title: CTA, parents: [CT]}]}
"""


def collections(folder: Path, **papers: str) -> dict[str, Collection]:
    """The collections of an atlas of papers by their folder."""
    found = collections_of(library(folder, papers, VOCABULARY))
    return {collection.folder: collection for collection in found}


def ids(collection: Collection) -> list[str]:
    return [entry.id for entry in collection.entries]


def test_every_section_and_term_of_every_facet_has_a_collection(tmp_path: Path) -> None:
    assert [(name, papers.page) for name, papers in collections(tmp_path).items()] == [
        ("", "papers/index.md"),
        ("sections/abdomen", "sections/abdomen/index.md"),
        ("sections/chest", "sections/chest/index.md"),
        ("organs/liver", "organs/liver.md"),
        ("organs/spleen", "organs/spleen.md"),
        ("organs/heart", "organs/heart.md"),
        ("modalities/ct", "modalities/ct.md"),
        ("modalities/cta", "modalities/cta.md"),
    ]


def test_a_collection_has_the_papers_of_narrower_terms_once(tmp_path: Path) -> None:
    papers = {"a": "modalities: [CTA]", "b": "modalities: [CT, CTA]", "c": "modalities: [CT]"}
    found = collections(tmp_path, **papers)
    assert sorted(ids(found["modalities/ct"])) == ["a", "b", "c"]
    assert sorted(ids(found["modalities/cta"])) == ["a", "b"]
    assert found["modalities/ct"].term_ids == ("ct", "cta")


def test_a_section_has_the_papers_of_its_terms(tmp_path: Path) -> None:
    found = collections(tmp_path, a="organs: [Spleen, Liver]", b="organs: [Heart]")
    assert ids(found["sections/abdomen"]) == ["a"]
    assert found["sections/abdomen"].term_ids == ("liver", "spleen")
    assert ids(found["sections/chest"]) == ["b"]


def test_the_files_of_all_papers_are_at_the_root(tmp_path: Path) -> None:
    found = collections(tmp_path)
    assert found[""].file_path("feed.xml") == "feed.xml"
    assert found["sections/chest"].file_path("feed.xml") == "sections/chest/feed.xml"


def test_a_collection_is_dated_if_one_of_its_papers_is(tmp_path: Path) -> None:
    found = collections(tmp_path, a="organs: [Liver]\nadded: 2024-03-31", b="organs: [Heart]")
    dated = [name for name, papers in found.items() if papers.is_dated]
    assert dated == ["", "sections/abdomen", "organs/liver"]


def test_the_papers_of_each_year_are_counted(tmp_path: Path) -> None:
    found = collections(tmp_path, a="year: 2020", b="year: 2018", c="year: 2020", d="")
    assert found[""].years == {2020: 2, 2018: 1, None: 1}
