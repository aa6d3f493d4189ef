"""The atlas's own JSON, which holds all that the files of its entries say; see `exports.json`."""

import json
import re
from collections.abc import Iterator
from typing import Any

from paper_atlas.exports.json import JSON_VERSION
from paper_atlas.importers.draft import Draft, DraftList
from paper_atlas.model.fields import ENTRY_ID
from paper_atlas.problem import Problem, Severity


def read_atlas_json(text: str, path: str) -> DraftList:
    """Read a file. One of a later version than this program knows is an error."""
    data, problems = read_json(text, path)
    papers = data.get("papers") if isinstance(data, dict) else None
    if not problems and not isinstance(papers, list):
        message, hint = "expected the papers of an atlas", '{"version": 1, "papers": […]}'
        problems = [Problem(path, 1, 1, "wrong-type", "", message, hint)]
    elif not problems and data.get("version") != str(JSON_VERSION):
        problems = [_of_another_version(path, data.get("version"))]
    if problems or not isinstance(papers, list):
        return DraftList(path, (), problems=tuple(problems))
    found, problems = located_objects(papers, text, 2, path)
    drafts: list[Draft] = []
    for paper, line in found:
        fields = _plain(paper)
        name = fields.pop("id", "")
        is_id = isinstance(name, str) and ENTRY_ID.fullmatch(name) and name != "index"
        if name and not is_id:
            problems.append(_malformed_id(path, line, name))
        drafts.append(Draft(fields, line, id=name if is_id else ""))
    return DraftList(path, tuple(drafts), problems=tuple(problems))


def _malformed_id(path: str, line: int, name: Any) -> Problem:
    message = f"'{name}' is not the id of a paper, so it is not taken"
    return Problem(path, line, 1, "malformed-id", "id", message, severity=Severity.WARNING)


def _of_another_version(path: str, version: Any) -> Problem:
    if isinstance(version, str) and version.isdigit():
        message = f"the file has version {version}, this program reads version {JSON_VERSION}"
        return Problem(path, 1, 1, "newer-version", "version", message, "update paper-atlas")
    message = f"expected the number {JSON_VERSION}"
    return Problem(path, 1, 1, "wrong-type", "version", message)


def _plain(value: Any) -> Any:
    """A value as a file of YAML would have it: true and false as words, and nothing left out."""
    if isinstance(value, dict):
        return {key: _plain(it) for key, it in value.items() if it is not None}
    if isinstance(value, list):
        return [_plain(it) for it in value if it is not None]
    return str(value).lower() if isinstance(value, bool) else value


_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]')

LocatedObject = tuple[dict[str, Any], int]


def read_json(text: str, path: str) -> tuple[Any, list[Problem]]:
    """The value of a file, with numbers as they are written, or the problem that it has none."""
    try:
        return json.loads(text, parse_float=str, parse_int=str, parse_constant=str), []
    except json.JSONDecodeError as error:
        message = f"the file is no JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        return None, [Problem(path, error.lineno, error.colno, "unreadable", "", message)]


def located_objects(
    values: list[Any], text: str, depth: int, path: str
) -> tuple[list[LocatedObject], list[Problem]]:
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
