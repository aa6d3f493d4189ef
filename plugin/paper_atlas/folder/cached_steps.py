"""The steps of a load with a cache. They give the same results as without one.

The cache has the entries without problems and the results of the checks.
"""

from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from dataclasses import replace
from pathlib import Path

from paper_atlas.folder.cache import Cache, digest
from paper_atlas.folder.cached_json import (
    entry_from_json,
    entry_to_json,
    problems_from_json,
    problems_to_json,
)
from paper_atlas.folder.reader import EntryFile, EntryReader, FileReader
from paper_atlas.folder.steps import Steps
from paper_atlas.model.terms import NewTerms
from paper_atlas.model.vocabulary import Term, Vocabulary
from paper_atlas.problem import Problem
from paper_atlas.source.document import Document, LazyDocument

ENTRIES = "entries"
"""The kind of the cached texts that are entries."""

_TermKey = tuple[str, str, str]


class CachedSteps(Steps):
    """The steps of a load with a cache."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def reader(self, folder: Path, vocabulary: Vocabulary) -> FileReader:
        """Return a reader of the files in a folder, with all entries of the cache at hand."""
        self._cache.preload(ENTRIES)
        return CachedReader(folder, vocabulary, self._cache)

    def check(
        self, files: Sequence[EntryFile], vocabulary: Vocabulary, document: Document
    ) -> Iterable[Problem]:
        """Return the problems that the checks find. `document` is the file of the vocabulary."""
        digests = (file.digest for file in files)
        key = digest(self._cache.code_digest, document.path, document.text, *digests)
        check = super().check
        text = self._cache.get_text(
            "checks", key, lambda: problems_to_json(check(files, vocabulary, document))
        )
        return problems_from_json(text)


class CachedReader(EntryReader):
    """A reader that only parses files whose entries are not in the cache."""

    def __init__(self, folder: Path, vocabulary: Vocabulary, cache: Cache) -> None:
        super().__init__(folder, vocabulary)
        self.context_digest = digest(cache.code_digest, vocabulary.model_dump_json())
        self._cache = cache

    def parse_file(self, path: str, text: str, new_terms: NewTerms) -> EntryFile:
        """Return the file with this text; see `EntryReader`.

        The entries of the cache have no problem and add no term.
        """
        file_digest = digest(path, text)
        key = digest(self.context_digest, file_digest)
        if stored := self._cache.find_text(ENTRIES, key):
            entry = entry_from_json(stored, self.vocabulary)
            return EntryFile(LazyDocument(path, text), entry, (), file_digest)
        recorded = RecordedTerms(new_terms)
        file = super().parse_file(path, text, recorded)
        if not file.entry:
            return file
        if not file.problems and not recorded.found:
            self._cache.store_text(ENTRIES, key, entry_to_json(file.entry))
        return replace(file, document=LazyDocument(path, text))


class RecordedTerms(MutableMapping[_TermKey, Term]):
    """New terms of open facets, with a record of what an entry reads and adds.

    `found` are the terms at each key that was looked up, None where there was none.
    """

    def __init__(self, terms: NewTerms) -> None:
        self._terms = terms
        self.found: dict[_TermKey, Term | None] = {}
        self.added: dict[_TermKey, Term] = {}

    def __getitem__(self, key: _TermKey) -> Term:
        if key not in self.added:
            self.found[key] = self._terms.get(key)
        return self._terms[key]

    def __setitem__(self, key: _TermKey, term: Term) -> None:
        self.added[key] = self._terms[key] = term

    def __delitem__(self, key: _TermKey) -> None:
        raise TypeError("terms stay")

    def __iter__(self) -> Iterator[_TermKey]:
        return iter(self._terms)

    def __len__(self) -> int:
        return len(self._terms)
