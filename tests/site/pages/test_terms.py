"""The pages of terms: data sets and problems."""

from pathlib import Path
from typing import TypeVar

import pytest
from helpers.small import library
from paper_atlas import Library
from paper_atlas.site.addresses import Addresses
from paper_atlas.site.blocks import NoPapers, Problems, TermHead
from paper_atlas.site.html.renderer import Renderer
from paper_atlas.site.page import Block, Page
from paper_atlas.site.pages.terms import term_page
from paper_atlas.translation import ENGLISH

FACETS = """\
facets:
  organs: {title: Organs, pages: true, terms: [Body, {title: Liver, parents: [Body]}, Heart]}
  datasets:
    title: Data sets
    pages: true
    terms:
      - Any
      - {title: LiTS, about: {organs: [Liver]}}
      - {title: Whole, about: {organs: [Body]}}
      - {title: ACDC, about: {organs: [Heart]}}
      - {title: LiTS 2017, parents: [LiTS]}
metrics: [{title: Dice}]
"""
Kind = TypeVar("Kind", bound=Block)


def page_of(atlas: Library, name: str, facet: str = "organs") -> Page:
    term = next(term for term in atlas.vocabulary.facets[facet].all_terms if term.id == name)
    return term_page(atlas, ENGLISH, facet, term)


def blocks(page: Page, kind: type[Kind]) -> list[Kind]:
    return [block for block in page.blocks if isinstance(block, kind)]


def head(page: Page) -> TermHead:
    assert isinstance(page.head, TermHead)
    return page.head


def used(folder: Path, *papers: str) -> list[tuple[str, int]]:
    """The data sets on the page of the liver."""
    atlas = library(folder, {f"p{n}": text for n, text in enumerate(papers)}, FACETS)
    return [(term.title, count) for term, count in head(page_of(atlas, "liver")).datasets]


def test_data_sets_about_another_term_are_left_out(tmp_path: Path) -> None:
    found = used(tmp_path, "datasets: [Any, LiTS, Whole, ACDC]")
    assert found == [("Any", 1), ("LiTS", 1), ("Whole", 1)]


def test_the_most_used_data_set_comes_first(tmp_path: Path) -> None:
    assert used(tmp_path, "datasets: [Any, LiTS]", "datasets: [LiTS]") == [("LiTS", 2), ("Any", 1)]


def test_papers_on_other_terms_do_not_count_for_data_sets(tmp_path: Path) -> None:
    assert used(tmp_path, "datasets: [Any]", "organs: [Heart]\ndatasets: [Any]") == [("Any", 1)]


def test_a_paper_on_a_narrower_data_set_counts_for_the_broader_one(tmp_path: Path) -> None:
    assert dict(used(tmp_path, "datasets: [LiTS 2017]"))["LiTS"] == 1


def test_the_page_of_a_main_term_shows_problems_of_its_broken_files(tmp_path: Path) -> None:
    atlas = library(tmp_path, {"one": "year: [1]\norgans: [Liver]\ndatasets: [LiTS]"}, FACETS)
    assert blocks(page_of(atlas, "liver"), Problems)
    assert not blocks(page_of(atlas, "heart"), Problems)


def test_the_page_of_a_term_of_another_facet_shows_no_problems(tmp_path: Path) -> None:
    words = FACETS.replace("- Any", "- Heart")
    atlas = library(tmp_path, {"one": "year: [1]\norgans: [Heart]"}, words)
    assert blocks(page_of(atlas, "heart"), Problems)
    assert not blocks(page_of(atlas, "heart", "datasets"), Problems)


@pytest.mark.parametrize(("name", "asks"), [("heart", True), ("body", False), ("liver", False)])
def test_the_page_of_a_term_asks_for_a_paper_if_narrower_terms_have_none(
    tmp_path: Path, name: str, asks: bool
) -> None:
    page = page_of(library(tmp_path, {"one": ""}, FACETS), name)
    assert bool(blocks(page, NoPapers)) == asks


def test_narrower_terms_have_their_number_of_papers(tmp_path: Path) -> None:
    page = page_of(library(tmp_path, {"one": "", "two": "organs: [Body]"}, FACETS), "body")
    assert [(term.title, count) for term, count in head(page).narrower] == [("Liver", 1)]
    assert page.description == "2 papers on Body."


def test_narrower_terms_are_in_the_order_of_their_papers_and_seven_are_shown(
    tmp_path: Path,
) -> None:
    below = ", ".join(f"{{title: N{n}, parents: [Net]}}" for n in range(9))
    words = FACETS.replace(
        "metrics:", f"  methods: {{title: M, open: true, terms: [Net, {below}]}}\nmetrics:"
    )
    every = ", ".join(f"N{n}" for n in range(9))
    atlas = library(tmp_path, {"a": f"methods: [{every}]", "b": "methods: [N8]"}, words)
    found = head(page_of(atlas, "net", "methods"))
    assert [term.title for term, _ in found.narrower][:2] == ["N8", "N0"]
    renderer = Renderer(atlas, Addresses())
    html = str(renderer.html(found, renderer.links_from("../../")))
    before, _, after = html.partition("<summary>2 more</summary>")
    assert (before.count('class="pa-chip"'), after.count('class="pa-chip"')) == (7, 2)


def test_a_term_without_a_page_is_not_among_the_narrower_ones(tmp_path: Path) -> None:
    words = FACETS.replace(
        "metrics:", "  methods: {title: M, terms: [Net, {title: Sub, parents: [Net]}]}\nmetrics:"
    )
    atlas = library(tmp_path, {"one": "methods: [Net]"}, words)
    assert head(page_of(atlas, "net", "methods")).narrower == []


def test_related_terms_have_a_page(tmp_path: Path) -> None:
    about = "about: {organs: [Liver], methods: [Net, Sub]}"
    words = FACETS.replace("about: {organs: [Liver]}", about)
    words = words.replace("metrics:", "  methods: {title: M, terms: [Net, Sub]}\nmetrics:")
    page = page_of(library(tmp_path, {"one": "methods: [Net]"}, words), "lits", "datasets")
    assert [(name, [term.title for term in terms]) for name, terms in head(page).about] == [
        ("organs", ["Liver"]), ("methods", ["Net"]),
    ]  # fmt: skip


def test_a_page_knows_its_subject(tmp_path: Path) -> None:
    page = page_of(library(tmp_path, {}, FACETS), "lits", "datasets")
    assert page.path == "datasets/lits.md"
    assert (page.subject, page.facet) == (head(page).term, "datasets")
    assert page.source == "entries/vocabulary.yml"
