"""The numbers of charts, what their headings say, and the page that shows them."""

import csv
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from helpers.small import library
from paper_atlas import Library
from paper_atlas.site.addresses import Addresses
from paper_atlas.site.blocks import Charts
from paper_atlas.site.files.downloads import chart_files
from paper_atlas.site.html.charts import Chart, charts_of
from paper_atlas.site.html.renderer import Renderer
from paper_atlas.translation import ENGLISH

FACETS = """\
facets:
  organs: {title: Organs, pages: true, open: true, terms: [Liver, Heart, Survey]}
  modalities:
    title: Modalities
    open: true
    terms: [CT, {title: CT angiography, parents: [CT]}, MRI]
  methods: {title: Methods, open: true, terms: [U-Net, {title: nnU-Net, parents: [U-Net]}, GAN]}
  datasets: {title: Data sets, pages: true, open: true}
"""
PAPERS = {
    "a": "year: 2018\norgans: [Liver]\nmodalities: [CT, CT angiography]\nmethods: [U-Net, nnU-Net]",
    "b": "year: 2018\norgans: [Heart, Survey]\nmodalities: [CT angiography]\ndatasets: [LiTS]",
    "c": "year: 2020\norgans: [Liver]\nmodalities: [MRI]\nmethods: [nnU-Net]\ndatasets: [LiTS]",
    "d": "year: 2020\norgans: [Survey]\nmethods: [GAN]\ndatasets: [LiTS, ACDC]",
    "e": "organs: [Loose]\nmodalities: [CT]",
}


def charts(of: Library) -> dict[str, Chart]:
    return {chart.id: chart for chart in charts_of(of, ENGLISH)}


def counted(chart: Chart) -> dict[str, list[int]]:
    """Return the numbers of a chart by the title of their row, first those of the row."""
    return {row.title: [mark.count for mark in (row.total, *row.cells)] for row in chart.rows}


def page(of: Library) -> BeautifulSoup:
    renderer = Renderer(of, Addresses())
    block = Charts(charts_of(of, ENGLISH), len(of.entries), has_lineage=False)
    return BeautifulSoup(renderer.html(block, renderer.links_from("../")), "html.parser")


@pytest.fixture
def atlas(tmp_path: Path) -> Library:
    return library(tmp_path, PAPERS, FACETS)


def used(folder: Path, *texts: str, words: str = FACETS) -> dict[str, Chart]:
    """The charts of papers of the year 2020."""
    papers = {f"p{number}": f"year: 2020\n{text}" for number, text in enumerate(texts)}
    return charts(library(folder, papers, words))


def dated(folder: Path, *years: int) -> Chart:
    """The chart of the years of papers."""
    papers = {f"p{number}": f"year: {year}" for number, year in enumerate(years)}
    return charts(library(folder, papers, FACETS))["years"]


def test_narrower_terms_count_once_for_their_broadest_term(atlas: Library) -> None:
    found = charts(atlas)
    assert list(found) == [
        *("organs-modalities", "years", "datasets", "modalities", "methods-years"),
    ]
    heat = found["organs-modalities"]
    assert [(column.title, column.total.count) for column in heat.columns] == [
        ("CT", 3),
        ("MRI", 1),
    ]
    assert counted(heat) == {
        "Liver": [2, 1, 1], "Survey": [2, 1, 0], "Heart": [1, 1, 0], "Loose": [1, 1, 0],
    }  # fmt: skip
    assert counted(found["modalities"]) == {"CT": [3], "MRI": [1]}
    assert counted(found["datasets"]) == {"LiTS": [3], "ACDC": [1]}
    assert counted(found["methods-years"]) == {"U-Net": [2, 1, 0, 1], "GAN": [1, 0, 0, 1]}
    assert counted(found["years"]) == {"2018": [2], "2019": [0], "2020": [2]}


def test_each_number_leads_to_the_list_of_its_papers(atlas: Library) -> None:
    numbers = {tag.get("aria-label"): tag["href"] for tag in page(atlas).select("a[aria-label]")}
    assert numbers["Liver, CT: 1 paper"] == "../organs/liver/?modalities=ct"
    assert numbers["Liver: 2 papers"] == "../organs/liver/"
    assert numbers["2018: 2 papers"] == "../papers/?from=2018&to=2018"
    assert numbers["U-Net, 2020: 1 paper"] == "../methods/u-net/?from=2020&to=2020"
    bars = {tag.b.text: tag["href"] for tag in page(atlas).select(".pa-rank a") if tag.b}
    assert bars["3"] == "../modalities/ct/"


