"""An entry as a text that is kept, and back, without reading and validating its file again."""

import json
from datetime import date
from decimal import Decimal
from sys import intern
from typing import Any

from paper_atlas.model.entry import Entry, Links, Result
from paper_atlas.model.validation import Model
from paper_atlas.model.vocabulary import Vocabulary

_LISTS = [name for name, field in Entry.model_fields.items() if field.default == ()]
_ENTRY = Entry.model_construct(id="", path="", title="", links=Links.model_construct(), terms={})
_LINKS = Links.model_construct()
_SLOTS = ("__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__")


def is_plain(entry: Entry, vocabulary: Vocabulary) -> bool:
    """Whether all terms of an entry are of the vocabulary: a new one depends on other entries."""
    facets = vocabulary.facets
    return all(it.id in facets[name].by_id for name, terms in entry.terms.items() for it in terms)


def to_keep(entry: Entry) -> str:
    """An entry that is plain, as JSON."""
    values = entry.model_dump(mode="json", exclude_defaults=True, exclude={"terms"})
    values["terms"] = {name: [it.id for it in terms] for name, terms in entry.terms.items()}
    return json.dumps(values)


def read_kept(text: str, vocabulary: Vocabulary) -> Entry:
    """The entry that was kept, with terms of the same vocabulary."""
    values: dict[str, Any] = json.loads(text)
    facets = vocabulary.facets
    terms = values["terms"]
    values["terms"] = {
        name: tuple([facet.by_id[it] for it in terms[name]])
        for name, facet in facets.items()
        if name in terms
    }
    links = values["links"]
    is_known = Links.model_fields.keys() >= links.keys()
    values["links"] = _like(_LINKS, links) if is_known else _LINKS.model_copy(update=links)
    for name in _LISTS:
        if name in values:
            values[name] = tuple(values[name])
    values["authors"] = tuple(map(intern, values.get("authors", ())))
    values["venue"] = values.get("venue") and intern(values["venue"])
    if "results" in values:
        values["results"] = tuple(map(_result, values["results"]))
    if "added" in values:
        values["added"] = date.fromisoformat(values["added"])
    return _like(_ENTRY, values)


def _like(model: Model, values: dict[str, Any]) -> Model:
    """A model with other values that are known to be right.

    What `model_construct` does, in a tenth of the time: there are thousands.
    https://docs.pydantic.dev/latest/concepts/models/#creating-models-without-validation
    """
    made = object.__new__(type(model))
    object.__setattr__(made, "__dict__", model.__dict__ | values)
    for slot in _SLOTS:
        object.__setattr__(made, slot, getattr(model, slot))
    return made


def _result(values: dict[str, Any]) -> Result:
    return Result.model_construct(**{**values, "value": Decimal(values["value"])})
