"""What can be measured as a process: builds of projects, checks, and any command."""

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import Cost, run, say

ROOT = Path(__file__).parent.parent
COMMAND = (str(Path(sys.executable).with_name("paper-atlas")),)
CACHE = ".cache"
"""Where the atlas keeps what may be deleted at any time, in the folder of a project."""
WITHOUT, CHECKED = "-without", "-checked"
"""Uses of a project that need one of their own: without pages of papers, and to be checked."""
COLD, WARM, CHANGED = "cold", "nothing changed", "one entry changed"

NAMES = {
    "paper-atlas": "atlas",
    "cards": "(a)",
    "raw-html": "(b)",
    "blog": "(c)",
    "gen-files": "(d)",
    "bibtex": "(e)",
}


def builder(papers: bool) -> tuple[str, ...]:
    """What Python is to run as MkDocs, with or without pages of papers."""
    return ("-m", "mkdocs") if papers else (str(ROOT / "benchmarks" / "without_papers.py"),)


def built(folder: Path, project: str, count: int) -> Path:
    """The site of a project without pages of papers, built on first use."""
    path = made(folder, project, count, WITHOUT)
    if not (path / "site").exists():
        run([sys.executable, *builder(False), "build", "--quiet"], path)
    return path / "site"


def made(folder: Path, project: str, count: int, use: str = "") -> Path:
    """The project of so many papers for a use, written on first use."""
    path = folder / f"{project}-{count}{use}"
    if not path.exists():
        say(f"{path.name} is being written")
        command = [sys.executable, "-m", "benchmarks.projects", project, str(count), str(path)]
        subprocess.run(command, cwd=ROOT, check=True)
    return path


def change(path: Path) -> str:
    """Number the first line of a file one higher, and return what stands there now."""
    first, _, rest = path.read_text(encoding="utf-8").partition("\n")
    words, number, quote = re.findall(r'^(.*?)(?: \((\d+)\))?("?)$', first)[0]
    now = f"({int(number or 0) + 1})"
    path.write_text(f"{words} {now}{quote}\n{rest}", encoding="utf-8")
    return now


def an_entry(project: Path) -> Path:
    """The first entry of an atlas."""
    return min(project.glob("entries/*/*.yml"))


@dataclass(frozen=True)
class Build:
    """A build of a project of so many papers; `papers` says whether each has a page."""

    project: str
    count: int
    state: str = COLD
    papers: bool = True

    @property
    def name(self) -> str:
        """The project, and how it is built."""
        name = NAMES[self.project]
        if self.project != "paper-atlas":
            return name
        return f"{name}, {self.state}{'' if self.papers else ', without pages of papers'}"

    @property
    def group(self) -> str:
        """All builds of as many papers."""
        return f"builds of {self.count:,}"

    def measure(self, folder: Path) -> Cost:
        """Nothing of an earlier build is there, but for what is kept where it is not cold."""
        project = made(folder, self.project, self.count, "" if self.papers else WITHOUT)
        site, cache = project / "site", project / CACHE
        command = [sys.executable, *builder(self.papers), "build", "--quiet"]
        if self.state == COLD:
            shutil.rmtree(cache, ignore_errors=True)
        elif not site.exists():
            run(command, project)
        if self.state == CHANGED:
            change(an_entry(project))
        shutil.rmtree(site, ignore_errors=True)
        return run(command, project)


@dataclass(frozen=True)
class Check:
    """`paper-atlas check`, for the first time or again."""

    count: int
    state: str = COLD

    @property
    def name(self) -> str:
        """The command, and how it is run."""
        return f"check, {self.state}"

    @property
    def group(self) -> str:
        """All checks."""
        return "checks"

    def measure(self, folder: Path) -> Cost:
        """In a project of its own, because a build keeps things too."""
        project = made(folder, "paper-atlas", self.count, CHECKED)
        shutil.rmtree(project / CACHE, ignore_errors=True)
        first = run((*COMMAND, "check"), project)
        return first if self.state == COLD else run((*COMMAND, "check"), project)


@dataclass(frozen=True)
class Command:
    """A command in the project of an atlas, `times` times."""

    name: str
    group: str
    command: tuple[str, ...]
    count: int = 1
    times: int = 1

    def measure(self, folder: Path) -> Cost:
        """All times together."""
        project = made(folder, "paper-atlas", self.count, CHECKED)
        costs = [run(self.command, project) for _ in range(self.times)]
        return Cost(
            sum(cost.cpu for cost in costs) / self.times,
            sum(cost.wall for cost in costs) / self.times,
            max(cost.peak for cost in costs),
        )
