"""The types of the values of an entry, with their validation and its messages."""

import re
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainValidator,
    TypeAdapter,
    ValidationError,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from paper_atlas.model.validation import (
    LongText,
    Text,
    check_text,
    describe_length,
    validation_error,
)
from paper_atlas.source.document import YamlValue, describe_type
from paper_atlas.text.identifiers import IDENTIFIERS, identifier_in_url, split_url
from paper_atlas.text.names import AuthorName, Group, is_one_name
from paper_atlas.text.slug import is_long, is_reserved, shorten_name
from paper_atlas.text.spelling import did_you_mean

CITATION_KEY = re.compile(r"[^\s{}(),=#%\"~\\]+")
ENTRY_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DOI_IN_TEXT = re.compile(r"\b10\.[0-9]{4,9}/[^\s\"]+")
# The printing press is from about 1450.
_FIRST_YEAR, _LAST_YEAR = 1400, 2100
_MAX_NOTES_LENGTH, _MAX_NOTES_BRACKETS = 10_000, 200
_MAX_SUMMARY = 200  # characters: two lines of a card
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
# Decimals have 28 digits when they are compared, and a floating-point number 17.
# https://docs.python.org/3/library/decimal.html#decimal.DefaultContext
_SHORT_NUMBER = re.compile(r"-?[0-9]{1,10}(?:\.[0-9]{1,17})?")
_DEEP_NESTING = re.compile(r"(?:[-+*>]\s*){20}|^ {40}", re.MULTILINE)


def _bare_identifier(kind: str) -> BeforeValidator:
    """Return a validator that accepts an identifier or its URL, and gives the identifier."""
    scheme = IDENTIFIERS[kind]

    def bare(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        check_text(value)
        identifier = scheme.parse(value) or dict([identifier_in_url(value) or ("", None)]).get(kind)
        if identifier is None:
            message = f"'{value}' is not a valid {scheme.title} identifier"
            in_text = _DOI_IN_TEXT.search(value) if kind == "doi" else None
            doi = scheme.parse(in_text[0]) if in_text else None
            hint = f"write {doi}" if doi else f"write it like {scheme.example}"
            raise validation_error(f"malformed-{kind}", message, hint)
        return identifier

    return BeforeValidator(bare)


def _web_address(value: str) -> str:
    parts = split_url(value)
    if parts.scheme and parts.scheme not in ("http", "https"):
        message = f"'{parts.scheme}:' URLs are not accepted"
        raise validation_error("url-scheme", message, "use http or https")
    if not parts.hostname or re.search(r"\s", value):
        raise validation_error(
            "malformed-url", f"'{value}' is not a URL", "write it like https://…"
        )
    return value


def _notice(value: str) -> str:
    """Return a DOI without its prefix, or a valid URL."""
    return IDENTIFIERS["doi"].parse(value) or _web_address(value)


def parse_year(text: str) -> int | None:
    """Return a year that a paper can have, or None."""
    year = int(text) if re.fullmatch(r"\s*[0-9]{4}\s*", text) else 0
    return year if _FIRST_YEAR <= year <= _LAST_YEAR else None


def _year(value: Any) -> Any:
    if isinstance(value, str):
        if year := parse_year(value):
            return year
        message = f"'{value}' is not a year between {_FIRST_YEAR} and {_LAST_YEAR}"
        raise validation_error("malformed-year", message, "write four digits, such as 2018")
    return value


def _date(value: Any) -> Any:
    if isinstance(value, str):
        try:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value.strip()):
                return date.fromisoformat(value.strip())
        except ValueError:
            pass
        hint = "write year-month-day, such as 2024-03-31"
        raise validation_error("malformed-date", f"'{value}' is not a date", hint)
    return value


def _number(value: Any) -> Any:
    if isinstance(value, str) and not _SHORT_NUMBER.fullmatch(value.strip()):
        message, hint = f"'{value}' is not a number", "write one such as 0.961"
        if _NUMBER.fullmatch(value.strip()):
            message, hint = "has more digits than a measurement", "round it"
        raise validation_error("malformed-number", message, hint)
    return value


def can_be_id(text: str) -> bool:
    """True if a text can be the id of an entry, and so the name of its file and of its page."""
    return not is_long(text) and ENTRY_ID.fullmatch(text) is not None and not is_reserved(text)


def can_be_citation_key(text: str) -> bool:
    """True if a text can be a citation key, which all programs for LaTeX accept."""
    return CITATION_KEY.fullmatch(text) is not None


def _citation_key(value: str) -> str:
    if not can_be_citation_key(value):
        message, hint = f"'{value}' is not a citation key", "write it like He2016, in one word"
        raise validation_error("malformed-citation-key", message, hint)
    return value


def _entry_id(value: str) -> str:
    if not can_be_id(value):
        hint = "write the name of its file, without .yml"
        message = f"'{shorten_name(value)}' is not the id of a paper"
        raise validation_error("malformed-id", message, hint)
    return value


def _person(value: str) -> str:
    if not is_one_name(value):
        hint = 'write [Given Surname, Given Surname]; put quotes around "Surname, Given"'
        raise validation_error("malformed-author", f"'{value}' is not the name of one person", hint)
    return value


