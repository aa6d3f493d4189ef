"""Validate values against pydantic models, and turn the errors into problems in plain English."""

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

from paper_atlas.problem import MAX_PROBLEMS, Problem
from paper_atlas.source.document import Document, Loc, describe_type
from paper_atlas.text.html import INVISIBLE_CHARACTER
from paper_atlas.text.spelling import did_you_mean

Model = TypeVar("Model", bound=BaseModel)

# Control characters except line breaks, characters that change the direction of text, and those
# without width that do not belong to a text.
_INVISIBLE = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]|"
    + INVISIBLE_CHARACTER.pattern
)


def validation_error(code: str, message: str, hint: str = "") -> PydanticCustomError:
    """Return the error that a validator raises for a problem with this code, message and hint.

    The message is passed as context, because pydantic reads braces in a template as placeholders.
    """
    return PydanticCustomError(code, "{message}", {"message": message, "hint": hint})


def describe_invisible(text: str) -> str:
    """Return the message for a text with an invisible character, otherwise an empty string."""
    found = None if text.isprintable() else _INVISIBLE.search(text)
    return f"contains the invisible character U+{ord(found[0][0]):04X}" if found else ""


def visible_text(text: str) -> str:
    """Return a text without the characters that `check_visible` refuses."""
    while not text.isprintable() and (shorter := _INVISIBLE.sub("", text)) != text:
        text = shorter  # what was before a removed character may be at the edge of a word now
    return text


def check_visible(text: str) -> str:
    """Return a text; a validator.

    Raises:
        PydanticCustomError: It has an invisible character.
    """
    if message := describe_invisible(text):
        hint = "remove it and type the text again; in double quotes, write a backslash as \\\\"
        raise validation_error("control-character", message, hint)
    return text


MAX_TEXT_LENGTH = 2000
"""The most characters of a text that is no description: a title is on hundreds of pages."""


def check_text(text: str) -> str:
    """Return a text; a validator.

    Raises:
        PydanticCustomError: It has an invisible character, or it is too long.
    """
    if len(text) > MAX_TEXT_LENGTH:
        raise validation_error("long-text", *describe_length(text))
    return check_visible(text)


def describe_length(text: str, most: int = MAX_TEXT_LENGTH) -> tuple[str, str]:
    """Return the message and the hint for a text of more than `most` characters."""
    message = f"found {len(text)} characters, expected at most {most}"
    return message, "shorten it"


# A number is text too, because scalars are read as written.
_TEXT_SCHEMA = WithJsonSchema({"type": ["string", "number"], "minLength": 1})
_Stripped = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Text = Annotated[_Stripped, AfterValidator(check_text), _TEXT_SCHEMA]
LongText = Annotated[_Stripped, AfterValidator(check_visible), _TEXT_SCHEMA]
"""A text of any length."""


class Frozen(BaseModel):
    """The base of all models of files: unknown keys are errors, and instances are immutable."""

    model_config = ConfigDict(frozen=True, extra="forbid")


_EXPECTED_TYPES = {
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
    document: Document,
    known: Iterable[str] = (),
) -> tuple[Model | None, list[Problem]]:
    """Return the model of `data`, or None and all problems.

    `known` are further keys of the file, which hints suggest for a misspelt key.
    """
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        problems = list(_problems(error.errors(include_url=False), document, model, known))
        unknown = {problem.field for problem in problems if problem.code == "unknown-key"}
        return None, [
            problem
            for problem in problems
            if problem.code == "unknown-key" or problem.field not in unknown
        ]


def _problems(
    details: Iterable[ErrorDetails],
    document: Document,
    model: type[BaseModel],
    known: Iterable[str],
) -> Iterator[Problem]:
    for number, detail in enumerate(details):
        loc, kind, value = detail["loc"], detail["type"], detail.get("input")
        context = detail.get("ctx") or {}
        if value is None and kind != "missing":
            continue  # a key without value, which the reader of the file reports
        if kind == "missing":
            yield document.problem_at("missing-key", loc, "is missing", _example_hint(model, loc))
        elif kind == "extra_forbidden":
            yield unknown_key(document, loc, model, known, with_hint=number < MAX_PROBLEMS)
        elif kind in _EXPECTED_TYPES:
            message = f"expected {_EXPECTED_TYPES[kind]}, found {describe_type(value)}"
            yield document.problem_at("wrong-type", loc, message, _example_hint(model, loc))
        elif kind == "too_long":
            yield document.problem_at(
                "too-many", loc, *describe_count(len(value), context["max_length"])
            )
        elif kind == "string_too_short":
            yield document.problem_at("empty-value", loc, "has no value", "write one")
        elif "message" in context:
            yield document.problem_at(kind, loc, context["message"], context.get("hint", ""))
        else:
            yield document.problem_at("wrong-value", loc, f"'{value}' is not allowed here")


def describe_count(count: int, most: int) -> tuple[str, str]:
    """Return the message and the hint for a list or a mapping with too many items."""
    return f"found {count} items, expected at most {most}", "remove some of them"


def unknown_key(
    document: Document,
    loc: Loc,
    model: type[BaseModel],
    known: Iterable[str] = (),
    *,
    with_hint: bool = True,
) -> Problem:
    """Return the problem of a key that the model at its location does not have.

    A hint takes much longer than the rest, so callers with many problems leave it out.
    """
    name = str(loc[-1])
    message = f"'{name}' is not a key here"
    hint = _hint_for_key(name, loc, model, known) if with_hint else ""
    return document.problem_at("unknown-key", loc, message, hint, of_key=True)


def _hint_for_key(name: str, loc: Loc, model: type[BaseModel], known: Iterable[str]) -> str:
    fields = model_at(model, loc[:-1]).model_fields
    outer = next((key for key in fields if name in model_at(model, [*loc[:-1], key]).model_fields
                  and name not in fields), None)  # fmt: skip
    if "\xa0" in name:
        return "replace the no-break spaces in front of it with normal spaces"
    if outer:
        return f"move it below '{outer}:', indented by two spaces"
    return did_you_mean(name, [*fields, *(known if len(loc) == 1 else ())])


def _example_hint(model: type[BaseModel], loc: Loc) -> str:
    """Return a hint with the example from the declaration of a field."""
    field = model_at(model, loc[:-1]).model_fields.get(str(loc[-1]))
    return f"write {field.examples[0]}" if field and field.examples else ""


def model_at(model: type[BaseModel], loc: Loc) -> type[BaseModel]:
    """Return the model of the values at `loc`, where `model` describes the file."""
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
