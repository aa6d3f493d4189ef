"""JSON Schemas of what people write by hand, for their editors, and of the atlas's JSON.

They come from the declarations of `Entry` and `Vocabulary`, with the words of the vocabulary put
in for completion. https://json-schema.org/draft/2020-12
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from paper_atlas.model.entry import NOT_IN_FILE, Entry
from paper_atlas.model.vocabulary import Facet, Vocabulary

ENTRY_SCHEMA = "entry.schema.json"
VOCABULARY_SCHEMA = "vocabulary.schema.json"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]


def schemas(vocabulary: Vocabulary) -> dict[str, str]:
    """The text of each schema of files in the folder of entries, by the name of its file."""
    of_vocabulary = _of_a_file(Vocabulary.model_json_schema())
    return {
        ENTRY_SCHEMA: schema_text(entry_schema(vocabulary)),
        VOCABULARY_SCHEMA: schema_text(of_vocabulary),
    }


def schema_text(schema: Schema) -> str:
    return json.dumps({"$schema": _DIALECT, **schema}, ensure_ascii=False, indent=2) + "\n"


def modeline(path: Path, folder: Path) -> str:
    """The first line of the entry at `path`, by which an editor finds the schema in `folder`.

    Nothing where the folder holds no schema. https://github.com/redhat-developer/yaml-language-server#using-inlined-schema
    """
    if not (folder / ENTRY_SCHEMA).exists():
        return ""
    up = "../" * (len(path.relative_to(folder).parts) - 1)
    return f"# yaml-language-server: $schema={up}{ENTRY_SCHEMA}\n"


def entry_schema(vocabulary: Vocabulary) -> Schema:
    schema: Schema = _of_a_file(Entry.model_json_schema())
    facets = {name: _facet(facet) for name, facet in vocabulary.facets.items()}
    facets[vocabulary.main_facet]["minItems"] = 1
    schema["properties"] = _with_facets(schema["properties"], facets)
    required = set(schema["required"]) - NOT_IN_FILE | {vocabulary.main_facet}
    schema["required"] = [name for name in schema["properties"] if name in required]
    schema["$defs"]["Links"]["minProperties"] = 1
    del schema["description"], schema["$defs"]["Term"]
    return schema


def _with_facets(properties: Schema, facets: dict[str, Schema]) -> Schema:
    """The keys of a file in their order, the facets in the place of `terms`."""
    placed: Schema = {}
    for name, value in properties.items():
        placed |= facets if name == "terms" else {name: value}
    return {name: value for name, value in placed.items() if name not in NOT_IN_FILE}


def _facet(facet: Facet) -> Schema:
    """A word or a list of words, with the terms for completion."""
    known = list(_terms(facet))
    free: Schema = {"type": ["string", "number"], "minLength": 1}
    words: Schema = {"anyOf": [*known, free] if facet.open else known}
    words = words if words["anyOf"] else {"not": {}}
    return {
        "title": facet.title,
        **({"description": facet.description} if facet.description else {}),
        "anyOf": [{"type": "array", "items": words}, words],
    }


def _terms(facet: Facet) -> Iterator[Schema]:
    for term in facet.all_terms:
        described = {"description": term.description} if term.description else {}
        yield {"const": term.title, "title": term.title, **described}
        others = [name for name in (term.id, *term.aliases) if name != term.title]
        yield {"enum": others, "deprecated": True, "description": f"write {term.title}"}


def _of_a_file(schema: Any) -> Any:
    """The schema of a model without what a file cannot say or an editor does not need."""
    if isinstance(schema, list):
        return [_of_a_file(item) for item in schema if item != {"type": "null"}]
    if not isinstance(schema, dict):
        return schema
    kept = {key: _of_a_file(value) for key, value in schema.items()}
    for key in ("default", "examples", "title"):
        if not isinstance(kept.get(key), dict):
            kept.pop(key, None)
    (only,) = kept.pop("anyOf") if len(kept.get("anyOf", ())) == 1 else ({},)
    return {**only, **kept}
