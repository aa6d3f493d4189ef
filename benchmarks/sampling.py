"""Run a module or a script, and sample its stack every few milliseconds of CPU time.

`python sampling.py OUT -m mkdocs build`: OUT becomes JSON, a list of [stack, samples], in which a
stack is a list of [file, function], the innermost first. Unlike a tracing profiler, this does not
slow down small functions; unlike wall time, it does not count other processes.
"""

import json
import runpy
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

INTERVAL = 0.004  # the resolution of the Linux clock
_Stack = tuple[tuple[str, str], ...]


def sample(out: Path, command: list[str]) -> None:
    """Run a module or script, and write the samples even if it fails."""
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
    sample(Path(sys.argv[1]), sys.argv[2:])
