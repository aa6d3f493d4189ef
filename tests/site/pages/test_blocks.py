"""The blocks for lists of papers and of terms."""

from pathlib import Path

import pytest
from helpers.small import entry, library, vocabulary
from paper_atlas.site.page import Fragment
from paper_atlas.site.pages.blocks import Blocks, cards_by_year, tiles_by_section
from paper_atlas.translation import ENGLISH

SECTIONS = "facets: {organs: {title: O, pages: true, sections: [{title: A, terms: [Liver]}]%s}}"


def names(blocks: Blocks) -> list[str]:
    return [block.template if isinstance(block, Fragment) else block for block in blocks]


def test_years_have_headings_only_if_there_are_several() -> None:
    new, old, undated = entry("year: 2020"), entry("year: 2018"), entry()
    assert names(cards_by_year(ENGLISH, [new, old, undated])) == [
        "## 2020 {#year_2020}", "cards", "## 2018 {#year_2018}", "cards",
        "## Year not known {#year_unknown}", "cards",
    ]  # fmt: skip
    assert names(cards_by_year(ENGLISH, [new, new])) == ["cards"]


def test_cards_are_one_level_below_their_heading() -> None:
    one, other = entry("year: 2020"), entry("year: 2018")
    for entries, level in (([one], 2), ([one, other], 3)):
        cards = [block for block in cards_by_year(ENGLISH, entries) if isinstance(block, Fragment)]
        assert {fragment.values["level"] for fragment in cards} == {level}


@pytest.mark.parametrize(("count", "has_filter"), [(4, False), (5, True)])
def test_a_list_of_five_papers_has_a_filter(count: int, has_filter: bool) -> None:
    assert ("filter.html.jinja" in names(cards_by_year(ENGLISH, [entry()] * count))) == has_filter


def headings(folder: Path, path: str, more: str = "") -> list[str]:
    blocks = tiles_by_section(library(folder, {}, SECTIONS % more), ENGLISH, path, "organs")
    return [name for name in names(blocks) if name.startswith("## ")]


def test_the_link_to_a_section_is_relative_to_the_page(tmp_path: Path) -> None:
    assert headings(tmp_path, "organs/index.md") == ["## [A](../sections/a/index.md) {#a}"]
    assert headings(tmp_path, "index.md") == ["## [A](sections/a/index.md) {#a}"]


def test_terms_without_a_section_have_a_heading_only_if_there_are_sections(tmp_path: Path) -> None:
    assert headings(tmp_path, "index.md", ", terms: [Lung]")[1:] == ["## Other {#other_terms}"]
    atlas = library(tmp_path, {})
    assert not vocabulary().facets["organs"].sections
    assert names(tiles_by_section(atlas, ENGLISH, "index.md", "organs")) == ["tiles.html.jinja"]
