"""The files of a folder of entries, each read by itself."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from paper_atlas.folder import vocabulary_file
from paper_atlas.folder.cache import (
    Cache,
    digest,
    entry_from_json,
    entry_to_json,
    has_only_listed_terms,
)
from paper_atlas.model.entry import Entry, read_entry
from paper_atlas.model.terms import NewTerms
from paper_atlas.model.vocabulary import Vocabulary
from paper_atlas.problem import Problem, display_path, errors
from paper_atlas.source.document import Document, LazyDocument, parse_document, read_text

_OTHER_ENDINGS = (".yaml", ".txt", "")

_Found = tuple[tuple[str, ...], os.DirEntry[str]]
"""What lies in the folder, by the parts of its path."""


@dataclass(frozen=True)
class EntryFile:
    """A file of an entry as far as it can be read by itself; with errors it has no entry.

    `digest` is that of all that it is made of: its path and text, the vocabulary.
    """

    document: Document
    entry: Entry | None
    problems: tuple[Problem, ...]
    digest: bytes


def read_files(
    folder: Path, base: Path, vocabulary: Vocabulary, kept: Cache | None = None
) -> tuple[list[EntryFile], NewTerms]:
    """Every file in the order of their paths; of two with the same id the second has no entry.

    Where something is kept, sound files are read again when somebody asks what stands in them.
    """
    new_terms: NewTerms = {}
    files: list[EntryFile] = []
    paths: dict[str, str] = {}
    reader = _Reader(folder, display_path(folder, base), vocabulary, new_terms, kept)
    for found in sorted(_walk(folder), key=lambda it: it[0]):
        file = reader.read_file(*found)
        source, name = file.document, file.document.stem
        first = paths.setdefault(name.casefold(), source.path)
        if first != source.path:
            message = f"two files have the id '{name}': {first} and this one"
            problem = source.problem_at("doubled-id", (), message, "rename one of them")
            file = replace(file, entry=None, problems=(*file.problems, problem))
        files.append(file)
    return files, new_terms


def _walk(folder: Path | str, above: tuple[str, ...] = ()) -> Iterator[_Found]:
    """What is an entry, or is meant to be one; hidden files are an editor's.

    A folder that is not there, or cannot be looked into, has none.
    """
    try:
        found = os.scandir(folder)
    except (FileNotFoundError, PermissionError):
        return
    with found:
        for it in found:
            parts = (*above, it.name)
            if it.name.startswith(".") or parts == (vocabulary_file.VOCABULARY_FILE,):
                continue
            if _is_of_an_entry(it):
                yield parts, it
            elif it.is_dir(follow_symlinks=False):
                yield from _walk(it.path, parts)


def _is_of_an_entry(found: os.DirEntry[str]) -> bool:
    if found.name.casefold().endswith(".yml") or ".yml." in found.name:
        return True
    if found.is_dir():
        return found.is_symlink()
    suffix = PurePosixPath(found.name).suffix.casefold()
    return suffix in _OTHER_ENDINGS and _looks_like_an_entry(Path(found.path))


def _looks_like_an_entry(path: Path) -> bool:
    try:
        return re.search(rb"^\s*(title|links)\s*:", path.read_bytes(), re.MULTILINE) is not None
    except OSError:
        return False


class _Reader:
    """Reads one file after the other."""

    def __init__(
        self,
        folder: Path,
        place: str,
        vocabulary: Vocabulary,
        new_terms: NewTerms,
        kept: Cache | None,
    ) -> None:
        self._folder = folder
        self._place = "" if place == "." else f"{place}/"
        self._vocabulary = vocabulary
        self._new_terms = new_terms
        self._kept = kept
        self._made_by = digest(kept.code_digest, vocabulary.model_dump_json()) if kept else b""

    def read_file(self, parts: tuple[str, ...], found: os.DirEntry[str]) -> EntryFile:
        path = self._place + "/".join(parts)
        if problem := self._outside(path, found):
            return EntryFile(Document(path, "", None), None, (problem,), digest(path))
        text, problems = read_text(found.path, path)
        own = digest(self._made_by, path, text)
        is_named_so = found.name.endswith(".yml")
        if is_named_so and not problems:
            return self._entry(path, found.path, text, own)
        source, problems = (
            (Document(path, "", None), problems) if problems else parse_document(text, path)
        )
        if not is_named_so:
            hint = f"rename it to '{found.name.split('.')[0]}.yml'"
            message = "the name of an entry ends in .yml"
            problems.append(source.problem_at("wrong-ending", (), message, hint))
        return self._read(source, problems, own)

    def _entry(self, path: str, file: str, text: str, own: bytes) -> EntryFile:
        """A file whose name is that of an entry, as it is kept or read now."""
        kept = self._kept
        if kept and (entry := kept.get_object(own, lambda: self._kept_entry(kept, own))):
            return EntryFile(LazyDocument(path, file), entry, (), own)
        result = self._read(*parse_document(text, path), own)
        if kept and result.entry and not result.problems:
            if has_only_listed_terms(result.entry, self._vocabulary):
                kept.store_text("entries", own, entry_to_json(result.entry))
            result = replace(result, document=LazyDocument(path, file))
        return result

    def _kept_entry(self, kept: Cache, own: bytes) -> Entry | None:
        found = kept.take_text("entries", own)
        return entry_from_json(found, self._vocabulary) if found else None

    def _read(self, source: Document, problems: list[Problem], own: bytes) -> EntryFile:
        entry = None
        if source.data is not None or not problems:
            entry, more = read_entry(source, self._vocabulary, self._new_terms)
            problems = [*problems, *more]
        return EntryFile(source, None if errors(problems) else entry, tuple(problems), own)

    def _outside(self, path: str, found: os.DirEntry[str]) -> Problem | None:
        """Links to folders, or to files out of the folder, are not followed."""
        if not found.is_symlink():
            return None
        code, source = "outside-link", Document(path, "", None)
        if found.is_dir():
            message = "a link to a folder, in which no entries are looked for"
            return source.problem_at(code, (), message, "move the folder here")
        if Path(found.path).resolve().is_relative_to(self._folder.resolve()):
            return None
        message = "a link that leads out of the folder of entries"
        return source.problem_at(code, (), message, "copy the file instead")
