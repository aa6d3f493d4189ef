"""What is found of a paper, as an addition to its entry.

Nothing that a person wrote changes. What is found is taken only where the entry says nothing and
those whose word counts agree; everything else is told.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from paper_atlas.enrich.lookup import Answer, identifiers_of
from paper_atlas.enrich.record import ServiceRecord
from paper_atlas.enrich.similarity import author_key, same_authors, same_pages, same_venue
from paper_atlas.enrich.warnings import NO_ANSWER, find_warnings, note, warning
from paper_atlas.intake.identity import PaperIndex
from paper_atlas.intake.merge import merge_entries
from paper_atlas.model.entry import Entry
from paper_atlas.model.validation import validate_model
from paper_atlas.problem import Problem
from paper_atlas.source.document import Document
from paper_atlas.text.identifiers import IDENTIFIERS, comparison_key, is_web_url

_KEEP = "keep what is right"
_WRITE = "write what is right: neither is taken"


@dataclass(frozen=True)
class Proposal:
    """The entry with what was found, and what is to be said."""

    entry: Entry
    problems: tuple[Problem, ...]

    @property
    def is_without_answer(self) -> bool:
        """Whether a service that was asked gave none."""
        return any(problem.code == NO_ANSWER for problem in self.problems)


@dataclass(frozen=True)
class _Field:
    """A field of an entry: what a record says of it, best first, and when two say the same."""

    name: str
    values: Callable[[ServiceRecord], Sequence[Any]]
    alike: Callable[[Any, Any], bool] = lambda one, other: str(one) == str(other)


def _given(*values: Any) -> list[Any]:
    return [value for value in values if value]


_FIELDS = (
    _Field("authors", lambda it: _given(it.authors), same_authors),
    _Field("year", lambda it: _given(it.year)),
    _Field("venue", lambda it: it.venues, lambda one, other: same_venue([one], [other])),
    _Field("volume", lambda it: _given(it.volume)),
    _Field("issue", lambda it: _given(it.issue)),
    _Field("pages", lambda it: _given(it.pages), same_pages),
)


@dataclass(frozen=True)
class _Said:
    """What a service says of a field: its values, best first."""

    who: str
    values: Sequence[Any]

    def agrees(self, other: "_Said", field: _Field) -> bool:
        return any(field.alike(one, two) for one in self.values for two in other.values)


def propose(
    entry: Entry, source: Document, findings: Sequence[Answer], known: PaperIndex
) -> Proposal:
    """What the findings add to the entry that was read from `source`.

    `known` are all papers of the atlas: an identifier that another one has is not taken.
    """
    problems = list(find_warnings(entry, source, findings))
    usable = [it for it in findings if it.agrees_with(entry)]
    found: dict[str, Any] = {}
    for field in _FIELDS:
        value, told = _taken(field, entry, source, _said(field, usable))
        found |= {field.name: value} if value else {}
        problems += told
    links, told = _links(entry, source, findings, known)
    problems += told
    found |= {"links": links, **_notices(usable)}
    other, told = _valid(entry, source, found)
    changed, otherwise = merge_entries(entry, other)
    for name, value in otherwise:
        problems.append(warning(source, "contradiction", (name,), f"there is '{value}'", _KEEP))
    return Proposal(changed, tuple(sorted({*problems, *told})))


def _said(field: _Field, usable: Iterable[Answer]) -> list[_Said]:
    """Who says what of a field, of those alone whose word counts first."""
    records = [(it.service.title, it.record) for it in usable if it.record]
    records = [(who, record) for who, record in records if field.values(record)]
    first = min((record.rank for _, record in records), default=None)
    return [_Said(who, field.values(it)) for who, it in records if it.rank == first]


def _taken(
    field: _Field, entry: Entry, source: Document, said: Sequence[_Said]
) -> tuple[Any, list[Problem]]:
    """What to take for a field, or nothing, and what contradicts."""
    if not said:
        return None, []
    mine = getattr(entry, field.name)
    here = _Said("", [mine])
    if mine:
        if any(here.agrees(it, field) for it in said):
            return None, []
        message = _difference(field, here, said[0])
        return None, [warning(source, "contradiction", (field.name,), message, _KEEP)]
    first = said[0]
    if other := next((it for it in said if not first.agrees(it, field)), None):
        message = _difference(field, first, other)
        return None, [warning(source, "services-disagree", (field.name,), message, _WRITE)]
    best = [it.values[0] for it in said]
    # Of the same names the fullest: some services have initials only.
    return (max(best, key=lambda it: len(str(it))) if field.name == "authors" else best[0]), []


def _difference(field: _Field, one: _Said, other: _Said) -> str:
    """What `other` says otherwise than `one`, which is this file where it has no name."""
    mine, theirs = one.values[0], other.values[0]
    if field.name != "authors":
        return f"{other.who} says '{theirs}'" + (f", {one.who} '{mine}'" if one.who else "")
    if len(mine) != len(theirs):
        here = f"{one.who} has {len(mine)}" if one.who else f"here are {len(mine)}"
        return f"{other.who} has {len(theirs)} authors, {here}"
    pairs = zip(mine, theirs, strict=True)
    his, its = next(pair for pair in pairs if author_key(pair[0]) != author_key(pair[1]))
    return f"{other.who} says '{its}' where {one.who or 'this file'} says '{his}'"


def _links(
    entry: Entry, source: Document, findings: Sequence[Answer], known: PaperIndex
) -> tuple[dict[str, str], list[Problem]]:
    """The links of the entry with further identifiers, and what services say otherwise of them."""
    given = entry.links.given()
    links, problems = dict(given), []
    for kind, value in identifiers_of(entry, findings).items():
        owner = known.owner({kind: value}) if kind not in given else None
        if owner:
            title = IDENTIFIERS[kind].title
            message = f"'{value}' was found, which is the {title} of {owner.path} already"
            hint = f"keep one of the two files; for two papers say not_same_as: [{owner.id}]"
            problems.append(warning(source, "doubled-identifier", ("links",), message, hint))
        else:
            links[kind] = value
    for it in findings:
        for kind, value in it.record.links.items() if it.record and it.agrees_with(entry) else ():
            if comparison_key(links.get(kind, value)) != comparison_key(value):
                code, hint = "contradiction", _KEEP
                message = f"{it.service.title} says '{value}'"
                if kind not in given:
                    code, hint = "services-disagree", _WRITE
                    message += f", another '{links.pop(kind)}'"
                problems.append(warning(source, code, ("links", kind), message, hint))
    return links, problems


def _notices(usable: Iterable[Answer]) -> dict[str, str]:
    """The notices of a retraction and a correction, each by its DOI if some service knows it."""
    records = [it.record for it in usable if it.record]
    said = {
        "retracted": [it.retracted for it in records if it.retracted],
        "erratum": [it.erratum for it in records if it.erratum],
    }
    return {name: min(values, key=is_web_url) for name, values in said.items() if values}


def _valid(entry: Entry, source: Document, found: dict[str, Any]) -> tuple[Entry, list[Problem]]:
    """An entry of what was found, without what no entry can hold, which is told."""
    base = {"id": entry.id, "path": entry.path, "title": entry.title, "terms": entry.terms}
    other, problems = validate_model(Entry, {**base, **found}, source)
    if other:
        return other, []
    wrong = {problem.field for problem in problems}
    sound = {name: value for name, value in found.items() if name not in wrong}
    sound["links"] = {
        kind: value for kind, value in found["links"].items() if f"links.{kind}" not in wrong
    }
    other, _ = validate_model(Entry, {**base, **sound}, source)
    told = [note(source, "not-taken", it.field.split("."), it.message) for it in problems]
    return other or entry, told
