"""A proposal as the text of a file: shown as a diff, or written."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from paper_atlas.folder.formatter import format_text
from paper_atlas.folder.schema import modeline
from paper_atlas.model.entry import Entry
from paper_atlas.source.atomic import folder_lock, replace_text
from paper_atlas.source.document import Document, read_document


@dataclass(frozen=True)
class FileChange:
    """The path of a file, its text, and the text with what was found."""

    path: str
    before: str
    after: str

    @property
    def diff(self) -> str:
        """The change as a unified diff, which `git apply -p0` and `patch` take."""
        before, after = (text.splitlines(keepends=True) for text in (self.before, self.after))
        return "".join(difflib.unified_diff(before, after, self.path, self.path))


def entry_change(
    source: Document, entry: Entry, facets: Sequence[str], folder: Path, base: Path
) -> FileChange:
    """The change that makes the file of `source`, below `base`, that of `entry`."""
    first = modeline((base / source.path).absolute(), folder.absolute())
    after = first + format_text(source, entry, facets, bool(first))
    return FileChange(source.path, source.text, after)


def write_changes(
    changes: Iterable[FileChange], folder: Path, base: Path
) -> tuple[list[str], list[str]]:
    """Write changes, each file whole or not at all; the paths written, and those left alone.

    A file is left alone that somebody changed since it was read.
    """
    written: list[str] = []
    left: list[str] = []
    with folder_lock(folder):
        for change in changes:
            source, _ = read_document(base / change.path, change.path)
            if source.text == change.before:
                replace_text(base / change.path, change.after)
            (written if source.text == change.before else left).append(change.path)
    return written, left
