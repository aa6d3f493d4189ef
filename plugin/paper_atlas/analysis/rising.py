"""Numbers in an order that never falls, for things that keep their distance beside each other."""

from collections.abc import Iterable


def nearest_rising(values: Iterable[tuple[float, float]]) -> list[float]:
    """Return numbers that never fall, as near as possible to (number, weight) in the same order.

    Where the numbers fall, all take their weighted mean.
    https://en.wikipedia.org/wiki/Isotonic_regression

    >>> nearest_rising([(1, 1), (5, 1), (2, 2)])
    [1.0, 3.0, 3.0]
    """
    pools: list[tuple[float, float, int]] = []  # (sum of weighted numbers, weight, count)
    for value, weight in values:
        total, count = value * weight, 1
        while pools and pools[-1][0] / pools[-1][1] > total / weight:
            before = pools.pop()
            total, weight, count = total + before[0], weight + before[1], count + before[2]
        pools.append((total, weight, count))
    return [total / weight for total, weight, count in pools for _ in range(count)]
