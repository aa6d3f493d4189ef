"""The parts that several kinds of pages share."""

from pathlib import Path

import pytest
from helpers.small import library
from paper_atlas.site.blocks import NoPapers
from paper_atlas.site.pages.tiles import no_papers, shown_terms

FACETS = """\
facets:
  organs: {title: Organs, pages: true, terms: [Liver, Lung]}
  methods: {title: Methods, terms: [Net, {title: Small, parents: [Net]}, Unused]}
"""


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
