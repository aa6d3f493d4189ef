"""Turn the answers about a paper into additions to its entry.

The values of an entry never change. Only missing values are added, and only if the best services
agree on them. Everything else is reported as a problem.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from paper_atlas.enrich.lookup import Answer, collect_identifiers
from paper_atlas.enrich.record import ServiceRecord
from paper_atlas.enrich.similarity import same_authors, same_pages, same_venue
from paper_atlas.enrich.warnings import NO_ANSWER, find_warnings, note_at, warning_at
from paper_atlas.intake.merge import complete_entry
from paper_atlas.intake.paper_index import PaperIndex
from paper_atlas.model.entry import Entry
from paper_atlas.model.validation import validate_model
from paper_atlas.problem import Problem
from paper_atlas.source.document import Document
from paper_atlas.text.identifiers import IDENTIFIERS, comparison_key, is_web_url
from paper_atlas.text.names import compatible_names, display_names

_KEEP_HINT = "keep the correct value"
_WRITE_HINT = "add the correct value by hand"
_THIS_FILE = "this file"


@dataclass(frozen=True)
class Proposal:
    """An entry with its additions, and the problems of the answers."""

    entry: Entry
    problems: tuple[Problem, ...]

    @property
    def is_without_answer(self) -> bool:
        """True if a service gave no usable response."""
        return any(problem.code == NO_ANSWER for problem in self.problems)


@dataclass(frozen=True)
class _Field:
    """A field of an entry, with the functions that read and compare its values.

    `values_in` returns the values in a record, the best one first.
    """

    name: str
    values_in: Callable[[ServiceRecord], Sequence[Any]]
    are_alike: Callable[[Any, Any], bool] = lambda one, other: str(one) == str(other)


def _non_empty(*values: Any) -> list[Any]:
    return [value for value in values if value]


_FIELDS = (
    _Field("authors", lambda record: _non_empty(record.authors), same_authors),
    _Field("year", lambda record: _non_empty(record.year)),
    _Field("venue", lambda record: record.venues, lambda one, other: same_venue([one], [other])),
    _Field("volume", lambda record: _non_empty(record.volume)),
    _Field("issue", lambda record: _non_empty(record.issue)),
    _Field("pages", lambda record: _non_empty(record.pages), same_pages),
)


@dataclass(frozen=True)
class _FieldValues:
    """The values that a service or this file has for a field, the best one first."""

    origin: str
    values: Sequence[Any]

    def agree_with(self, other: "_FieldValues", field: _Field) -> bool:
        return any(field.are_alike(one, two) for one in self.values for two in other.values)


def propose_additions(
    entry: Entry, document: Document, answers: Sequence[Answer], index: PaperIndex
) -> Proposal:
    """Return the entry with the values that the answers add.

    `document` is the file of the entry. `index` contains all papers of the atlas, because an
    identifier of another paper must not be added.
    """
    problems = list(find_warnings(entry, document, answers))
    agreeing = [answer for answer in answers if answer.agrees_with(entry)]
    found: dict[str, Any] = {}
    for field in _FIELDS:
        value, contradictions = _choose_value(field, entry, document, _best_values(field, agreeing))
        found |= {field.name: value} if value else {}
        problems += contradictions
    links, contradictions = _choose_links(entry, document, answers, index)
    found |= {"links": links, **_notices(agreeing)}
    other, notes = _validate_found(entry, document, found)
    changed, differences = complete_entry(entry, other)
    for name, value in differences:
        message = f"a service has '{value}', {_THIS_FILE} has '{getattr(entry, name)}'"
        problems.append(warning_at(document, "contradiction", (name,), message, _KEEP_HINT))
    return Proposal(changed, tuple(sorted({*problems, *contradictions, *notes})))


def _best_values(field: _Field, answers: Iterable[Answer]) -> list[_FieldValues]:
    """Return the values of the services whose records have the best rank."""
    records = [(answer.service.title, answer.record) for answer in answers if answer.record]
    records = [(service, record) for service, record in records if field.values_in(record)]
    best = min((record.rank for _, record in records), default=None)
    return [
        _FieldValues(service, field.values_in(record))
        for service, record in records
        if record.rank == best
    ]


def _choose_value(
    field: _Field, entry: Entry, document: Document, candidates: Sequence[_FieldValues]
) -> tuple[Any, list[Problem]]:
    """Return the value to add, or None, and the contradictions."""
    if not candidates:
        return None, []
    first = candidates[0]
    if value := getattr(entry, field.name):
        mine = _FieldValues(_THIS_FILE, [value])
        if any(mine.agree_with(candidate, field) for candidate in candidates):
            return None, []
        message = _difference(field, mine, first)
        return None, [warning_at(document, "contradiction", (field.name,), message, _KEEP_HINT)]
    if other := next(
        (candidate for candidate in candidates if not first.agree_with(candidate, field)), None
    ):
        message = _difference(field, first, other)
        code = "services-disagree"
        return None, [warning_at(document, code, (field.name,), message, _WRITE_HINT)]
    values = [candidate.values[0] for candidate in candidates]
    if field.name == "authors":  # some services have only initials
        return max(values, key=lambda authors: len(", ".join(display_names(authors)))), []
    return values[0], []


def _difference(field: _Field, one: _FieldValues, other: _FieldValues) -> str:
    """Describe how the best values of two origins differ."""
    value, other_value = one.values[0], other.values[0]
    if field.name == "authors":
        if len(value) != len(other_value):
            theirs = f"{other.origin} has {len(other_value)} authors"
            return f"{theirs}, {one.origin} has {len(value)}"
        pairs = zip(value, other_value, strict=True)
        value, other_value = next(pair for pair in pairs if not compatible_names(*pair))
    return f"{other.origin} has '{other_value}', {one.origin} has '{value}'"


def _choose_links(
    entry: Entry, document: Document, answers: Sequence[Answer], index: PaperIndex
) -> tuple[dict[str, str], list[Problem]]:
    """Return the links of the entry with further identifiers, and the contradictions."""
    given = entry.links.by_kind()
    links, problems = dict(given), []
    for kind, value in collect_identifiers(entry, answers).items():
        owner = index.find_by_identifier({kind: value}) if kind not in given else None
        if owner and owner.id != entry.id:
            problems.append(_doubled_identifier(document, kind, value, owner))
        else:
            links[kind] = value
    for answer in answers:
        record = answer.record if answer.agrees_with(entry) else None
        for kind, value in record.links.items() if record else ():
            if comparison_key(links.get(kind, value)) == comparison_key(value):
                continue
            code, hint, origin = "contradiction", _KEEP_HINT, _THIS_FILE
            if kind not in given:
                code, hint, origin = "services-disagree", _WRITE_HINT, "another service"
            other = links[kind] if kind in given else links.pop(kind)
            message = f"{answer.service.title} has '{value}', {origin} has '{other}'"
            problems.append(warning_at(document, code, ("links", kind), message, hint))
    return links, problems


def _doubled_identifier(document: Document, kind: str, value: str, owner: Entry) -> Problem:
    message = f"'{value}' ({IDENTIFIERS[kind].title}) already belongs to {owner.path}"
    different = f"write not_same_as: [{owner.id}] if they are different papers"
    hint = f"keep one of the two files, or {different}"
    return warning_at(document, "doubled-identifier", ("links",), message, hint)


def _notices(answers: Iterable[Answer]) -> dict[str, str]:
    """Return the notices of a retraction and a correction by field, DOIs rather than URLs."""
    records = [answer.record for answer in answers if answer.record]
    notices = {
        "retracted": [record.retraction_notice for record in records if record.retraction_notice],
        "erratum": [record.correction_notice for record in records if record.correction_notice],
    }
    return {name: min(values, key=is_web_url) for name, values in notices.items() if values}


def _validate_found(
    entry: Entry, document: Document, found: dict[str, Any]
) -> tuple[Entry, list[Problem]]:
    """Return an entry of the found values, and a note for each value that is not valid."""
    base = {"id": entry.id, "path": entry.path, "title": entry.title, "terms": entry.terms}
    if entry.venue:  # else the found year would be that of a preprint
        base["venue"] = entry.venue
    other, problems = validate_model(Entry, {**base, **found}, document)
    if other:
        return other, []
    invalid = {problem.field for problem in problems}
    valid = {name: value for name, value in found.items() if name not in invalid}
    valid["links"] = {
        kind: value for kind, value in found["links"].items() if f"links.{kind}" not in invalid
    }
    other, _ = validate_model(Entry, {**base, **valid}, document)
    notes = [
        note_at(document, "not-taken", problem.field.split("."), problem.message)
        for problem in problems
    ]
    return other or entry, notes
