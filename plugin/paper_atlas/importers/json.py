"""The atlas's own JSON, which holds all that the files of its entries say; see `exports.json`."""

from typing import Any

from paper_atlas.exports.json import VERSION
from paper_atlas.importers.json_file import objects, read_json
from paper_atlas.problem import Problem
from paper_atlas.reading import Draft, Reading


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
    drafts = tuple(_draft(_plain(paper), line) for paper, line in found)
    return Reading(path, drafts, problems=tuple(problems))


def _draft(fields: dict[str, Any], line: int) -> Draft:
    name = fields.pop("id", "")
    return Draft(fields, line, id=name if isinstance(name, str) else "")


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
