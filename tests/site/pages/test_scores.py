"""The tables and the plot of the results on a data set."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from helpers.small import library
from paper_atlas import Library
from paper_atlas.analysis.leaderboards import leaderboards_by_dataset
from paper_atlas.site.addresses import Addresses
from paper_atlas.site.blocks import DatasetScores
from paper_atlas.site.html.renderer import Renderer
from paper_atlas.site.pages.scores import dataset_scores
from paper_atlas.translation import ENGLISH

WORDS = """\
facets:
  organs: {title: Organs, pages: true, terms: [Liver]}
  targets: {title: Targets, open: true}
  datasets: {title: Data sets, pages: true, terms: [S, {title: S 2017, parents: [S]}, Other]}
metrics: [{title: Dice}, {title: HD95, better: lower}, {title: IoU}]
"""


def one(value: float, target: str = "", metric: str = "Dice", **keys: str) -> str:
    given = {"dataset": "S", "split": "test", "metric": metric, "target": target, **keys}
    words = ", ".join(f"{key}: '{text}'" for key, text in given.items() if text)
    return f"{{{words}, value: {value}}}"


def paper(*results: str, year: int = 2020, more: str = "datasets: [S]") -> str:
    return f"year: {year}\n{more}\nresults: [{', '.join(results)}]"


def atlas(folder: Path, *papers: str) -> Library:
    return library(folder, {f"p{number}": text for number, text in enumerate(papers)}, WORDS)


def found_in(of: Library, name: str = "S") -> list[DatasetScores]:
    term = of.vocabulary.facets["datasets"].find_term(name)
    assert term
    return dataset_scores(of, ENGLISH, term, leaderboards_by_dataset(of))


def scores(folder: Path, *papers: str) -> DatasetScores:
    (found,) = found_in(atlas(folder, *papers))
    return found


def html_of(folder: Path, *papers: str) -> str:
    of = atlas(folder, *papers)
    renderer = Renderer(of, Addresses())
    return "".join(renderer.html(block, renderer.links_from("../../")) for block in found_in(of))


def rows_of(html: str) -> list[list[str]]:
    """The texts of the cells of each row in the bodies of tables."""
    bodies = "".join(re.findall("<tbody>(.*?)</tbody>", html, re.DOTALL))
    cells = [re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row) for row in bodies.split("</tr>")]
    return [[re.sub("<.*?>", "", cell).strip() for cell in row] for row in cells if row]


def test_a_data_set_without_results_has_no_section(tmp_path: Path) -> None:
    assert found_in(atlas(tmp_path, "datasets: [S]")) == []


def test_one_paper_is_neither_ranked_nor_the_best(tmp_path: Path) -> None:
    html = html_of(tmp_path, paper(one(0.9, stated="Table 1")), "datasets: [S]")
    assert "1 of 2 papers reports a comparable value" in html
    assert "1 paper: not ranked." in html
    assert "best" not in html.replace("The best value", "")
    assert rows_of(html) == [["Paper p0 2020", "0.9", "Table 1"]]
    assert "pa-plot" not in html


def test_two_papers_are_not_ranked_and_cannot_be_sorted(tmp_path: Path) -> None:
    html = html_of(tmp_path, paper(one(0.8)), paper(one(0.9)))
    assert "2 papers: not ranked." in html
    assert html.count('class="num best"') == 1
    assert "data-sort" not in html


def test_three_papers_are_in_order_with_a_plot(tmp_path: Path) -> None:
    html = html_of(tmp_path, *(paper(one(value)) for value in (0.8, 0.91, 0.85)))
    assert "not ranked" not in html
    assert [row[1] for row in rows_of(html)] == ["0.91", "0.85", "0.8"]
    assert html.count("<circle") == 2 * 3  # in the drawing and in the rows for narrow screens
    assert 'data-sort="number"' in html


def test_the_official_test_set_is_called_so_and_other_splits_as_the_curator_wrote(
    tmp_path: Path,
) -> None:
    found = scores(tmp_path, paper(one(0.9), one(0.8, split="five folds")))
    assert [(one.title, one.metric, one.has_heading) for one in found.scores] == [
        ("Official test set", "Dice", True), ("Five folds", "Dice", True),
    ]  # fmt: skip


def test_results_of_narrower_data_sets_follow(tmp_path: Path) -> None:
    other = one(0.8, dataset="S 2017")
    found = scores(tmp_path, paper(one(0.9)), paper(other, more="datasets: [S 2017]"))
    assert [one.dataset and one.dataset.title for one in found.scores] == [None, "S 2017"]
    assert (found.compared, found.papers) == (2, 2)


def test_a_further_table_with_one_row_is_folded_under_its_columns(tmp_path: Path) -> None:
    papers = [paper(one(value)) for value in (0.8, 0.9)]
    more = [paper(one(0.7, "vein")), paper(one(3, "artery", "HD95"), one(2, "vein", "HD95"))]
    found = scores(tmp_path, *papers, *more)
    assert [(one.is_folded, one.has_heading) for one in found.scores] == [
        (False, True), (True, False), (True, False),
    ]  # fmt: skip
    assert list(found.scores[1].remarks) == []
    html = html_of(tmp_path, *papers, *more)
    summaries = re.findall(r"<summary><span>(.*?)</span>", html)
    assert sorted(summaries) == ["Dice: Vein", "HD95: Artery, Vein"]
    assert html.count("not ranked") == 1


def test_values_without_a_split_are_folded(tmp_path: Path) -> None:
    results = [one(0.9), one(0.8, split=""), one(0.7, "vein", split="")]
    html = html_of(tmp_path, paper(*results))
    assert "Split not stated: 2 values from 1 paper, not compared" in html
    assert rows_of(html)[1:] == [
        ["Paper p0 2020", "Dice", "0.8", "not stated"],
        ["Paper p0 2020", "Vein, Dice", "0.7", "not stated"],
    ]


def test_a_retracted_paper_is_left_out(tmp_path: Path) -> None:
    html = html_of(
        tmp_path, paper(one(0.8)), paper(one(0.9), more="datasets: [S]\nretracted: 10.1000/99")
    )
    assert len(rows_of(html)) == 1
    assert "1 of 2 papers" in html


def test_an_unverified_value_says_so(tmp_path: Path) -> None:
    html = html_of(tmp_path, paper(one(0.8), more="datasets: [S]\nunverified: [results]"))
    assert "0 of 1 paper report" in html
    assert "not yet checked" in html


def test_columns_name_the_metric_if_there_are_several(tmp_path: Path) -> None:
    found = scores(tmp_path, paper(one(0.9, "vein"), one(3, "vein", "HD95"), one(0.8)))
    (only,) = found.scores
    assert only.tables[0].heads == ["Vein, Dice", "Vein, HD95", "Dice"]
    assert list(only.remarks) == ["1 paper: not ranked.", "HD95: Lower is better."]


@pytest.mark.parametrize(
    ("targets", "metrics", "choices"),
    [
        (["A", "B", "C"], ["Dice", "HD95"], [""]),
        (["A", "B", "C", "D"], ["Dice", "HD95"], ["Dice", "HD95"]),
        ([f"{part}, {phase}" for part in "ABCD" for phase in ("ED", "ES")], ["Dice"], ["ED", "ES"]),
        ([f"T{number}" for number in range(12)], ["Dice"], [""]),
    ],
)
def test_a_reader_chooses_a_part_of_many_columns(
    tmp_path: Path, targets: Sequence[str], metrics: Sequence[str], choices: Sequence[str]
) -> None:
    results = [one(0.9, target, metric) for metric in metrics for target in targets]
    found = scores(tmp_path, paper(*results))
    (only,) = found.scores
    assert [table.title for table in only.tables] == choices
    count = len(targets) * len(metrics)
    assert sum(len(table.heads) for table in only.tables) == count
    assert only.tables[0].heads[0] in ("A, Dice", "A", "T0")


def test_the_plot_has_the_column_with_most_values_of_up_to_two_splits(tmp_path: Path) -> None:
    papers = [
        paper(one(0.9 - number / 100), one(0.5, "vein"), one(0.7, split="a"), year=2015 + number)
        for number in range(3)
    ]
    plot = scores(tmp_path, *papers, paper(one(0.6), one(0.6, split="b"))).plot
    assert plot
    assert (plot.subject, plot.splits) == ("Dice", ("Official test set", "A"))
    assert [dot.point.text for dot in plot.dots] == [
        "0.9",
        "0.7",
        "0.89",
        "0.7",
        "0.88",
        "0.7",
        "0.6",
    ]


@pytest.mark.parametrize(
    "papers",
    [
        lambda: [paper(one(0.9)), paper(one(0.8)), paper(one(0.7, split="a"))],
        lambda: [paper(one(9, metric="Luck")) for _ in range(3)],
        lambda: [paper(one(0.9)).replace("year: 2020\n", "") for _ in range(3)],
    ],
)
def test_fewer_than_three_dated_values_of_a_split_have_no_plot(
    tmp_path: Path, papers: Callable[[], list[str]]
) -> None:
    assert scores(tmp_path, *papers()).plot is None
