"""The drawing of the lineage: columns of years, boxes that do not overlap, lines between boxes."""

import re
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

import pytest
from helpers.small import library
from paper_atlas.analysis.lineage import families, heads_of, lineage_forest
from paper_atlas.site.html.lineage_svg import BOX_HEIGHT, Drawing, PaperBox, draw_lineage

FAMILY = {
    "unet": "title: 'U-Net: x'\nyear: 2015",
    "unet3d": "title: '3D U-Net: x'\nyear: 2016\nextends: [unet]",
    "nnunet": "title: 'nnU-Net: x'\nyear: 2021\nextends: [unet, unet3d]",
    "attention": "year: 2018\nextends: [unet]",
    "dense": "year: 2018\nextends: [unet]",
    "other": "year: 2019\nextends: [attention]",
    "undated": "extends: [unet]",
}


def drawing(folder: Path, papers: Mapping[str, str]) -> Drawing:
    nodes = lineage_forest(library(folder, papers))
    return draw_lineage(families(nodes), heads_of(nodes, 5))


def boxes(of: Drawing) -> dict[str, PaperBox]:
    return {box.entry.id: box for box in of.boxes}


def levels(path: str) -> list[tuple[float, float, float]]:
    """Return the horizontal parts of a line as (left, right, y)."""
    found, x, y = [], 0.0, 0.0
    for command, numbers in re.findall(r"([MCH])([^MCH]+)", path):
        values = [float(number) for number in numbers.split()]
        if command == "H":
            found.append((x, values[0], y))
        x, y = (values[0], y) if command == "H" else (values[-2], values[-1])
    return found


def big_family(count: int) -> dict[str, str]:
    """A family in which each paper extends earlier ones, by a rule that looks like chance."""
    papers = {"p0": "year: 2010"}
    for n in range(1, count):
        above = {f"p{n * 7 % n // 2}", f"p{n // 3}", f"p{n // 5}"}
        papers[f"p{n}"] = f"year: {2010 + n * 12 // count}\nextends: [{', '.join(sorted(above))}]"
    return papers


def test_a_column_is_a_year_and_undated_papers_come_last(tmp_path: Path) -> None:
    found = drawing(tmp_path, FAMILY)
    assert [year for year, _ in found.years] == [*map(str, range(2015, 2022)), "?"]
    places = dict(found.years)
    for box in found.boxes:
        assert box.x == places[str(box.entry.year or "?")]
    assert places["2015"] < places["2016"] < places["?"] < found.width


def test_a_paper_is_right_of_one_of_the_same_year_that_it_extends(tmp_path: Path) -> None:
    papers = {"a": "year: 2020", "b": "year: 2020\nextends: [a]", "c": "year: 2020\nextends: [b]"}
    found = drawing(tmp_path, papers)
    a, b, c = (box.x for box in found.boxes)
    assert a < b < c
    assert [year for year, _ in found.years] == ["2020"]


def test_a_line_to_an_earlier_year_ends_at_the_near_side(tmp_path: Path) -> None:
    papers = {"a": "year: 2020", "b": "year: 2018\nextends: [a]"}
    found = drawing(tmp_path, papers)
    (edge,) = found.edges
    at = boxes(found)
    assert edge.path.startswith(f"M{at['a'].x:g} ")
    assert edge.path.endswith(f" {at['b'].x + at['b'].width:g} {at['b'].y:.1f}")


@pytest.mark.parametrize("papers", [FAMILY, big_family(60), big_family(300)])
def test_no_boxes_overlap_and_no_line_passes_through_one(
    tmp_path: Path, papers: dict[str, str]
) -> None:
    found = drawing(tmp_path, papers)
    assert len(found.boxes) == len(papers)
    assert all(box.y - BOX_HEIGHT / 2 > 0 for box in found.boxes)
    assert all(box.y + BOX_HEIGHT / 2 <= found.height + 1 for box in found.boxes)
    for one, other in combinations(found.boxes, 2):
        assert one.x != other.x or abs(one.y - other.y) >= BOX_HEIGHT, (one, other)
    for edge in found.edges:
        for left, right, y in levels(edge.path):
            crossed = [
                box.label
                for box in found.boxes
                if box.x < right and left < box.x + box.width
                if abs(box.y - y) < BOX_HEIGHT / 2
            ]
            assert crossed == [], edge


def test_there_is_a_line_for_each_relation_from_box_to_box(tmp_path: Path) -> None:
    found = drawing(tmp_path, FAMILY)
    relations = {(edge.start, edge.end) for edge in found.edges}
    assert relations == {
        ("unet", "unet3d"), ("unet", "nnunet"), ("unet3d", "nnunet"), ("unet", "attention"),
        ("unet", "dense"), ("attention", "other"), ("unet", "undated"),
    }  # fmt: skip
    at = boxes(found)
    for edge in found.edges:
        start, end = at[edge.start], at[edge.end]
        assert edge.path.startswith(f"M{start.x + start.width:g} {start.y:.1f}")
        assert edge.path.endswith(f" {end.x:g} {end.y:.1f}")


def test_lines_from_one_paper_share_their_lane(tmp_path: Path) -> None:
    papers = {"a": "year: 2015", "x": "year: 2016\nextends: [a]"}
    papers |= dict.fromkeys("bcd", "year: 2017\nextends: [a]")
    edges = {edge.end: edge.path for edge in drawing(tmp_path, papers).edges}
    assert len({tuple(levels(edges[name])) for name in "bcd"}) == 1


def test_a_paper_has_the_colour_of_the_nearest_head(tmp_path: Path) -> None:
    parents = {
        "a": "",
        "b": "a",
        "c": "a",
        "e": "b",
        "f": "b",
        "g": "b",
        "h": "g",
        "x": "",
        "y": "x",
    }
    papers = {name: f"extends: [{above}]" if above else "" for name, above in parents.items()}
    found = boxes(drawing(tmp_path, papers))
    assert {name: box.kind for name, box in found.items()} == {
        **dict.fromkeys("befgh", 1), **dict.fromkeys("ac", 2), **dict.fromkeys("xy", 6),
    }  # fmt: skip
    assert [name for name, box in found.items() if box.is_head] == ["a", "b"]


@pytest.mark.parametrize(
    ("title", "label"),
    [("x" * 17, "x" * 17), ("x" * 18, f"{'x' * 16}…"), (f"{'x' * 15} yyy", f"{'x' * 15}…")],
    ids=["17 letters", "18 letters", "blank before the cut"],
)
def test_a_long_label_is_cut(title: str, label: str, tmp_path: Path) -> None:
    papers = {"a": f"title: {title}", "b": "title: b\nextends: [a]"}
    assert boxes(drawing(tmp_path, papers))["a"].label == label


def test_years_without_papers_are_narrow_and_long_gaps_are_left_out(tmp_path: Path) -> None:
    near = drawing(tmp_path, {"a": "year: 2015", "b": "year: 2017\nextends: [a]"})
    assert [year for year, _ in near.years] == ["2015", "2016", "2017"]
    far = drawing(tmp_path, {"a": "year: 1950", "b": "year: 2017\nextends: [a]"})
    assert [year for year, _ in far.years] == ["1950", "2017"]


def test_a_long_chain_needs_no_recursion(tmp_path: Path) -> None:
    chain = {f"p{n}": f"year: 2000\nextends: [p{n - 1}]" if n else "" for n in range(400)}
    assert len(drawing(tmp_path, chain).boxes) == 400
