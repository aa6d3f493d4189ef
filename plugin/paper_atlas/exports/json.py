"""The JSON of the atlas: everything in the files of the entries, with the same keys.

A paper is one line, so that a diff of two versions is readable. Its schema is
`papers.schema.json`: https://json-schema.org/draft/2020-12
"""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from paper_atlas.exports.format import PaperFacts
from paper_atlas.folder.entry_file import file_values
from paper_atlas.folder.schema import Schema, entry_schema, schema_text, schemas
from paper_atlas.model.fields import ENTRY_ID
from paper_atlas.model.vocabulary import Vocabulary

JSON_VERSION = 1
"""The version of the format; increased by changes that a program for the last one misreads."""
JSON_START, JSON_END = f'{{"version": {JSON_VERSION}, "papers": [\n', "\n]}\n"
encode_json = json.JSONEncoder(ensure_ascii=False, check_circular=False, default=str).encode
"""Encode values of entries on one line; dates become text."""


def to_json(paper: PaperFacts) -> str:
    """Return the JSON object of a paper on one line: its id, then the keys of its file in order."""
    entry = paper.entry
    values = {"id": entry.id, **file_values(entry, list(entry.terms))}
    if not entry.results:
        return encode_json(values)
    return _object((key, _json(value)) for key, value in values.items())


def _json(value: Any) -> str:
    """Return a value as JSON; a decimal keeps all its digits."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Mapping):
        return _object((key, _json(item)) for key, item in value.items())
    if isinstance(value, list):
        return f"[{', '.join(map(_json, value))}]"
    return encode_json(value)


def _object(members: Iterable[tuple[str, str]]) -> str:
    return "{" + ", ".join(f"{json.dumps(key)}: {value}" for key, value in members) + "}"


PAPERS_SCHEMA = "papers.schema.json"


def site_schemas(vocabulary: Vocabulary) -> dict[str, str]:
    """Return the texts of `schemas` and of the schema of `papers.json`, by file name."""
    return {**schemas(vocabulary), PAPERS_SCHEMA: schema_text(_papers_schema(vocabulary))}


def _papers_schema(vocabulary: Vocabulary) -> Schema:
    """Return the schema of `papers.json`: the version, and entries with their ids."""
    paper = entry_schema(vocabulary)
    definitions = paper.pop("$defs")
    name = {"type": "string", "pattern": f"^{ENTRY_ID.pattern}$", "description": "id of the paper"}
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
