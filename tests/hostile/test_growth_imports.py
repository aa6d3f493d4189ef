"""The time to import a hostile list is nearly proportional to its size."""

import pytest
from helpers.torture import FULL, amount

from hostile.growth_imports import FACTOR, FAMILIES, seconds

SIZE = amount(3_000, 40_000)
SAMPLE = tuple(FAMILIES) if FULL else tuple(FAMILIES)[::4]
FLOOR = 0.02
"""Seconds below which a time is mostly that of what does not grow."""


@pytest.mark.parametrize("name", SAMPLE)
def test_the_time_is_not_quadratic(name: str) -> None:
    def ratio() -> float:
        return seconds(name, FACTOR * SIZE) / max(seconds(name, SIZE), FLOOR)

    # Quadratic time has the ratio 16, linear time 4.
    assert min(ratio(), 1_000) < 9 or ratio() < 9