def test_every_mark_has_its_number_and_no_cell_is_zero(atlas: Library) -> None:
    html = page(atlas)
    assert [tag.text for tag in html.select(".pa-cols text")] == ["2", "2"]
    assert [tag["height"] for tag in html.select(".pa-cols rect")] == ["100.0%", "100.0%"]
    assert [tag["width"] for tag in html.select(".pa-rank svg")] == [
        *("100.0%", "33.3%", "100.0%", "33.3%"),
    ]
    rows = html.select(".pa-heat")[0].select("tbody tr")
    assert [tag.text for tag in rows[1].select("th, td")] == ["Survey", "2", "1", ""]


def test_a_small_number_still_has_a_tint(tmp_path: Path) -> None:
    texts = ["organs: [Liver]\nmodalities: [CT]"] * 90 + ["organs: [Heart]\nmodalities: [CT]"]
    atlas = library(tmp_path, {f"p{number}": text for number, text in enumerate(texts)}, FACETS)
    assert [tag["data-n"] for tag in page(atlas).select(".pa-heat [data-n]")] == ["20", "1"]


@pytest.mark.parametrize(
    ("terms", "title"),
    [
        (["CT", "CT", "MRI"], "Modalities: CT leads with 2 papers"),
        (["CT", "MRI", "CT, MRI, PET"], "Modalities: CT and MRI lead with 2 papers each"),
        (["CT", "MRI", "PET"], "Modalities by number of papers"),
    ],
    ids=["one", "two", "three"],
)
def test_a_heading_says_which_terms_are_first(tmp_path: Path, terms: list[str], title: str) -> None:
    found = used(tmp_path, *(f"modalities: [{words}]" for words in terms))
    assert found["modalities"].title == title


def test_in_house_data_are_no_data_set(tmp_path: Path) -> None:
    words = FACETS.replace("datasets: {", "datasets: {terms: [{title: Own, in_house: true}], ")
    found = used(tmp_path, *["datasets: [Own]"] * 3, "datasets: [LiTS, ACDC]", words=words)
    assert counted(found["datasets"]) == {"LiTS": [1], "ACDC": [1]}
    assert "In-house data are left out." in found["datasets"].text


def test_a_single_term_has_no_bars(tmp_path: Path) -> None:
    assert "modalities" not in used(tmp_path, "modalities: [CT]")


@pytest.mark.parametrize(
    ("papers", "title"),
    [
        (["Liver CT", "Liver CT", "Heart MRI"], "Most common: Liver with CT, 2 papers"),
        (
            ["Liver CT", "Heart MRI", "Heart MRI", "Liver CT"],
            "Most common: Liver with CT and Heart with MRI, 2 papers each",
        ),
        (["Liver CT", "Heart MRI", "Survey PET"], "Organs and modalities"),
        (["Liver CT"], "Organs and modalities"),
    ],
    ids=["one", "two", "three", "a single pair"],
)
def test_a_heading_says_which_pairs_are_first(
    tmp_path: Path, papers: list[str], title: str
) -> None:
    texts = ("organs: [{}]\nmodalities: [{}]".format(*pair.split()) for pair in papers)
    assert used(tmp_path, *texts)["organs-modalities"].title == title


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ([2018, 2019, 2019, 2019], "from 2019"),
        ([2018, 2019, 2019, 2020], "from 2019 to 2020"),
        ([2010, 2012, 2013, 2013, 2013, 2014, 2016], "from 2013 to 2014"),
        ([2012, 2012, 2012, 2013, 2015, 2016], "from 2012 to 2013"),
    ],
    ids=["one year", "half is not enough", "the later one", "the shorter one"],
)
def test_a_heading_says_when_more_than_half_of_the_papers_appeared(
    tmp_path: Path, years: list[int], expected: str
) -> None:
    assert dated(tmp_path, *years).title == f"More than half of the papers date {expected}"


