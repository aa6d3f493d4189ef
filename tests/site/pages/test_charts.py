"""The charts: their numbers, their positions, and the page that contains them."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from paper_atlas import Library, load
from paper_atlas.problem import errors
from paper_atlas.site.addresses import Addresses
from paper_atlas.site.blocks import HeatMap, Tile, Tiles
from paper_atlas.site.html.charts import (
    HEAT_LEVELS,
    SERIES,
    Grid,
    heat_map,
    matrix,
    ranking,
    sparkline,
    year_bars,
)
from paper_atlas.site.html.renderer import Renderer
from paper_atlas.site.page import Block
from paper_atlas.site.pages.charts import charts_page

VOCABULARY = """\
facets:
  organs:
    title: Organs
    pages: true
    sections:
      - {title: Anatomy, terms: [Liver, Heart]}
      - {title: Reviews, terms: [Survey]}
    terms: [Loose]
  modalities:
    title: Modalities
    terms: [CT, {title: CT angiography, parents: [CT]}, MRI, Ultrasound]
  methods:
    title: Methods
    terms: [U-Net, {title: nnU-Net, parents: [U-Net]}, GAN, Unused]
  datasets: {title: Data sets, pages: true, open: true}
"""
PAPERS = {
    "a": "year: 2018\norgans: [Liver]\nmodalities: [CT, CT angiography]\nmethods: [U-Net, nnU-Net]",
    "b": "year: 2018\norgans: [Heart, Survey]\nmodalities: [CT angiography]\ndatasets: [LiTS]",
    "c": "year: 2020\norgans: [Liver]\nmodalities: [MRI]\nmethods: [nnU-Net]\ndatasets: [LiTS]",
    "d": "year: 2020\norgans: [Survey]\nmethods: [GAN]\ndatasets: [LiTS, ACDC]",
    "e": "organs: [Loose]\nmodalities: [CT]",
}
NO_SECTIONS = "facets: {organs: {title: Organs, pages: true, open: true}}"


def atlas(folder: Path, papers: dict[str, str], vocabulary: str = VOCABULARY) -> Library:
    """Return papers by id, each with the content of its file."""
    folder.mkdir(exist_ok=True)
    (folder / "vocabulary.yml").write_text(vocabulary, encoding="utf-8")
    for number, (name, text) in enumerate(papers.items()):
        lines = [f"title: Paper {name}", f"links: {{doi: 10.1000/{number}}}", text, ""]
        (folder / f"{name}.yml").write_text("\n".join(lines), encoding="utf-8")
    library = load(folder, folder)
    assert errors(library.problems) == []
    return library


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return atlas(tmp_path, PAPERS)


def counted(grid: Grid) -> dict[str, list[int]]:
    """Return the numbers of a grid by the title of their row."""
    return {row.term.title: [cell.count for cell in row.cells] for row in grid.rows}


def rendered(library: Library) -> BeautifulSoup:
    """Return the blocks of the page of charts."""
    renderer = Renderer(library, Addresses())
    blocks = [block for block in charts_page(library).blocks if isinstance(block, Block)]
    text = "".join(renderer.html(block, renderer.links_from("../")) for block in blocks)
    return BeautifulSoup(text, "html.parser")


def test_a_paper_counts_once_in_a_year_in_the_section_of_its_first_term(library: Library) -> None:
    chart = year_bars(library)
    assert chart.series == ("Anatomy", "Reviews", "Other")
    assert {bar.year: bar.counts for bar in chart.bars} == {
        2018: (2, 0, 0), 2019: (0, 0, 0), 2020: (1, 1, 0),
    }  # fmt: skip
    assert chart.undated == (0, 0, 1)


def test_bars_are_stacked_from_a_common_base_and_the_highest_has_full_height(
    library: Library,
) -> None:
    chart = year_bars(library)
    first, empty, last = (bar.segments for bar in chart.bars)
    assert [series for series, _, _ in last] == [0, 1]
    assert first[0][1] == last[1][1] == 22
    assert last[0][1] == last[1][1] + 95
    assert empty == ()
    assert chart.ticks[0] == (0, 212)
    assert all(0 <= bar.x - chart.width / 2 < bar.x + chart.width / 2 <= 100 for bar in chart.bars)


def test_sections_without_a_colour_share_the_last_one(tmp_path: Path) -> None:
    sections = ", ".join(f"{{title: S{n}, terms: [T{n}]}}" for n in range(12))
    vocabulary = f"facets: {{organs: {{title: Organs, pages: true, sections: [{sections}]}}}}"
    papers = {f"p{n}": f"year: 2020\norgans: [T{n}]" for n in range(12)}
    chart = year_bars(atlas(tmp_path, papers, vocabulary))
    assert chart.series == (*(f"S{n}" for n in range(SERIES - 1)), "Other")
    assert chart.bars[0].counts == (*[1] * (SERIES - 1), 5)


@pytest.mark.parametrize(
    ("most", "ticks"), [(1, [0, 1]), (3, [0, 1, 2, 3]), (34, [0, 10, 20, 30]), (41, [0, 20, 40])]
)
def test_ticks_are_round_numbers(tmp_path: Path, most: int, ticks: list[int]) -> None:
    papers = {f"p{n}": "year: 2020\norgans: [Liver]" for n in range(most)}
    chart = year_bars(atlas(tmp_path, papers))
    assert [number for number, _ in chart.ticks] == ticks


def test_the_heat_map_counts_narrower_terms_with_the_broadest_one_once(library: Library) -> None:
    grid = heat_map(library, "organs", "modalities")
    assert [column.title for column in grid.columns] == ["CT", "MRI"]  # the most used first
    assert counted(grid) == {"Liver": [1, 1], "Heart": [1, 0], "Survey": [1, 0], "Loose": [1, 0]}
    assert [title for title, _ in grid.headings] == ["Anatomy", "Reviews", "Other"]
    heights = [*(y for _, y in grid.headings), *(row.y for row in grid.rows)]
    assert len(heights) == len(set(heights))
    assert max(heights) < grid.height
    assert {cell.size for row in grid.rows for cell in row.cells} <= set(range(HEAT_LEVELS + 1))


def test_omitted_rows_are_counted(tmp_path: Path) -> None:
    organs = ", ".join(f"O{n}" for n in range(45))
    papers = {"a": f"organs: [{organs}]\ntargets: [T]", "b": "organs: [O44]\ntargets: [T]"}
    vocabulary = NO_SECTIONS.replace("}}", "}, targets: {title: Targets, open: true}}")
    library = atlas(tmp_path, papers, vocabulary)
    grid = heat_map(library, "organs", "targets")
    assert grid.left_out == (5, 0)
    assert len(grid.rows) == 40
    assert "O44" in counted(grid)
    assert grid.headings == ()
    assert "Not shown: 5 of the organs." in charts_page(library).body


def test_the_matrix_has_broad_terms_over_every_year(library: Library) -> None:
    grid = matrix(library, "methods")
    assert [column.title for column in grid.columns] == ["2018", "2019", "2020"]
    assert counted(grid) == {"U-Net": [1, 0, 1], "GAN": [0, 0, 1]}
    assert all(0 < column.x < 100 for column in grid.columns)


def test_the_matrix_ends_with_the_latest_years(tmp_path: Path) -> None:
    papers = {f"p{y}": f"year: {y}\norgans: [Liver]\nmethods: [GAN]" for y in (1990, 2020)}
    library = atlas(tmp_path, papers)
    grid = matrix(library, "methods")
    assert (grid.columns[0].title, grid.columns[-1].title) == ("2001", "2020")
    assert grid.left_out == (0, 11)
    assert "Not shown: 11 of the years." in charts_page(library).body


def test_long_titles_of_rows_have_two_lines_at_most(tmp_path: Path) -> None:
    title = "Whole-body and universal lesions of every kind"
    library = atlas(tmp_path, {"a": f"organs: [{title}]\nmethods: [x]"}, NO_SECTIONS.replace(
        "}}", "}, methods: {title: Methods, open: true}}"
    ))  # fmt: skip
    (row,) = heat_map(library, "organs", "methods").rows
    assert row.lines == ("Whole-body and", "universal…")


def test_the_ranking_has_the_most_used_first(library: Library) -> None:
    items, others = ranking(library, "datasets")
    assert [(term.title, count, width) for term, count, width in items] == [
        ("LiTS", 3, 100), ("ACDC", 1, 33.33),
    ]  # fmt: skip
    assert others == 0


def test_a_sparkline_has_a_bar_for_each_year_with_papers(library: Library) -> None:
    term = library.vocabulary.facets["methods"].find_term("U-Net")
    assert term is not None
    assert {entry.id for entry in library.papers_within("methods", term)} == {"a", "c"}
    line = sparkline(library, "methods", term)
    assert line.words == "2018–2020: 1, 0, 1"
    assert line.path.count("M") == 2
    renderer = Renderer(library, Addresses())
    tiles = Tiles("methods", (Tile(term, "2 papers", line),))
    assert line.path in renderer.html(tiles, renderer.links_from("../"))


def test_a_cell_links_to_its_papers(library: Library) -> None:
    page = rendered(library)
    links = {str(a.title.string): str(a["xlink:href"]) for a in page.select("a") if a.title}
    assert links["Liver, CT: 1 paper"] == "../organs/liver/?modalities=ct"
    assert links["Liver"] == "../organs/liver/"
    assert links["CT"] == "../modalities/ct/"
    assert links["LiTS: 3 papers"] == "../datasets/lits/"


def test_a_cell_links_to_the_list_of_its_row_with_a_filter(library: Library) -> None:
    renderer = Renderer(library, Addresses())
    block = HeatMap(heat_map(library, "methods", "modalities"), "methods", "modalities")
    html = renderer.html(block, renderer.links_from("../"))
    assert 'href="../methods/u-net/?modalities=mri"' in html


def test_every_chart_has_an_accessible_name_and_a_table(library: Library) -> None:
    page = rendered(library)
    pictures = page.select("svg[aria-labelledby]")
    assert len(pictures) == len(page.select("details table")) == 4
    for picture in pictures:
        assert picture["role"] == ("group" if picture.select("a") else "img")
        for key, kind in (("aria-labelledby", "title"), ("aria-describedby", "desc")):
            told = picture.find(id=str(picture[key]))
            assert isinstance(told, Tag)
            assert told.name == kind
    assert all(isinstance(a.find("title", recursive=False), Tag) for a in page.select("svg a"))
    ids = [str(tag["id"]) for tag in page.select("[id]")]
    assert len(ids) == len(set(ids))


def test_charts_work_under_a_strict_content_security_policy(library: Library) -> None:
    page = rendered(library)
    assert page.select("[style], style, script") == []
    assert not [tag for tag in page.find_all(True) if any(it.startswith("on") for it in tag.attrs)]


def test_the_tables_have_the_numbers_of_the_charts(library: Library) -> None:
    tables = [
        [[cell.get_text() for cell in row.select("th, td")] for row in table.select("tr")]
        for table in rendered(library).select("table")
    ]
    assert tables[0] == [
        ["Year", "Anatomy", "Reviews", "Other", "Papers"],
        ["2018", "2", "0", "0", "2"],
        ["2019", "0", "0", "0", "0"],
        ["2020", "1", "1", "0", "2"],
        ["Not known", "0", "0", "1", "1"],
    ]
    assert tables[1][:2] == [["Organs", "CT", "MRI"], ["Liver", "1", "1"]]
    assert tables[2] == [
        ["Methods", "2018", "2019", "2020"], ["U-Net", "1", "0", "1"], ["GAN", "0", "0", "1"],
    ]  # fmt: skip
    assert tables[3] == [["Data sets", "Papers"], ["LiTS", "3"], ["ACDC", "1"]]


def test_texts_of_entries_are_escaped(tmp_path: Path) -> None:
    papers = {"a": "year: 2020\norgans: [Liver]\ndatasets: ['<b>\"x\"</b>']"}
    assert rendered(atlas(tmp_path, papers)).select("b") == []


@pytest.mark.parametrize("vocabulary", [VOCABULARY, NO_SECTIONS])
@pytest.mark.parametrize(
    ("papers", "headings"),
    [
        ({}, 0),
        ({"a": "organs: [Liver]"}, 0),
        ({"a": "organs: [Liver]\nyear: 2020"}, 1),
    ],
    ids=["no papers", "no years", "one paper"],
)
def test_charts_work_with_few_papers(
    tmp_path: Path, papers: dict[str, str], headings: int, vocabulary: str
) -> None:
    library = atlas(tmp_path, papers, vocabulary)
    page = charts_page(library)
    assert page.body.count("## ") == headings
    assert len([block for block in page.blocks if isinstance(block, Block)]) == (
        headings or not papers
    )
    assert len(rendered(library).select("svg[aria-labelledby]")) == headings
    assert ("The atlas has no papers yet" in rendered(library).text) == (not papers)
    for name, facet in library.vocabulary.facets.items():
        assert all(sparkline(library, name, term) for term in facet.all_terms)


def test_a_wide_chart_can_be_scrolled_by_keyboard(tmp_path: Path) -> None:
    words = ", ".join(f"m{n}" for n in range(15))
    vocabulary = NO_SECTIONS.replace("}}", "}, modalities: {title: Modalities, open: true}}")
    library = atlas(tmp_path, {"a": f"organs: [Liver]\nmodalities: [{words}]"}, vocabulary)
    (box,) = rendered(library).select(".paper-chart-wide")
    assert box.parent is not None
    assert (box.parent["tabindex"], box.parent["role"]) == ("0", "region")


def test_years_have_no_gaps(library: Library, tmp_path: Path) -> None:
    assert library.years == range(2018, 2021)
    assert atlas(tmp_path / "none", {}).years == range(0)
