"""The parts that several kinds of pages share."""

from pathlib import Path

import pytest
from helpers.small import library, vocabulary
from paper_atlas.site.blocks import NoPapers, SectionLink, Tiles
from paper_atlas.site.pages.tiles import no_papers, shown_terms, tiles_by_section
from paper_atlas.translation import ENGLISH

SECTIONS = "facets: {organs: {title: O, pages: true, sections: [{title: A, terms: [Liver]}]%s}}"
FACETS = """\
facets:
  organs: {title: Organs, pages: true, terms: [Liver, Lung]}
  methods: {title: Methods, terms: [Net, {title: Small, parents: [Net]}, Unused]}
"""


def test_a_section_has_a_heading_a_link_to_its_page_and_its_terms(tmp_path: Path) -> None:
    heading, link, tiles = tiles_by_section(
        library(tmp_path, {"one": ""}, SECTIONS % ""), ENGLISH, "organs"
    )
    assert heading == "## A {: #a }"
    assert isinstance(link, SectionLink)
    assert (link.section.title, link.count) == ("A", 1)
    assert isinstance(tiles, Tiles)
    assert [(tile.term.title, tile.number) for tile in tiles.tiles] == [("Liver", "1 paper")]


def test_terms_without_a_section_have_a_heading_only_if_there_are_sections(tmp_path: Path) -> None:
    blocks = tiles_by_section(
        library(tmp_path, {}, SECTIONS % ", terms: [Lung]"), ENGLISH, "organs"
    )
    assert blocks[-2] == "## Other {: #other_terms }"
    assert not vocabulary().facets["organs"].sections
    (only,) = tiles_by_section(library(tmp_path, {}), ENGLISH, "organs")
    assert isinstance(only, Tiles)


@pytest.mark.parametrize(
    ("facet", "titles"), [("organs", ["Liver", "Lung"]), ("methods", ["Net", "Small"])]
)
def test_unused_terms_are_shown_in_facets_with_pages_only(
    tmp_path: Path, facet: str, titles: list[str]
) -> None:
    atlas = library(tmp_path, {"one": "methods: [Small]"}, FACETS)
    terms = atlas.vocabulary.facets[facet].all_terms
    assert [term.title for term in shown_terms(atlas, facet, terms)] == titles


def test_the_file_of_a_first_paper_is_in_the_folder_of_its_term(tmp_path: Path) -> None:
    atlas = library(tmp_path, {}, FACETS)
    liver = atlas.vocabulary.facets["organs"].terms[0]
    assert no_papers(atlas, "organs", liver) == NoPapers(
        "organs", liver, "entries/liver/my-paper.yml"
    )
    assert no_papers(atlas, "organs", None).path == "entries/my-paper.yml"
