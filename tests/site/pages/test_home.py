"""The overview on the home page."""

from pathlib import Path

from helpers.small import library
from paper_atlas import Library
from paper_atlas.analysis.gaps import Gap
from paper_atlas.site.addresses import Addresses, SiteInfo
from paper_atlas.site.blocks import AtlasNumber, Home, NoPapers, Problems
from paper_atlas.site.pages.home import home_page
from paper_atlas.translation import ENGLISH

SITE = SiteInfo("Atlas", "", Addresses())

GAPS = [Gap(name, name, "", ()) for name in "abcdef"]


def home(atlas: Library) -> Home:
    block = home_page(atlas, ENGLISH, SITE, GAPS).blocks[0]
    assert isinstance(block, Home)
    return block


def test_the_newest_papers_are_sorted_by_date_added_and_year(tmp_path: Path) -> None:
    papers = {
        "old": "added: 2024-01-01\nyear: 2024",
        "new": "added: 2024-02-01\nyear: 1999",
        "undated": "year: 2025",
        "recent": "added: 2024-02-01\nyear: 2020",
    }
    newest = home(library(tmp_path, papers)).newest
    assert [entry.id for entry in newest] == ["recent", "new", "old", "undated"]


def test_five_papers_and_three_gaps_are_shown(tmp_path: Path) -> None:
    block = home(library(tmp_path, {f"p{n}": "" for n in range(7)}))
    assert (len(block.newest), [gap.id for gap in block.wanted]) == (5, [*"abc"])
    assert not block.is_dated


def test_numbers_of_papers_terms_and_code(tmp_path: Path) -> None:
    papers = {"one": "datasets: [LiTS, ACDC]\nlinks: {code: https://e.org/}", "two": ""}
    assert home(library(tmp_path, papers)).numbers == (
        AtlasNumber(2, "papers", "papers/index.md"),
        AtlasNumber(2, "data sets", "datasets/index.md"),
        AtlasNumber(1, "with code", "papers/index.md", "?has=code"),
    )


def test_the_terms_of_each_section_of_the_main_facet_are_counted(tmp_path: Path) -> None:
    words = """\
facets:
  organs:
    title: Organs
    pages: true
    sections:
      - {title: All organs, short: Organs, id: body, terms: [Liver, Lung, Unused]}
      - {title: Overviews, terms: [Reviews]}
"""
    papers = {"a": "organs: [Liver]", "b": "organs: [Lung]", "c": "organs: [Reviews]"}
    _, organs = home(library(tmp_path, papers, words)).numbers
    assert organs == AtlasNumber(2, "organs", "organs/index.md", "#body")


def test_examples_of_searches_name_terms_with_code_and_papers(tmp_path: Path) -> None:
    papers = {
        "u-net": "title: 'U-Net: a network'",
        "plus": "title: 'U-Net++: more'\nextends: [u-net]\nmodalities: [CT]\n"
        "links: {code: https://e.org/}",
    }
    assert home(library(tmp_path, papers)).searches == ("Liver CT code", "U-Net", "U-Net++")


def test_the_most_used_and_the_most_extended_come_first(tmp_path: Path) -> None:
    papers = {
        "one": "datasets: [LiTS]",
        "two": "datasets: [LiTS, ACDC]\nextends: [one]\nmodalities: [CT]",
        "three": "extends: [one, two]\nmodalities: [CT, MRI]",
    }
    block = home(library(tmp_path, papers))
    assert [(one.term.title, one.count, one.share) for one in block.datasets] == [
        ("LiTS", 2, 1), ("ACDC", 1, 0.5),
    ]  # fmt: skip
    assert [(entry.id, count) for entry, count in block.built] == [("one", 2), ("two", 1)]
    name, bars = block.bars
    assert (name, [one.term.title for one in bars]) == ("modalities", ["CT", "MRI"])


def test_in_house_data_are_no_data_set(tmp_path: Path) -> None:
    words = """\
facets:
  organs: {title: Organs, pages: true, terms: [Liver]}
  datasets: {title: Data sets, pages: true, terms: [LiTS, {title: Private, in_house: true}]}
"""
    block = home(library(tmp_path, {"one": "datasets: [Private, LiTS]"}, words))
    assert [one.term.title for one in block.datasets] == ["LiTS"]
    assert block.dataset_count == 1


def test_a_small_atlas_has_no_empty_parts(tmp_path: Path) -> None:
    words = "facets: {organs: {title: Organs, pages: true, terms: [Liver]}}"
    block = home(library(tmp_path, {"one": ""}, words))
    assert (block.datasets, block.built, block.bars, block.searches) == ((), (), ("", ()), ())
    assert [card.term.title for card in block.term_cards] == ["Liver"]


def test_the_page_of_an_empty_atlas_says_how_to_add_a_paper(tmp_path: Path) -> None:
    page = home_page(library(tmp_path, {}), ENGLISH, SITE, [])
    assert isinstance(page.blocks[-1], NoPapers)
    assert not [block for block in page.blocks if isinstance(block, Home)]


def test_the_home_page_shows_errors(tmp_path: Path) -> None:
    atlas = library(tmp_path, {"one": "", "two": "year: [1]"})
    first = home_page(atlas, ENGLISH, SITE, []).blocks[0]
    assert isinstance(first, Problems)
    assert {problem.path for problem in first.problems} == {"entries/two.yml"}
