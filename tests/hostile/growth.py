"""How work, time and memory grow with hostile input. `make growth` prints a table.

Each family is measured at several sizes. A slope is that of the logarithm of the work over the
logarithm of the size of the input in bytes: 1 is linear, 2 is quadratic. Work is counted in lines
of the package that are executed, which are the same in every run. What C does shows in the time.
"""

import argparse
import json
import math
import resource
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from types import FrameType
from typing import Any

import paper_atlas

from hostile.families import FAMILIES, Family, Files

FACTOR = 4
"""The ratio of two sizes that are compared."""

_PACKAGE = str(Path(paper_atlas.__file__).parent)
_ROUNDS = 3
_SIZES = (1, FACTOR, FACTOR**2)
_TIME_LIMIT = 1800  # seconds


@dataclass(frozen=True)
class Cost:
    """What an input of `size` bytes costs: executed lines, seconds of CPU, and kB of memory."""

    size: int
    lines: int = 0
    seconds: float = 0.0
    memory: int = 0


@contextmanager
def _written(files: Files) -> Iterator[Path]:
    with TemporaryDirectory() as name:
        for path, text in files.items():
            file = Path(name, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
        yield Path(name)


def _size(files: Files) -> int:
    return sum(len(text.encode()) for text in files.values())


def count_lines(family: Family, number: int) -> Cost:
    """Return the number of lines of the package that an input executes."""
    lines = 0

    def count(_frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal lines
        lines += event == "line"
        return count

    def enter(frame: FrameType, _event: str, _argument: Any) -> Any:
        return count if frame.f_code.co_filename.startswith(_PACKAGE) else None

    files, before = family.make(number), sys.gettrace()
    with _written(files) as folder:
        sys.settrace(enter)
        try:
            family.work(folder)
        finally:
            sys.settrace(before)
    return Cost(_size(files), lines=lines)


def take_time(family: Family, number: int, rounds: int = _ROUNDS) -> Cost:
    """Return the least time of several rounds, and the most memory of the process so far."""
    files, seconds = family.make(number), []
    for _ in range(rounds):
        with _written(files) as folder:
            start = process_time()
            family.work(folder)
            seconds.append(process_time() - start)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Cost(_size(files), seconds=min(seconds), memory=memory)


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Return the slope of a line through the logarithms of points.

    >>> round(slope([(10, 3), (100, 300), (1000, 30000)]), 6)
    2.0
    """
    logs = [(math.log(x), math.log(max(y, 1e-6))) for x, y in points]
    middle = [sum(values) / len(logs) for values in zip(*logs, strict=True)]
    above = sum((x - middle[0]) * (y - middle[1]) for x, y in logs)
    return above / sum((x - middle[0]) ** 2 for x, _ in logs)


def measure(name: str) -> list[Cost]:
    """Return the costs of a family at several sizes, each in a process of its own."""
    return [_measure_in_process(name, FAMILIES[name].number * factor) for factor in _SIZES]


def _measure_in_process(name: str, number: int) -> Cost:
    command = [sys.executable, "-m", "hostile.growth", name, "--number", str(number)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=_TIME_LIMIT)
    return Cost(**json.loads(done.stdout))


def row(name: str, costs: Sequence[Cost]) -> str:
    """Return a line of the table."""
    last = costs[-1]
    lines = slope([(cost.size, cost.lines) for cost in costs])
    seconds = slope([(cost.size, cost.seconds) for cost in costs])
    sizes = " ".join(f"{cost.size:>8,}" for cost in costs)
    times = " ".join(f"{cost.seconds:>6.2f}" for cost in costs)
    memory = f"{last.memory / 1024:>4.0f}"
    return f"{name:24} | {sizes} | {times} | {memory} | {lines:>5.2f} | {seconds:>5.2f}"


HEAD = f"{'family':24} | {'bytes':26} | {'seconds':20} |   MB | lines |  time"


def plot(costs: dict[str, list[Cost]]) -> str:
    """Return an SVG with the seconds (up) over the bytes (right), both as logarithms."""
    lines = []
    for name, points in costs.items():
        places = " ".join(
            f"{100 * math.log10(cost.size):.0f},{300 - 100 * math.log10(cost.seconds):.0f}"
            for cost in points
        )
        lines.append(f'<polyline points="{places}"><title>{name}</title></polyline>')
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="150 0 550 520" fill="none" '
        f'stroke="#345">{"".join(lines)}</svg>\n'
    )


def main() -> None:
    """Print a table, or the cost of one family and number as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="FAMILY", help="default: all")
    parser.add_argument("--number", type=int, help="measure once, and print JSON")
    parser.add_argument("--plot", type=Path, help="write a drawing to this SVG file")
    arguments = parser.parse_args()
    names = arguments.names or list(FAMILIES)
    if arguments.number:
        timed = take_time(FAMILIES[names[0]], arguments.number)
        lines = count_lines(FAMILIES[names[0]], arguments.number).lines
        print(json.dumps(asdict(replace(timed, lines=lines))))
        return
    print(HEAD)
    costs = {}
    for name in names:
        costs[name] = measure(name)
        print(row(name, costs[name]), flush=True)
    if arguments.plot:
        arguments.plot.write_text(plot(costs), encoding="utf-8")


if __name__ == "__main__":
    main()
