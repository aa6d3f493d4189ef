"""From pydantic's errors to problems in our words.

pydantic declares what a file may hold; what a person reads about a mistake is written here.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Annotated, Any, TypeVar, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    StringConstraints,
    ValidationError,
    WithJsonSchema,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from paper_atlas.problem import Problem
from paper_atlas.source.document import Document, Loc, describe_type
from paper_atlas.text.slug import did_you_mean

Model = TypeVar("Model", bound=BaseModel)

# Control characters but line breaks, and those that turn the direction of what follows.
_INVISIBLE = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)


def validation_error(code: str, message: str, hint: str = "") -> PydanticCustomError:
    """What a validator raises: a problem without its place.

    The words are passed as context, so that braces in them are not taken for placeholders.
    """
    words = {"message": message, "hint": hint}
    return PydanticCustomError(code, "{message}", words)


def describe_invisible(text: str) -> str:
    """What is said of a text that holds an invisible character; nothing of any other."""
    found = _INVISIBLE.search(text)
    return f"holds the invisible character U+{ord(found[0]):04X}" if found else ""


def _visible(text: str) -> str:
    if message := describe_invisible(text):
        hint = "delete it and type the text again; in double quotes a backslash is written \\\\"
        raise validation_error("control-character", message, hint)
    return text


# A number is text too: what is in a file is read as written.
Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1),
    AfterValidator(_visible),
    WithJsonSchema({"type": ["string", "number"], "minLength": 1}),
]


class Frozen(BaseModel):
    """What a file declares: no key is unknown, and no value changes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


_EXPECTED = {
    "string_type": "text",
    "tuple_type": "a list",
    "dict_type": "'key: value' lines",
    "model_type": "'key: value' lines",
    "model_attributes_type": "'key: value' lines",
    "int_type": "a number",
    "decimal_type": "a number",
    "date_type": "a date",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
}


def validate_model(
    model: type[Model],
    data: dict[str, Any],
    source: Document,
    known: Iterable[str] = (),
) -> tuple[Model | None, list[Problem]]:
    """The model of `data`, or every problem that keeps it from being one.

    `known` are keys that are right in the file but not fields of the model, for suggestions.
    """
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        found = list(_problems(error.errors(include_url=False), source, model, known))
        unknown = {problem.field for problem in found if problem.code == "unknown-key"}
        kept = [it for it in found if it.code == "unknown-key" or it.field not in unknown]
        return None, kept


def _problems(
    details: Iterable[ErrorDetails], source: Document, model: type[BaseModel], known: Iterable[str]
) -> Iterator[Problem]:
    for detail in details:
        loc, kind, found = detail["loc"], detail["type"], detail.get("input")
        context = detail.get("ctx") or {}
        if found is None and kind != "missing":
            continue  # a key without value, which reading the file has told
        if kind == "missing":
            yield source.problem_at("missing-key", loc, "is missing", _example(model, loc))
        elif kind == "extra_forbidden":
            yield unknown_key(source, loc, model, known)
        elif kind in _EXPECTED:
            message = f"expected {_EXPECTED[kind]}, found {describe_type(found)}"
            yield source.problem_at("wrong-type", loc, message, _example(model, loc))
        elif kind == "string_too_short":
            yield source.problem_at("empty-value", loc, "has no value", "write one")
        elif "message" in context:
            yield source.problem_at(kind, loc, context["message"], context.get("hint", ""))
        else:
            yield source.problem_at("wrong-value", loc, f"'{found}' cannot stand here")


def unknown_key(
    source: Document, loc: Loc, model: type[BaseModel], known: Iterable[str] = ()
) -> Problem:
    """The problem of a key that the model at its place does not have."""
    name = str(loc[-1])
    fields = model_at(model, loc[:-1]).model_fields
    message = f"'{name}' is not a key here"
    hint = did_you_mean(name, [*fields, *(known if len(loc) == 1 else ())])
    outer = next((key for key in fields if name in model_at(model, [*loc[:-1], key]).model_fields
                  and name not in fields), None)  # fmt: skip
    if "\xa0" in name:
        hint = "the blanks before it are no-break spaces: delete them and type new ones"
    elif outer:
        hint = f"it belongs below '{outer}:', with two blanks before it"
    return source.problem_at("unknown-key", loc, message, hint, of_key=True)


def _example(model: type[BaseModel], loc: Loc) -> str:
    """How a field is written, from its declaration."""
    field = model_at(model, loc[:-1]).model_fields.get(str(loc[-1]))
    return f"write {field.examples[0]}" if field and field.examples else ""


def model_at(model: type[BaseModel], loc: Loc) -> type[BaseModel]:
    """The model that describes what stands at `loc` of a file."""
    for part in loc:
        if isinstance(part, str) and part in model.model_fields:
            inner = _models_in(model.model_fields[part].annotation)
            model = next(inner, model)
    return model


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
