"""Entries and problems as JSON, as the cache stores them."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from sys import intern
from typing import Any

from paper_atlas.model.entry import Entry, Links, Result
from paper_atlas.model.vocabulary import Vocabulary
from paper_atlas.problem import Problem, Severity
from paper_atlas.text.names import AuthorName, Group

_TUPLE_FIELDS = [name for name, field in Entry.model_fields.items() if field.default == ()]
_ENTRY = Entry.model_construct(id="", path="", title="", links=Links.model_construct(), terms={})
_LINKS = Links.model_construct()


def entry_to_json(entry: Entry) -> str:
    """Return an entry as JSON. Its terms are ids, which the vocabulary must list."""
    values = entry.model_dump(mode="json", exclude_defaults=True, exclude={"terms", "authors"})
    values["authors"] = [
        author if isinstance(author, str) else {"group": author.group} for author in entry.authors
    ]
    values["terms"] = {name: [term.id for term in terms] for name, terms in entry.terms.items()}
    return json.dumps(values)


def entry_from_json(text: str, vocabulary: Vocabulary) -> Entry:
    """Return the entry that `entry_to_json` wrote, with the terms of the same vocabulary."""
    values: dict[str, Any] = json.loads(text)
    ids = values["terms"]
    values["terms"] = {
        name: tuple([facet.terms_by_id[term_id] for term_id in ids[name]])
        for name, facet in vocabulary.facets.items()
        if name in ids
    }
    # Copies take half the time of `model_construct`.
    values["links"] = _LINKS.model_copy(update=values.get("links", {}))
    for name in _TUPLE_FIELDS:
        if name in values:
            values[name] = tuple(values[name])
    values["authors"] = tuple(map(_author_from_json, values["authors"]))
    values["venue"] = values.get("venue") and intern(values["venue"])
    if "results" in values:
        values["results"] = tuple(map(_result_from_json, values["results"]))
    if "added" in values:
        values["added"] = date.fromisoformat(values["added"])
    return _ENTRY.model_copy(update=values)


def _author_from_json(value: str | dict[str, str]) -> AuthorName:
    return intern(value) if isinstance(value, str) else Group(**value)


def _result_from_json(values: dict[str, Any]) -> Result:
    return Result.model_construct(**{**values, "value": Decimal(values["value"])})


def problems_to_json(problems: Iterable[Problem]) -> str:
    """Return problems as JSON."""
    return json.dumps([asdict(problem) for problem in problems])


def problems_from_json(text: str) -> list[Problem]:
    """Return the problems that `problems_to_json` wrote."""
    return [
        Problem(**values | {"severity": Severity(values["severity"])})
        for values in json.loads(text)
    ]
