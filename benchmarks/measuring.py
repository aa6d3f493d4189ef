"""What is measured, and how: whole processes, in turn, medians.

Memory is the largest set of any one process of the tree; a process starts with what its parent
held, so this one imports little, and projects are written by processes of their own.
https://man7.org/linux/man-pages/man2/getrusage.2.html
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True)
class Cost:
    """CPU and wall seconds, peak MiB, bytes; what a measurement does not tell is nothing."""

    cpu: float = 0.0
    wall: float = 0.0
    peak: float = 0.0
    size: float = 0.0


class Subject(Protocol):
    """Something that can be measured again and again.

    Subjects of one group are measured in turn. Equal subjects are one.
    """

    @property
    def name(self) -> str:
        """What it is called in the table."""

    @property
    def group(self) -> str:
        """What it is compared within."""

    def measure(self, folder: Path) -> Cost:
        """Its cost this time; `folder` is for what is kept between measurements."""


class FailedError(Exception):
    """A process that ended with an error; the text is the end of what it said."""


def run(command: Sequence[str], folder: Path) -> Cost:
    """The cost of a process and of those that it starts."""
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise FailedError(said.read().decode(errors="replace")[-2000:])
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


def measured(subjects: Iterable[Subject], rounds: int, folder: Path) -> Mapping[Subject, Cost]:
    """The median cost of each subject, without those that fail, which are told."""
    found: dict[Subject, Cost] = {}
    ordered = sorted(dict.fromkeys(subjects), key=lambda subject: subject.group)
    for group, members in groupby(ordered, key=lambda subject: subject.group):
        costs: dict[Subject, list[Cost]] = {subject: [] for subject in members}
        for number in range(rounds):
            say(f"{group}: round {number + 1} of {rounds}")
            for subject in [*costs]:
                try:
                    costs[subject].append(subject.measure(folder))
                    say(f"  {subject.name}: {costs[subject][-1]}")
                except (FailedError, OSError) as error:
                    say(f"  {subject.name} failed: {error}")
                    del costs[subject]
        found |= {subject: _median(each) for subject, each in costs.items()}
    return found


def _median(costs: Sequence[Cost]) -> Cost:
    names = ("cpu", "wall", "peak", "size")
    return Cost(*(statistics.median(getattr(cost, name) for cost in costs) for name in names))


def say(text: str) -> None:
    """Tell how far it is, beside the table."""
    print(text, file=sys.stderr, flush=True)
