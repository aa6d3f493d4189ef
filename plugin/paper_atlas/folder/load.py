"""Load a folder of entries and its vocabulary as a library."""

import gc
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from operator import attrgetter
from pathlib import Path, PurePosixPath

from paper_atlas.folder.cache import Cache
from paper_atlas.folder.cached_steps import CachedSteps
from paper_atlas.folder.preview_steps import PreviewSteps
from paper_atlas.folder.reader import EntryFile, read_files
from paper_atlas.folder.steps import Steps
from paper_atlas.model.entry import Entry
from paper_atlas.model.identity import Fingerprint, fingerprint_of_fields
from paper_atlas.model.library import BrokenEntry, Library
from paper_atlas.model.terms import NewTerms
from paper_atlas.model.vocabulary import VOCABULARY_FILE, Facet, Term, Vocabulary
from paper_atlas.problem import Problem, Severity, display_path, errors, limit_problems
from paper_atlas.source.document import Document

_LINE = re.compile(r"^ *(title|doi|arxiv|pmid|pmcid|url|pdf):(.*)", re.MULTILINE)
"""A line of a file that is not valid YAML, by which its paper is recognised."""


def load(folder: str | Path, base: str | Path | None = None, cache: Cache | None = None) -> Library:
    """Return the library of a folder of entries. Mistakes in files become problems of the library.

    Paths in problems are relative to `base`, by default the working directory. Entries whose files
    have not changed are read from `cache`. An entry with errors is in `broken_entries` instead of
    `entries`. If the vocabulary has errors, only these are reported, because they cause errors in
    valid entries. A folder that does not exist gives an empty library.
    """
    with without_garbage_collection():
        return _load(Path(folder), Path(base or Path.cwd()), _steps(cache))


def _steps(cache: Cache | None) -> Steps:
    if cache is None:
        return Steps()
    return CachedSteps(cache) if cache.memory is None else PreviewSteps(cache, cache.memory)


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


def _load(folder: Path, base: Path, steps: Steps) -> Library:
    path = display_path(folder / VOCABULARY_FILE, base)
    vocabulary, document, vocabulary_problems = steps.read_vocabulary(folder, path)
    reader = steps.reader(folder, vocabulary)
    files = read_files(folder, base, reader)
    is_usable = not errors(vocabulary_problems)
    across: Mapping[str, list[Problem]] = defaultdict(list)
    for problem in steps.check(files, vocabulary, document) if is_usable else ():
        across[problem.path].append(problem)
    valid: list[EntryFile] = []
    broken: list[BrokenEntry] = []
    problems = [*limit_problems([*vocabulary_problems, *across.get(document.path, ())])]
    for file in files:
        of_file = _problems_of_file(file, across.get(file.document.path, ())) if is_usable else ()
        problems += of_file
        if file.entry and not (of_file and errors(of_file)):
            valid.append(file)
        else:
            broken.append(_broken_entry(file, vocabulary, of_file))
    valid.sort(key=attrgetter("sort_key"))
    entries = tuple(file.entry for file in valid if file.entry)
    figure, figure_problems = steps.read_figure(folder, vocabulary, document)
    return Library(
        display_path(folder, base),
        vocabulary,
        _with_new_terms(vocabulary, reader.new_terms, entries),
        entries,
        tuple(broken),
        tuple(sorted([*problems, *figure_problems])),
        figure,
        {file.entry.id: file.digest for file in files if file.entry},
    )


def _problems_of_file(file: EntryFile, across: Sequence[Problem]) -> Sequence[Problem]:
    """Return the problems of a file, without the warnings and notes that its `allow` lists.

    `across` are the problems of the checks. Errors cannot be allowed. An item of `allow` without
    effect is a problem too.
    """
    allowed = file.entry.allow if file.entry else {}
    if not allowed:
        return limit_problems((*file.problems, *across))
    problems = [*file.problems, *across]
    allowable = {problem.code for problem in problems if problem.severity is not Severity.ERROR}
    for code in allowed:
        if code not in allowable:
            loc, message = ("allow", code), "no warning or note has this code"
            unused = file.document.problem_at(
                "unused-allow", loc, message, "remove it", of_key=True
            )
            problems.append(replace(unused, severity=Severity.NOTE))
    return limit_problems(
        [
            problem
            for problem in problems
            if problem.code not in allowed or problem.severity is Severity.ERROR
        ]
    )


def _broken_entry(
    file: EntryFile, vocabulary: Vocabulary, problems: Sequence[Problem]
) -> BrokenEntry:
    document = file.document
    terms, paper = (
        _terms_of_broken_entry(document, vocabulary),
        _fingerprint_of_broken_entry(document),
    )
    return BrokenEntry(document.path, terms, tuple(errors(problems)), paper)


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
    lines = {key: _unquoted(value.strip()) for key, value in _LINE.findall(document.text)}
    links = {key: value for key, value in lines.items() if key != "title"}
    return fingerprint_of_fields({"title": lines.get("title"), "links": links})


def _unquoted(value: str) -> str:
    """Return a value without a quotation mark at its start and at its end."""
    value = value[1:] if value[:1] in ("'", '"') else value
    return value[:-1] if value[-1:] in ("'", '"') else value


def _find_terms(facet: Facet, words: Iterable[str]) -> tuple[Term, ...]:
    return tuple({term.id: term for word in words if (term := facet.find_term(word))}.values())


def _with_new_terms(
    vocabulary: Vocabulary, new_terms: NewTerms, entries: Iterable[Entry]
) -> Vocabulary:
    """Return the vocabulary with the new terms that the entries use, sorted by title."""
    if not new_terms:
        return vocabulary
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
