"""The table: what was measured, what it is compared with, their ratio, the aim, and the result."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from benchmarks.measuring import Cost, Subject


@dataclass(frozen=True)
class Quantity:
    """A number of a cost in a unit; `in_words` is used instead of number and unit."""

    of: Callable[[Cost], float]
    unit: str = ""
    in_words: Callable[[Cost], str] | None = None

    def text(self, cost: Cost) -> str:
        """Return the number with its unit."""
        return self.in_words(cost) if self.in_words else self.with_unit(number(self.of(cost)))

    def with_unit(self, text: str) -> str:
        """Return a number as text with the unit."""
        return f"{text} {self.unit}".rstrip()


def number(value: float) -> str:
    """Return a number without decimals if it is large.

    >>> number(12_345.6), number(5.96)
    ('12,346', '6.0')
    """
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def seconds(value: float) -> str:
    """Return seconds as text, or milliseconds if less than one second.

    >>> seconds(0.0123)
    '12.3 ms'
    """
    return f"{value:.2f} s" if value >= 1 else f"{1000 * value:.1f} ms"


CPU = Quantity(
    lambda cost: cost.cpu, in_words=lambda cost: f"{seconds(cost.cpu)} ({seconds(cost.wall)})"
)
WALL = Quantity(lambda cost: cost.wall, in_words=lambda cost: f"({seconds(cost.wall)})")
SCRIPT = Quantity(lambda cost: 1000 * cost.cpu, "ms")
PEAK = Quantity(lambda cost: cost.peak, "MiB")
MEGABYTES = Quantity(lambda cost: cost.size / 1e6, "MB")
KILOBYTES = Quantity(lambda cost: cost.size / 1e3, "kB")
GZIP = Quantity(lambda cost: cost.gzip / 1e3, "kB")
FILES = Quantity(lambda cost: cost.files)
SCORE = Quantity(lambda cost: cost.score)


@dataclass(frozen=True)
class Row:
    """A row of the table: a subject with an aim.

    The aim is for the quantity, or for its ratio to that of `against`. It is the largest value that
    is accepted, or the smallest if `at_least`.
    """

    what: str
    subject: Subject
    against: Subject | None
    aim: float
    quantity: Quantity = CPU
    at_least: bool = False

    def value(self, own: Cost, other: Cost | None) -> float:
        """Return the quantity, or the ratio."""
        value = self.quantity.of(own)
        return value / self.quantity.of(other) if other else value

    def is_reached(self, value: float) -> bool:
        """Compare a value with the aim."""
        return value >= self.aim if self.at_least else value <= self.aim

    @property
    def aim_text(self) -> str:
        """The aim with its sign, and with its unit unless it is a ratio."""
        sign, aim = "≥" if self.at_least else "≤", f"{self.aim:,}"
        return f"{sign} {aim if self.against else self.quantity.with_unit(aim)}"


def table(rows: Iterable[Row], costs: Mapping[Subject, Cost]) -> Iterator[str]:
    """Yield the lines of a Markdown table."""
    yield "| what | measured | against | ratio | aim | reached |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for row in rows:
        yield f"| {' | '.join(_cells(row, costs))} |"


def _cells(row: Row, costs: Mapping[Subject, Cost]) -> tuple[str, ...]:
    own = costs.get(row.subject)
    other = costs.get(row.against) if row.against else None
    if own is None or (row.against and other is None):
        return row.what, "not measured", "–", "–", row.aim_text, "–"
    value = row.value(own, other)
    against, ratio = "–", "–"
    if row.against and other:
        against, ratio = f"{row.against.name}: {row.quantity.text(other)}", f"{value:.2f}"
    reached = "yes" if row.is_reached(value) else "**no**"
    return row.what, row.quantity.text(own), against, ratio, row.aim_text, reached
