"""The plot of results over the years."""

import pytest
from helpers.small import entry
from paper_atlas.site.html.dot_plot import DotPlot, Point, dot_plot


def plot(*points: tuple[int, str], name: str = "Net") -> DotPlot:
    found = [
        Point(entry(f"year: {year}", f"p{number}"), f"{name} {number}", text, 0)
        for number, (year, text) in enumerate(points)
    ]
    return dot_plot("Dice", ["test"], found)


def test_the_oldest_paper_is_first_and_the_highest_value_on_top() -> None:
    found = plot((2020, "0.9"), (2018, "0.8"), (2019, "0.85"))
    assert [dot.point.text for dot in found.dots] == ["0.8", "0.85", "0.9"]
    xs, ys = [dot.x for dot in found.dots], [dot.y for dot in found.dots]
    assert xs == sorted(xs)
    assert ys == sorted(ys, reverse=True)


@pytest.mark.parametrize(
    ("texts", "ticks"),
    [
        (("0.9", "0.95", "0.97"), ["0.90", "0.92", "0.94", "0.96", "0.98"]),
        (("3", "12", "48"), ["0", "20", "40", "60"]),
        (("0.5", "0.5", "0.5"), ["0.4", "0.6"]),
        (("0", "0", "0"), ["0.0", "0.5"]),
        (("-4", "0", "4"), ["-4", "-2", "0", "2", "4"]),
    ],
)
def test_ticks_are_round_numbers_around_the_values(
    texts: tuple[str, ...], ticks: list[str]
) -> None:
    found = plot(*((2020, text) for text in texts))
    assert [text for text, _ in found.values] == ticks
    assert all(0 <= dot.share <= 100 for dot in found.dots)


def test_dots_of_one_year_are_beside_each_other() -> None:
    found = plot(*((2020, "0.9") for _ in range(5)), (2021, "0.8"))
    assert len({dot.x for dot in found.dots}) == 6


def test_names_are_left_out_where_they_would_overlap() -> None:
    few = plot((2018, "0.8"), (2020, "0.9"), (2022, "0.85"))
    assert all(dot.anchor for dot in few.dots)
    many = plot(*((2020, f"0.9{number:02}") for number in range(30)), name="A long name")
    named = [dot for dot in many.dots if dot.anchor]
    assert 0 < len(named) < 30
    assert len({dot.y for dot in named}) == len(named)


def test_a_long_axis_has_every_other_year() -> None:
    found = plot((1990, "1"), (2019, "2"), (2020, "3"))
    years = [int(text) for text, _ in found.years]
    assert len(years) <= 16
    assert years[0] == 1990
