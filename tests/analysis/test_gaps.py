"""Which tasks each gap lists: papers and terms that lack something."""

from pathlib import Path

from paper_atlas import load
from paper_atlas.analysis.gaps import find_gaps
from paper_atlas.analysis.leaderboards import leaderboards_by_dataset
from paper_atlas.translation import ENGLISH

VOCABULARY = """\
facets:
  organs: {title: Organs, pages: true, terms: [Liver, Heart, Lung, Brain]}
  datasets: {title: Data sets, terms: [LiTS, BTCV]}
metrics: [{title: Dice, most: 1}]
"""


def gaps(folder: Path, *papers: str) -> dict[str, list[tuple[str, str]]]:
    """The id and the detail of each task by gap; papers are lines of files with ids from `a` on."""
    (folder / "vocabulary.yml").write_text(VOCABULARY, encoding="utf-8")
    for number, lines in enumerate(papers):
        name = "abcdef"[number]
        text = f"title: {name}\n{lines}\n"
        text += "" if "organs:" in lines else "organs: [Liver]\n"
        text += "" if "links:" in lines else f"links: {{doi: 10.1000/{number}}}\n"
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    library = load(folder, folder)
    assert library.broken_entries == ()
    found = find_gaps(library, leaderboards_by_dataset(library), ENGLISH)
    return {gap.id: [(task.subject.id, task.detail) for task in gap.tasks] for gap in found}


def test_a_term_is_quiet_three_years_after_its_newest_paper(tmp_path: Path) -> None:
    years = {"Liver": 2020, "Heart": 2018, "Lung": 2017}
    papers = [f"organs: [{organ}]\nyear: {year}" for organ, year in years.items()]
    assert gaps(tmp_path, *papers)["quiet"] == [
        ("lung", "newest paper: 2017"),
        ("brain", "no paper yet"),
    ]


def test_years_are_counted_back_from_the_newest_paper(tmp_path: Path) -> None:
    found = gaps(tmp_path, "organs: [Liver, Heart, Lung, Brain]\nyear: 1995")
    assert "quiet" not in found


def test_a_paper_with_another_link_than_a_search_is_no_gap(tmp_path: Path) -> None:
    search = "scholar: https://scholar.google.com/scholar?q=a"
    found = gaps(tmp_path, f"links: {{{search}}}", f"links: {{{search}, pmid: '1'}}")
    assert found["only_a_search"] == [("a", "")]


def test_a_preprint_without_a_doi_is_a_gap(tmp_path: Path) -> None:
    assert gaps(tmp_path, 'links: {arxiv: "1709.07330"}', "")["without_doi"] == [("a", "")]


def result(dataset: str, split: str = "test") -> str:
    return f"{{dataset: {dataset}, split: {split}, metric: Dice, value: 0.9}}"


def test_a_data_set_that_papers_use_is_a_gap_until_it_has_a_result(tmp_path: Path) -> None:
    used = gaps(tmp_path, "datasets: [LiTS]")
    assert used["datasets_without_results"] == [("lits", "")]
    measured = gaps(tmp_path, f"datasets: [LiTS]\nresults: [{result('LiTS')}]")
    assert "datasets_without_results" not in measured


def test_results_without_a_split_list_each_data_set_once(tmp_path: Path) -> None:
    loose = result("LiTS").replace("split: test, ", "")
    split = result("BTCV")
    found = gaps(tmp_path, f"results: [{loose}, {loose.replace('0.9', '0.8')}, {split}]")
    assert found["results_without_split"] == [("a", "LiTS")]


def test_the_detail_of_a_task_lists_unverified_keys(tmp_path: Path) -> None:
    found = gaps(tmp_path, "year: 2020\nunverified: [year, doi]")
    assert found["unverified_facts"] == [("a", "year, doi")]


def test_gaps_are_in_a_fixed_order(tmp_path: Path) -> None:
    found = gaps(tmp_path, "links: {pmid: '1'}\nyear: 2020\ndatasets: [LiTS]\nunverified: [year]")
    assert list(found) == [
        *("without_doi", "without_authors", "datasets_without_results", "quiet"),
        "unverified_facts",
    ]
