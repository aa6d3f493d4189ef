"""The numbers of papers in the rows."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """Numbers of papers in a small, a large and a huge atlas."""

    small: int
    large: int
    huge: int


WHOLE, QUICK = Scale(1_000, 10_000, 100_000), Scale(200, 1_000, 2_000)
