"""Changes to files, as unified diffs or written to disk."""

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from paper_atlas.folder.formatter import canonical_file
from paper_atlas.folder.reader import EntryFile
from paper_atlas.model.entry import Entry
from paper_atlas.source.atomic import UnfinishedError, folder_lock, replace_text, write_new
from paper_atlas.source.document import Document
from paper_atlas.source.files import read_text


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
        unified_diff = _one_hunk if _are_far_apart(before, after) else difflib.unified_diff
        return "".join(unified_diff(before, after, old, f"b/{self.path}{end}"))


_MOST_WORK = 20_000_000
"""The most steps of difflib: two seconds. They are the lines times the places with a change."""

_CONTEXT = 3  # unchanged lines around a change


def _are_far_apart(before: Sequence[str], after: Sequence[str]) -> bool:
    """True if difflib would take too long, because thousands of places of a long text change."""
    changed = set(pairwise(before)).symmetric_difference(pairwise(after))
    return len(changed) * max(len(before), len(after)) > _MOST_WORK


def _one_hunk(before: Sequence[str], after: Sequence[str], old: str, new: str) -> Iterator[str]:
    """Yield a unified diff that replaces all from the first changed line to the last one."""
    start = _count_equal(before, after)
    rest = before[start:], after[start:]
    end = _count_equal(*(lines[::-1] for lines in rest))
    above = before[max(0, start - _CONTEXT) : start]
    removed, added = (lines[: len(lines) - end] for lines in rest)
    below = before[len(before) - end :][:_CONTEXT]
    counts = [len(above) + len(lines) + len(below) for lines in (removed, added)]
    firsts = [start - len(above) + (count > 0) for count in counts]  # 0 for an empty file
    yield f"--- {old}\n"
    yield f"+++ {new}\n"
    yield f"@@ -{firsts[0]},{counts[0]} +{firsts[1]},{counts[1]} @@\n"
    for sign, lines in ((" ", above), ("-", removed), ("+", added), (" ", below)):
        yield from (f"{sign}{line}" for line in lines)


def _count_equal(one: Sequence[str], other: Sequence[str]) -> int:
    """Return the number of equal lines at the start of both."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


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


def format_changes(
    files: Iterable[EntryFile], facets: Sequence[str], folder: Path, base: Path
) -> Iterator[FileChange]:
    """Yield the change of each file that is not in canonical form.

    Files with errors are skipped. `base` is the folder that paths in problems are relative to.
    `facets` are the names of all facets, in the order of the file.
    """
    for file in files:
        if file.entry:
            change = entry_change(file.document, file.entry, facets, folder, base)
            # The text of a document has no byte order mark, which is not canonical.
            if read_text(base / change.path, change.path)[0] != change.after:
                yield change


def write_changes(
    changes: Iterable[FileChange], folder: Path, base: Path
) -> tuple[list[str], list[str]]:
    """Write changes while holding the lock of a folder; see `write_locked`."""
    with folder_lock(folder):
        return write_locked(changes, base)


def write_locked(changes: Iterable[FileChange], base: Path) -> tuple[list[str], list[str]]:
    """Write changes in their order. Return the paths written, and the paths skipped.

    A file is written completely or not at all. It is skipped if it changed since it was read, or
    if another program has created the new file. There may be several changes to one file.

    Raises:
        UnfinishedError: the operating system cannot write a file.
    """
    changes = list(changes)
    written, skipped = dict[str, None](), dict[str, None]()
    for change in changes:
        try:
            is_written = change.path not in skipped and _write(change, base)
        except OSError as error:
            total = len({one.path for one in changes})
            reason = error.strerror or str(error)
            raise UnfinishedError(change.path, reason, [*written], total) from error
        (written if is_written else skipped)[change.path] = None
    return [path for path in written if path not in skipped], [*skipped]


def _write(change: FileChange, base: Path) -> bool:
    """Write a change. Return False if the file is not as it was before the change."""
    if change.before is None:
        return write_new(base / change.path, change.after)
    if read_text(base / change.path, change.path)[0].lstrip("\ufeff") != change.before:
        return False
    replace_text(base / change.path, change.after)
    return True
