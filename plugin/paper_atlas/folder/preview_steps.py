"""The steps of a load in a preview. They give the same results as the other steps.

The memory of the preview has the files of the last load and what the checks found in them. An
unchanged file is neither read nor checked again.

A file is unchanged if its size, its inode and its times are the same. Times have a limited
resolution, so these do not count for a file that changed shortly before the last load.
https://git-scm.com/docs/racy-git
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from stat import S_ISREG
from time import time_ns
from typing import Any, TypeVar, TypeVarTuple

from paper_atlas.checks import run_checks
from paper_atlas.folder.cache import Cache, digest
from paper_atlas.folder.cached_steps import ENTRIES, CachedReader, CachedSteps, RecordedTerms
from paper_atlas.folder.reader import EntryFile, FileReader, unreadable_file
from paper_atlas.folder.steps import check_context
from paper_atlas.model.terms import NewTerms
from paper_atlas.model.vocabulary import VOCABULARY_FILE, Term, Vocabulary
from paper_atlas.problem import Problem
from paper_atlas.source.document import Document
from paper_atlas.source.files import read_text

_RESOLUTION = 2_000_000_000  # nanoseconds between the times that a FAT file system can store
_FILES = "files"

_NO_TERMS: Mapping[tuple[str, str, str], Any] = {}

Memory = dict[str, Any]
"""What the loads of a preview share."""

FileState = tuple[int, int, int, int]
"""The times of the last change of a file and of its inode, its size, and the inode."""

_Value = TypeVar("_Value")
_Found = TypeVar("_Found")
_Arguments = TypeVarTuple("_Arguments")


class PreviewSteps(CachedSteps):
    """The steps of a load in a preview."""

    def __init__(self, cache: Cache, memory: Memory) -> None:
        super().__init__(cache)
        self._memory = memory
        self._begin = time_ns()

    def read_vocabulary(
        self, folder: Path, path: str
    ) -> tuple[Vocabulary, Document, list[Problem]]:
        """Return the vocabulary, its file and its problems."""
        source = folder, path, read_text(folder / VOCABULARY_FILE, path, folder)
        read = super().read_vocabulary
        return self._remember("vocabulary", source, lambda: read(folder, path))

    def reader(self, folder: Path, vocabulary: Vocabulary) -> FileReader:
        """Return a reader of the files in a folder."""
        if _FILES not in self._memory:
            self._cache.preload(ENTRIES)
        reader = CachedReader(folder, vocabulary, self._cache)
        return PreviewReader(reader, self._memory, self._begin)

    def check(
        self, files: Sequence[EntryFile], vocabulary: Vocabulary, document: Document
    ) -> Iterable[Problem]:
        """Return the problems that the checks find. `document` is the file of the vocabulary."""
        context = check_context(files, vocabulary, document)
        return run_checks(replace(context, evaluate=Evaluations(self._memory)))

    def read_figure(
        self, folder: Path, vocabulary: Vocabulary, document: Document
    ) -> tuple[str, list[Problem]]:
        """Return the text of the figure, and its problems."""
        path = folder / vocabulary.figure
        source = folder, document.text, file_state(path, self._begin)
        read = super().read_figure
        return self._remember("figure", source, lambda: read(folder, vocabulary, document))

    def _remember(self, name: str, source: tuple[Any, ...], make: Callable[[], _Value]) -> _Value:
        """Return the value of the last load, or make it if its source has changed or is unknown."""
        last_source, value = self._memory.get(name, (None, None))
        if source != last_source or None in source:
            value = make()
            self._memory[name] = source, value
        return value  # type: ignore[no-any-return]


class Evaluations:
    """Calls functions of papers, unless the last load called them with the same papers."""

    def __init__(self, memory: Memory) -> None:
        self._last: Mapping[Any, Any] = memory.get("evaluations", {})
        self._results: dict[Any, Any] = {}
        memory["evaluations"] = self._results

    def __call__(
        self, function: Callable[[*_Arguments], Iterator[_Found]], *arguments: *_Arguments
    ) -> Sequence[_Found]:
        """Return the results of `function`; see `Evaluate`."""
        key = (function, *arguments)
        found: Sequence[_Found] | None = self._last.get(key)
        results = self._results[key] = tuple(function(*arguments)) if found is None else found
        return results


@dataclass(frozen=True, slots=True)
class _KnownFile:
    """A file of the last load.

    Its entry is the same now if the open facets have the same terms that it `found` before it.
    `added` are the terms that it added to them.
    """

    state: FileState | None
    file: EntryFile
    found: Mapping[tuple[str, str, str], Term | None]
    added: Mapping[tuple[str, str, str], Term]


class PreviewReader:
    """Reads the files with another reader, except those that have not changed.

    `begin` is the time at which the load began, in nanoseconds.
    """

    def __init__(self, reader: CachedReader, memory: Memory, begin: int) -> None:
        self.new_terms: NewTerms = {}
        self._reader = reader
        self._begin = begin
        self._known: dict[str, _KnownFile] = {}
        last_context, last = memory.get(_FILES, (b"", {}))
        self._last: Mapping[str, _KnownFile] = last if last_context == reader.context_digest else {}
        memory[_FILES] = reader.context_digest, self._known

    def read_file(self, path: str, item: os.DirEntry[str]) -> EntryFile:
        """Return the file of an item in the folder; see `FileReader`."""
        state, known = file_state(item, self._begin), self._last.get(path)
        if not known or not state or known.state != state or not self._is_valid(known):
            text, problems = self._reader.read_text(path, item)
            if problems:
                return unreadable_file(path, problems)
            if known and known.file.digest == digest(path, text) and self._is_valid(known):
                known = replace(known, state=state)
            else:
                known = self._parsed(path, text, state)
        if known.added:
            self.new_terms.update(known.added)
        self._known[path] = known
        return known.file

    def _is_valid(self, known: _KnownFile) -> bool:
        terms = self.new_terms
        return not known.found or all(terms.get(key) == term for key, term in known.found.items())

    def _parsed(self, path: str, text: str, state: FileState | None) -> _KnownFile:
        terms = RecordedTerms(self.new_terms)
        file = self._reader.parse_file(path, text, terms)
        return _KnownFile(state, file, terms.found or _NO_TERMS, terms.added or _NO_TERMS)


def file_state(item: os.DirEntry[str] | Path, begin: int) -> FileState | None:
    """Return the state of a file.

    It is None for links, for what is no file, and for a file that changed at `begin` or shortly
    before.
    """
    try:
        status = item.stat(follow_symlinks=False)
    except OSError:
        return None
    modified, changed = status.st_mtime_ns, status.st_ctime_ns
    if modified > begin - _RESOLUTION or changed > begin - _RESOLUTION:
        return None
    return (modified, changed, status.st_size, status.st_ino) if S_ISREG(status.st_mode) else None
