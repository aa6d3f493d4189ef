"""The numbers of papers in the rows."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """Numbers of papers in a small, a large and a huge atlas (0: none), and on pages."""

    small: int = 1_000
    large: int = 10_000
    huge: int = 100_000
    cards: tuple[int, ...] = (1_000, 5_000)


WHOLE, QUICK = Scale(), Scale(large=1_000, huge=0, cards=(1_000,))
