"""Which terms and years charts show, and the sizes of their shapes."""

from pathlib import Path

import pytest
from helpers.small import library
from paper_atlas import Library
from paper_atlas.site.html.charts import heat_map, matrix, ranking, sparkline, year_bars
from paper_atlas.site.pages.charts import charts_page

FACETS = """\
facets:
  organs: {title: O, pages: true, open: true}
  methods: {title: M, open: true, terms: [Net, {title: Small net, parents: [Net]}]}
  datasets: {title: D, open: true}
"""


def library_of(folder: Path, *texts: str, words: str = FACETS) -> Library:
    """A library of papers of the year 2020."""
    papers = {f"p{number}": f"year: 2020\n{text}" for number, text in enumerate(texts)}
    return library(folder, papers, words)


def numbered(letter: str, count: int) -> str:
    return ", ".join(f"{letter}{number}" for number in range(count))


@pytest.mark.parametrize(("count", "own"), [(8, 8), (9, 7)])
def test_more_than_eight_series_share_the_last_colour(tmp_path: Path, count: int, own: int) -> None:
    sections = ", ".join(f"{{title: S{n}, terms: [T{n}]}}" for n in range(count))
    words = f"facets: {{organs: {{title: O, pages: true, sections: [{sections}]}}}}"
    chart = year_bars(library_of(tmp_path, *(f"organs: [T{n}]" for n in range(count)), words=words))
    assert len(chart.series) == 8
    assert ("Other" in chart.series) == (own < count)


def test_a_thin_segment_keeps_half_of_its_height(tmp_path: Path) -> None:
    words = "facets: {organs: {title: O, pages: true, sections: [%s, %s]}}"
    words %= "{title: A, terms: [A]}", "{title: B, terms: [B]}"
    chart = year_bars(library_of(tmp_path, *["organs: [A]"] * 190, "organs: [B]", words=words))
    (_, thick), (_, thin) = ((series, height) for series, _, height in chart.bars[0].segments)
    assert thin == 0.5
    assert thick == pytest.approx(190 * 190 / 191 - 1.5, abs=0.1)


def test_few_bars_and_columns_have_a_maximum_width(tmp_path: Path) -> None:
    small_library = library_of(tmp_path, "methods: [Net]")
    assert year_bars(small_library).width == pytest.approx(0.7 * 14)
    assert heat_map(small_library, "organs", "methods").step == 14


@pytest.mark.parametrize(
    ("most", "step"), [(4, 1), (8, 2), (9, 5), (20, 5), (21, 10), (40, 10), (41, 20)]
)
def test_ticks_are_multiples_of_one_two_or_five(tmp_path: Path, most: int, step: int) -> None:
    ticks = year_bars(library_of(tmp_path, *[""] * most)).ticks
    assert ticks[1][0] == step


def test_a_heat_map_has_at_most_40_rows_and_24_columns(tmp_path: Path) -> None:
    text = f"organs: [{numbered('O', 45)}]\nmethods: [{numbered('M', 30)}]"
    grid = heat_map(library_of(tmp_path, text), "organs", "methods")
    assert (len(grid.rows), len(grid.columns), grid.left_out) == (40, 24, (5, 6))


def test_a_matrix_has_at_most_15_rows_and_the_latest_20_years(tmp_path: Path) -> None:
    text = f"methods: [{numbered('M', 18)}]"
    small_library = library(tmp_path, {"a": f"year: 1990\n{text}", "b": "year: 2020"}, FACETS)
    grid = matrix(small_library, "methods")
    assert (len(grid.rows), len(grid.columns), grid.left_out) == (15, 20, (3, 11))
    assert grid.columns[-1].title == "2020"


def test_a_ranking_has_at_most_20_terms_and_the_number_of_others(tmp_path: Path) -> None:
    small_library = library_of(tmp_path, f"datasets: [{numbered('D', 23)}]", "datasets: [D7]", "")
    items, others = ranking(small_library, "datasets")
    assert (len(items), others, items[0][0].title) == (20, 3, "D7")
    assert [width for _, _, width in items[:2]] == [100, 50]


@pytest.mark.parametrize(("papers", "level"), [(1, 3), (2, 4), (5, 5)])
def test_heat_grows_with_the_square_root_and_few_papers_are_not_hot(
    tmp_path: Path, papers: int, level: int
) -> None:
    grid = heat_map(library_of(tmp_path, *["methods: [Net]"] * papers), "organs", "methods")
    assert grid.rows[0].cells[0].size == level


def test_the_radius_of_a_bubble_grows_with_the_square_root(tmp_path: Path) -> None:
    small_library = library_of(tmp_path, *["methods: [A]"] * 8, *["methods: [B]"] * 2)
    sizes = [row.cells[0].size for row in matrix(small_library, "methods").rows]
    assert sizes == [14, 7]


def test_a_matrix_has_the_broadest_terms_only(tmp_path: Path) -> None:
    small_library = library_of(tmp_path, "methods: [Small net, Net]", "methods: [Small net]")
    (row,) = matrix(small_library, "methods").rows
    assert (row.term.title, row.cells[0].count) == ("Net", 2)


def test_bars_of_a_sparkline_have_a_minimum_height(tmp_path: Path) -> None:
    papers = {f"p{n}": f"year: {2019 + (n > 0)}\nmethods: [Net]" for n in range(21)}
    small_library = library(tmp_path, papers, FACETS)
    (term,) = (
        term for term in small_library.vocabulary.facets["methods"].terms if term.title == "Net"
    )
    assert (
        sparkline(small_library, "methods", term).path
        == "M0.0 100V84h10.5V100zM14.0 100V0h10.5V100z"
    )


SECTIONS = "facets: {organs: {title: O, pages: true, sections: [%s]}}"
BOTH = "{title: A, terms: [Liver]}, {title: B, terms: [Lung]}"


def heading(folder: Path, *facets: str) -> str:
    """The heading of the heat map of an atlas with further facets."""
    others = ", ".join(f"{name}: {{title: {name.capitalize()}, open: true}}" for name in facets)
    words = f"facets: {{organs: {{title: Organs, pages: true, open: true}}, {others}}}"
    text = "\n".join(f"{name}: [x]" for name in facets)
    body = charts_page(library(folder, {"one": text}, words)).body
    return next(line for line in body.splitlines() if "#heat_map" in line)


def test_the_heat_map_has_the_first_other_facet(tmp_path: Path) -> None:
    assert heading(tmp_path, "tasks", "modalities").startswith("## Organs and tasks")


def test_the_number_of_papers_without_a_year_is_shown(tmp_path: Path) -> None:
    body = charts_page(library(tmp_path, {"one": "year: 2020", "two": ""})).body
    assert "Not shown: 1 paper without a year." in body


@pytest.mark.parametrize(("organ", "is_shown"), [("Liver", False), ("Lung", True)])
def test_the_rule_of_sections_is_shown_if_there_are_several(
    tmp_path: Path, organ: str, is_shown: bool
) -> None:
    papers = {"one": "year: 2020", "two": f"year: 2020\norgans: [{organ}]"}
    body = charts_page(library(tmp_path, papers, SECTIONS % BOTH)).body
    assert ("Each paper counts once" in body) == is_shown
