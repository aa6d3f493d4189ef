"""The body of an answer as values: JSON and XML of which nothing is taken for granted."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

Element = ElementTree.Element
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")  # some of it would speak to the terminal
_YEAR = re.compile(r"(?<!\d)(?:18|19|20)\d\d(?!\d)")


class InvalidResponseError(Exception):
    """An answer is not what the service documents; the message says what it is instead."""


def parse_json(body: bytes) -> Any:
    """The value of a JSON body; raises `BrokenAnswerError`."""
    _reject_other_formats(body, "JSON")
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise InvalidResponseError("text that is not JSON, or not all of it") from error


def parse_xml(body: bytes) -> Element:
    """The root of an XML body; raises `BrokenAnswerError`.

    A body that declares entities is refused: they are how a small one becomes a large one.
    """
    _reject_other_formats(body, "XML")
    if b"<!ENTITY" in body:
        raise InvalidResponseError("XML that declares entities")
    try:
        return ElementTree.fromstring(body)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise InvalidResponseError("text that is not XML, or not all of it") from error


def _reject_other_formats(body: bytes, expected: str) -> None:
    """Whatever the form, a page for people is none, and nothing neither."""
    if not body.strip():
        raise InvalidResponseError("nothing")
    if body[:200].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        raise InvalidResponseError(f"a web page instead of {expected}")


def dig(value: Any, *place: str | int) -> Any:
    """What stands at a place of nested mappings and lists, else None."""
    for part in place:
        if isinstance(part, int):
            value = value[part] if isinstance(value, list) and len(value) > part else None
        else:
            value = value.get(part) if isinstance(value, dict) else None
    return value


def items_at(value: Any, *place: str | int) -> Iterator[Any]:
    """The items of the list at a place, none where there is no list."""
    found = dig(value, *place)
    yield from found if isinstance(found, list) else ()


def text_at(value: Any, *place: str | int) -> str:
    """The text or number at a place as plain text on one line, else nothing.

    Services mark titles up: `<i>`, `<sub>` and MathML go, character references are resolved.
    """
    found = dig(value, *place)
    if isinstance(found, bool) or not isinstance(found, str | int):
        return ""
    return _CONTROL.sub("", " ".join(html.unescape(_TAG.sub("", str(found))).split()))


def element_text(element: Element | None) -> str:
    """All text within an element on one line."""
    text = "" if element is None else " ".join("".join(element.itertext()).split())
    return _CONTROL.sub("", text)


def find_year(text: str) -> int | None:
    """The first year in a date as text, however it is written.

    >>> year_in("2018 Nov-Dec")
    2018
    """
    found = _YEAR.search(text)
    return int(found[0]) if found else None


def full_name(given: str, family: str, suffix: str = "") -> str:
    """The name of an author as an entry has it: `Given Family`."""
    return " ".join(part for part in (given, family, suffix) if part)


def join_pages(first: str, last: str) -> str:
    """Pages as an entry has them; a number of an article stands alone.

    >>> page_range("2663", "74"), page_range("102680", "102680")
    ('2663-2674', '102680')
    """
    if first.isdecimal() and last.isdecimal() and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return first if last in ("", first) else f"{first}-{last}"


def normalize_pages(text: str) -> str:
    """A range of pages written with any dash, in the form of `page_range`."""
    first, _, last = re.sub(r"\s*[-‐‑‒–—]+\s*", "-", text.strip()).partition("-")
    return join_pages(first, last)
