"""JSON Schemas of entries and of the vocabulary, for completion and validation in editors.

They are generated from `Entry` and `Vocabulary`, and contain the terms of the vocabulary.
https://json-schema.org/draft/2020-12
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from paper_atlas.model.entry import FIELDS_NOT_IN_FILE, Entry
from paper_atlas.model.vocabulary import Facet, Vocabulary

ENTRY_SCHEMA = "entry.schema.json"
VOCABULARY_SCHEMA = "vocabulary.schema.json"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]


def schemas(vocabulary: Vocabulary) -> dict[str, str]:
    """Return the texts of the schemas of an entry and of the vocabulary, by file name."""
    return {
        ENTRY_SCHEMA: schema_text(entry_schema(vocabulary)),
        VOCABULARY_SCHEMA: schema_text(_simplify(Vocabulary.model_json_schema())),
    }


def schema_text(schema: Schema) -> str:
    """Return a schema as JSON with the URL of its dialect."""
    return json.dumps({"$schema": _DIALECT, **schema}, ensure_ascii=False, indent=2) + "\n"


def modeline(path: Path, folder: Path) -> str:
    """Return the first line of the file at `path`, which names the schema in `folder` for editors.

    It is empty if the folder contains no schema.
    https://github.com/redhat-developer/yaml-language-server#using-inlined-schema
    """
    if not (folder / ENTRY_SCHEMA).exists():
        return ""
    up = "../" * (len(path.relative_to(folder).parts) - 1)
    return f"# yaml-language-server: $schema={up}{ENTRY_SCHEMA}\n"


def entry_schema(vocabulary: Vocabulary) -> Schema:
    """Return the schema of the file of an entry with the facets of a vocabulary."""
    schema: Schema = _simplify(Entry.model_json_schema())
    facets = {name: _facet_schema(facet) for name, facet in vocabulary.facets.items()}
    facets[vocabulary.main_facet]["minItems"] = 1
    schema["properties"] = _with_facets(schema["properties"], facets)
    required = set(schema["required"]) - FIELDS_NOT_IN_FILE | {vocabulary.main_facet}
    schema["required"] = [name for name in schema["properties"] if name in required]
    schema["$defs"]["Links"]["minProperties"] = 1
    del schema["description"], schema["$defs"]["Term"]
    return schema


def _with_facets(properties: Schema, facets: dict[str, Schema]) -> Schema:
    """Return the properties of a file in order, with the facets in the place of `terms`."""
    ordered: Schema = {}
    for name, value in properties.items():
        ordered |= facets if name == "terms" else {name: value}
    return {name: value for name, value in ordered.items() if name not in FIELDS_NOT_IN_FILE}


def _facet_schema(facet: Facet) -> Schema:
    """Return the schema of the value of a facet: a term or a list of terms."""
    listed = list(_term_schemas(facet))
    free: Schema = {"type": ["string", "number"], "minLength": 1}
    words: Schema = {"anyOf": [*listed, free] if facet.open else listed}
    words = words if words["anyOf"] else {"not": {}}
    return {
        "title": facet.title,
        **({"description": facet.description} if facet.description else {}),
        "anyOf": [{"type": "array", "items": words}, words],
    }


def _term_schemas(facet: Facet) -> Iterator[Schema]:
    for term in facet.all_terms:
        described = {"description": term.description} if term.description else {}
        yield {"const": term.title, "title": term.title, **described}
        others = [name for name in (term.id, *term.aliases) if name != term.title]
        yield {"enum": others, "deprecated": True, "description": f"write {term.title}"}


def _simplify(schema: Any) -> Any:
    """Remove null types, which no file contains, and keywords that editors do not need."""
    if isinstance(schema, list):
        return [_simplify(item) for item in schema if item != {"type": "null"}]
    if not isinstance(schema, dict):
        return schema
    simple = {key: _simplify(value) for key, value in schema.items()}
    for key in ("default", "examples", "title"):
        if not isinstance(simple.get(key), dict):
            simple.pop(key, None)
    (only,) = simple.pop("anyOf") if len(simple.get("anyOf", ())) == 1 else ({},)
    return {**only, **simple}
