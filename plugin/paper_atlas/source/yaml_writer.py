"""The canonical YAML form of entries and vocabularies.

One key per line, a list on one line if it fits, and quotation marks only where YAML needs them.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

WIDTH = 100
KeyPath = tuple[str | int, ...]
PlacedLine = tuple[KeyPath, str]
"""A line of a file, with the keys and indices that lead to its key or list item."""

_RESOLVER = yaml.resolver.Resolver()
_TEXT_TAG = "tag:yaml.org,2002:str"
_PLAIN = re.compile(r"[^\W_](?:[^:#,\[\]{}\"\n\t]|:(?=\S)|(?<=\S)#)*(?<![\s:])")
# Characters that YAML reads as line breaks or does not allow in text.
_ESCAPED = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
# What YAML 1.2 reads as a number; the resolver covers YAML 1.1.
_TYPED = re.compile(r"0o[0-7]+|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


def yaml_scalar(text: str, *, in_list: bool = False) -> str:
    """Return a value without quotes if every YAML parser reads it as this text, else quoted.

    A whole number has no quotes either: it loses nothing if a parser reads it as a number. A list
    on one line (`in_list`) needs them for a question mark, which can start a key there.
    https://yaml.org/spec/1.1/#id907281
    """
    if re.fullmatch(r"0|[1-9]\d*", text):
        return text
    tag = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))
    typed = tag != _TEXT_TAG
    special = typed or _TYPED.fullmatch(text) or _ESCAPED.search(text)
    if _PLAIN.fullmatch(text) and not special and not (in_list and "?" in text):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def mapping_lines(
    values: Mapping[str, Any], place: KeyPath = (), blocks: Collection[str] = ()
) -> Iterator[PlacedLine]:
    """Yield the lines of a mapping at `place`; the lists of the keys in `blocks` get block style.

    Values are str, bool, Decimal, int, date, mappings, or sequences of str and mappings.
    """
    for key, value in values.items():
        inner = (*place, key)
        name = f"{_indent(place)}{yaml_scalar(key)}:"
        if isinstance(value, str):
            yield from ((inner, line) for line in _text_lines(name, value, _indent(place)))
        elif isinstance(value, bool):
            yield inner, f"{name} {str(value).lower()}"
        elif isinstance(value, Decimal):
            yield inner, f"{name} {value:f}"
        elif isinstance(value, int | date):
            yield inner, f"{name} {value}"
        elif isinstance(value, Mapping):
            yield inner, name
            yield from mapping_lines(value, inner)
        elif key not in blocks and _fits(line := f"{name} {_flow_list(value)}", value):
            yield inner, line
        else:
            yield inner, name
            yield from _item_lines(value, inner)


def _item_lines(values: Sequence[Any], place: KeyPath) -> Iterator[PlacedLine]:
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


def _flow_list(values: Sequence[Any]) -> str:
    texts = [yaml_scalar(value, in_list=True) for value in values if isinstance(value, str)]
    return f"[{', '.join(texts)}]"


def _text_lines(name: str, value: str, indent: str) -> Iterator[str]:
    """Yield a text on one line, or as a block if it has several lines."""
    lines = value.split("\n")
    needs_quotes = lines[0].startswith(" ") or value.endswith("\n")
    if len(lines) == 1 or needs_quotes or _ESCAPED.search(value):
        yield f"{name} {yaml_scalar(value)}"
    else:
        yield f"{name} |-"
        yield from (f"{indent}  {line}" if line else "" for line in lines)
