"""Load a folder of entries and its vocabulary as a library."""

import gc
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath

from paper_atlas.checks import CHECKS
from paper_atlas.checks.context import CheckContext
from paper_atlas.folder.cache import Cache, digest, problems_from_json, problems_to_json
from paper_atlas.folder.reader import EntryFile, read_files
from paper_atlas.folder.vocabulary_file import read_figure, read_vocabulary
from paper_atlas.model.entry import Entry
from paper_atlas.model.identity import Fingerprint, fingerprint_of_fields
from paper_atlas.model.library import BrokenEntry, Library
from paper_atlas.model.terms import NewTerms
from paper_atlas.model.vocabulary import VOCABULARY_FILE, Facet, Term, Vocabulary
from paper_atlas.problem import Problem, Severity, display_path, errors
from paper_atlas.source.document import Document

RESERVED_NAMES = {
    *Entry.model_fields,
    *("assets", "charts", "compare", "contribute", "help-wanted", "lineage"),
    *("papers", "search", "sections", "templates"),
    *("from", "has", "ids", "limit", "pick", "sort", "text", "to", "view"),
}
"""Names that no facet can have: keys of every entry, folders of every site, and the parameters of
lists in pages and URLs."""

_LINE = re.compile(
    r"""^ *(title|doi|arxiv|pmid|pmcid|url|pdf): *["']?(.*?)["']?\s*$""", re.MULTILINE
)
"""A line of a file that is not valid YAML, by which its paper is recognised."""


def load(folder: str | Path, base: str | Path | None = None, cache: Cache | None = None) -> Library:
    """Return the library of a folder of entries. Mistakes in files become problems of the library.

    Paths in problems are relative to `base`, by default the working directory. Entries whose files
    have not changed are read from `cache`. An entry with errors is in `broken_entries` instead of
    `entries`. If the vocabulary has errors, only these are reported, because they cause errors in
    valid entries. A folder that does not exist gives an empty library.
    """
    with without_garbage_collection():
        return _load(Path(folder), Path(base or Path.cwd()), cache or Cache())


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Disable the garbage collector, which would repeatedly search all entries for cycles."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _load(folder: Path, base: Path, cache: Cache) -> Library:
    path = display_path(folder / VOCABULARY_FILE, base)
    read, document, vocabulary_problems = read_vocabulary(folder, path, RESERVED_NAMES)
    vocabulary = cache.get_object(digest(document.path, document.text), lambda: read)
    files, new_terms = read_files(folder, base, vocabulary, cache)
    across = _problems_across(files, vocabulary, document, cache)
    entries: list[Entry] = []
    broken: list[BrokenEntry] = []
    is_usable = not errors(vocabulary_problems)
    problems = [*vocabulary_problems, *(across.get(document.path, []) if is_usable else [])]
    for file in files:
        of_file = _problems_of_file(file, across) if is_usable else []
        problems += of_file
        if file.entry and not errors(of_file):
            entries.append(file.entry)
        else:
            terms = _terms_of_broken_entry(file.document, vocabulary)
            paper = _fingerprint_of_broken_entry(file.document)
            broken.append(BrokenEntry(file.document.path, terms, tuple(errors(of_file)), paper))
    entries.sort(key=_sort_key)
    figure, figure_problems = read_figure(folder, vocabulary, document)
    return Library(
        display_path(folder, base),
        vocabulary,
        _with_new_terms(vocabulary, new_terms, entries),
        tuple(entries),
        tuple(broken),
        tuple(sorted([*problems, *figure_problems])),
        figure,
        {file.entry.id: file.digest for file in files if file.entry},
    )


def _problems_across(
    files: Sequence[EntryFile], vocabulary: Vocabulary, document: Document, cache: Cache
) -> Mapping[str, list[Problem]]:
    """Return the problems that the checks across entries find, by path. They are cached."""
    key = digest(cache.code_digest, document.path, document.text, *(file.digest for file in files))
    text = cache.get_text(
        "checks", key, lambda: problems_to_json(_run_checks(files, vocabulary, document))
    )
    by_path = defaultdict(list)
    for problem in problems_from_json(text):
        by_path[problem.path].append(problem)
    return by_path


def _run_checks(
    files: Iterable[EntryFile], vocabulary: Vocabulary, document: Document
) -> Iterator[Problem]:
    context = CheckContext(
        {file.entry.id: (file.entry, file.document) for file in files if file.entry},
        {file.document.stem: file.document for file in files},
        vocabulary,
        document,
    )
    for check in CHECKS:
        yield from check(context)


def _problems_of_file(file: EntryFile, across: Mapping[str, list[Problem]]) -> list[Problem]:
    """Return the problems of a file, without the warnings and notes that its `allow` lists.

    Errors cannot be allowed. An item of `allow` without effect is a problem too.
    """
    problems = [*file.problems, *across.get(file.document.path, [])]
    allowed = file.entry.allow if file.entry else {}
    allowable = {problem.code for problem in problems if problem.severity is not Severity.ERROR}
    for code in allowed:
        if code not in allowable:
            loc, message = ("allow", code), "no warning or note has this code"
            unused = file.document.problem_at(
                "unused-allow", loc, message, "remove it", of_key=True
            )
            problems.append(replace(unused, severity=Severity.NOTE))
    return [
        problem
        for problem in problems
        if problem.code not in allowed or problem.severity is Severity.ERROR
    ]


def _sort_key(entry: Entry) -> tuple[int, str, str]:
    return -(entry.year or 0), entry.title.casefold(), entry.id


def _terms_of_broken_entry(document: Document, vocabulary: Vocabulary) -> tuple[Term, ...]:
    """Return the terms of the main facet in a file, otherwise the term with the name of its folder.

    Values that are not terms are ignored.
    """
    facet = vocabulary.facets[vocabulary.main_facet]
    data = document.data if isinstance(document.data, dict) else {}
    value = data.get(vocabulary.main_facet)
    words = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    terms = _find_terms(facet, (word for word in words if isinstance(word, str)))
    return terms or _find_terms(facet, [PurePosixPath(document.path).parent.name])


def _fingerprint_of_broken_entry(document: Document) -> Fingerprint:
    """Return the fingerprint of the paper in a file with errors, even if it is not valid YAML."""
    if isinstance(document.data, dict):
        return fingerprint_of_fields(document.data)
    lines = dict(_LINE.findall(document.text))
    links = {key: value for key, value in lines.items() if key != "title"}
    return Fingerprint((lines["title"],) if "title" in lines else (), links)


def _find_terms(facet: Facet, words: Iterable[str]) -> tuple[Term, ...]:
    return tuple({term.id: term for word in words if (term := facet.find_term(word))}.values())


def _with_new_terms(
    vocabulary: Vocabulary, new_terms: NewTerms, entries: Iterable[Entry]
) -> Vocabulary:
    """Return the vocabulary with the new terms that the entries use, sorted by title."""
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
