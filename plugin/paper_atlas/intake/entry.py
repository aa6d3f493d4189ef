"""From the drafts of one paper to its entry, through the same validation as a file of one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from paper_atlas.importers.draft import Draft
from paper_atlas.intake.headings import terms_of_headings, topic_heading
from paper_atlas.model.entry import NOT_IN_FILE, Entry, read_entry
from paper_atlas.model.vocabulary import Term, Vocabulary
from paper_atlas.problem import Problem, Severity
from paper_atlas.source.document import Document
from paper_atlas.text.slug import can_be_address, did_you_mean, spelling_key

_RELATIONS = ("extends", "not_same_as")
_UNITED = frozenset({"alternative_titles", "formerly", "results", "unverified", *_RELATIONS})
"""Keys whose values of several mentions are put together, as those of facets are."""

_SPARED = ("malformed-", "url-scheme")
"""The codes of mistakes for which an optional value is left out, not the paper."""

EntryFields = dict[str, Any]


@dataclass(frozen=True)
class DraftedPaper:
    """The drafts of one paper, in the order of the list at `path`; at least one.

    `terms` are those of the main facet under which a curator puts it.
    """

    path: str
    drafts: Sequence[Draft]
    terms: tuple[str, ...] = ()

    @property
    def titles(self) -> list[str]:
        """Every title that the list gives it, the first of them first."""
        return list(dict.fromkeys(title for draft in self.drafts for title in draft.all_titles))

    @property
    def links(self) -> dict[str, str]:
        """Its links by kind; of two of a kind the first."""
        return {kind: url for draft in reversed(self.drafts) for kind, url in draft.links.items()}

    @property
    def id(self) -> str:
        """The id that the first of them asks for, or nothing."""
        return next((draft.id for draft in self.drafts if draft.id), "")

    def make_note(self, draft: Draft, code: str, message: str, field: str = "") -> Problem:
        """What is to be said of a draft without keeping the paper out."""
        place = (self.path, draft.line, 1)
        return Problem(*place, code, field, message, severity=Severity.NOTE)


def build_entry(
    paper: DraftedPaper,
    vocabulary: Vocabulary,
    path: str,
    id_of: Callable[[str], str | None] = lambda _: None,
    there: Entry | None = None,
) -> tuple[Entry | None, list[Problem]]:
    """The entry of a paper for the file at `path`, and what is wrong or not taken.

    `id_of` gives the id of the paper with some title, for relations that name titles. What every
    entry must have may be missing where `there` is an entry of the paper that has it.
    """
    fields, problems = _combined(paper, vocabulary)
    terms, lost = _main_terms(paper, vocabulary)
    problems += lost
    words = [*paper.terms, *terms, *_listed(fields.pop(vocabulary.main_facet, []))]
    if lost and not words:
        return None, problems
    fields[vocabulary.main_facet] = _united([], words)
    problems += _with_keywords(fields, paper, vocabulary, there)
    if there:
        fields["links"] = {**there.links.by_kind(), **fields["links"]}
        titles = [term.title for term in there.terms[vocabulary.main_facet]]
        fields[vocabulary.main_facet] = fields[vocabulary.main_facet] or titles
    for relation in _RELATIONS:
        if relation in fields:
            fields[relation], untold = _related(paper, relation, fields[relation], id_of)
            problems += untold
    fields = {key: value for key, value in fields.items() if value}
    fields["unverified"] = _mentioned(fields)
    entry, found = read_entry(Document(path, "", fields), vocabulary, {})
    spared = [it for it in found if it.field and it.code.startswith(_SPARED)]
    if spared:
        entry, found = read_entry(Document(path, "", _without(fields, spared)), vocabulary, {})
        found += [_not_taken(it) for it in spared]
    place: Any = {"path": paper.path, "line": paper.drafts[0].line, "column": 1}
    problems += [replace(it, **place) for it in found if it.code != "alias-used"]
    return entry, problems


def _without(fields: EntryFields, problems: Sequence[Problem]) -> EntryFields:
    """The fields without those that are malformed, so that a paper is not lost for its year."""
    keys = {problem.field for problem in problems}
    given = fields.get("links", {})
    links = {kind: it for kind, it in given.items() if f"links.{kind}" not in keys}
    kept = {key: it for key, it in fields.items() if key not in (*keys, "links")}
    kept |= {"links": links} if links else {}
    return {**kept, "unverified": _mentioned(kept)}


def _not_taken(problem: Problem) -> Problem:
    message = f"{problem.message}, so it is not taken"
    return replace(problem, message=message, severity=Severity.WARNING)


def _combined(paper: DraftedPaper, vocabulary: Vocabulary) -> tuple[EntryFields, list[Problem]]:
    """The fields of all drafts; where two contradict each other neither, which the notes say."""
    known = {*Entry.model_fields, *vocabulary.facets} - NOT_IN_FILE
    fields: EntryFields = {"title": paper.titles[0], "links": paper.links}
    contradicting: dict[str, list[str]] = {}
    problems: list[Problem] = []
    for draft in paper.drafts:
        problems += _again(paper, draft)
        for facet, term in terms_of_headings(draft.headings, vocabulary).items():
            if facet != vocabulary.main_facet:
                fields[facet] = _united(fields.get(facet), [term.title])
        for key, value in draft.fields.items():
            if key not in known:
                message = f"'{key}' is no key of an entry, so it is not taken"
                problems.append(paper.make_note(draft, "not-taken", message))
            elif key in vocabulary.facets or key in _UNITED:
                fields[key] = _united(fields.get(key), value)
            elif key == "notes":
                fields[key] = _paragraphs(fields.get(key), value)
            elif key not in ("title", "links") and fields.setdefault(key, value) != value:
                contradicting.setdefault(key, [str(fields[key])]).append(str(value))
    for key, values in contradicting.items():
        del fields[key]
        words = f"Sources contradict each other on {key}: {' or '.join(values)}."
        fields["notes"] = _paragraphs(fields.get("notes"), words)
        problems.append(
            paper.make_note(paper.drafts[0], "contradiction", f"{' or '.join(values)}", key)
        )
    return fields, problems


def _again(paper: DraftedPaper, draft: Draft) -> Iterator[Problem]:
    """What a later mention of a paper says otherwise than the first and is not taken."""
    first = paper.drafts[0]
    if draft is first:
        return
    lost = [f"'{draft.title}'"] if draft.title != first.title else []
    lost += [f"{kind}: {url}" for kind, url in draft.links.items() if paper.links[kind] != url]
    if lost:
        message = f"the paper of line {first.line} again; {', '.join(lost)} is not taken"
        yield paper.make_note(draft, "again", message)


def _main_terms(paper: DraftedPaper, vocabulary: Vocabulary) -> tuple[list[str], list[Problem]]:
    """The terms of the headings under which a paper stands, and headings that are none."""
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
        hint = did_you_mean(heading, [term.title for term in facet.all_terms])
        message = f"the heading '{heading}' of '{draft.title}' is not in the vocabulary"
        place = (paper.path, draft.line, 1)
        problems.append(Problem(*place, "unknown-term", vocabulary.main_facet, message, hint))
    return [term.title for term in terms.values()], problems


def _with_keywords(
    fields: EntryFields, paper: DraftedPaper, vocabulary: Vocabulary, there: Entry | None
) -> Iterator[Problem]:
    """Add the keywords of a paper to the facets that know them, and tell the others.

    A keyword that the entry has in any facet is in place.
    """
    terms = [term for found in (there.terms.values() if there else ()) for term in found]
    placed = {spelling_key(name) for term in terms for name in term.names}
    for draft in paper.drafts:
        for word in draft.keywords:
            if spelling_key(word) in placed:
                continue
            if found := _facet_of(word, vocabulary):
                name, term = found
                fields[name] = _united(fields.get(name), [term.title])
            else:
                yield paper.make_note(draft, "unknown-keyword", word)


def _facet_of(word: str, vocabulary: Vocabulary) -> tuple[str, Term] | None:
    """The term of a word and its facet: the main one where that has it, else the first.

    The title of a term goes before the alias of another.
    """
    facets = sorted(vocabulary.facets.items(), key=lambda it: it[0] != vocabulary.main_facet)
    known = [(name, term) for name, facet in facets if (term := facet.find_term(word))]
    return min(known, key=lambda it: spelling_key(it[1].title) != spelling_key(word), default=None)


def _related(
    paper: DraftedPaper, relation: str, names: Any, id_of: Callable[[str], str | None]
) -> tuple[list[str], list[Problem]]:
    """The ids of papers that are named by title or id, and names that are no paper's."""
    ids: dict[str, None] = {}
    problems: list[Problem] = []
    for name in _listed(names):
        if isinstance(name, str) and (found := id_of(name)):
            ids[found] = None
        else:
            message = f"'{name}' is no paper of the atlas, so it is not taken"
            problems.append(paper.make_note(paper.drafts[0], "not-taken", message, relation))
    return list(ids), problems


def _mentioned(fields: Mapping[str, Any]) -> list[str]:
    """The unverified keys of which something is said."""
    links = fields.get("links", {})
    given = (it for it in _listed(fields.get("unverified")) if isinstance(it, str))
    return [it for it in given if it in fields or it in links]


def _paragraphs(one: Any, other: Any) -> Any:
    """Two texts below each other, unless the one holds the other."""
    texts = isinstance(one, str) and isinstance(other, str)
    return f"{one}\n\n{other}" if texts and other not in one else one or other


def _united(one: Any, other: Any) -> list[Any]:
    """Two lists, each thing once."""
    united = _listed(one)
    return united + [thing for thing in _listed(other) if thing not in united]


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]
