"""The order of papers that build on each other, and their labels in the drawing."""

from pathlib import Path

import pytest
from paper_atlas import load
from paper_atlas.analysis.lineage import LineageNode, lineage_forest
from paper_atlas.site.html.lineage_svg import draw_lineage


def forest_of(folder: Path, **papers: str) -> list[LineageNode]:
    """The forest of papers; each is given as lines of its file, in addition to topic and link."""
    for number, (name, lines) in enumerate(papers.items()):
        text = f"topics: [Liver]\nlinks: {{doi: 10.1000/{number}}}\n{lines}\n"
        text += "" if "title:" in lines else f"title: {name}\n"
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    return lineage_forest(load(folder, folder))


def test_papers_of_a_year_are_sorted_by_title_without_case(tmp_path: Path) -> None:
    titles = {"p1": "spleen", "p2": "Heart", "p3": "Vein"}
    papers = {name: f"title: {title}\nextends: [root]" for name, title in titles.items()}
    nodes = forest_of(tmp_path, root="", **papers)
    assert [node.entry.title for node in nodes] == ["root", "Heart", "spleen", "Vein"]


def test_a_paper_in_a_circle_is_in_the_forest_once(tmp_path: Path) -> None:
    """The check reports one of two circles that share a paper, and leaves out its first paper."""
    nodes = forest_of(tmp_path, a="extends: [b]", b="extends: [a, c]", c="extends: [b]")
    assert [(node.entry.id, node.depth) for node in nodes] == [("b", 0), ("c", 1)]


@pytest.mark.parametrize(
    ("title", "label"),
    [("x" * 40, "x" * 40), ("x" * 41, f"{'x' * 39}…"), (f"{'x' * 38} yyyy", f"{'x' * 38}…")],
)
def test_a_label_has_at_most_forty_characters(title: str, label: str, tmp_path: Path) -> None:
    dots = draw_lineage(forest_of(tmp_path, root=f"title: {title}", p="extends: [root]")).dots
    assert dots[0].label == label


def test_a_drawing_is_as_wide_as_its_labels(tmp_path: Path) -> None:
    narrow = draw_lineage(forest_of(tmp_path, root="", p="extends: [root]"))
    wide = draw_lineage(forest_of(tmp_path, root=f"title: {'x' * 40}", p="extends: [root]"))
    assert wide.width - narrow.width > 200


def test_the_axis_has_years_without_papers_and_no_column_for_undated_papers_without_need(
    tmp_path: Path,
) -> None:
    papers = {"root": "year: 2015", "p": "year: 2017\nextends: [root]"}
    assert [label for label, _ in draw_lineage(forest_of(tmp_path, **papers)).years] == [
        "2015",
        "2016",
        "2017",
    ]