_PERSON: TypeAdapter[str] = TypeAdapter(Annotated[Text, AfterValidator(_person)])
_valid_person = cache(_PERSON.validate_python)
_GROUP_NAME: TypeAdapter[str] = TypeAdapter(Text)


def _author(value: Any) -> AuthorName:
    """Return the name of a person, or the group of a mapping such as `{group: A Society}`."""
    if isinstance(value, Group):
        return _group({"group": value.group})
    if isinstance(value, dict):
        return _group(value)
    return _valid_person(value) if isinstance(value, str) else _PERSON.validate_python(value)


def can_be_author(value: Any) -> bool:
    """True if a value can be an author of an entry."""
    try:
        _author(value)
    except (PydanticCustomError, ValidationError):
        return False
    return True


def _group(values: dict[str, YamlValue]) -> Group:
    hint = "write {group: World Health Organization}"
    if unknown := next((key for key in values if key != "group"), ""):
        message, near = f"'{unknown}' is not a key here", did_you_mean(unknown, ["group"])
        raise validation_error("unknown-key", message, near or hint)
    name = values.get("group")
    if name is None or name == "":
        raise validation_error("empty-value", "the group has no name", hint)
    if not isinstance(name, str):
        message = f"expected text, found {describe_type(name)}"
        raise validation_error("wrong-type", message, hint)
    if re.search(r";|\bet al\b", name, re.IGNORECASE):
        message, hint = f"'{name}' is not the name of one group", "write each group on its own"
        raise validation_error("malformed-author", message, hint)
    return Group(_GROUP_NAME.validate_python(name))


def _short_notes(value: str) -> str:
    """Limit the size of notes: the time of a Markdown parser grows quadratically with it."""
    if (
        len(value) > _MAX_NOTES_LENGTH
        or value.count("[") > _MAX_NOTES_BRACKETS
        or _DEEP_NESTING.search(value)
    ):
        message = f"longer than {_MAX_NOTES_LENGTH} characters, or too deeply nested"
        raise validation_error("long-notes", message, "write a few words")
    return value


def _short_summary(value: str) -> str:
    if len(value) > _MAX_SUMMARY:
        raise validation_error("long-text", *describe_length(value, _MAX_SUMMARY))
    return value


def describe(description: str, *examples: str, most: int | None = None) -> Any:
    """Return a field with its description and examples for the docs, for editors and for hints.

    `most` is the largest number of items of a list or a mapping.
    """
    return Field(description=description, examples=list(examples) or None, max_length=most)


def _json_type(*types: str, pattern: str = "") -> WithJsonSchema:
    return WithJsonSchema({"type": list(types)} | ({"pattern": pattern} if pattern else {}))


WebAddress = Annotated[
    Text, AfterValidator(_web_address), _json_type("string", pattern=r"^\s*https?://\S+\s*$")
]
Notice = Annotated[
    Text, AfterValidator(_notice), _json_type("string", pattern=r"10\.[0-9]{4,}.*/\S|https?://\S")
]
EntryId = Annotated[
    Text, AfterValidator(_entry_id), _json_type("string", pattern=rf"^\s*{ENTRY_ID.pattern}\s*$")
]
CitationKey = Annotated[
    Text,
    AfterValidator(_citation_key),
    _json_type("string", pattern=rf"^\s*{CITATION_KEY.pattern}\s*$"),
]
_TEXT_SCHEMA = {"type": ["string", "number"], "minLength": 1}
Author = Annotated[
    AuthorName,
    PlainValidator(_author),
    WithJsonSchema(
        {
            "anyOf": [
                _TEXT_SCHEMA,
                {
                    "type": "object",
                    "properties": {
                        "group": {
                            **_TEXT_SCHEMA,
                            "description": "the name of an organisation or another group",
                        }
                    },
                    "required": ["group"],
                    "additionalProperties": False,
                },
            ]
        }
    ),
]
Summary = Annotated[Text, AfterValidator(_short_summary)]
NotesText = Annotated[LongText, AfterValidator(_short_notes)]
Year = Annotated[
    int, BeforeValidator(_year), _json_type("integer", "string", pattern=r"^\s*[0-9]{4}\s*$")
]
Day = Annotated[
    date,
    BeforeValidator(_date),
    _json_type("string", pattern=r"^\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\s*$"),
]
Number = Annotated[
    Decimal,
    BeforeValidator(_number),
    _json_type("number", "string", pattern=r"^\s*-?[0-9]+(\.[0-9]+)?\s*$"),
]
Doi = Annotated[str, _bare_identifier("doi"), _json_type("string", pattern=r"10\.[0-9]{4,}.*/\S")]
Arxiv = Annotated[
    str, _bare_identifier("arxiv"), _json_type("string", "number", pattern=r"[0-9]{4}")
]
Pmid = Annotated[
    str, _bare_identifier("pmid"), _json_type("integer", "string", pattern=r"[0-9]/?\s*$")
]
Pmcid = Annotated[
    str, _bare_identifier("pmcid"), _json_type("string", pattern=r"[Pp][Mm][Cc][0-9]+")
]
