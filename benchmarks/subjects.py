"""Projects on disk, and the builds of projects as processes to measure."""

import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import Cost, print_progress, run

ROOT = Path(__file__).parent.parent
CACHE = ".cache"
"""The cache folder of the atlas in a project."""
COLD, WARM = "cold", "nothing changed"
ATLAS, THIS_ATLAS, EMPTY = "paper-atlas", "this-atlas", "empty"
NAMES = {
    ATLAS: "atlas",
    THIS_ATLAS: "this atlas",
    EMPTY: "empty pages",
    "cards": "cards in Markdown",
    "gen-files": "mkdocs-gen-files",
}

_BUILD = (sys.executable, "-m", "mkdocs", "build", "--quiet")
_RAM_DISK = Path("/dev/shm")


def create_project(folder: Path, project: str, count: int, use: str = "") -> Path:
    """Return a project with `count` papers; it is written on first use.

    A project that is changed needs another `use`, and so a copy of its own.
    """
    path = folder / f"{project}-{count}{use}"
    if not path.exists():
        print_progress(f"{path.name} is written")
        command = [sys.executable, "-m", "benchmarks.projects", project, str(count), str(path)]
        subprocess.run(command, cwd=ROOT, check=True)
    return path


def built_site(folder: Path, project: str, count: int) -> Path:
    """Return the site of a project; it is built unless a measured build has left it."""
    path = create_project(folder, project, count)
    if not (path / "site").exists():
        print_progress(f"{path.name} is built")
        run(_BUILD, path)
    return path / "site"


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
    """A build of a project with `count` papers or empty pages."""

    project: str
    count: int
    state: str = COLD
    once: bool = False

    @property
    def name(self) -> str:
        """The project, and the state of the build of an atlas."""
        name = NAMES[self.project]
        return f"{name}, {self.state}" if self.project == ATLAS else name

    @property
    def group(self) -> str:
        """All builds with the same number of papers."""
        return f"builds of {self.count:,}"

    def measure(self, folder: Path) -> Cost:
        """Build without an earlier site; the cache is deleted before a cold build."""
        project = create_project(folder, self.project, self.count)
        if self.state == COLD:
            shutil.rmtree(project / CACHE, ignore_errors=True)
        elif not (project / "site").exists():
            run(_BUILD, project)
        shutil.rmtree(project / "site", ignore_errors=True)
        return run(_BUILD, project)


@dataclass(frozen=True)
class InMemory:
    """A cold build on a RAM disk if there is one; its files are removed afterwards."""

    build: Build
    group: str = "builds on a RAM disk"
    once: bool = False

    @property
    def name(self) -> str:
        """The project."""
        return self.build.name

    def measure(self, folder: Path) -> Cost:
        """Write the project again, and build it."""
        place = _RAM_DISK if _RAM_DISK.is_dir() else folder
        with tempfile.TemporaryDirectory(dir=place) as disk:
            return self.build.measure(Path(disk))
