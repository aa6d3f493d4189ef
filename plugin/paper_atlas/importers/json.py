"""The atlas's own JSON, which holds all that the files of its entries say; see `exports.json`."""

from typing import Any

from paper_atlas.exports.json import VERSION
from paper_atlas.importers.draft import Draft, Reading
from paper_atlas.importers.json_objects import objects, read_json
from paper_atlas.model.fields import ENTRY_ID
from paper_atlas.problem import Problem, Severity


def read_atlas_json(text: str, path: str) -> Reading:
    """Read a file. One of a later version than this program knows is an error."""
    data, problems = read_json(text, path)
    papers = data.get("papers") if isinstance(data, dict) else None
    if not problems and not isinstance(papers, list):
        message, hint = "expected the papers of an atlas", '{"version": 1, "papers": […]}'
        problems = [Problem(path, 1, 1, "wrong-type", "", message, hint)]
    elif not problems and data.get("version") != str(VERSION):
        problems = [_of_another_version(path, data.get("version"))]
    if problems or not isinstance(papers, list):
        return Reading(path, (), problems=tuple(problems))
    found, problems = objects(papers, text, 2, path)
    drafts: list[Draft] = []
    for paper, line in found:
        fields = _plain(paper)
        name = fields.pop("id", "")
        is_id = isinstance(name, str) and ENTRY_ID.fullmatch(name) and name != "index"
        if name and not is_id:
            problems.append(_malformed_id(path, line, name))
        drafts.append(Draft(fields, line, id=name if is_id else ""))
    return Reading(path, tuple(drafts), problems=tuple(problems))


def _malformed_id(path: str, line: int, name: Any) -> Problem:
    message = f"'{name}' is not the id of a paper, so it is not taken"
    return Problem(path, line, 1, "malformed-id", "id", message, severity=Severity.WARNING)


def _of_another_version(path: str, version: Any) -> Problem:
    if isinstance(version, str) and version.isdigit():
        message = f"the file has version {version}, this program reads version {VERSION}"
        return Problem(path, 1, 1, "newer-version", "version", message, "update paper-atlas")
    message = f"expected the number {VERSION}"
    return Problem(path, 1, 1, "wrong-type", "version", message)


def _plain(value: Any) -> Any:
    """A value as a file of YAML would have it: true and false as words, and nothing left out."""
    if isinstance(value, dict):
        return {key: _plain(it) for key, it in value.items() if it is not None}
    if isinstance(value, list):
        return [_plain(it) for it in value if it is not None]
    return str(value).lower() if isinstance(value, bool) else value
