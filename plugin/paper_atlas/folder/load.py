"""Reading a folder of entries and its vocabulary into a library."""

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath

from paper_atlas.checks import CHECKS
from paper_atlas.checks.context import CheckContext
from paper_atlas.folder import vocabulary_file
from paper_atlas.folder.cache import Cache, digest
from paper_atlas.folder.reader import EntryFile, read_files
from paper_atlas.folder.vocabulary_file import read_figure, read_vocabulary
from paper_atlas.model.entry import Entry
from paper_atlas.model.library import BrokenEntry, Library
from paper_atlas.model.terms import NewTerms
from paper_atlas.model.vocabulary import Facet, Term, Vocabulary
from paper_atlas.problem import (
    Problem,
    Severity,
    display_path,
    errors,
    problems_from_json,
    problems_to_json,
)
from paper_atlas.source.document import Document

RESERVED = {
    *Entry.model_fields,
    *("assets", "charts", "help-wanted", "lineage", "papers", "search", "sections", "templates"),
    *("has", "limit", "sort", "text", "view"),
}
"""Names that are keys of every entry, or folders of every site."""


def load(folder: str | Path, base: str | Path | None = None, cache: Cache | None = None) -> Library:
    """Read a folder of entries and its vocabulary into a library.

    Paths in problems are relative to `base`, by default the working directory. Entries whose files
    have not changed come from `cache`. A file with errors is in `Library.broken` instead of
    `Library.entries`. While the vocabulary has errors, only these are reported, because they cause
    errors in valid entries. A folder that does not exist gives an empty library.
    """
    with without_garbage_collection():
        return _loaded(Path(folder), Path(base or Path.cwd()), cache or Cache())


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Without looks for circles in memory: they would go through all entries again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _loaded(folder: Path, base: Path, kept: Cache) -> Library:
    path = folder / vocabulary_file.VOCABULARY_FILE
    read, words, wrong_words = read_vocabulary(folder, display_path(path, base), RESERVED)
    vocabulary = kept.get_object(digest(words.path, words.text), lambda: read)
    files, new_terms = read_files(folder, base, vocabulary, kept)
    across = _across(files, vocabulary, words, kept)
    entries: list[Entry] = []
    broken: list[BrokenEntry] = []
    is_usable = not errors(wrong_words)
    problems = [*wrong_words, *(across.get(words.path, []) if is_usable else [])]
    for file in files:
        told = _told(file, across) if is_usable else []
        problems += told
        if file.entry and not errors(told):
            entries.append(file.entry)
        else:
            terms = _standing(file.document, vocabulary)
            broken.append(BrokenEntry(file.document.path, terms, tuple(errors(told))))
    entries.sort(key=_order)
    used = _with_new_terms(vocabulary, new_terms, entries)
    figure, lacking = read_figure(folder, vocabulary, words)
    problems = sorted([*problems, *lacking])
    place = display_path(folder, base)
    lists = tuple(entries), tuple(broken), tuple(problems)
    digests = {file.entry.id: file.digest for file in files if file.entry}
    return Library(place, vocabulary, used, *lists, figure, digests)


def _across(
    files: Sequence[EntryFile], vocabulary: Vocabulary, words: Document, kept: Cache
) -> Mapping[str, list[Problem]]:
    """What the checks across entries find, by path; kept until any file changes."""
    of = digest(kept.code_digest, words.path, words.text, *(file.digest for file in files))
    text = kept.get_text(
        "checks", of, lambda: problems_to_json(_found_across(files, vocabulary, words))
    )
    found = defaultdict(list)
    for problem in problems_from_json(text):
        found[problem.path].append(problem)
    return found


def _found_across(
    files: Iterable[EntryFile], vocabulary: Vocabulary, words: Document
) -> Iterator[Problem]:
    looked_at = CheckContext(
        {file.entry.id: (file.entry, file.document) for file in files if file.entry},
        {file.document.stem: file.document for file in files},
        vocabulary,
        words,
    )
    for check in CHECKS:
        yield from check(looked_at)


def _told(file: EntryFile, across: Mapping[str, list[Problem]]) -> list[Problem]:
    """The problems of a file but for those, errors apart, that it allows with a reason."""
    problems = [*file.problems, *across.get(file.document.path, [])]
    allowed = file.entry.allow if file.entry else {}
    lighter = {it.code for it in problems if it.severity is not Severity.ERROR}
    for code in allowed:
        if code not in lighter:
            loc, message = ("allow", code), "no warning or note of that kind is found"
            unused = file.document.problem_at(
                "unused-allow", loc, message, "delete it", of_key=True
            )
            problems.append(replace(unused, severity=Severity.NOTE))
    return [it for it in problems if it.code not in allowed or it.severity is Severity.ERROR]


def _order(entry: Entry) -> tuple[int, str, str]:
    return -(entry.year or 0), entry.title.casefold(), entry.id


def _standing(source: Document, vocabulary: Vocabulary) -> tuple[Term, ...]:
    """The terms that a broken file names as far as it can be read, else that of its folder."""
    facet = vocabulary.facets[vocabulary.main_facet]
    data = source.data if isinstance(source.data, dict) else {}
    named = data.get(vocabulary.main_facet)
    words = [named] if isinstance(named, str) else named if isinstance(named, list) else []
    terms = _found(facet, (word for word in words if isinstance(word, str)))
    return terms or _found(facet, [PurePosixPath(source.path).parent.name])


def _found(facet: Facet, words: Iterable[str]) -> tuple[Term, ...]:
    return tuple({term.id: term for word in words if (term := facet.find_term(word))}.values())


def _with_new_terms(
    vocabulary: Vocabulary, new_terms: NewTerms, entries: Iterable[Entry]
) -> Vocabulary:
    """The vocabulary with the words of open facets that the entries use, by title."""
    used = {
        (facet, term.id)
        for entry in entries
        for facet, terms in entry.terms.items()
        for term in terms
    }
    grouped = defaultdict(list)
    for (facet, key, name), term in new_terms.items():
        if key == "id" and (facet, name) in used:
            grouped[facet].append(term)
    facets = {
        name: facet.with_terms(sorted(grouped[name], key=lambda term: term.title.casefold()))
        for name, facet in vocabulary.facets.items()
    }
    return vocabulary.model_copy(update={"facets": facets})
