"""Work grows in proportion to hostile input, and not with its square.

The lines of the package that run are counted, so a fast machine gives the same result as a slow
one. What C does is only measured by the time, in the long run.
"""

import pytest
from helpers.torture import FULL

from hostile.families import FAMILIES, family
from hostile.growth import FACTOR, Cost, count_lines, slope, take_time

MOST_LINES, MOST_SECONDS = 1.2, 1.5
SAMPLE = (
    "unknown_keys",
    "one_relation_repeated",
    "results_of_one_paper",
    "chain_of_terms",
    "paths_between_terms",
)


def sizes(name: str) -> tuple[int, int]:
    """The two numbers to compare: large ones in the long run."""
    number = FAMILIES[name].number * (FACTOR if FULL else 1)
    return number, number * FACTOR


@pytest.mark.parametrize("name", list(FAMILIES) if FULL else SAMPLE)
def test_the_lines_that_run_grow_in_proportion_to_the_input(name: str) -> None:
    costs = [count_lines(FAMILIES[name], number) for number in sizes(name)]
    assert slope([(cost.size, cost.lines) for cost in costs]) <= MOST_LINES, costs


if FULL:  # times need large inputs and a quiet machine

    @pytest.mark.parametrize("name", list(FAMILIES))
    def test_the_time_grows_in_proportion_to_the_input(name: str) -> None:
        costs = [take_time(FAMILIES[name], number) for number in sizes(name)]
        print(name, *costs)
        assert slope([(cost.size, cost.seconds) for cost in costs]) <= MOST_SECONDS, costs


def test_there_are_twenty_families() -> None:
    assert len(FAMILIES) >= 20
    assert set(SAMPLE) <= set(FAMILIES)


@pytest.mark.parametrize("power", [0, 1, 2, 3])
def test_the_slope_is_the_power_of_the_size(power: int) -> None:
    assert slope([(size, 7 * size**power) for size in (10, 40, 160)]) == pytest.approx(power)


def test_quadratic_work_would_be_noticed() -> None:
    """A control: lines are counted, and their square is seen."""
    from paper_atlas.text.lines import one_line

    def work(folder: object) -> None:
        count = len((folder / "a").read_text()) ** 2 if hasattr(folder, "joinpath") else 0  # type: ignore[operator]
        for _ in range(count):
            one_line("a b")

    family(10, work)(lambda number: {"a": "x" * number})
    chosen = FAMILIES.pop("<lambda>")
    costs: list[Cost] = [count_lines(chosen, number) for number in (10, 40)]
    assert slope([(cost.size, cost.lines) for cost in costs]) == pytest.approx(2, abs=0.1)
