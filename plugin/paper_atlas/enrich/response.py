"""Parse the bodies of responses. Nothing about their contents is assumed.

Functions that read a value return an empty one if the value is missing or has another type.
"""

import html
import json
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from paper_atlas.text.names import AuthorName, join_name

Element = ElementTree.Element
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")  # may contain escape sequences for a terminal
_YEAR = re.compile(r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)")


class InvalidResponseError(Exception):
    """A response is not what the service documents. The message gives what was expected."""


def parse_json(body: bytes) -> Any:
    """Return the value of a JSON body.

    Raises:
        InvalidResponseError: The body is not JSON.
    """
    _reject_empty_or_html(body, "JSON")
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise InvalidResponseError("expected JSON, found other or incomplete text") from error


def parse_xml(body: bytes) -> Element:
    """Return the root element of an XML body.

    Raises:
        InvalidResponseError: The body is not XML, or it declares entities. Entities can expand
            a small body to gigabytes.
    """
    _reject_empty_or_html(body, "XML")
    if b"<!ENTITY" in body:
        raise InvalidResponseError("expected XML without entities, found an entity declaration")
    try:
        return ElementTree.fromstring(body)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise InvalidResponseError("expected XML, found other or incomplete text") from error


def _reject_empty_or_html(body: bytes, expected: str) -> None:
    """Reject empty bodies and HTML pages. Raises `InvalidResponseError`."""
    if not body.strip():
        raise InvalidResponseError(f"expected {expected}, found nothing")
    if body[:200].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        raise InvalidResponseError(f"expected {expected}, found an HTML page")


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
    return _CONTROL.sub("", " ".join(html.unescape(_TAG.sub("", str(text))).split()))


def element_text(element: Element | None) -> str:
    """Return all text of an element on one line, without control characters."""
    text = "" if element is None else " ".join("".join(element.itertext()).split())
    return _CONTROL.sub("", text)


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
