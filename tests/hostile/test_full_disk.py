"""A full disk, and no permission, at every write: one line, and nothing is lost."""

import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import gettempdir

import pytest
from helpers.faults import Fault, Outcome, Runner, runner
from helpers.projects import SMALL_ATLAS, copy_of
from helpers.torture import FULL, amount
from helpers.writing import COMMANDS, Project, project_for

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the commands run in forks")
SAMPLE = ("import", "new", "schema", "database", "check")
LASTING = ("ENOSPC", "EROFS", "EDQUOT")
ERRORS = (*LASTING, "EACCES", "EPERM", "EIO", "EMFILE")


@pytest.fixture(scope="module")
def commands() -> Iterator[Runner]:
    with runner() as running:
        yield running


def faults_of(project: Project) -> Iterator[Fault]:
    """Each error at each step, lasting where it does on a real disk, and files that cannot grow."""
    random = Random(11)
    found = [
        Fault(at, how, half=half, lasting=how in LASTING)
        for at in range(1, project.first.steps + 1)
        for how in ERRORS
        for half in (False, True)[: 1 + (how == "ENOSPC")]
    ]
    yield from random.sample(found, min(amount(1, 400), len(found)))
    yield from [Fault(bytes=size) for size in (1, 100, 4096, 40_000)][: amount(1, 4)]


def complaint(project: Project, fault: Fault) -> str:
    """Run a command with a fault, then without; return what is wrong in its output or afterwards.

    It succeeds if it could do without the step, for example because only the cache was concerned.
    """
    outcome = project.run(fault)
    if torn := project.torn_files():
        return f"{fault}: torn {torn} after {outcome}"
    if wrong := wrong_output(project, outcome):
        return f"{fault}: {wrong}: {outcome}"
    again = project.run()
    if names := project.differences():
        return f"{fault}: other result {names} of {again} after {outcome}"
    return f"{fault}: left" if project.temporary_files() else ""


def wrong_output(project: Project, outcome: Outcome) -> str:
    if "Traceback" in "\n".join(outcome.errors):
        return "traceback"
    if outcome.code == project.first.code:
        return "incomplete without an error" if project.differences() else ""
    if project.words[0] == "mkdocs":
        said = [line for line in outcome.errors if "cannot be written" in line]
        return "" if (outcome.code, len(said)) == (1, 1) else "not one line"
    said = [line for line in outcome.errors if line.startswith("error: ")]
    if outcome.code != 2 or len(said) != 1 or said[0] != outcome.errors[-1]:
        return "not one line"
    names = [*project.after, f"{gettempdir()}/paper-atlas-", "entries", "new/entries"]
    return "" if any(f"'{name}" in said[0] for name in names) else "no file is named"


@pytest.mark.parametrize("name", COMMANDS if FULL else SAMPLE)
def test_an_error_at_any_write_is_one_line_and_loses_nothing(
    name: str, tmp_path: Path, commands: Runner
) -> None:
    with project_for(name, tmp_path, commands) as project:
        complaints = []
        for fault in faults_of(project):
            project.restore()
            complaints.append(complaint(project, fault))
    print(f"{name}: {len(complaints)} errors")
    assert [text for text in complaints if text] == []


@pytest.mark.parametrize(
    "words",
    [
        ("check", "--output", "json"),
        ("check", "--output", "sarif"),
        ("export", "bibtex"),
        ("export", "sqlite"),
        ("export", "readme"),
        ("import", "papers.md", "--dry-run"),
    ],
    ids=" ".join,
)
def test_a_full_standard_output_is_one_line(
    words: tuple[str, ...], tmp_path: Path, commands: Runner
) -> None:
    project = copy_of(SMALL_ATLAS, tmp_path / "project")
    (project / "papers.md").write_text("## Liver\n\n- [A title](https://doi.org/10.1000/1)\n")
    outcome = commands.run(project, *words, fault=Fault(stdout="/dev/full"))
    message = f"error: standard output cannot be written: {os.strerror(errno.ENOSPC)}"
    assert (outcome.code, outcome.errors[-1]) == (2, message)
    assert "Traceback" not in "\n".join(outcome.errors)
