"""The pages of terms: data sets, results and problems."""

from pathlib import Path
from typing import Any

from helpers.small import library
from paper_atlas import Library
from paper_atlas.analysis.leaderboards import leaderboards_by_dataset
from paper_atlas.site.page import Fragment, Page
from paper_atlas.site.pages.terms import term_pages
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
metrics: [{title: Dice}, {title: IoU}, {title: NSD}, {title: ASD}]
"""


def page_of(atlas: Library, name: str, facet: str = "organs") -> Page:
    found = term_pages(atlas, ENGLISH, facet, leaderboards_by_dataset(atlas))
    return next(page for page in found if page.path == f"{facet}/{name}.md")


def fragments(page: Page, template: str) -> list[Fragment]:
    return [fragment for fragment in page.fragments.values() if fragment.template == template]


def used(folder: Path, *papers: str) -> list[Any]:
    """The data sets on the page of the liver."""
    atlas = library(folder, {f"p{n}": text for n, text in enumerate(papers)}, FACETS)
    return [*fragments(page_of(atlas, "liver"), "datasets.html.jinja")[0].values["used"]]


def result(metric: str, split: str, dataset: str = "LiTS") -> str:
    return f"{{dataset: {dataset}, metric: {metric}, value: 0.9, split: {split}}}"


def test_data_sets_about_another_term_are_left_out(tmp_path: Path) -> None:
    found = used(tmp_path, "datasets: [Any, LiTS, Whole, ACDC]")
    assert [use.term.title for use in found] == ["Any", "LiTS", "Whole"]


def test_the_most_used_data_set_comes_first(tmp_path: Path) -> None:
    found = used(tmp_path, "datasets: [Any, LiTS]", "datasets: [LiTS]")
    assert [(use.term.title, use.count) for use in found] == [("LiTS", 2), ("Any", 1)]


def test_three_leaderboards_of_a_data_set_are_shown_and_others_counted(tmp_path: Path) -> None:
    results = ", ".join(result(metric, "folds") for metric in ("Dice", "IoU", "NSD", "ASD"))
    (found,) = used(tmp_path, f"datasets: [LiTS]\nresults: [{results}]")
    assert (len(found.tables), found.more) == (3, 1)


def test_leaderboards_of_the_test_set_come_first_and_then_the_longest_ones(tmp_path: Path) -> None:
    dice, iou, test = result("Dice", "folds"), result("IoU", "folds"), result("NSD", "test")
    texts = [
        f"datasets: [LiTS]\nresults: [{results}]" for results in (f"{dice}, {iou}, {test}", iou)
    ]
    (found,) = used(tmp_path, *texts)
    assert [table.metric for table in found.tables] == ["NSD", "IoU", "Dice"]


def test_a_leaderboard_without_a_ranked_result_is_not_shown(tmp_path: Path) -> None:
    odd = result("Dice", "test").replace("Dice", "Odd")
    (found,) = used(tmp_path, f"datasets: [LiTS]\nresults: [{odd}]")
    assert (found.tables, found.more) == ([], 0)


def test_headings_of_results_name_narrower_data_sets(tmp_path: Path) -> None:
    results = f"results: [{result('Dice', 'test')}, {result('IoU', 'test', 'LiTS 2017')}]"
    atlas = library(tmp_path, {"one": f"datasets: [LiTS, LiTS 2017]\n{results}"}, FACETS)
    body = page_of(atlas, "lits", "datasets").body
    headings = [line for line in body.splitlines() if line.startswith("### ")]
    assert headings == [
        "### Dice &#40;test&#41; {#results_1}", "### LiTS 2017&#44; IoU &#40;test&#41; {#results_2}"
    ]  # fmt: skip


def test_the_page_of_a_main_term_shows_problems_of_its_broken_files(tmp_path: Path) -> None:
    atlas = library(tmp_path, {"one": "year: [1]\norgans: [Liver]\ndatasets: [LiTS]"}, FACETS)
    assert fragments(page_of(atlas, "liver"), "problems.html.jinja")
    assert not fragments(page_of(atlas, "heart"), "problems.html.jinja")


def test_the_page_of_a_term_of_another_facet_shows_no_problems(tmp_path: Path) -> None:
    words = FACETS.replace("- Any", "- Heart")
    atlas = library(tmp_path, {"one": "year: [1]\norgans: [Heart]"}, words)
    assert fragments(page_of(atlas, "heart"), "problems.html.jinja")
    assert not fragments(page_of(atlas, "heart", "datasets"), "problems.html.jinja")


def test_the_page_of_a_term_without_papers_asks_for_one_unless_it_has_narrower_terms(
    tmp_path: Path,
) -> None:
    atlas = library(tmp_path, {}, FACETS)
    assert "No paper on Heart yet." in page_of(atlas, "heart").body
    body = page_of(atlas, "body").body
    assert "See also:" in body
    assert "No paper on" not in body
