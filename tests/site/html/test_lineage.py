"""The forest of papers that extend each other, and its drawing."""

from pathlib import Path

import pytest
from helpers.small import library
from paper_atlas import Library, load
from paper_atlas.analysis.lineage import lineage_forest, nested_list
from paper_atlas.site.html.lineage_svg import draw_lineage

Papers = dict[str, tuple[int | None, list[str]]]


def atlas(folder: Path, papers: Papers) -> Library:
    """Return papers with their years and the papers that they extend."""
    for number, (name, (year, above)) in enumerate(papers.items()):
        lines = [f"title: {name}", "topics: [Liver]", f"links: {{doi: 10.1000/{number}}}"]
        lines += [f"year: {year}"] if year else []
        lines += [f"extends: [{', '.join(above)}]"] if above else []
        (folder / f"{name}.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return load(folder, folder)


FAMILY: Papers = {
    "unet": (2015, []),
    "unet3d": (2016, ["unet"]),
    "nnunet": (2021, ["unet", "unet3d"]),
    "attention": (2018, ["unet"]),
    "loner": (2017, []),
    "undated": (None, ["unet"]),
}


def test_each_paper_is_listed_once_below_the_newest_paper_it_extends(tmp_path: Path) -> None:
    nodes = lineage_forest(atlas(tmp_path, FAMILY))
    assert [(node.entry.id, node.depth) for node in nodes] == [
        ("unet", 0), ("undated", 1), ("unet3d", 1), ("nnunet", 2), ("attention", 1),
    ]  # fmt: skip
    assert [[it.id for it in node.other_parents] for node in nodes] == [[], [], [], ["unet"], []]


def test_the_drawing_has_a_row_for_each_paper_and_a_line_for_each_relation(tmp_path: Path) -> None:
    library = atlas(tmp_path, FAMILY)
    nodes = lineage_forest(library)
    picture = draw_lineage(nodes)
    assert [year for year, _ in picture.years] == ["?", *map(str, range(2015, 2022))]
    heights = [dot.y for dot in picture.dots]
    assert heights == sorted(set(heights))
    assert len(picture.lines) == sum(len(entry.extends) for entry in library.entries)
    assert [line.main for line in picture.lines].count(False) == 1
    assert max(dot.x for dot in picture.dots) < picture.width
    assert max(heights) < picture.height


def test_a_paper_is_drawn_right_of_the_papers_it_extends(tmp_path: Path) -> None:
    library = atlas(tmp_path, {"a": (2020, []), "b": (2020, ["a"]), "c": (2020, ["b"])})
    dots = draw_lineage(lineage_forest(library)).dots
    assert [dot.entry.id for dot in dots] == ["a", "b", "c"]
    assert dots[0].x < dots[1].x < dots[2].x


def test_the_nested_list_is_balanced(tmp_path: Path) -> None:
    steps = list(nested_list(lineage_forest(atlas(tmp_path, FAMILY))))
    opened = [opening for _, _, opening in steps].count(True)
    assert opened == sum(closing for _, closing, _ in steps)
    assert [closing for _, closing, _ in steps] == [0, 0, 0, 1, 1]


def test_a_long_chain_of_papers_needs_no_recursion(tmp_path: Path) -> None:
    papers: Papers = {f"p{n}": (2000, [f"p{n - 1}"] if n else []) for n in range(1200)}
    library = atlas(tmp_path, papers)
    nodes = lineage_forest(library)
    assert nodes[-1].depth == 1199
    assert len(draw_lineage(nodes).dots) == 1200


@pytest.mark.parametrize("papers", [{}, {"a": (2000, [])}])
def test_without_relations_there_is_no_forest(papers: Papers, tmp_path: Path) -> None:
    assert lineage_forest(atlas(tmp_path, papers)) == []


@pytest.mark.parametrize(
    ("title", "label"),
    [("a" * 40, "a" * 40), ("a" * 41, f"{'a' * 39}…"), (f"{'a' * 38} bcd", f"{'a' * 38}…")],
    ids=["40 letters", "41 letters", "blank before the cut"],
)
def test_a_label_has_at_most_40_letters(title: str, label: str, tmp_path: Path) -> None:
    papers = {"a": f"title: {title}", "b": "extends: [a]"}
    (dot, _) = draw_lineage(lineage_forest(library(tmp_path, papers))).dots
    assert dot.label == label
