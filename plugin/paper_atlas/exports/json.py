"""The atlas's own JSON: all that the files of the entries say, by the same keys, and its schema.

A paper is one line, so that the difference between two versions can be read. The schema is
`papers.schema.json`: https://json-schema.org/draft/2020-12
"""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from paper_atlas.exports.format import Facts
from paper_atlas.folder.entry_file import file_values
from paper_atlas.folder.schema import Schema, entry_schema, schema_text, schemas
from paper_atlas.model.fields import ENTRY_ID
from paper_atlas.model.vocabulary import Vocabulary

JSON_VERSION = 1
"""Raised when a program that reads the last version would take a file of this one wrongly."""
JSON_START, JSON_END = f'{{"version": {JSON_VERSION}, "papers": [\n', "\n]}\n"
_encoded = json.JSONEncoder(ensure_ascii=False, check_circular=False, default=str).encode


def to_json(paper: Facts) -> str:
    """The JSON object of a paper, one line: its id, and the keys of its file in their order."""
    entry = paper.entry
    values = {"id": entry.id, **file_values(entry, list(entry.terms))}
    if not entry.results:
        return _encoded(values)
    return _object((key, _json(value)) for key, value in values.items())


def _json(value: Any) -> str:
    """A value as JSON, a figure with the digits that it is stated with."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        return f"[{', '.join(_object((key, _json(it[key])) for key in it) for it in value)}]"
    return _encoded(value)


def _object(members: Iterable[tuple[str, str]]) -> str:
    return "{" + ", ".join(f"{json.dumps(key)}: {value}" for key, value in members) + "}"


PAPERS_SCHEMA = "papers.schema.json"


def site_schemas(vocabulary: Vocabulary) -> dict[str, str]:
    """The text of each schema of a site: those of `schemas`, and that of its `papers.json`."""
    return {**schemas(vocabulary), PAPERS_SCHEMA: schema_text(_papers(vocabulary))}


def _papers(vocabulary: Vocabulary) -> Schema:
    """The schema of the export as JSON: the version, and entries that say their ids."""
    paper = entry_schema(vocabulary)
    definitions = paper.pop("$defs")
    name = {"type": "string", "pattern": f"^{ENTRY_ID.pattern}$", "description": "its address"}
    paper["properties"] = {"id": name, **paper["properties"]}
    paper["required"] = ["id", *paper["required"]]
    return {
        "type": "object",
        "properties": {
            "version": {"const": JSON_VERSION},
            "papers": {"type": "array", "items": paper},
        },
        "required": ["version", "papers"],
        "additionalProperties": False,
        "$defs": definitions,
    }
