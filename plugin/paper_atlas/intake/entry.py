"""Build the entry of a paper from its drafts, with the same validation as an entry file."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from paper_atlas.importers.draft import Draft
from paper_atlas.intake.columns import terms_of_columns, unused_words
from paper_atlas.intake.headings import terms_of_headings, topic_heading
from paper_atlas.model.entry import FIELDS_NOT_IN_FILE, Entry, read_entry
from paper_atlas.model.vocabulary import Term, Vocabulary
from paper_atlas.problem import Problem, Severity
from paper_atlas.source.document import Document
from paper_atlas.text.slug import can_be_address
from paper_atlas.text.spelling import spelling_key

_RELATIONS = ("extends", "not_same_as")
_COMBINED = frozenset({"alternative_titles", "formerly", "results", "unverified", *_RELATIONS})
"""Keys with lists that are combined from all drafts, like the terms of facets."""

_DROPPABLE = ("malformed-", "url-scheme")
"""Codes of problems for which only the optional value is dropped, not the paper."""

EntryFields = dict[str, Any]


@dataclass(frozen=True)
class DraftedPaper:
    """The drafts of one paper, in the order of the list at `path`; at least one.

    `terms` are terms of the main facet that the curator gives to all papers.
    """

    path: str
    drafts: Sequence[Draft]
    terms: tuple[str, ...] = ()

    @property
    def titles(self) -> list[str]:
        """All titles in the list, without repetitions, in their order."""
        return list(dict.fromkeys(title for draft in self.drafts for title in draft.all_titles))

    @property
    def links(self) -> dict[str, str]:
        """The links by kind; the first draft with a kind wins."""
        return {kind: url for draft in reversed(self.drafts) for kind, url in draft.links.items()}

    @property
    def id(self) -> str:
        """The first id in the drafts, otherwise an empty string."""
        return next((draft.id for draft in self.drafts if draft.id), "")

    def make_note(self, draft: Draft, code: str, message: str, field: str = "") -> Problem:
        """Return a problem of severity note at the line of a draft."""
        place = (self.path, draft.line, 1)
        return Problem(*place, code, field, message, severity=Severity.NOTE)


def build_entry(
    paper: DraftedPaper,
    vocabulary: Vocabulary,
    path: str,
    find_id: Callable[[str], str | None] = lambda _: None,
    existing: Entry | None = None,
) -> tuple[Entry | None, list[Problem]]:
    """Return the entry of a paper for the file at `path`, None if it is invalid, and the problems.

    `find_id` returns the id of the paper with a title or id, for relations. Required fields may be
    missing if `existing`, the present entry of the paper, has them.
    """
    fields, problems = _combine_drafts(paper, vocabulary)
    problems += _add_columns(fields, paper, vocabulary)
    terms, unknown = _main_terms(paper, vocabulary)
    problems += unknown
    words = [*paper.terms, *terms, *_as_list(fields.pop(vocabulary.main_facet, []))]
    if unknown and not words:
        return None, problems
    fields[vocabulary.main_facet] = _combine_lists([], words)
    problems += _add_keywords(fields, paper, vocabulary, existing)
    if existing:
        fields["links"] = {**existing.links.by_kind(), **fields["links"]}
        titles = [term.title for term in existing.terms[vocabulary.main_facet]]
        fields[vocabulary.main_facet] = fields[vocabulary.main_facet] or titles
    for relation in _RELATIONS:
        if relation in fields:
            fields[relation], ignored = _related_ids(paper, relation, fields[relation], find_id)
            problems += ignored
    fields = {key: value for key, value in fields.items() if value}
    fields["unverified"] = _unverified_keys(fields)
    entry, found = _validate(path, fields, vocabulary)
    place: Any = {"path": paper.path, "line": paper.drafts[0].line, "column": 1}
    problems += [replace(problem, **place) for problem in found if problem.code != "alias-used"]
    return entry, problems


def _validate(
    path: str, fields: EntryFields, vocabulary: Vocabulary
) -> tuple[Entry | None, list[Problem]]:
    """Validate fields; drop malformed optional values, each with a warning."""
    entry, problems = read_entry(Document(path, "", fields), vocabulary, {})
    dropped = [
        problem for problem in problems if problem.field and problem.code.startswith(_DROPPABLE)
    ]
    if dropped:
        remaining = _without_fields(fields, {problem.field for problem in dropped})
        entry, problems = read_entry(Document(path, "", remaining), vocabulary, {})
        problems += [_as_warning(problem) for problem in dropped]
    return entry, problems


def _without_fields(fields: EntryFields, keys: Collection[str]) -> EntryFields:
    """Return the fields without `keys`; the key of a link is `links.<kind>`."""
    links = {k: v for k, v in fields.get("links", {}).items() if f"links.{k}" not in keys}
    remaining = {k: v for k, v in fields.items() if k not in (*keys, "links")}
    remaining |= {"links": links} if links else {}
    return {**remaining, "unverified": _unverified_keys(remaining)}


def _as_warning(problem: Problem) -> Problem:
    message = f"{problem.message}, so it is not imported"
    return replace(problem, message=message, severity=Severity.WARNING)


def _combine_drafts(
    paper: DraftedPaper, vocabulary: Vocabulary
) -> tuple[EntryFields, list[Problem]]:
    """Return the fields of all drafts. Contradicting values are dropped and go to the notes."""
    known = {*Entry.model_fields, *vocabulary.facets} - FIELDS_NOT_IN_FILE
    fields: EntryFields = {"title": paper.titles[0], "links": paper.links}
    contradicting: dict[str, list[str]] = {}
    problems: list[Problem] = []
    for draft in paper.drafts:
        problems += _repetition(paper, draft)
        for facet, term in terms_of_headings(draft.headings, vocabulary).items():
            if facet != vocabulary.main_facet:
                fields[facet] = _combine_lists(fields.get(facet), [term.title])
        for key, value in draft.fields.items():
            if key not in known:
                message = f"'{key}' is not a key of an entry, so it is not imported"
                problems.append(paper.make_note(draft, "not-taken", message))
            elif key in vocabulary.facets or key in _COMBINED:
                fields[key] = _combine_lists(fields.get(key), value)
            elif key == "notes":
                fields[key] = _join_paragraphs(fields.get(key), value)
            elif key not in ("title", "links") and fields.setdefault(key, value) != value:
                contradicting.setdefault(key, [str(fields[key])]).append(str(value))
    for key, values in contradicting.items():
        del fields[key]
        found = " or ".join(values)
        sentence = f"Sources contradict each other on {key}: {found}."
        fields["notes"] = _join_paragraphs(fields.get("notes"), sentence)
        problems.append(paper.make_note(paper.drafts[0], "contradiction", found, key))
    return fields, problems


def _add_columns(
    fields: EntryFields, paper: DraftedPaper, vocabulary: Vocabulary
) -> Iterator[Problem]:
    """Add the terms in the columns of a table, and report the other words."""
    for draft in paper.drafts:
        for facet, terms in terms_of_columns(draft, vocabulary):
            fields[facet] = _combine_lists(fields.get(facet), terms)
        for code, message in unused_words(draft, vocabulary):
            yield paper.make_note(draft, code, message)


def _repetition(paper: DraftedPaper, draft: Draft) -> Iterator[Problem]:
    """Report the title and the links of a later draft that differ from the first draft."""
    first = paper.drafts[0]
    if draft is first:
        return
    ignored = [f"'{draft.title}'"] if draft.title != first.title else []
    ignored += [f"{kind}: {url}" for kind, url in draft.links.items() if paper.links[kind] != url]
    if ignored:
        message = f"repeats the paper of line {first.line}; {', '.join(ignored)} is not imported"
        yield paper.make_note(draft, "again", message)


def _main_terms(paper: DraftedPaper, vocabulary: Vocabulary) -> tuple[list[str], list[Problem]]:
    """Return the titles of the terms of the headings, and a problem for each unknown heading."""
    facet = vocabulary.facets[vocabulary.main_facet]
    terms: dict[str, Term] = {}
    problems: list[Problem] = []
    for draft in paper.drafts:
        if not draft.headings:
            continue
        heading = topic_heading(draft.headings).title
        term = terms_of_headings(draft.headings, vocabulary).get(vocabulary.main_facet)
        if not term and draft.fields.get(vocabulary.main_facet):
            continue
        if not term and facet.open and can_be_address(heading):
            term = Term.model_validate(heading)
        if term:
            terms.setdefault(term.id, term)
            continue
        _, hint = facet.unknown_term(heading)
        message = f"the heading '{heading}' of '{draft.title}' is not in the vocabulary"
        place = (paper.path, draft.line, 1)
        problems.append(Problem(*place, "unknown-term", vocabulary.main_facet, message, hint))
    return [term.title for term in terms.values()], problems


def _add_keywords(
    fields: EntryFields, paper: DraftedPaper, vocabulary: Vocabulary, existing: Entry | None
) -> Iterator[Problem]:
    """Add the keywords of a paper to the facets that know them, and report the others.

    Keywords that the existing entry has in any facet are skipped.
    """
    terms = [term for found in (existing.terms.values() if existing else ()) for term in found]
    present = {spelling_key(name) for term in terms for name in term.names}
    for draft in paper.drafts:
        for word in draft.keywords:
            if spelling_key(word) in present:
                continue
            if found := _find_keyword(word, vocabulary):
                facet, term = found
                fields[facet] = _combine_lists(fields.get(facet), [term.title])
            else:
                yield paper.make_note(draft, "unknown-keyword", word)


def _find_keyword(word: str, vocabulary: Vocabulary) -> tuple[str, Term] | None:
    """Return the facet and the term of a word; the main facet takes precedence over others.

    The title of a term takes precedence over an alias of another.
    """
    facets = sorted(vocabulary.facets.items(), key=lambda item: item[0] != vocabulary.main_facet)
    known = [(name, term) for name, facet in facets if (term := facet.find_term(word))]
    key = spelling_key(word)
    return min(known, key=lambda found: spelling_key(found[1].title) != key, default=None)


def _related_ids(
    paper: DraftedPaper, relation: str, names: Any, find_id: Callable[[str], str | None]
) -> tuple[list[str], list[Problem]]:
    """Return the ids of papers that are given by title or id, and the unknown ones as problems."""
    ids: dict[str, None] = {}
    problems: list[Problem] = []
    for name in _as_list(names):
        if isinstance(name, str) and (found := find_id(name)):
            ids[found] = None
        else:
            message = f"'{name}' is not a paper of the atlas, so it is not imported"
            problems.append(paper.make_note(paper.drafts[0], "not-taken", message, relation))
    return list(ids), problems


def _unverified_keys(fields: Mapping[str, Any]) -> list[str]:
    """Return the unverified keys that the fields or links contain."""
    links = fields.get("links", {})
    keys = (key for key in _as_list(fields.get("unverified")) if isinstance(key, str))
    return [key for key in keys if key in fields or key in links]


def _join_paragraphs(one: Any, other: Any) -> Any:
    """Join two texts as paragraphs, unless the first contains the second."""
    texts = isinstance(one, str) and isinstance(other, str)
    return f"{one}\n\n{other}" if texts and other not in one else one or other


def _combine_lists(one: Any, other: Any) -> list[Any]:
    """Return the items of the first value, then those of the second that are new."""
    combined = _as_list(one)
    return combined + [item for item in _as_list(other) if item not in combined]


def _as_list(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]
