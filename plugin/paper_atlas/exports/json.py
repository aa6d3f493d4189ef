"""The atlas's own JSON: all that the files of the entries say, by the same keys.

A paper is one line, so that what changed between two versions can be read. The schema is
`papers.schema.json`; see `schema`.
"""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from paper_atlas.exports.format import Facts
from paper_atlas.folder.entry_file import in_file

VERSION = 1
"""Raised when a program that reads the last version would take a file of this one wrongly."""
START, END = f'{{"version": {VERSION}, "papers": [\n', "\n]}\n"
_encoded = json.JSONEncoder(ensure_ascii=False, check_circular=False, default=str).encode


def record(paper: Facts) -> str:
    """The JSON object of a paper, one line: its id, and the keys of its file in their order."""
    entry = paper.entry
    values = {"id": entry.id, **in_file(entry, list(entry.terms))}
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
