"""The overview of a facet, and the pages of its sections."""

from pathlib import Path

import pytest
from helpers.small import library
from paper_atlas.site.blocks import FacetTable, SectionHead, TermIndex
from paper_atlas.site.pages.facets import facet_page, is_shown, section_page
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


@pytest.mark.parametrize(("name", "block"), [("organs", TermIndex), ("methods", FacetTable)])
def test_the_main_facet_has_cards_and_each_other_one_a_table(
    tmp_path: Path, name: str, block: type
) -> None:
    page = facet_page(library(tmp_path, {"one": "methods: [Small]"}, FACETS), ENGLISH, name)
    assert (page.path, page.title) == (f"{name}/index.md", name.capitalize())
    assert [type(found) for found in page.blocks] == [block]


@pytest.mark.parametrize(
    ("description", "expected"), [("", "Organs in the atlas."), ("All of them", "All of them")]
)
def test_the_description_of_an_overview_is_that_of_the_facet(
    tmp_path: Path, description: str, expected: str
) -> None:
    more = f", description: {description}" if description else ""
    words = f"facets: {{organs: {{title: Organs, pages: true{more}}}}}"
    assert facet_page(library(tmp_path, {}, words), ENGLISH, "organs").description == expected


def test_a_section_has_a_page_with_its_terms(tmp_path: Path) -> None:
    sections = "[{title: A, description: Words, terms: [Liver, {title: Lobe, parents: [Liver]}]}]"
    words = f"facets: {{organs: {{title: O, pages: true, sections: {sections}}}}}"
    atlas = library(tmp_path, {"one": "organs: [Lobe]"}, words)
    (section,) = atlas.vocabulary.facets["organs"].sections
    page = section_page(atlas, ENGLISH, "organs", section)
    assert (page.path, page.subject, page.facet) == ("sections/a/index.md", section, "organs")
    assert page.description == "Words"
    assert isinstance(page.head, SectionHead)
    assert [(term.title, count) for term, count in page.head.terms] == [("Liver", 1), ("Lobe", 1)]


def test_an_empty_section_has_a_page(tmp_path: Path) -> None:
    atlas = library(tmp_path, {}, FACETS)
    (section,) = atlas.vocabulary.facets["bare"].sections
    page = section_page(atlas, ENGLISH, "bare", section)
    assert page.description == "0 papers in Nothing yet."
