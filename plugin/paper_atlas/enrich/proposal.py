"""What is found of a paper, as an addition to its entry.

Nothing that a person wrote changes. What is found is taken only where the entry says nothing and
those whose word counts agree; everything else is told.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from paper_atlas.enrich.lookup import Answer, collect_identifiers
from paper_atlas.enrich.record import ServiceRecord
from paper_atlas.enrich.similarity import author_key, same_authors, same_pages, same_venue
from paper_atlas.enrich.warnings import NO_ANSWER, find_warnings, note_at, warning_at
from paper_atlas.intake.identity import PaperIndex
from paper_atlas.intake.merge import merge_entries
from paper_atlas.model.entry import Entry
from paper_atlas.model.validation import validate_model
from paper_atlas.problem import Problem
from paper_atlas.source.document import Document
from paper_atlas.text.identifiers import IDENTIFIERS, comparison_key, is_web_url

_KEEP_HINT = "keep what is right"
_WRITE_HINT = "write what is right: neither is taken"


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


def _non_empty(*values: Any) -> list[Any]:
    return [value for value in values if value]


_FIELDS = (
    _Field("authors", lambda it: _non_empty(it.authors), same_authors),
    _Field("year", lambda it: _non_empty(it.year)),
    _Field("venue", lambda it: it.venues, lambda one, other: same_venue([one], [other])),
    _Field("volume", lambda it: _non_empty(it.volume)),
    _Field("issue", lambda it: _non_empty(it.issue)),
    _Field("pages", lambda it: _non_empty(it.pages), same_pages),
)


@dataclass(frozen=True)
class _ServiceValues:
    """What a service says of a field: its values, best first."""

    who: str
    values: Sequence[Any]

    def agrees(self, other: "_ServiceValues", field: _Field) -> bool:
        return any(field.alike(one, two) for one in self.values for two in other.values)


def propose_additions(
    entry: Entry, source: Document, findings: Sequence[Answer], known: PaperIndex
) -> Proposal:
    """What the findings add to the entry that was read from `source`.

    `known` are all papers of the atlas: an identifier that another one has is not taken.
    """
    problems = list(find_warnings(entry, source, findings))
    usable = [it for it in findings if it.agrees_with(entry)]
    found: dict[str, Any] = {}
    for field in _FIELDS:
        value, told = _choose_value(field, entry, source, _best_values(field, usable))
        found |= {field.name: value} if value else {}
        problems += told
    links, told = _choose_links(entry, source, findings, known)
    problems += told
    found |= {"links": links, **_notices(usable)}
    other, told = _validate_found(entry, source, found)
    changed, otherwise = merge_entries(entry, other)
    for name, value in otherwise:
        problems.append(
            warning_at(source, "contradiction", (name,), f"there is '{value}'", _KEEP_HINT)
        )
    return Proposal(changed, tuple(sorted({*problems, *told})))


def _best_values(field: _Field, usable: Iterable[Answer]) -> list[_ServiceValues]:
    """Who says what of a field, of those alone whose word counts first."""
    records = [(it.service.title, it.record) for it in usable if it.record]
    records = [(who, record) for who, record in records if field.values(record)]
    first = min((record.rank for _, record in records), default=None)
    return [_ServiceValues(who, field.values(it)) for who, it in records if it.rank == first]


def _choose_value(
    field: _Field, entry: Entry, source: Document, said: Sequence[_ServiceValues]
) -> tuple[Any, list[Problem]]:
    """What to take for a field, or nothing, and what contradicts."""
    if not said:
        return None, []
    mine = getattr(entry, field.name)
    here = _ServiceValues("", [mine])
    if mine:
        if any(here.agrees(it, field) for it in said):
            return None, []
        message = _difference(field, here, said[0])
        return None, [warning_at(source, "contradiction", (field.name,), message, _KEEP_HINT)]
    first = said[0]
    if other := next((it for it in said if not first.agrees(it, field)), None):
        message = _difference(field, first, other)
        return None, [warning_at(source, "services-disagree", (field.name,), message, _WRITE_HINT)]
    best = [it.values[0] for it in said]
    # Of the same names the fullest: some services have initials only.
    return (max(best, key=lambda it: len(str(it))) if field.name == "authors" else best[0]), []


def _difference(field: _Field, one: _ServiceValues, other: _ServiceValues) -> str:
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


def _choose_links(
    entry: Entry, source: Document, findings: Sequence[Answer], known: PaperIndex
) -> tuple[dict[str, str], list[Problem]]:
    """The links of the entry with further identifiers, and what services say otherwise of them."""
    given = entry.links.by_kind()
    links, problems = dict(given), []
    for kind, value in collect_identifiers(entry, findings).items():
        owner = known.owner({kind: value}) if kind not in given else None
        if owner:
            title = IDENTIFIERS[kind].title
            message = f"'{value}' was found, which is the {title} of {owner.path} already"
            hint = f"keep one of the two files; for two papers say not_same_as: [{owner.id}]"
            problems.append(warning_at(source, "doubled-identifier", ("links",), message, hint))
        else:
            links[kind] = value
    for it in findings:
        for kind, value in it.record.links.items() if it.record and it.agrees_with(entry) else ():
            if comparison_key(links.get(kind, value)) != comparison_key(value):
                code, hint = "contradiction", _KEEP_HINT
                message = f"{it.service.title} says '{value}'"
                if kind not in given:
                    code, hint = "services-disagree", _WRITE_HINT
                    message += f", another '{links.pop(kind)}'"
                problems.append(warning_at(source, code, ("links", kind), message, hint))
    return links, problems


def _notices(usable: Iterable[Answer]) -> dict[str, str]:
    """The notices of a retraction and a correction, each by its DOI if some service knows it."""
    records = [it.record for it in usable if it.record]
    said = {
        "retracted": [it.retraction_notice for it in records if it.retraction_notice],
        "erratum": [it.correction_notice for it in records if it.correction_notice],
    }
    return {name: min(values, key=is_web_url) for name, values in said.items() if values}


def _validate_found(
    entry: Entry, source: Document, found: dict[str, Any]
) -> tuple[Entry, list[Problem]]:
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
    told = [note_at(source, "not-taken", it.field.split("."), it.message) for it in problems]
    return other or entry, told
