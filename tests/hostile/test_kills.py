"""Commands that are killed at any moment: no file is torn, and the next run completes the work."""

import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from helpers.faults import KILL, Fault, Runner, runner
from helpers.torture import FULL, amount
from helpers.writing import COMMANDS, Project, project_for

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the commands run in forks")
SAMPLE = [name for name in COMMANDS if name not in ("build", "first import", "word map")]


@pytest.fixture(scope="module")
def commands() -> Iterator[Runner]:
    with runner() as running:
        yield running


def kills_of(project: Project) -> Iterator[Fault]:
    """Kills at each step, before it and in the middle of it, and at random times."""
    random = Random(7)
    steps = range(1, project.first.steps + 1)
    at_steps = [Fault(at, half=half) for at in steps for half in (False, True)]
    yield from random.sample(at_steps, min(amount(1, 60), len(at_steps)))
    for _ in range(amount(0, 50)):
        yield Fault(seconds=max(0.001, random.random() * project.first.seconds))


def complaint(project: Project, fault: Fault) -> str:
    """Run a command with a fault, then without; return what is wrong afterwards."""
    outcome = project.run(fault)
    if torn := project.torn_files():
        return f"{fault}: torn {torn}"
    again = project.run()
    if again.code not in (0, 1) or "Traceback" in "\n".join(again.errors):
        return f"{fault}: next run {again}"
    if names := project.differences():
        return f"{fault}: other result {names} after {outcome}"
    if left := project.temporary_files():
        return f"{fault}: left {left}"
    return ""


@pytest.mark.parametrize("name", COMMANDS if FULL else SAMPLE)
def test_a_killed_command_tears_no_file_and_the_next_one_completes_it(
    name: str, tmp_path: Path, commands: Runner
) -> None:
    with project_for(name, tmp_path, commands) as project:
        complaints = []
        for fault in kills_of(project):
            project.restore()
            complaints.append(complaint(project, fault))
    print(f"{name}: {len(complaints)} kills")
    assert [text for text in complaints if text] == []


def test_a_kill_is_a_kill(tmp_path: Path, commands: Runner) -> None:
    """The fault happens, and leaves what the tests look for."""
    with project_for("format", tmp_path, commands) as project:
        project.restore()
        outcome = project.run(Fault(3, half=True))
        assert (outcome.code, len(project.temporary_files())) == (-9, 1)
        assert project.files() == project.before
        assert KILL in str(Fault(3))
