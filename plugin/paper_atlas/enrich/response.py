"""Parse the bodies of responses. Nothing about their contents is assumed.

Functions that read a value return an empty one if the value is missing, has another type, or is too
long.
"""

import html
import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree import ElementTree

from paper_atlas.text.names import AuthorName, join_name

Element = ElementTree.Element
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
# Escape sequences for a terminal, marks that reorder text, and what no text has. White space is not
# among them, because it separates words.
_NOT_TEXT = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
    r"|[\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
_LONGEST_TEXT = 4_000
"""Characters of a value with its markup. The longest titles have about 1,000."""
_MAX_VALUES = 1_000_000
"""Values of a body. Each takes up to 100 bytes of memory. Responses of services have 100,000."""
_YEAR = re.compile(r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)")


class InvalidResponseError(Exception):
    """A response is not what the service documents. The message gives what was expected."""


def parse_json(body: bytes) -> Any:
    """Return the value of a JSON body.

    Raises:
        InvalidResponseError: The body is not JSON.
    """
    _reject_unusual(body, "JSON", b"[{,")
    try:
        return json.loads(body, object_pairs_hook=_mapping, parse_constant=_reject_constant)
    except (ValueError, RecursionError) as error:
        raise InvalidResponseError("expected JSON, found other or incomplete text") from error


def _mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a mapping. Raises `ValueError` if it would have two values for a key."""
    mapping = dict(pairs)
    if len(mapping) < len(pairs):
        raise ValueError("doubled key")
    return mapping


def _reject_constant(name: str) -> None:
    """Reject `NaN` and `Infinity`, which JSON does not have. Raises `ValueError`."""
    raise ValueError(name)


def parse_xml(body: bytes) -> Element:
    """Return the root element of an XML body.

    Raises:
        InvalidResponseError: The body is not XML, or it declares entities. Entities can expand
            a small body to gigabytes.
    """
    _reject_unusual(body, "XML", b"<")
    if b"<!ENTITY" in body:
        raise InvalidResponseError("expected XML without entities, found an entity declaration")
    try:
        # In another encoding, a declaration is not found above. UTF-16 wins over the argument.
        if b"\0" in body:
            raise ValueError("NUL")
        return ElementTree.fromstring(body, ElementTree.XMLParser(encoding="utf-8"))
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise InvalidResponseError("expected XML, found other or incomplete text") from error


def _reject_unusual(body: bytes, expected: str, marks: bytes) -> None:
    """Reject empty bodies, HTML pages and too many values, by the marks that begin one.

    Raises `InvalidResponseError`.
    """
    if not body.strip():
        raise InvalidResponseError(f"expected {expected}, found nothing")
    if body[:200].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        raise InvalidResponseError(f"expected {expected}, found an HTML page")
    if sum(map(body.count, marks)) > _MAX_VALUES:
        raise InvalidResponseError(f"expected {expected}, found more than {_MAX_VALUES:,} values")


def dig(value: Any, *path: str | int) -> Any:
    """Return the value at a path of keys and indices in nested mappings and lists, or None."""
    for part in path:
        if isinstance(part, int):
            value = value[part] if isinstance(value, list) and len(value) > part else None
        else:
            value = value.get(part) if isinstance(value, dict) else None
    return value


def items_at(value: Any, *path: str | int) -> Iterator[Any]:
    """Yield the items of the list at a path, nothing if there is no list."""
    items = dig(value, *path)
    yield from items if isinstance(items, list) else ()


def text_at(value: Any, *path: str | int) -> str:
    """Return the text or number at a path as plain text on one line, otherwise an empty string.

    Services put markup into titles. This removes tags (`<i>`, `<sub>`, MathML) and resolves
    character references.
    """
    text = dig(value, *path)
    if isinstance(text, bool) or not isinstance(text, str | int):
        return ""
    return _plain_text(str(text), lambda raw: html.unescape(_TAG.sub("", raw)))


def element_text(element: Element | None) -> str:
    """Return all text of an element on one line, without control characters."""
    return "" if element is None else _plain_text("".join(element.itertext()))


def _plain_text(text: str, without_markup: Callable[[str], str] = str) -> str:
    """Return a text on one line, or an empty string if it is too long."""
    if len(text) > _LONGEST_TEXT:
        return ""
    return " ".join(_NOT_TEXT.sub("", without_markup(text)).split())


def find_year(text: str) -> int | None:
    """Return the first year (1400 to 2099) in a date of any form.

    >>> find_year("2018 Nov-Dec")
    2018
    """
    match = _YEAR.search(text)
    return int(match[0]) if match else None


def read_author(given: str, family: str, suffix: str = "", group: str = "") -> AuthorName:
    """Return an author in the form of entries, from the parts of a name or the name of a group."""
    return join_name(given, "", family, suffix) if given or family else join_name(surname=group)
