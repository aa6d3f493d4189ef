"""Processes to measure: builds of projects, checks, and other commands."""

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import Cost, print_progress, run

ROOT = Path(__file__).parent.parent
COMMAND = (str(Path(sys.executable).with_name("paper-atlas")),)
CACHE = ".cache"
"""The cache folder of the atlas in a project."""
WITHOUT, CHECKED = "-without", "-checked"
"""Uses that need a separate copy of a project: without pages of papers, and for checks."""
COLD, WARM, CHANGED = "cold", "nothing changed", "one entry changed"

NAMES = {
    "paper-atlas": "atlas",
    "cards": "(a)",
    "raw-html": "(b)",
    "blog": "(c)",
    "gen-files": "(d)",
    "bibtex": "(e)",
}


def mkdocs_arguments(papers: bool) -> tuple[str, ...]:
    """Return the arguments of Python to run MkDocs, with or without pages of papers."""
    return ("-m", "mkdocs") if papers else (str(ROOT / "benchmarks" / "without_papers.py"),)


def build_site(folder: Path, project: str, count: int) -> Path:
    """Return the site of a project without pages of papers; it is built on first use."""
    path = create_project(folder, project, count, WITHOUT)
    if not (path / "site").exists():
        run([sys.executable, *mkdocs_arguments(False), "build", "--quiet"], path)
    return path / "site"


def create_project(folder: Path, project: str, count: int, use: str = "") -> Path:
    """Return a project with `count` papers; it is written on first use."""
    path = folder / f"{project}-{count}{use}"
    if not path.exists():
        print_progress(f"{path.name} is written")
        command = [sys.executable, "-m", "benchmarks.projects", project, str(count), str(path)]
        subprocess.run(command, cwd=ROOT, check=True)
    return path


def number_first_line(path: Path) -> str:
    """Increase the number in the first line of a file, and return the new number as `(1)`."""
    first, _, rest = path.read_text(encoding="utf-8").partition("\n")
    words, number, quote = re.findall(r'^(.*?)(?: \((\d+)\))?("?)$', first)[0]
    now = f"({int(number or 0) + 1})"
    path.write_text(f"{words} {now}{quote}\n{rest}", encoding="utf-8")
    return now


def first_entry(project: Path) -> Path:
    """Return the first entry of an atlas."""
    return min(project.glob("entries/*/*.yml"))


@dataclass(frozen=True)
class Build:
    """A build of a project with `count` papers; if `papers`, each paper has a page."""

    project: str
    count: int
    state: str = COLD
    papers: bool = True

    @property
    def name(self) -> str:
        """The project and the state of its build."""
        name = NAMES[self.project]
        if self.project != "paper-atlas":
            return name
        return f"{name}, {self.state}{'' if self.papers else ', without pages of papers'}"

    @property
    def group(self) -> str:
        """All builds with the same number of papers."""
        return f"builds of {self.count:,}"

    def measure(self, folder: Path) -> Cost:
        """Build without an earlier site; the cache is deleted before a cold build."""
        project = create_project(folder, self.project, self.count, "" if self.papers else WITHOUT)
        site, cache = project / "site", project / CACHE
        command = [sys.executable, *mkdocs_arguments(self.papers), "build", "--quiet"]
        if self.state == COLD:
            shutil.rmtree(cache, ignore_errors=True)
        elif not site.exists():
            run(command, project)
        if self.state == CHANGED:
            number_first_line(first_entry(project))
        shutil.rmtree(site, ignore_errors=True)
        return run(command, project)


@dataclass(frozen=True)
class Check:
    """`paper-atlas check`, for the first time or again."""

    count: int
    state: str = COLD

    @property
    def name(self) -> str:
        """The command and its state."""
        return f"check, {self.state}"

    @property
    def group(self) -> str:
        """All checks."""
        return "checks"

    def measure(self, folder: Path) -> Cost:
        """Check a separate project, because a build fills the cache too."""
        project = create_project(folder, "paper-atlas", self.count, CHECKED)
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
        """Return the mean of the times and the largest peak."""
        project = create_project(folder, "paper-atlas", self.count, CHECKED)
        costs = [run(self.command, project) for _ in range(self.times)]
        return Cost(
            sum(cost.cpu for cost in costs) / self.times,
            sum(cost.wall for cost in costs) / self.times,
            max(cost.peak for cost in costs),
        )
