"""Faults of the operating system: a command that is killed, or gets an error, at its n-th write.

`Runner` is a process that has imported the package. It runs each command in a fork of itself,
which takes less time than a new process. In the fork, every step of a write counts: to open a
file for writing, to write bytes, to move, link, delete or change a file, and to create a folder.
"""

import builtins
import errno
import io
import json
import os
import resource
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from paper_atlas.cli import COMMANDS, main

from helpers import ROOT

_WRITES = {"os.rename", "os.link", "os.remove", "os.mkdir", "os.chmod", "os.rmdir", "os.truncate"}
_WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT
KILL = "KILL"
_TIMEOUT = 120  # seconds
_CRASHED = 70


@dataclass(frozen=True)
class Fault:
    """What happens at the n-th step of the writes, counted from 1; at step 0 nothing happens.

    `how` is `KILL` or the name of an error. `half` writes half of the bytes before, if the step
    writes bytes. `lasting` lets every later step fail, too, as on a full disk. `seconds` is the
    processor time after which the command is killed wherever it is. `bytes` is the size that no
    file can exceed, which also concerns SQLite. `stdout` is the file of the standard output.
    """

    at: int = 0
    how: str = KILL
    half: bool = False
    lasting: bool = False
    seconds: float = 0.0
    bytes: int = 0
    stdout: str = os.devnull

    def __str__(self) -> str:
        if self.bytes:
            return f"no file larger than {self.bytes} bytes"
        when = f"{self.seconds:.3f}s" if self.seconds else f"{'half of ' * self.half}{self.at}"
        return f"{self.how} at {when}"


_NO_FAULT = Fault()


@dataclass(frozen=True)
class Outcome:
    """How a command ended: its exit code, negative for a signal, its lines, and its steps."""

    code: int
    errors: list[str] = field(default_factory=list)
    steps: int = 0
    seconds: float = 0.0


class Runner:
    """A process that runs commands with faults: `paper-atlas` with its words, or `mkdocs`."""

    def __init__(self) -> None:
        folders = os.pathsep.join([str(ROOT / "tests"), *sys.path])
        self._process = subprocess.Popen(
            [sys.executable, "-m", "helpers.faults"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
            env={**os.environ, "PYTHONPATH": folders},
        )  # fmt: skip

    def run(self, folder: Path, *words: str, fault: Fault = _NO_FAULT) -> Outcome:
        """Run a command in a folder, and return its outcome."""
        return self.run_at_once(folder, words, fault=fault)[0]

    def run_at_once(
        self, folder: Path, *commands: Sequence[str], fault: Fault = _NO_FAULT
    ) -> list[Outcome]:
        """Run commands in a folder at once, and return their outcomes."""
        jobs = [{"cwd": str(folder), "words": words, "fault": asdict(fault)} for words in commands]
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(jobs) + "\n")
        self._process.stdin.flush()
        return [Outcome(**found) for found in json.loads(self._process.stdout.readline())]

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(_TIMEOUT)
        self._process.stdout.close()


@contextmanager
def runner() -> Iterator[Runner]:
    """Start a runner, and end it after the block."""
    process = Runner()
    try:
        yield process
    finally:
        process.close()


class _Counter:
    """Counts the steps of this process, and lets the fault happen."""

    def __init__(self, fault: Fault) -> None:
        self.fault, self.steps = fault, 0
        self._is_busy = False

    def step(self, write_half: Any = None) -> None:
        if self._is_busy or not _is_own(sys._getframe(1)):
            return
        self.steps += 1
        fault = self.fault
        if fault.at and (self.steps == fault.at or (fault.lasting and self.steps > fault.at)):
            if fault.half and write_half:
                write_half()
            if fault.how == KILL:
                os.kill(os.getpid(), signal.SIGKILL)
            number = getattr(errno, fault.how)
            raise OSError(number, os.strerror(number))

    def audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        """https://docs.python.org/3/library/audit_events.html"""
        is_open = event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITE_FLAGS
        if event in _WRITES or is_open:
            self.step()


