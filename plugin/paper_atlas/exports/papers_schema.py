"""The JSON Schema of papers.json."""

from paper_atlas.exports.json import VERSION
from paper_atlas.folder.schema import Schema, _entry, _text, schemas
from paper_atlas.model.fields import ENTRY_ID
from paper_atlas.model.vocabulary import Vocabulary

PAPERS = "papers.schema.json"


def published(vocabulary: Vocabulary) -> dict[str, str]:
    """The text of each schema of a site: those of `schemas`, and that of its `papers.json`."""
    return {**schemas(vocabulary), PAPERS: _text(_papers(vocabulary))}


def _papers(vocabulary: Vocabulary) -> Schema:
    """The schema of the export as JSON: the version, and entries that say their ids."""
    paper = _entry(vocabulary)
    definitions = paper.pop("$defs")
    name = {"type": "string", "pattern": f"^{ENTRY_ID.pattern}$", "description": "its address"}
    paper["properties"] = {"id": name, **paper["properties"]}
    paper["required"] = ["id", *paper["required"]]
    return {
        "type": "object",
        "properties": {"version": {"const": VERSION}, "papers": {"type": "array", "items": paper}},
        "required": ["version", "papers"],
        "additionalProperties": False,
        "$defs": definitions,
    }
