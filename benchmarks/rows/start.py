"""The start-up time of the command."""

import sys
from collections.abc import Iterator

from benchmarks.scale import Scale
from benchmarks.subjects import COMMAND, Command
from benchmarks.table import Row

_TIMES = 10  # a start is short, and the CPU clock is coarse


def rows(_: Scale) -> Iterator[Row]:
    """Yield a row that compares with starting Python with PyYAML."""
    yaml = (sys.executable, "-c", "import yaml")
    own = Command("start of the command", "starts", (*COMMAND, "--version"), times=_TIMES)
    other = Command("`import yaml`", "starts", yaml, times=_TIMES)
    yield Row("`paper-atlas --version`", own, other, 3.0)