def _is_own(frame: FrameType | None) -> bool:
    """True if the package, and no other one, asks for the step."""
    while frame:
        name = frame.f_code.co_filename
        if f"{os.sep}paper_atlas{os.sep}" in name:
            return True
        if "site-packages" in name:
            return False
        frame = frame.f_back
    return False


def _install(fault: Fault) -> _Counter:
    counter = _Counter(fault)

    class CountedFile(io.FileIO):
        def write(self, data: Any) -> int:
            counter.step(lambda: super(CountedFile, self).write(bytes(data)[: len(data) // 2]))
            return super().write(data)

    true_open = io.open

    def counted_open(
        file: Any, mode: str = "r", buffering: int = -1, encoding: str | None = None,
        errors: str | None = None, newline: str | None = None, closefd: bool = True,
        opener: Any = None,
    ) -> Any:  # fmt: skip
        if not set(mode) & set("wax+") or not _is_own(sys._getframe(1)):
            return true_open(file, mode, buffering, encoding, errors, newline, closefd, opener)
        raw = CountedFile(file, mode.replace("b", "").replace("t", ""), closefd, opener)
        whole = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
        return whole if "b" in mode else io.TextIOWrapper(whole, encoding, errors, newline)

    true_sync = os.fsync

    def counted_sync(handle: int) -> None:
        counter.step()
        true_sync(handle)

    io.open = builtins.open = counted_open  # type: ignore[assignment]
    os.fsync = counted_sync
    sys.addaudithook(counter.audit)
    return counter


def _run_command(words: list[str]) -> int:
    try:
        if words[0] == "mkdocs":
            from mkdocs.__main__ import cli

            cli(words[1:], standalone_mode=True)
            return 0
        return main(words)
    except SystemExit as end:
        return int(end.code or 0)


def _run_job(job: dict[str, Any], log: int, report: int) -> NoReturn:
    """Run a command in this process, which is a fork; its steps go to `report` as JSON."""
    os.chdir(job["cwd"])
    os.dup2(log, 2)
    os.dup2(os.open(job["fault"]["stdout"], os.O_WRONLY), 1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.stdin, sys.stdout, sys.stderr = os.fdopen(0), os.fdopen(1, "w"), os.fdopen(2, "w")
    fault, code = Fault(**job["fault"]), _CRASHED
    counter = _install(fault)
    if fault.seconds:
        signal.setitimer(signal.ITIMER_PROF, fault.seconds)  # its signal ends a process
    if fault.bytes:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (fault.bytes, fault.bytes))
    try:
        code = _run_command(job["words"])
    except BaseException:
        traceback.print_exc()
    counter.fault = _NO_FAULT
    sys.stderr.flush()
    os.write(report, json.dumps([counter.steps, time.process_time()]).encode())
    os._exit(code)


def _start(job: dict[str, Any]) -> tuple[int, int, int]:
    """Start a job in a fork. Return the process, and the pipes of its messages and its report."""
    log, log_in = os.pipe()
    report, report_in = os.pipe()
    child = os.fork()
    if not child:
        _run_job(job, log_in, report_in)
    os.close(log_in)
    os.close(report_in)
    return child, log, report


def _finish(child: int, log: int, report: int) -> dict[str, Any]:
    with os.fdopen(log, errors="replace") as messages, os.fdopen(report) as reported:
        errors = messages.read().splitlines()
        steps, seconds = json.loads(reported.read() or "[0, 0]")
    _, status = os.waitpid(child, 0)
    return asdict(Outcome(os.waitstatus_to_exitcode(status), errors, steps, seconds))


def _serve() -> None:
    """Run the jobs on standard input: each line has those that run at once."""
    for name in COMMANDS.values():
        import_module(f"paper_atlas.cli.{name}")
    import_module("paper_atlas.enrich.client")
    for line in sys.stdin:
        running = [_start(job) for job in json.loads(line)]
        print(json.dumps([_finish(*process) for process in running]), flush=True)


if __name__ == "__main__":
    _serve()