@pytest.mark.parametrize("years", [[2020], [2018, 2020]])
def test_the_whole_time_is_no_finding(tmp_path: Path, years: list[int]) -> None:
    assert dated(tmp_path, *years).title == "Papers per year"


def test_papers_without_a_year_or_long_ago_are_named_below_the_chart(tmp_path: Path) -> None:
    papers = {"old": "year: 1950", "new": "year: 2020", "undated": ""}
    chart = charts(library(tmp_path, papers, FACETS))["years"]
    assert chart.text == (
        "Papers per year of publication. 1 paper without a year is not counted. "
        "1 paper from before 1997 is not shown."
    )
    assert (chart.rows[0].title, len(chart.rows)) == ("1997", 24)
    assert [row.title for row in chart.all_rows][:2] == ["1950", "1997"]


def test_long_charts_say_what_they_leave_out_and_their_files_have_it(tmp_path: Path) -> None:
    words = {
        name: ", ".join(f"{name[0]}{n}" for n in range(30)) for name in ("organs", "modalities")
    }
    text = "\n".join(f"{name}: [{terms}]" for name, terms in words.items())
    atlas = library(tmp_path, {"a": text, "b": "organs: [o29]\nmodalities: [m29]"}, FACETS)
    chart = charts(atlas)["organs-modalities"]
    assert chart.text.endswith(
        "Organs: the 20 most used of 30. Modalities: the 12 most used of 30."
    )
    assert (len(chart.rows), len(chart.columns), len(chart.all_rows)) == (20, 12, 30)
    assert (chart.rows[0].title, chart.columns[0].title) == ("o29", "m29")
    assert len(charts(atlas)["modalities"].rows) == 10
    lines = chart_files([chart], ENGLISH)["charts/organs-modalities.csv"].splitlines()
    assert len(lines) == 31


def test_the_file_of_a_chart_has_its_numbers(atlas: Library) -> None:
    files = chart_files(charts_of(atlas, ENGLISH), ENGLISH)
    assert sorted(files) == sorted(f"charts/{name}.csv" for name in charts(atlas))
    rows = [*csv.reader(files["charts/organs-modalities.csv"].splitlines())]
    assert rows[:2] == [["Organs", "Papers", "CT", "MRI"], ["Liver", "2", "1", "1"]]
    assert files["charts/datasets.csv"] == "Data sets,Papers\r\nLiTS,3\r\nACDC,1\r\n"
    links = [str(tag["href"]) for tag in page(atlas).select(".pa-csv")]
    assert [link.removeprefix("../") for link in links] == list(files)


def test_a_cell_of_a_file_is_no_formula(tmp_path: Path) -> None:
    atlas = library(tmp_path, {"a": "modalities: ['=1+1', CT]\norgans: [Liver]"}, FACETS)
    files = chart_files(charts_of(atlas, ENGLISH), ENGLISH)
    assert "\n'=1+1,1" in files["charts/modalities.csv"]


def test_charts_work_under_a_strict_content_security_policy(atlas: Library) -> None:
    html = page(atlas)
    assert html.select("[style], style, script") == []
    assert not [tag for tag in html.find_all(True) if any(it.startswith("on") for it in tag.attrs)]


def test_texts_of_entries_are_escaped(tmp_path: Path) -> None:
    atlas = library(tmp_path, {"a": "organs: [Liver]\ndatasets: ['<u>\"x\"</u>', y]"}, FACETS)
    assert page(atlas).select("u") == []


@pytest.mark.parametrize(
    ("papers", "expected"),
    [
        ({}, []),
        ({"a": "organs: [Liver]"}, []),
        ({"a": "year: 2020"}, ["years"]),
        ({"a": "methods: [GAN]"}, ["organs-methods"]),
        ({"a": "organs: [Liver]", "b": "organs: [Heart]"}, ["organs"]),
    ],
    ids=["no papers", "no years", "one paper", "methods without years", "one facet"],
)
def test_charts_of_few_papers(tmp_path: Path, papers: dict[str, str], expected: list[str]) -> None:
    atlas = library(tmp_path, papers, FACETS)
    assert list(charts(atlas)) == expected


def test_years_have_no_gaps(atlas: Library, tmp_path: Path) -> None:
    assert atlas.years == range(2018, 2021)
    (tmp_path / "none").mkdir()
    assert library(tmp_path / "none", {}, FACETS).years == range(0)
