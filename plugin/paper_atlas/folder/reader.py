"""Read the entry files of a folder, without the checks across entries."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from paper_atlas.folder.cache import (
    Cache,
    digest,
    entry_from_json,
    entry_to_json,
    has_only_listed_terms,
)
from paper_atlas.model.entry import Entry, read_entry
from paper_atlas.model.terms import NewTerms
from paper_atlas.model.vocabulary import VOCABULARY_FILE, Vocabulary
from paper_atlas.problem import Problem, display_path, errors
from paper_atlas.source.document import Document, LazyDocument, parse_document, read_text

_OTHER_SUFFIXES = (".yaml", ".txt", "")

_LocatedFile = tuple[tuple[str, ...], os.DirEntry[str]]
"""The parts of the path below the folder of entries, and the file or symbolic link."""


@dataclass(frozen=True)
class EntryFile:
    """The file of an entry, with its problems except those of the checks across entries.

    `entry` is None if a problem is an error. `digest` is the digest of the path, the text, the
    vocabulary and the code.
    """

    document: Document
    entry: Entry | None
    problems: tuple[Problem, ...]
    digest: bytes


def read_files(
    folder: Path, base: Path, vocabulary: Vocabulary, cache: Cache | None = None
) -> tuple[list[EntryFile], NewTerms]:
    """Read all files in the order of their paths. Paths in problems are relative to `base`.

    If two files have the same id, the second has no entry. Also returns the terms that the entries
    add to open facets. With a cache, the documents of valid entries are parsed only when needed.
    """
    new_terms: NewTerms = {}
    files: list[EntryFile] = []
    paths: dict[str, str] = {}
    reader = _Reader(folder, display_path(folder, base), vocabulary, new_terms, cache)
    for located_file in sorted(_find_files(folder), key=lambda located: located[0]):
        file = reader.read_file(*located_file)
        document, name = file.document, file.document.stem
        first = paths.setdefault(name.casefold(), document.path)
        if first != document.path:
            message = f"two files have the id '{name}': {first} and this one"
            problem = document.problem_at("doubled-id", (), message, "rename one of them")
            file = replace(file, entry=None, problems=(*file.problems, problem))
        files.append(file)
    return files, new_terms


def _find_files(folder: Path | str, above: tuple[str, ...] = ()) -> Iterator[_LocatedFile]:
    """Yield the files of entries, and files that are probably meant to be entries.

    Hidden files are ignored, because editors create them. A folder that is missing or
    unreadable has no files.
    """
    try:
        scan = os.scandir(folder)
    except (FileNotFoundError, PermissionError):
        return
    with scan:
        for item in scan:
            parts = (*above, item.name)
            if item.name.startswith(".") or parts == (VOCABULARY_FILE,):
                continue
            if _is_meant_as_entry(item):
                yield parts, item
            elif item.is_dir(follow_symlinks=False):
                yield from _find_files(item.path, parts)


def _is_meant_as_entry(item: os.DirEntry[str]) -> bool:
    if item.name.casefold().endswith(".yml") or ".yml." in item.name:
        return True
    if item.is_dir():
        return item.is_symlink()
    suffix = PurePosixPath(item.name).suffix.casefold()
    return suffix in _OTHER_SUFFIXES and _looks_like_an_entry(Path(item.path))


def _looks_like_an_entry(path: Path) -> bool:
    try:
        return re.search(rb"^\s*(title|links)\s*:", path.read_bytes(), re.MULTILINE) is not None
    except OSError:
        return False


class _Reader:
    """Reads the files of a folder, one after the other."""

    def __init__(
        self,
        folder: Path,
        shown_folder: str,
        vocabulary: Vocabulary,
        new_terms: NewTerms,
        cache: Cache | None,
    ) -> None:
        self._folder = folder
        self._prefix = "" if shown_folder == "." else f"{shown_folder}/"
        self._vocabulary = vocabulary
        self._new_terms = new_terms
        self._cache = cache
        code = cache.code_digest if cache else b""
        self._context_digest = digest(code, vocabulary.model_dump_json()) if cache else b""

    def read_file(self, parts: tuple[str, ...], item: os.DirEntry[str]) -> EntryFile:
        path = self._prefix + "/".join(parts)
        if problem := self._symlink_problem(path, item):
            return EntryFile(Document(path, "", None), None, (problem,), digest(path))
        text, problems = read_text(item.path, path)
        key = digest(self._context_digest, path, text)
        has_right_suffix = item.name.endswith(".yml")
        if has_right_suffix and not problems:
            return self._cached_or_parsed(path, text, key)
        document, problems = (
            (Document(path, "", None), problems) if problems else parse_document(text, path)
        )
        if not has_right_suffix:
            hint = f"rename it to '{item.name.split('.')[0]}.yml'"
            message = "expected a file name that ends in .yml"
            problems.append(document.problem_at("wrong-ending", (), message, hint))
        return self._validated(document, problems, key)

    def _cached_or_parsed(self, path: str, text: str, key: bytes) -> EntryFile:
        cache = self._cache
        if cache and (entry := cache.get_object(key, lambda: self._cached_entry(cache, key))):
            return EntryFile(LazyDocument(path, text), entry, (), key)
        file = self._validated(*parse_document(text, path), key)
        if cache and file.entry and not file.problems:
            if has_only_listed_terms(file.entry, self._vocabulary):
                cache.store_text("entries", key, entry_to_json(file.entry))
            file = replace(file, document=LazyDocument(path, text))
        return file

    def _cached_entry(self, cache: Cache, key: bytes) -> Entry | None:
        text = cache.take_text("entries", key)
        return entry_from_json(text, self._vocabulary) if text else None

    def _validated(self, document: Document, problems: list[Problem], key: bytes) -> EntryFile:
        entry = None
        if document.data is not None or not problems:
            entry, more = read_entry(document, self._vocabulary, self._new_terms)
            problems = [*problems, *more]
        return EntryFile(document, None if errors(problems) else entry, tuple(problems), key)

    def _symlink_problem(self, path: str, item: os.DirEntry[str]) -> Problem | None:
        """Return a problem for a symbolic link to a folder or to a file outside the folder."""
        if not item.is_symlink():
            return None
        code, document = "outside-link", Document(path, "", None)
        if item.is_dir():
            message = "symbolic links to folders are not followed"
            return document.problem_at(code, (), message, "move the folder here")
        if Path(item.path).resolve().is_relative_to(self._folder.resolve()):
            return None
        message = "symbolic links to files outside the folder of entries are not followed"
        return document.problem_at(code, (), message, "copy the file instead")
