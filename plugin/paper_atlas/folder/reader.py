"""Read the entry files of a folder, without the checks across entries."""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter
from pathlib import Path, PurePosixPath
from typing import Protocol

from paper_atlas.checks.context import Paper
from paper_atlas.folder.cache import digest
from paper_atlas.model.entry import Entry, read_entry
from paper_atlas.model.terms import NewTerms
from paper_atlas.model.vocabulary import VOCABULARY_FILE, Vocabulary
from paper_atlas.problem import Problem, display_name, display_path, errors
from paper_atlas.source.document import Document, parse_document
from paper_atlas.source.files import FileError, read_file, read_text

MAX_FOLDER_DEPTH = 20
"""The most levels of folders below the folder of entries; each takes a level of recursion."""

_OTHER_SUFFIXES = (".yaml", ".txt", "")
_ENTRY_KEY = re.compile(rb"^[ \t]*(?:title|links)[ \t]*:", re.MULTILINE)


@dataclass(frozen=True)
class EntryFile:
    """The file of an entry, with its problems except those of the checks across entries.

    `entry` is None if a problem is an error. `digest` is the digest of the path and the text.
    """

    document: Document
    entry: Entry | None
    problems: tuple[Problem, ...]
    digest: bytes

    @cached_property
    def name(self) -> str:
        """The name of the file without its extension."""
        return self.document.stem

    @cached_property
    def folded_name(self) -> str:
        """The name in lower case: two files must not have names that differ only in case."""
        return self.name.casefold()

    @cached_property
    def sort_key(self) -> tuple[int, str, str]:
        """The place of the entry in the library: newest first, then by title."""
        if self.entry is None:
            return 0, "", self.name
        return -(self.entry.year or 0), self.entry.title.casefold(), self.entry.id

    @cached_property
    def paper(self) -> Paper | None:
        """The entry and its file as the checks need them."""
        return Paper(self.entry, self.document) if self.entry else None


class FileReader(Protocol):
    """An object that reads the files of a folder, one after the other in the order of paths.

    `new_terms` are the terms that the files so far add to open facets.
    """

    new_terms: NewTerms

    def read_file(self, path: str, item: os.DirEntry[str]) -> EntryFile:
        """Return the file of an item in the folder; `path` is its path in problems."""


def read_files(folder: Path, base: Path, reader: FileReader) -> list[EntryFile]:
    """Read all files, folder by folder. Paths in problems are relative to `base`.

    If two files have the same id, the second has no entry.
    """
    shown = display_path(folder, base)
    files: list[EntryFile] = []
    paths: dict[str, str] = {}
    for path, item in _find_files(folder, "" if shown == "." else f"{shown}/"):
        if isinstance(item, Problem):
            files.append(unreadable_file(path, [item]))
            continue
        file = reader.read_file(path, item)
        first = paths.setdefault(file.folded_name, path)
        if first != path:
            message = f"two files have the id '{file.name}': {first} and this one"
            problem = file.document.problem_at("doubled-id", (), message, "rename one of them")
            file = replace(file, entry=None, problems=(*file.problems, problem))
        files.append(file)
    return files


_Found = tuple[str, os.DirEntry[str] | Problem]
"""A path as problems show it, and its file, or why a folder cannot be searched."""


def _find_files(folder: Path | str, prefix: str, depth: int = 0) -> Iterator[_Found]:
    """Yield the files of entries, and files that are probably meant to be entries, by name.

    `prefix` is the path of the folder in problems, with a slash at its end. Hidden files are
    ignored, because editors create them. A folder that is missing has no files.
    """
    try:
        with os.scandir(folder) as scan:
            items = sorted(scan, key=attrgetter("name"))
    except FileNotFoundError:
        return
    except OSError as error:
        yield _unsearched(prefix, "unreadable", f"the folder cannot be read: {error.strerror}")
        return
    for item in items:
        name = item.name
        if name.startswith(".") or (name == VOCABULARY_FILE and not depth):
            continue
        if _is_meant_as_entry(item):
            yield prefix + display_name(name), item
        elif item.is_dir(follow_symlinks=False):
            yield from _find_files_below(item, prefix, depth + 1)


