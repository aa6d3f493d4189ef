"""Entries and vocabularies as YAML that a person likes to read: the canonical form.

One key a line in the order of the declaration; a list on one line where it fits; quotation
marks only where YAML needs them.
"""

import json
import re
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

if sys.platform != "win32":
    pass

WIDTH = 100
KeyPath = tuple[str | int, ...]
PlacedLine = tuple[KeyPath, str]
"""A line of a file, and the place of the key or the item that it belongs to."""


_RESOLVER = yaml.resolver.Resolver()
_TEXT_TAG = "tag:yaml.org,2002:str"
_PLAIN = re.compile(r"[^\W_](?:[^:#,\[\]{}\"\n\t]|:(?=\S)|(?<=\S)#)*(?<![\s:])")
# Line breaks to YAML, and what it takes for no text at all.
_ESCAPED = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
# What YAML 1.2 reads as something else than text, beside what 1.1 does.
_TYPED = re.compile(r"0o[0-7]+|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


def yaml_scalar(text: str) -> str:
    """One value, plain where every YAML reader takes it for that text, else in double quotes.

    A whole number is plain too: nothing of it is lost by a reader who takes it for one.
    """
    if re.fullmatch(r"0|[1-9]\d*", text):
        return text
    tag = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))
    typed = tag != _TEXT_TAG
    special = typed or _TYPED.fullmatch(text) or _ESCAPED.search(text)
    if _PLAIN.fullmatch(text) and not special:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def mapping_lines(
    values: Mapping[str, Any], place: KeyPath = (), blocks: Collection[str] = ()
) -> Iterator[PlacedLine]:
    for key, value in values.items():
        inner = (*place, key)
        name = f"{_indent(place)}{yaml_scalar(key)}:"
        if isinstance(value, str):
            yield from ((inner, line) for line in _text(name, value, _indent(place)))
        elif isinstance(value, bool):
            yield inner, f"{name} {str(value).lower()}"
        elif isinstance(value, Decimal):
            yield inner, f"{name} {value:f}"
        elif isinstance(value, int | date):
            yield inner, f"{name} {value}"
        elif isinstance(value, Mapping):
            yield inner, name
            yield from mapping_lines(value, inner)
        elif key not in blocks and _fits(line := f"{name} {_on_one_line(value)}", value):
            yield inner, line
        else:
            yield inner, name
            yield from _items(value, inner)


def _items(values: Sequence[Any], place: KeyPath) -> Iterator[PlacedLine]:
    for index, value in enumerate(values):
        inner = (*place, index)
        if isinstance(value, Mapping):
            (first_place, first), *rest = mapping_lines(value, inner)
            yield first_place, f"{_indent(place)}- {first.lstrip()}"
            yield from rest
        else:
            yield inner, f"{_indent(place)}- {yaml_scalar(value)}"


def _indent(place: KeyPath) -> str:
    return "  " * len(place)


def _fits(line: str, values: Sequence[Any]) -> bool:
    return len(line) <= WIDTH and all(isinstance(value, str) for value in values)


def _on_one_line(values: Sequence[Any]) -> str:
    return f"[{', '.join(yaml_scalar(value) for value in values if isinstance(value, str))}]"


def _text(name: str, value: str, indent: str) -> Iterator[str]:
    """A value on its line, or text of several lines as a block."""
    lines = value.split("\n")
    framed = lines[0].startswith(" ") or value.endswith("\n")
    if len(lines) == 1 or framed or _ESCAPED.search(value):
        yield f"{name} {yaml_scalar(value)}"
    else:
        yield f"{name} |-"
        yield from (f"{indent}  {line}" if line else "" for line in lines)
