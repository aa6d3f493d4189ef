"""The measurement: whole processes, in turn, and medians.

Memory is the largest resident set of any process of the tree. A process starts with the memory of
its parent, so this one imports little, and separate processes write the projects.
https://man7.org/linux/man-pages/man2/getrusage.2.html
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from itertools import groupby
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True)
class Cost:
    """CPU and wall seconds, peak MiB, bytes as they are and compressed by gzip, a number of files,
    and a score; 0 if not measured."""

    cpu: float = 0.0
    wall: float = 0.0
    peak: float = 0.0
    size: float = 0.0
    gzip: float = 0.0
    files: float = 0.0
    score: float = 0.0


class Subject(Protocol):
    """Something that can be measured.

    Subjects of one group are measured in turn; equal subjects are measured once.
    """

    @property
    def name(self) -> str:
        """Its name in the table."""

    @property
    def group(self) -> str:
        """The group in which it is compared; groups are measured in the order of their names."""

    @property
    def once(self) -> bool:
        """True if it is measured in the first round only: always the same, or very long."""

    def measure(self, folder: Path) -> Cost:
        """Return the cost of one run; `folder` is for files that are used again."""


class FailedError(Exception):
    """A measurement failed; the message says why, or is the end of the output of a process."""


def run(command: Sequence[str], folder: Path) -> Cost:
    """Return the cost of a process and of its child processes."""
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            raise FailedError(output.read().decode(errors="replace")[-2000:])
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


def measure_all(subjects: Iterable[Subject], rounds: int, folder: Path) -> Mapping[Subject, Cost]:
    """Return the median cost of each subject; failures are printed and left out."""
    found: dict[Subject, Cost] = {}
    ordered = sorted(dict.fromkeys(subjects), key=lambda subject: subject.group)
    for group, members in groupby(ordered, key=lambda subject: subject.group):
        costs: dict[Subject, list[Cost]] = {subject: [] for subject in members}
        for number in range(rounds):
            print_progress(f"{group}: round {number + 1} of {rounds}")
            for subject in [*costs]:
                if number and subject.once:
                    continue
                try:
                    costs[subject].append(subject.measure(folder))
                    print_progress(f"  {subject.name}: {_describe(costs[subject][-1])}")
                except (FailedError, OSError) as error:
                    print_progress(f"  {subject.name} failed: {error}")
                    del costs[subject]
        found |= {subject: _median(each) for subject, each in costs.items()}
    return found


def _median(costs: Sequence[Cost]) -> Cost:
    names = [field.name for field in fields(Cost)]
    return Cost(*(statistics.median(getattr(cost, name) for cost in costs) for name in names))


def _describe(cost: Cost) -> str:
    return ", ".join(f"{name} {value:,.6g}" for name, value in asdict(cost).items() if value)


def print_progress(text: str) -> None:
    """Print progress to standard error."""
    print(text, file=sys.stderr, flush=True)