def _find_files_below(item: os.DirEntry[str], prefix: str, depth: int) -> Iterator[_Found]:
    """Yield the files in a folder, unless its name or its depth is refused."""
    shown = f"{prefix}{display_name(item.name)}/"
    if not shown.endswith(f"{item.name}/"):
        message = "the name of the folder contains invisible characters, or is not UTF-8"
        yield _unsearched(shown, "control-character", message, "rename it")
    elif depth > MAX_FOLDER_DEPTH:
        message = f"folders are nested more than {MAX_FOLDER_DEPTH} levels deep"
        yield _unsearched(shown, "too-deep", message, "move the files up")
    else:
        yield from _find_files(item.path, shown, depth)


def _unsearched(path: str, code: str, message: str, hint: str = "") -> _Found:
    """Return the problem of a folder. Its path ends in a slash, so it has no id."""
    return path or "./", Problem(path or "./", 1, 1, code, "", message, hint)


def _is_meant_as_entry(item: os.DirEntry[str]) -> bool:
    if item.name.casefold().endswith(".yml") or ".yml." in item.name:
        return True
    if _is_folder(item):
        return item.is_symlink()
    suffix = PurePosixPath(item.name).suffix.casefold()
    return suffix in _OTHER_SUFFIXES and _looks_like_an_entry(item, suffix)


def _is_folder(item: os.DirEntry[str]) -> bool:
    """True for a folder or a link to one. It is no folder if a link leads to itself."""
    try:
        return item.is_dir()
    except OSError:
        return False


def _looks_like_an_entry(item: os.DirEntry[str], suffix: str) -> bool:
    """True if a file has keys of an entry, or cannot be read and has a suffix of YAML.

    A link that leads out of its folder is not followed.
    """
    try:
        folder = Path(item.path).parent if item.is_symlink() else None
        return _ENTRY_KEY.search(read_file(item.path, folder=folder)) is not None
    except FileError:
        return suffix == ".yaml"


class EntryReader:
    """Reads the files of a folder and validates them against a vocabulary."""

    def __init__(self, folder: Path, vocabulary: Vocabulary) -> None:
        self._folder = folder
        self.vocabulary = vocabulary
        self.new_terms: NewTerms = {}

    def read_file(self, path: str, item: os.DirEntry[str]) -> EntryFile:
        """Return the file of an item in the folder; `path` is its path in problems."""
        text, problems = self.read_text(path, item)
        if problems:
            return unreadable_file(path, problems)
        return self.parse_file(path, text, self.new_terms)

    def read_text(self, path: str, item: os.DirEntry[str]) -> tuple[str, list[Problem]]:
        """Return the text of a file, or an empty string and the reasons why it is not read."""
        document = Document(path, "", None)
        if item.is_symlink() and _is_folder(item):
            message, hint = "symbolic links to folders are not followed", "move the folder here"
            return "", [document.problem_at("outside-link", (), message, hint)]
        folder = self._folder if item.is_symlink() else None
        text, problems = read_text(item.path, path, folder)
        return text, [*problems, *_ending_problems(document)] if problems else []

    def parse_file(self, path: str, text: str, new_terms: NewTerms) -> EntryFile:
        """Return the file with this text. Terms that it adds to open facets join `new_terms`."""
        document, problems = parse_document(text, path)
        problems += _ending_problems(document)
        entry = None
        if document.data is not None or not problems:
            entry, more = read_entry(document, self.vocabulary, new_terms)
            problems = [*problems, *more]
        valid = None if errors(problems) else entry
        return EntryFile(document, valid, tuple(problems), digest(path, text))


def unreadable_file(path: str, problems: Iterable[Problem]) -> EntryFile:
    """Return a file without text, and the reasons for that."""
    return EntryFile(Document(path, "", None), None, tuple(problems), digest(path))


def _ending_problems(document: Document) -> list[Problem]:
    if document.path.endswith(".yml"):
        return []
    hint = f"rename it to '{PurePosixPath(document.path).name.split('.')[0]}.yml'"
    message = "expected a file name that ends in .yml"
    return [document.problem_at("wrong-ending", (), message, hint)]
