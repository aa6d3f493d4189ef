"""A curator in haste: random edits to all files of a project, good and broken, from a seed."""

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

_PAPER = """\
title: "{title}"
authors: [Ada Novak, Ben Okafor]
year: {year}
links: {{doi: 10.1000/{stem}}}
organs: [{organ}]
modalities: [CT]
methods: [U-Net]
"""
_PAGE = """\
# Page {number}

See [[{stem}]] and [the liver](organs/liver.md).

<!-- papers: organs=liver view=table -->
"""
_ORGANS = ("Liver", "Pancreas", "Heart", "Multi-organ")
_MARKS = ("title: [\n", "\t", "&a *a\n", "\x00", '"', "organs: [Unheard of]\n", "---\n---\n")


def edition(stem: str, number: int) -> str:
    """Return the title of a paper in an edition; it is the same wherever the paper is named."""
    return f"edition-{number}-of-{stem}-end"


class Editor:
    """Makes one random edit after the other. The same seed makes the same edits."""

    def __init__(self, project: Path, seed: int) -> None:
        self._random = Random(seed)
        self._entries, self._docs = project / "entries", project / "docs"
        self._single = (self._entries / "vocabulary.yml", project / "mkdocs.yml")
        self._original = {path: path.read_text() for path in self._single}
        self._number = 0
        self._edits: tuple[Callable[[], object], ...] = (
            *(self._write_entry, self._replace_entry, self._add_entry, self._rename_entry) * 3,
            *(self._break_entry, self._cut_entry, self._move_entry) * 2,
            *(self._write_page, self._add_page) * 2,
            *(self._delete_entry, self._delete_folder, self._rename_page, self._delete_page),
            *(self._write_word, self._cut_single, self._restore_single) * 2,
        )

    def edit(self) -> None:
        """Make an edit."""
        self._number += 1
        self._random.choice(self._edits)()

    def settle(self) -> None:
        """Restore the files without which no site can be built."""
        for path, text in self._original.items():
            path.write_text(text)

    def add_last_entry(self) -> str:
        """Add an entry that names no other file, and return its title."""
        self._number += 1
        stem = f"last-{self._number}"
        self._save(self._entries / f"{stem}.yml", stem)
        return edition(stem, self._number)

    def _write_entry(self) -> None:
        path = self._any_entry()
        self._save(path, path.stem)

    def _replace_entry(self) -> None:
        """Save as editors do that write a temporary file first."""
        path = self._any_entry()
        temporary = path.with_suffix(".yml~")
        self._save(temporary, path.stem)
        temporary.replace(path)

    def _add_entry(self) -> None:
        folder = self._entries / self._random.choice(("liver", "heart", "new/deeper"))
        folder.mkdir(parents=True, exist_ok=True)
        stem = f"paper-{self._number}"
        self._save(folder / f"{stem}.yml", stem)

    def _rename_entry(self) -> None:
        path = self._any_entry()
        other = path.with_stem(f"renamed-{self._number}")
        self._save(other, other.stem)
        path.unlink()

    def _move_entry(self) -> None:
        path = self._any_entry()
        shutil.move(path, self._entries / path.name)

    def _break_entry(self) -> None:
        path = self._any_entry()
        path.write_text(self._random.choice(_MARKS) + path.read_text())

    def _cut_entry(self) -> None:
        self._cut(self._any_entry())

    def _delete_entry(self) -> None:
        self._any_entry().unlink()

    def _delete_folder(self) -> None:
        folders = sorted(path for path in self._entries.iterdir() if path.is_dir())
        if len(folders) > 2:
            shutil.rmtree(self._random.choice(folders))

    def _write_page(self) -> None:
        page = self._any_page()
        page.write_text(f"{page.read_text()[:2000]}\n\nMore: [[{self._any_entry().stem}]].\n")

    def _add_page(self) -> None:
        names = (f"page-{self._number}.md", "organs/liver.md", "papers/by-hand.md", "index.md")
        page = self._docs / self._random.choice(names)
        page.parent.mkdir(exist_ok=True)
        page.write_text(_PAGE.format(number=self._number, stem=self._any_entry().stem))

    def _rename_page(self) -> None:
        page = self._any_page()
        page.rename(page.with_stem(f"page-{self._number}"))

    def _delete_page(self) -> None:
        self._any_page().unlink()

    def _write_word(self) -> None:
        vocabulary = self._single[0]
        text = self._original[vocabulary]
        vocabulary.write_text(text.replace("title: Organs", f"title: Organs {self._number}"))

    def _cut_single(self) -> None:
        self._cut(self._random.choice(self._single))

    def _restore_single(self) -> None:
        path = self._random.choice(self._single)
        path.write_text(self._original[path])

    def _save(self, path: Path, stem: str) -> None:
        values = {"stem": stem, "organ": self._random.choice(_ORGANS)}
        title = edition(stem, self._number)
        path.write_text(_PAPER.format(title=title, year=1990 + self._number % 40, **values))

    def _cut(self, path: Path) -> None:
        text = path.read_text()
        path.write_text(text[: self._random.randrange(len(text) + 1)])

    def _any_entry(self) -> Path:
        """Return an entry, after adding one if there are few."""
        paths = sorted(path for path in self._entries.rglob("*.yml") if path not in self._single)
        if len(paths) < 4:
            self._save(self._entries / f"more-{self._number}.yml", f"more-{self._number}")
            return self._entries / f"more-{self._number}.yml"
        return self._random.choice(paths)

    def _any_page(self) -> Path:
        """Return a handwritten page, after adding one if there are few."""
        paths = sorted(self._docs.rglob("*.md"))
        if len(paths) < 3:
            page = self._docs / f"more-{self._number}.md"
            page.write_text("# More\n")
            return page
        return self._random.choice(paths)
