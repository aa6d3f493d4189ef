"""The overview of a facet, and the pages of its sections."""

from pathlib import Path

import pytest
from helpers.small import library
from paper_atlas.site.pages.facets import facet_pages, is_shown
from paper_atlas.translation import ENGLISH

FACETS = """\
facets:
  organs: {title: Organs, pages: true, terms: [Liver]}
  empty: {title: Empty, pages: true, open: true}
  bare: {title: Bare, pages: true, sections: [Nothing yet]}
  methods: {title: Methods, terms: [Net, {title: Small, parents: [Net]}, Unused]}
  unused: {title: Unused, terms: [Term]}
"""


@pytest.mark.parametrize(
    ("name", "shown"),
    [("organs", True), ("empty", False), ("bare", True), ("methods", True), ("unused", False)],
)
def test_a_facet_is_shown_if_it_has_pages_or_papers(tmp_path: Path, name: str, shown: bool) -> None:
    assert is_shown(library(tmp_path, {"one": "methods: [Small]"}, FACETS), name) == shown


def test_used_terms_are_listed_below_broader_terms(tmp_path: Path) -> None:
    atlas = library(tmp_path, {"one": "methods: [Small]"}, FACETS)
    (page,) = facet_pages(atlas, ENGLISH, "methods")
    headings = [line for line in page.body.splitlines() if line.startswith("#")]
    assert headings == ["## Net {#net}", "### Small {#small}"]
    assert [fragment.template for fragment in page.fragments.values()].count("rows") == 1


def test_the_deepest_level_of_headings_is_six(tmp_path: Path) -> None:
    terms = ["T0", *(f"{{title: T{n}, parents: [T{n - 1}]}}" for n in range(1, 7))]
    words = FACETS.replace("[Net, {title: Small, parents: [Net]}, Unused]", f"[{', '.join(terms)}]")
    (page,) = facet_pages(library(tmp_path, {"one": "methods: [T6]"}, words), ENGLISH, "methods")
    levels = [line.count("#") - 1 for line in page.body.splitlines() if line.startswith("#")]
    assert levels == [2, 3, 4, 5, 6, 6, 6]


def test_each_section_has_a_page_with_its_papers(tmp_path: Path) -> None:
    atlas = library(tmp_path, {}, FACETS)
    overview, section = facet_pages(atlas, ENGLISH, "bare")
    assert (overview.path, section.path) == ("bare/index.md", "sections/nothing-yet/index.md")
    assert section.description == "0 papers in Nothing yet."
    assert "No terms in Nothing yet yet." in section.body
