"""Changes to files, as unified diffs or written to disk."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from paper_atlas.folder.formatter import canonical_file
from paper_atlas.model.entry import Entry
from paper_atlas.source.atomic import folder_lock, replace_text
from paper_atlas.source.document import Document, read_document


@dataclass(frozen=True)
class FileChange:
    """The path of a file, its text before the change (None for a new file), and its text after."""

    path: str
    before: str | None
    after: str

    @property
    def unified_diff(self) -> str:
        """The change as a unified diff, which `git apply` and `patch -p1` accept.

        https://www.gnu.org/software/diffutils/manual/html_node/Detailed-Unified.html
        """
        # A tab marks the end of a name that contains spaces.
        end = "\t" if " " in self.path else ""
        old = "/dev/null" if self.before is None else f"a/{self.path}{end}"
        before, after = _diff_lines(self.before or ""), _diff_lines(self.after)
        return "".join(difflib.unified_diff(before, after, old, f"b/{self.path}{end}"))


def _diff_lines(text: str) -> list[str]:
    """Return the lines of a text, with the marker of a missing line break at the end."""
    lines = text.split("\n")
    last = [f"{lines[-1]}\n\\ No newline at end of file\n"] if lines[-1] else []
    return [f"{line}\n" for line in lines[:-1]] + last


def entry_change(
    document: Document, entry: Entry, facets: Sequence[str], folder: Path, base: Path
) -> FileChange:
    """Return the change that replaces the content of a file by the canonical text of `entry`.

    `document` is the file. Its path is relative to `base`, and `folder` is the folder of entries.
    """
    after = canonical_file(base / document.path, folder, entry, facets, document)
    return FileChange(document.path, document.text, after)


def write_changes(
    changes: Iterable[FileChange], folder: Path, base: Path
) -> tuple[list[str], list[str]]:
    """Write changes to existing files. Return the paths written, and the paths skipped.

    A file is written completely or not at all. It is skipped if it changed since it was read.
    """
    written: list[str] = []
    skipped: list[str] = []
    with folder_lock(folder):
        for change in changes:
            document, _ = read_document(base / change.path, change.path)
            if document.text == change.before:
                replace_text(base / change.path, change.after)
            (written if document.text == change.before else skipped).append(change.path)
    return written, skipped
