"""Run a module or a script, and look every few milliseconds of CPU time what is being done.

`python sampling.py OUT -m mkdocs build`: OUT becomes JSON, a list of [stack, samples], in which a
stack is a list of [file, function], the innermost first. Unlike a tracing profiler it does not
make small functions look dear, and unlike wall time it does not count what others do meanwhile.
"""

import json
import runpy
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

INTERVAL = 0.004  # what the clock of Linux can tell apart
_Stack = tuple[tuple[str, str], ...]


def sampled(out: Path, command: list[str]) -> None:
    """Run a command of Python's, and write what was seen, also where it ends with an error."""
    samples = Counter[_Stack]()

    def look(_: int, frame: FrameType | None) -> None:
        samples[tuple(_frames(frame))] += 1

    signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, INTERVAL, INTERVAL)
    try:
        _run(command)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        out.write_text(json.dumps([*samples.items()]), encoding="utf-8")


def _frames(frame: FrameType | None) -> Iterator[tuple[str, str]]:
    while frame:
        yield frame.f_code.co_filename, frame.f_code.co_name
        frame = frame.f_back


def _run(command: list[str]) -> None:
    is_module = command[0] == "-m"
    sys.argv = command[1:] if is_module else command
    if is_module:
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
    else:
        runpy.run_path(sys.argv[0], run_name="__main__")


if __name__ == "__main__":
    sampled(Path(sys.argv[1]), sys.argv[2:])
