"""The time to import a hostile list is nearly proportional to its size, on a quiet machine."""

import pytest
from helpers.torture import FULL

from hostile.growth_imports import FACTOR, FAMILIES, seconds

SIZE = 40_000
FLOOR = 0.02
"""Seconds below which a time is mostly that of what does not grow."""


def test_there_are_twenty_families() -> None:
    assert len(FAMILIES) >= 20


if FULL:

    @pytest.mark.parametrize("name", list(FAMILIES))
    def test_the_time_is_not_quadratic(name: str) -> None:
        def ratio() -> float:
            return seconds(name, FACTOR * SIZE) / max(seconds(name, SIZE), FLOOR)

        # Quadratic time has the ratio 16, linear time 4.
        assert ratio() < 9 or ratio() < 9
