"""The table of all data sets, and the page of one."""

from pathlib import Path

import pytest
from helpers.small import library
from paper_atlas import Library
from paper_atlas.analysis.leaderboards import leaderboards_by_dataset
from paper_atlas.site.addresses import Addresses
from paper_atlas.site.blocks import DatasetHead, DatasetsLead, SectionLinks, TermColumn, TermTable
from paper_atlas.site.html.renderer import Renderer
from paper_atlas.site.page import Page
from paper_atlas.site.pages.datasets import dataset_page, datasets_page
from paper_atlas.translation import ENGLISH

WORDS = """\
facets:
  organs: {title: Organs, pages: true, terms: [Liver, Heart]}
  modalities: {title: Modalities, terms: [MRI, {title: Cine MRI, parents: [MRI]}, CT]}
  methods: {title: Methods, open: true}
  datasets:
    title: Data sets
    pages: true
    sections:
      - title: Belly
        terms:
          - {title: LiTS, aliases: [Livers], about: {organs: [Liver], modalities: [CT]}}
          - {title: LiTS 2017, parents: [LiTS]}
    terms: [{title: ACDC, about: {organs: [Heart], modalities: [Cine MRI]}}, Unused]
metrics: [{title: Dice}]
"""
RESULT = "{dataset: LiTS 2017, metric: Dice, split: test, value: 0.9}"
PAPERS = {
    "a": f"modalities: [MRI]\ndatasets: [ACDC, LiTS 2017]\nresults: [{RESULT}]",
    "b": "modalities: [MRI]\ndatasets: [ACDC]",
    "c": "datasets: [ACDC]",
}


def index(atlas: Library) -> Page:
    return datasets_page(atlas, ENGLISH, leaderboards_by_dataset(atlas))


def table(atlas: Library) -> TermTable:
    (found,) = [block for block in index(atlas).blocks if isinstance(block, TermTable)]
    return found


def column(found: TermTable, title: str) -> TermColumn:
    (one,) = [column for column in found.columns if column.title == title]
    return one


def page_of(atlas: Library, name: str) -> Page:
    term = atlas.vocabulary.facets["datasets"].find_term(name)
    assert term
    return dataset_page(atlas, ENGLISH, term, leaderboards_by_dataset(atlas))


def test_the_lead_says_how_many_data_sets_there_are_and_which_are_in_house(tmp_path: Path) -> None:
    words = WORDS.replace("Unused]", "{title: Own, in_house: true}]")
    atlas = library(tmp_path, {**PAPERS, "d": "datasets: [Own]"}, words)
    first, *others = index(atlas).blocks
    assert isinstance(first, DatasetsLead)
    assert (first.count, [(term.title, count) for term, count in first.in_house]) == (
        3, [("Own", 1)],
    )  # fmt: skip
    assert not any(isinstance(block, DatasetsLead) for block in others)


def test_the_most_used_data_set_comes_first(tmp_path: Path) -> None:
    found = table(library(tmp_path, PAPERS, WORDS))
    assert [(term.title, remark) for term, remark in found.rows] == [
        ("ACDC", ""), ("LiTS", "all editions"), ("LiTS 2017", "part of LiTS"), ("Unused", ""),
    ]  # fmt: skip
    assert (found.count, found.hint) == ("4 data sets", "Filter by name, organs, modalities")


def test_numbers_include_those_of_narrower_data_sets(tmp_path: Path) -> None:
    found = table(library(tmp_path, PAPERS, WORDS))
    papers, results = column(found, "Papers"), column(found, "Results")
    assert [cell.text for cell in papers.cells] == ["3", "1", "1", ""]
    assert [cell.text for cell in results.cells] == ["", "1", "1", ""]
    assert (papers.cells[0].phone, papers.is_sorted) == ("3 papers", True)


def test_columns_that_no_data_set_fills_are_left_out(tmp_path: Path) -> None:
    found = table(library(tmp_path, {"a": "datasets: [ACDC]"}, WORDS))
    titles = [column.title for column in found.columns]
    assert titles == ["Organs", "Modalities", "Papers"]


def test_a_reader_can_choose_a_broader_term(tmp_path: Path) -> None:
    found = table(library(tmp_path, PAPERS, WORDS))
    modality = column(found, "Modalities")
    assert modality.options == (("mri", "MRI"), ("cine-mri", "Cine MRI"), ("ct", "CT"))
    assert (modality.cells[0].text, modality.cells[0].values) == ("Cine MRI", ("cine-mri", "mri"))
    assert [(place, title) for place, title, _ in found.choices] == [(2, "Modalities")]


def test_the_index_links_to_the_pages_of_sections(tmp_path: Path) -> None:
    links = index(library(tmp_path, PAPERS, WORDS)).blocks[-1]
    assert isinstance(links, SectionLinks)
    assert [(section.title, count) for section, count in links.sections] == [("Belly", 1)]


def test_an_atlas_without_data_sets_has_no_table(tmp_path: Path) -> None:
    words = "facets: {organs: {title: O, pages: true, terms: [Liver]}, datasets: {title: D}}"
    assert index(library(tmp_path, {}, words)).blocks == ()


def test_the_sheet_of_a_data_set_has_what_the_vocabulary_knows(tmp_path: Path) -> None:
    head = page_of(library(tmp_path, PAPERS, WORDS), "LiTS").head
    assert isinstance(head, DatasetHead)
    assert head.section
    assert head.section.title == "Belly"
    assert [(group.title, [term.title for term in group.terms]) for group in head.subjects] == [
        ("Organs", ["Liver"]),  # no paper has CT, which has no page
    ]
    assert head.facts == [("Also called", "Livers")]
    assert [(term.title, count) for term, count in head.narrower] == [("LiTS 2017", 1)]


@pytest.mark.parametrize(("name", "number"), [("LiTS", 1), ("LiTS 2017", 1), ("ACDC", 0)])
def test_a_data_set_has_results_if_it_or_a_narrower_one_has(
    tmp_path: Path, name: str, number: int
) -> None:
    assert len(page_of(library(tmp_path, PAPERS, WORDS), name).blocks) == number


def test_an_unused_data_set_asks_for_a_paper(tmp_path: Path) -> None:
    atlas = library(tmp_path, PAPERS, WORDS)
    html = Renderer(atlas, Addresses()).page_html(page_of(atlas, "Unused"), "../../")
    assert "No paper on Unused yet." in html
    assert "pa-sheet" not in html
