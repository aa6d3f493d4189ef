"""Build the entry of a paper from a draft, with the same validation as an entry file."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from paper_atlas.folder.entry_file import dump_entry
from paper_atlas.importers.draft import Draft
from paper_atlas.intake.columns import terms_of_columns, unused_words
from paper_atlas.intake.headings import other_facets, terms_of_headings, topic_heading
from paper_atlas.model.entry import FIELDS_NOT_IN_FILE, Entry, read_entry
from paper_atlas.model.fields import Author
from paper_atlas.model.validation import Frozen, validate_model
from paper_atlas.model.vocabulary import Term, Vocabulary
from paper_atlas.problem import Problem, Severity, errors
from paper_atlas.source.document import Document, parse_document
from paper_atlas.text.slug import can_be_address
from paper_atlas.text.spelling import spelling_key

_RELATIONS = ("extends", "not_same_as")
_LISTS = frozenset({"alternative_titles", "formerly", "results", "unverified", *_RELATIONS})
"""Keys with lists, for which a draft may have a single value."""


_DROPPABLE = ("malformed-", "url-scheme", "control-character", "long-", "too-many")
"""Codes of problems for which only the optional value is dropped, not the paper."""

EntryFields = dict[str, Any]


@dataclass(frozen=True)
class ListedPaper:
    """A draft in the list at `path`, and terms of the main facet that the curator gives to all."""

    path: str
    draft: Draft
    terms: tuple[str, ...] = ()

    def problem(
        self, code: str, message: str, field: str = "", severity: Severity = Severity.NOTE
    ) -> Problem:
        """Return a problem at the line of the draft."""
        return Problem(self.path, self.draft.line, 1, code, field, message, severity=severity)


def build_entry(
    paper: ListedPaper,
    vocabulary: Vocabulary,
    path: str,
    find_id: Callable[[str], str | None] = lambda _: None,
    existing: Entry | None = None,
) -> tuple[Entry | None, list[Problem]]:
    """Return the entry of a paper for the file at `path`, None if it is invalid, and the problems.

    `find_id` returns the id of the paper with a title or id, for relations. Required fields may be
    missing if `existing`, the present entry of the paper, has them.
    """
    fields, problems = _known_fields(paper, vocabulary)
    problems += _add_columns(fields, paper, vocabulary)
    terms, unknown = _main_term(paper, vocabulary)
    problems += unknown
    words = [*paper.terms, *terms, *_as_list(fields.pop(vocabulary.main_facet, []))]
    if unknown and not words:
        return None, problems
    fields[vocabulary.main_facet] = _combine_lists([], words)
    problems += _add_keywords(fields, paper, vocabulary, existing)
    if existing:
        titles = [term.title for term in existing.terms[vocabulary.main_facet]]
        fields[vocabulary.main_facet] = fields[vocabulary.main_facet] or titles
    for relation in _RELATIONS:
        if relation in fields:
            fields[relation], ignored = _related_ids(paper, relation, fields[relation], find_id)
            problems += ignored
    fields = {key: value for key, value in fields.items() if value}
    fields["unverified"] = _unverified_keys(fields)
    entry, found = _validate(path, fields, vocabulary)
    place: Any = {"path": paper.path, "line": paper.draft.line, "column": 1}
    problems += [replace(problem, **place) for problem in found if problem.code != "alias-used"]
    return entry, problems


def _validate(
    path: str, fields: EntryFields, vocabulary: Vocabulary
) -> tuple[Entry | None, list[Problem]]:
    """Validate fields; drop malformed optional values, each with a warning."""
    fields, odd = _with_sound_authors(fields, path)
    entry, problems = _read(path, fields, vocabulary)
    dropped = [
        problem for problem in problems if problem.field and problem.code.startswith(_DROPPABLE)
    ]
    if dropped:
        remaining = _without_fields(fields, {problem.field for problem in dropped})
        entry, problems = _read(path, remaining, vocabulary)
        problems += [_as_warning(problem) for problem in dropped]
    return entry, [*odd, *problems]


def _read(
    path: str, fields: EntryFields, vocabulary: Vocabulary
) -> tuple[Entry | None, list[Problem]]:
    """Return the entry of fields and its problems, also those of the file that will be written.

    An import must not write a file that `check` refuses.
    """
    entry, problems = read_entry(Document(path, "", fields), vocabulary, {})
    if entry is None:
        return None, problems
    document, refused = parse_document(dump_entry(entry, [*vocabulary.facets]), path)
    refused = errors([*refused, *read_entry(document, vocabulary, {})[1]])
    return (None, [*problems, *refused]) if refused else (entry, problems)


class _OneAuthor(Frozen):
    authors: tuple[Author, ...]


def _with_sound_authors(fields: EntryFields, path: str) -> tuple[EntryFields, list[Problem]]:
    """Drop the authors that are not valid, each with a warning; the others stay."""
    authors = fields.get("authors")
    if not isinstance(authors, list):
        return fields, []
    sound: list[Any] = []
    odd: list[Problem] = []
    for author in authors:
        data: EntryFields = {"authors": [author]}
        valid, problems = validate_model(_OneAuthor, data, Document(path, "", data))
        sound += [author] if valid else []
        odd += [_as_warning(problem) for problem in problems]
    remaining = {key: value for key, value in fields.items() if key != "authors"}
    remaining |= {"authors": sound} if sound else {}
    return {**remaining, "unverified": _unverified_keys(remaining)}, odd


def _without_fields(fields: EntryFields, keys: Collection[str]) -> EntryFields:
    """Return the fields without `keys`; the key of a link is `links.<kind>`."""
    links = {k: v for k, v in fields.get("links", {}).items() if f"links.{k}" not in keys}
    remaining = {k: v for k, v in fields.items() if k not in (*keys, "links")}
    remaining |= {"links": links} if links else {}
    return {**remaining, "unverified": _unverified_keys(remaining)}


def _as_warning(problem: Problem) -> Problem:
    message = f"{problem.message}, so it is not imported"
    return replace(problem, message=message, severity=Severity.WARNING)


def _known_fields(paper: ListedPaper, vocabulary: Vocabulary) -> tuple[EntryFields, list[Problem]]:
    """Return the fields that an entry can have, with the terms of headings of other facets."""
    known = {*Entry.model_fields, *vocabulary.facets} - FIELDS_NOT_IN_FILE
    fields: EntryFields = {}
    problems: list[Problem] = []
    for facet, term in terms_of_headings(paper.draft.headings, vocabulary).items():
        if facet != vocabulary.main_facet:
            fields[facet] = [term.title]
    for key, value in paper.draft.fields.items():
        if key not in known:
            message = f"'{key}' is not a key of an entry, so it is not imported"
            problems.append(paper.problem("not-taken", message))
        elif key in vocabulary.facets or key in _LISTS:
            fields[key] = _combine_lists(fields.get(key), value)
        else:
            fields[key] = value
    return fields, problems


def _add_columns(
    fields: EntryFields, paper: ListedPaper, vocabulary: Vocabulary
) -> Iterator[Problem]:
    """Add the terms in the columns of a table, and report the other words."""
    for facet, terms in terms_of_columns(paper.draft, vocabulary):
        fields[facet] = _combine_lists(fields.get(facet), terms)
    for code, message in unused_words(paper.draft, vocabulary):
        yield paper.problem(code, message)


def _main_term(paper: ListedPaper, vocabulary: Vocabulary) -> tuple[list[str], list[Problem]]:
    """Return the title of the term of the headings, or a problem if they are unknown."""
    facet, draft = vocabulary.facets[vocabulary.main_facet], paper.draft
    if not draft.headings:
        return [], []
    if term := terms_of_headings(draft.headings, vocabulary).get(vocabulary.main_facet):
        return [term.title], []
    if draft.fields.get(vocabulary.main_facet):
        return [], []
    heading = topic_heading(draft.headings).title
    if facet.open and can_be_address(heading):
        return [Term.model_validate(heading).title], []
    _, hint = facet.unknown_term(heading)
    known = " and ".join(f"'{name}'" for name in other_facets(heading, vocabulary))
    reason = f"a term of the facet {known} only" if known else "not in the vocabulary"
    message = f"the heading '{heading}' of '{draft.title}' is {reason}"
    problem = paper.problem("unknown-term", message, vocabulary.main_facet, Severity.ERROR)
    return [], [replace(problem, hint=hint)]


def _add_keywords(
    fields: EntryFields, paper: ListedPaper, vocabulary: Vocabulary, existing: Entry | None
) -> Iterator[Problem]:
    """Add the keywords of a paper to the facets that know them, and report the others.

    Keywords that the existing entry has in any facet are skipped.
    """
    terms = [term for found in (existing.terms.values() if existing else ()) for term in found]
    present = {spelling_key(name) for term in terms for name in term.names}
    for word in paper.draft.keywords:
        if spelling_key(word) in present:
            continue
        if found := _find_keyword(word, vocabulary):
            facet, term = found
            fields[facet] = _combine_lists(fields.get(facet), [term.title])
        else:
            yield paper.problem("unknown-keyword", word)


def _find_keyword(word: str, vocabulary: Vocabulary) -> tuple[str, Term] | None:
    """Return the facet and the term of a word; the main facet takes precedence over others.

    The title of a term takes precedence over an alias of another.
    """
    facets = sorted(vocabulary.facets.items(), key=lambda item: item[0] != vocabulary.main_facet)
    known = [(name, term) for name, facet in facets if (term := facet.find_term(word))]
    key = spelling_key(word)
    return min(known, key=lambda found: spelling_key(found[1].title) != key, default=None)


def _related_ids(
    paper: ListedPaper, relation: str, names: Any, find_id: Callable[[str], str | None]
) -> tuple[list[str], list[Problem]]:
    """Return the ids of papers that are given by title or id, and the unknown ones as problems."""
    ids: dict[str, None] = {}
    problems: list[Problem] = []
    for name in _as_list(names):
        if isinstance(name, str) and (found := find_id(name)):
            ids[found] = None
        else:
            message = f"'{name}' is not a paper of the atlas, so it is not imported"
            problems.append(paper.problem("not-taken", message, relation))
    return list(ids), problems


def _unverified_keys(fields: Mapping[str, Any]) -> list[str]:
    """Return the unverified keys that the fields or links contain."""
    links = fields.get("links", {})
    keys = (key for key in _as_list(fields.get("unverified")) if isinstance(key, str))
    return [key for key in keys if key in fields or key in links]


def _combine_lists(one: Any, other: Any) -> list[Any]:
    """Return the items of the first value, then those of the second that are new."""
    combined = _as_list(one)
    return combined + [item for item in _as_list(other) if item not in combined]


def _as_list(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]
