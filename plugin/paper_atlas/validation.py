"""From pydantic's errors to problems in our words.

pydantic declares what a file may hold; what a person reads about a mistake is written here.
"""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, TypeVar, get_args

from pydantic import BaseModel, StringConstraints, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from paper_atlas.problem import Problem
from paper_atlas.source import Loc, Source, Value, kind_of
from paper_atlas.text import did_you_mean

Model = TypeVar("Model", bound=BaseModel)
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]

_EXPECTED = {
    "string_type": "text",
    "tuple_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "int_type": "a number",
    "decimal_type": "a number",
    "date_type": "a date",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
}


def mistake(code: str, message: str, hint: str = "") -> PydanticCustomError:
    """What a validator raises: a problem without its place.

    The words are passed as context, so that braces in them are not taken for placeholders.
    """
    words = {"message": message, "hint": hint}
    return PydanticCustomError(code, "{message}", words)


def validate(
    model: type[Model],
    data: dict[str, Any],
    source: Source,
    known: Iterable[str] = (),
) -> tuple[Model | None, list[Problem]]:
    """The model of `data`, or every problem that keeps it from being one.

    `known` are keys that are right in the file but not fields of the model, for suggestions.
    """
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        return None, list(_problems(details, source, model, known))


def _problems(
    details: Iterable[ErrorDetails], source: Source, model: type[BaseModel], known: Iterable[str]
) -> Iterator[Problem]:
    for detail in details:
        loc, kind, found = detail["loc"], detail["type"], detail.get("input")
        context = detail.get("ctx") or {}
        if found is None and kind != "missing":
            continue  # a key without value, which reading the file has told
        if kind == "missing":
            yield source.problem("missing-key", loc, "is missing")
        elif kind == "extra_forbidden":
            keys = [*_model_at(model, loc[:-1]).model_fields, *(known if len(loc) == 1 else ())]
            hint = did_you_mean(str(loc[-1]), keys)
            message = f"'{loc[-1]}' is not a key of this file"
            yield source.problem("unknown-key", loc, message, hint, of_key=True)
        elif kind in _EXPECTED:
            yield source.problem("wrong-type", loc, _wrong_type(_EXPECTED[kind], found))
        elif kind == "string_too_short":
            yield source.problem("empty-value", loc, "has no value", "write one")
        elif "message" in context:
            yield source.problem(kind, loc, context["message"], context.get("hint", ""))
        else:
            yield source.problem("wrong-value", loc, f"'{found}' cannot stand here")


def _model_at(model: type[BaseModel], loc: Loc) -> type[BaseModel]:
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


def _wrong_type(expected: str, found: Value) -> str:
    return f"expected {expected}, found {kind_of(found)}"
