"""The table: what was measured, what it is compared with, the figure, its aim, and the result."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from benchmarks.measuring import Cost, Subject


@dataclass(frozen=True)
class Quantity:
    """A number of a cost, and its text."""

    of: Callable[[Cost], float]
    text: Callable[[Cost], str]


def seconds(value: float) -> str:
    """Return seconds as text, or milliseconds if less than one second.

    >>> seconds(0.0123)
    '12.3 ms'
    """
    return f"{value:.2f} s" if value >= 1 else f"{1000 * value:.1f} ms"


CPU = Quantity(lambda cost: cost.cpu, lambda cost: f"{seconds(cost.cpu)} ({seconds(cost.wall)})")
WALL = Quantity(lambda cost: cost.wall, lambda cost: f"({seconds(cost.wall)})")
SCRIPT = Quantity(lambda cost: 1000 * cost.cpu, lambda cost: seconds(cost.cpu))
PEAK = Quantity(lambda cost: cost.peak, lambda cost: f"{cost.peak:.0f} MiB")
SIZE = Quantity(lambda cost: cost.size / 1e6, lambda cost: f"{cost.size / 1e6:.2f} MB")


def ratio(own: float, other: float) -> float:
    """Return the first as a multiple of the second."""
    return own / other


def added(own: float, other: float) -> float:
    """Return the difference as a multiple of the second."""
    return own / other - 1


@dataclass(frozen=True)
class Row:
    """A row of the table: a subject, alone or compared with another, with or without an aim."""

    what: str
    subject: Subject
    against: Subject | None
    aim: float | None
    quantity: Quantity = CPU
    figure: Callable[[float, float], float] = ratio
    unit: str = ""


def table(rows: Iterable[Row], costs: Mapping[Subject, Cost]) -> Iterator[str]:
    """Yield the lines of a Markdown table."""
    yield "| what | measured | against | figure | aim | reached |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for row in rows:
        yield f"| {' | '.join(_cells(row, costs))} |"


def _cells(row: Row, costs: Mapping[Subject, Cost]) -> tuple[str, ...]:
    own = costs.get(row.subject)
    other = costs.get(row.against) if row.against else Cost()
    aim = "–" if row.aim is None else f"≤ {row.aim:g}{row.unit}"
    if own is None or other is None:
        return row.what, "failed", "–", "–", aim, "–"
    value = row.quantity.of(own)
    if row.against:
        value = row.figure(value, row.quantity.of(other))
    against = f"{row.against.name}: {row.quantity.text(other)}" if row.against else "–"
    reached = "–" if row.aim is None else "yes" if value <= row.aim else "**no**"
    return row.what, row.quantity.text(own), against, f"{value:.2f}{row.unit}", aim, reached
