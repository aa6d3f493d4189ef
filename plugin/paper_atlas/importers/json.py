"""Importer for `papers.json` of an atlas, with all data of the entry files; see `exports.json`.

{"version": 1, "papers": [{"id": "u-net", "title": "U-Net", "year": 2015}]}     →
Draft({"title": "U-Net", "year": "2015"}, line=1, id="u-net")
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from paper_atlas.exports.json import JSON_VERSION
from paper_atlas.importers.draft import Draft, DraftList
from paper_atlas.importers.names import with_groups
from paper_atlas.model.fields import can_be_id
from paper_atlas.problem import Problem, Severity

_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]')

LocatedObject = tuple[dict[str, Any], int]
"""A JSON object, and the line on which it begins."""


def read_atlas_json(text: str, path: str) -> DraftList:
    """Parse the JSON of an atlas; a version that this program does not support is an error."""
    data, problems = read_json(text, path)
    papers = data.get("papers") if isinstance(data, dict) else None
    if not problems and not isinstance(papers, list):
        message, hint = "expected the papers of an atlas", '{"version": 1, "papers": […]}'
        problems = [Problem(path, 1, 1, "wrong-type", "", message, hint)]
    elif not problems and data.get("version") != str(JSON_VERSION):
        problems = [_version_problem(path, data.get("version"))]
    if problems or not isinstance(papers, list):
        return DraftList(path, (), problems=tuple(problems))
    found, problems = located_objects(papers, text, 2, path)
    drafts: list[Draft] = []
    for paper, line in found:
        fields = with_groups(_yaml_value(paper))
        paper_id = fields.pop("id", "")
        is_valid = isinstance(paper_id, str) and can_be_id(paper_id)
        if paper_id and not is_valid:
            problems.append(_malformed_id(path, line, paper_id))
        drafts.append(Draft(fields, line, id=paper_id if is_valid else ""))
    count = len(papers)
    return DraftList(path, tuple(drafts), problems=tuple(problems), record_count=count)


def _malformed_id(path: str, line: int, paper_id: Any) -> Problem:
    message = f"'{paper_id}' is not a valid id, so it is not imported"
    return Problem(path, line, 1, "malformed-id", "id", message, severity=Severity.WARNING)


def _version_problem(path: str, version: Any) -> Problem:
    if isinstance(version, str) and version.isdigit():
        message = f"the file has version {version}, this program reads version {JSON_VERSION}"
        return Problem(path, 1, 1, "newer-version", "version", message, "update paper-atlas")
    message = f"expected the number {JSON_VERSION}"
    return Problem(path, 1, 1, "wrong-type", "version", message)


def _yaml_value(value: Any) -> Any:
    """Return the value as in an entry file: `true` and `false` as text, and no null."""
    if isinstance(value, dict):
        return {key: _yaml_value(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_yaml_value(item) for item in value if item is not None]
    return str(value).lower() if isinstance(value, bool) else value


def read_json(text: str, path: str) -> tuple[Any, list[Problem]]:
    """Parse JSON with numbers as text. If it is invalid, return None and a problem."""
    try:
        return json.loads(text, parse_float=str, parse_int=str, parse_constant=str), []
    except json.JSONDecodeError as error:
        message = f"the file is not valid JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        return None, [Problem(path, error.lineno, error.colno, "unreadable", "", message)]


def located_objects(
    values: list[Any], text: str, depth: int, path: str
) -> tuple[list[LocatedObject], list[Problem]]:
    """Return the objects of an array with their lines, and a problem if it has other values.

    `depth` is the number of brackets around each value in the text.
    """
    lines = list(_lines_of_objects(text, depth))
    objects = [value for value in values if isinstance(value, dict)]
    message = "expected an object for each paper"
    others = [Problem(path, 1, 1, "wrong-type", "", message)] * (len(objects) < len(values))
    return list(zip(objects, lines, strict=False)), others


def _lines_of_objects(text: str, depth: int) -> Iterator[int]:
    level, line, position = 0, 1, 0
    for token in _STRING_OR_BRACKET.finditer(text):
        if token[0] == "{" and level == depth:
            line += text.count("\n", position, token.start())
            position = token.start()
            yield line
        level += (token[0] in "[{") - (token[0] in "]}")
