"""Every command that writes files, in a project where it has something to write."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from paper_atlas import export, load

from helpers.commands import README
from helpers.faults import Fault, Outcome, Runner
from helpers.projects import SMALL_ATLAS, copy_of
from helpers.services import running_services

TEMPORARY = "**/.paper-atlas-*.tmp"
_LIST = """\
# Papers

## Kidneys

- [U-Net for kidneys](https://doi.org/10.1000/kidneys)
- [Nothing but kidneys](https://arxiv.org/abs/2001.00001)

## Livers

- [Livers in the wild](https://doi.org/10.1000/livers)
"""


@dataclass
class Project:
    """A project in which a command is run again and again, each time from the same files.

    `before` and `after` are its files, without those of caches. `steps` is the number of steps in
    which the command writes, and `seconds` its processor time.
    """

    folder: Path
    words: tuple[str, ...]
    runner: Runner
    before: dict[str, bytes] = field(default_factory=dict)
    after: dict[str, bytes] = field(default_factory=dict)
    first: Outcome = field(default_factory=lambda: Outcome(0))

    def measure(self) -> None:
        """Run the command without a fault."""
        self.before = self.files()
        shutil.copytree(self.folder, f"{self.folder}-before", symlinks=True)
        self.first = self.run()
        assert self.first.code in (0, 1), self.first.errors
        self.after = self.files()
        assert self.after != self.before or self.words[0] == "check"

    def restore(self) -> None:
        """Bring the files from before the command back, and remove all others."""
        shutil.rmtree(self.folder)
        shutil.copytree(f"{self.folder}-before", self.folder, symlinks=True)

    def run(self, fault: Fault | None = None) -> Outcome:
        """Run the command."""
        return self.runner.run(self.folder, *self.words, **({"fault": fault} if fault else {}))

    def files(self) -> dict[str, bytes]:
        """All files except caches and temporary files."""
        found = (path for path in self.folder.rglob("*") if path.is_file())
        names = {path.relative_to(self.folder): path for path in found}
        return {
            str(name): path.read_bytes()
            for name, path in names.items()
            if name.parts[0] not in (".cache", "answers") and not path.match(TEMPORARY)
        }

    def differences(self) -> list[str]:
        """The files that are not as after the command.

        An import that has proposed a word map is not finished: the next one uses the map.
        """
        found = self.files()
        names = {*self.after} if "--words" in self.words else {*self.after, *found}
        return sorted(name for name in names if found.get(name) != self.after.get(name))

    def temporary_files(self) -> list[Path]:
        """What killed commands left."""
        return [*self.folder.glob(TEMPORARY)]

    def torn_files(self) -> list[str]:
        """The files that are neither as before nor as after the command.

        Except in a site, which is written anew, and the first of two writes of an import: a valid
        entry that does not refer to others yet.
        """
        found = self.files()
        torn = [name for name in self.before if name not in found and name in self.after]
        for name, content in found.items():
            expected = (self.before.get(name), self.after.get(name))
            if content not in expected and not name.startswith("site/"):
                torn.append(name)
        entries = self.folder / "entries"
        if self.words[0] != "import" or not torn or load(entries, self.folder).broken_entries:
            return torn
        return [name for name in torn if not name.startswith("entries/")]


def _without(text: str, key: str) -> str:
    return "".join(line for line in text.splitlines(True) if not line.startswith(f"{key}:"))


def _for_import(folder: Path) -> None:
    entries = load(folder / "entries", folder).entries
    (folder / "papers.json").write_text(export("json", entries), encoding="utf-8")
    for entry in entries[::2]:
        (folder / entry.path).unlink()
    for entry in entries[1::2]:
        path = folder / entry.path
        path.write_text(_without(path.read_text("utf-8"), "year"), encoding="utf-8")


def _for_words(folder: Path) -> None:
    (folder / "list.md").write_text(_LIST, encoding="utf-8")


def _for_format(folder: Path) -> None:
    for path in (folder / "entries").glob("*/*.yml"):
        text = path.read_text("utf-8").replace("title: ", "title:   ")
        path.write_text(text, encoding="utf-8")


def _for_schema(folder: Path) -> None:
    for name in ("entry", "vocabulary"):
        (folder / "entries" / f"{name}.schema.json").write_text("{}")


def _for_export(folder: Path) -> None:
    for name in ("papers.bib", "papers.sqlite"):
        (folder / name).write_text("old")
    (folder / "README.md").write_text(README)


def _for_enrich(folder: Path) -> None:
    for path in (folder / "entries").glob("*/*.yml"):
        path.write_text(_without(path.read_text("utf-8"), "venue"), encoding="utf-8")


def _nothing(_: Path) -> None:
    pass


_NEW = ("--title", "A new paper", "--in", "Liver", "--link", "10.1000/new")
_SERVICES = ("--accept", "--service", "crossref", "--email", "a@example.org", "--cache", "answers")
COMMANDS: dict[str, tuple[Callable[[Path], None], tuple[str, ...]]] = {
    "import": (_for_import, ("import", "papers.json")),
    "first import": (_for_words, ("import", "list.md", "--entries", "new/entries")),
    "word map": (_for_words, ("import", "list.md", "--words", "words.yml")),
    "new": (_nothing, ("new", *_NEW)),
    "format": (_for_format, ("format",)),
    "schema": (_for_schema, ("schema",)),
    "export": (_for_export, ("export", "bibtex", "--out", "papers.bib")),
    "database": (_for_export, ("export", "sqlite", "--out", "papers.sqlite")),
    "readme": (_for_export, ("export", "readme", "--into", "README.md")),
    "enrich": (_for_enrich, ("enrich", *_SERVICES)),
    "check": (_nothing, ("check",)),
    "build": (_nothing, ("mkdocs", "build", "--quiet")),
}
"""What is done to the small atlas, and the command, by name."""


@contextmanager
def project_for(name: str, folder: Path, runner: Runner) -> Iterator[Project]:
    """Give a project for a command, which has run in it once without a fault."""
    prepare, words = COMMANDS[name]
    copy_of(SMALL_ATLAS, folder / "project")
    with running_services([*load(SMALL_ATLAS / "entries").entries]) as services:
        prepare(folder / "project")
        base = ("--base", services.address) if name == "enrich" else ()
        project = Project(folder / "project", (*words, *base), runner)
        project.measure()
        yield project
