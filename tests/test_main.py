"""`python -m paper_atlas` is the command `paper-atlas`."""

import subprocess
import sys

from helpers import ROOT


def run_module(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "paper_atlas", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def test_the_module_runs_a_command_and_returns_its_exit_code() -> None:
    done = run_module("check", "--entries", "tests/fixtures/atlas/entries")
    assert (done.returncode, done.stderr.splitlines()[-1]) == (0, "5 entries, 4 notes")
    done = run_module("check", "--entries", "nowhere")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: folder 'nowhere' does not exist")


def test_the_module_has_the_name_of_the_command() -> None:
    assert run_module("--version").stdout.startswith("paper-atlas 0.")
    assert run_module("--help").stdout.startswith("usage: paper-atlas ")
