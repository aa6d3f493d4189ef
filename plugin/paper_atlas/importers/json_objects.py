"""JSON as an importer reads it: the objects of a file, each with its line."""

import json
import re
from collections.abc import Iterator
from typing import Any

from paper_atlas.problem import Problem

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]')

Item = tuple[dict[str, Any], int]


def read_json(text: str, path: str) -> tuple[Any, list[Problem]]:
    """The value of a file, with numbers as they are written, or the problem that it has none."""
    try:
        return json.loads(text, parse_float=str, parse_int=str, parse_constant=str), []
    except json.JSONDecodeError as error:
        message = f"the file is no JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        return None, [Problem(path, error.lineno, error.colno, "unreadable", "", message)]


def objects(
    values: list[Any], text: str, depth: int, path: str
) -> tuple[list[Item], list[Problem]]:
    """The objects of an array that lies so many brackets deep, and what is none."""
    lines = list(_lines(text, depth))
    found = [value for value in values if isinstance(value, dict)]
    message = "expected an object for each paper"
    others = [Problem(path, 1, 1, "wrong-type", "", message)] * (len(found) < len(values))
    return list(zip(found, lines, strict=False)), others


def _lines(text: str, depth: int) -> Iterator[int]:
    """The line of each object that begins so many brackets deep."""
    level, line, position = 0, 1, 0
    for token in _TOKEN.finditer(text):
        if token[0] == "{" and level == depth:
            line += text.count("\n", position, token.start())
            position = token.start()
            yield line
        level += (token[0] in "[{") - (token[0] in "]}")
