"""Faults of the operating system: a command that is killed, or gets an error, at its n-th write.

`Runner` is a process that has imported the package. It runs each command in a fork of itself,
which takes less time than a new process. In the fork, every step of a write counts: to open a
file for writing, to write bytes, to move, link, delete or change a file, and to create a folder.
"""

import builtins
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from helpers import ROOT

_WRITES = {"os.rename", "os.link", "os.remove", "os.mkdir", "os.chmod", "os.rmdir", "os.truncate"}
_WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT
KILL = "KILL"
_TIMEOUT = 120  # seconds for one command


@dataclass(frozen=True)
class Fault:
    """What happens at the n-th step of the writes, counted from 1; at step 0 nothing happens.

    `how` is `KILL` or the name of an error. `half` writes half of the bytes before, if the step
    writes bytes. `lasting` lets every later step fail, too, as on a full disk. `seconds` is the
    processor time after which the command is killed wherever it is.
    """

    at: int = 0
    how: str = KILL
    half: bool = False
    lasting: bool = False
    seconds: float = 0.0

    def __str__(self) -> str:
        when = f"{self.seconds:.3f}s" if self.seconds else f"{'half ' * self.half}{self.at}"
        return f"{self.how} at {when}"


@dataclass(frozen=True)
class Outcome:
    """How a command ended: its exit code, negative for a signal, its lines, and its steps."""

    code: int
    errors: list[str] = field(default_factory=list)
    steps: int = 0
    seconds: float = 0.0


class Runner:
    """A process that runs commands with faults. A command is `paper-atlas` or `mkdocs` here."""

    def __init__(self, folder: Path) -> None:
        self._log = folder / "stderr"
        self._log.parent.mkdir(parents=True, exist_ok=True)
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(ROOT / "tests"), *sys.path]),
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "helpers.faults"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT,
        )  # fmt: skip

    def start(self, folder: Path, *words: str, fault: Fault = Fault(), log: str = "") -> None:
        """Start a command in a folder. `wait` gives the outcome of each, in their order."""
        job = {
            "cwd": str(folder),
            "words": words,
            "fault": asdict(fault),
            "log": str(self._log) + log,
        }
        assert self._process.stdin
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()

    def wait(self) -> Outcome:
        """Return the outcome of the command that was started first."""
        assert self._process.stdout
        return Outcome(**json.loads(self._process.stdout.readline()))

    def run(self, folder: Path, *words: str, fault: Fault = Fault()) -> Outcome:
        """Run a command in a folder, and return its outcome."""
        self.start(folder, *words, fault=fault)
        self.start(folder)  # ends the group of commands that run at once
        return self.wait()

    def run_at_once(self, folder: Path, *commands: tuple[str, ...]) -> list[Outcome]:
        """Run commands in a folder at once, and return their outcomes."""
        for number, words in enumerate(commands):
            self.start(folder, *words, log=str(number))
        self.start(folder)
        return [self.wait() for _ in commands]

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(_TIMEOUT)
        assert self._process.stdout
        self._process.stdout.close()


@contextmanager
def runner(folder: Path) -> Iterator[Runner]:
    """Start a runner with a folder for its own files."""
    process = Runner(folder)
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
            number = getattr(__import__("errno"), fault.how)
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
        from paper_atlas.cli import main

        return main(words)
    except SystemExit as end:
        return int(end.code or 0)


def _run_job(job: dict[str, Any], report: int) -> None:
    """Run a command in this process, which is a fork, and write its steps to `report`."""
    os.chdir(job["cwd"])
    log = os.open(job["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(log, 2)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w", buffering=1)
    code = 70
    counter = _install(Fault(**job["fault"]))
    if seconds := job["fault"]["seconds"]:
        signal.setitimer(signal.ITIMER_PROF, seconds)  # its signal ends a process
    try:
        code = _run_command(job["words"])
    except BaseException:
        import traceback

        traceback.print_exc()
    counter.fault = Fault()
    os.write(report, json.dumps([counter.steps, time.process_time()]).encode())
    sys.stderr.flush()
    os._exit(code)


def _serve() -> None:
    """Run the jobs on standard input. An empty command waits for all that run."""
    import paper_atlas.cli.check
    import paper_atlas.cli.enrich
    import paper_atlas.cli.export
    import paper_atlas.cli.format
    import paper_atlas.cli.import_
    import paper_atlas.cli.new
    import paper_atlas.cli.schema  # noqa: F401

    running: list[tuple[int, int, str]] = []
    for line in sys.stdin:
        job = json.loads(line)
        if job["words"]:
            end, report = os.pipe()
            child = os.fork()
            if not child:
                os.close(end)
                _run_job(job, report)
            os.close(report)
            running.append((child, end, job["log"]))
            continue
        for child, end, log in running:
            _, status = os.waitpid(child, 0)
            with os.fdopen(end) as opened:
                steps, seconds = json.loads(opened.read() or "[0, 0]")
            with open(log, encoding="utf-8", errors="replace") as opened:
                errors = opened.read().splitlines()
            code = os.waitstatus_to_exitcode(status)
            print(json.dumps(asdict(Outcome(code, errors, steps, seconds))), flush=True)
        running = []


if __name__ == "__main__":
    _serve()
