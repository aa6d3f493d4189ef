"""The overview on the home page."""

from pathlib import Path

from helpers.small import library
from paper_atlas import Library
from paper_atlas.analysis.gaps import Gap
from paper_atlas.site.blocks import NoPapers, Overview, Problems
from paper_atlas.site.pages.home import home_page
from paper_atlas.translation import ENGLISH

GAPS = [Gap(name, name, "", ()) for name in "abcdef"]


def overview(atlas: Library) -> Overview:
    block = home_page(atlas, ENGLISH, "Atlas", GAPS).blocks[0]
    assert isinstance(block, Overview)
    return block


def test_the_newest_papers_are_sorted_by_date_added_and_year(tmp_path: Path) -> None:
    papers = {
        "old": "added: 2024-01-01\nyear: 2024",
        "new": "added: 2024-02-01\nyear: 1999",
        "undated": "year: 2025",
        "recent": "added: 2024-02-01\nyear: 2020",
    }
    newest = overview(library(tmp_path, papers)).newest
    assert [entry.id for entry in newest] == ["recent", "new", "old", "undated"]


def test_five_papers_and_four_gaps_are_shown(tmp_path: Path) -> None:
    block = overview(library(tmp_path, {f"p{n}": "" for n in range(7)}))
    assert (len(block.newest), [gap.id for gap in block.wanted]) == (5, [*"abcd"])


def test_used_terms_of_facets_with_pages_are_counted(tmp_path: Path) -> None:
    papers = {"one": "modalities: [CT]\ndatasets: [LiTS, ACDC]", "two": ""}
    assert overview(library(tmp_path, papers)).counts == [
        (2, "papers", "papers/index.md"),
        (1, "organs", "organs/index.md"),
        (2, "data sets", "datasets/index.md"),
    ]


def test_the_page_of_an_empty_atlas_says_how_to_add_a_paper(tmp_path: Path) -> None:
    page = home_page(library(tmp_path, {}), ENGLISH, "Atlas", [])
    assert isinstance(page.blocks[-1], NoPapers)
    assert not [block for block in page.blocks if isinstance(block, Overview)]


def test_the_home_page_shows_errors(tmp_path: Path) -> None:
    atlas = library(tmp_path, {"one": "", "two": "year: [1]"})
    first = home_page(atlas, ENGLISH, "Atlas", []).blocks[0]
    assert isinstance(first, Problems)
    assert {problem.path for problem in first.problems} == {"entries/two.yml"}
