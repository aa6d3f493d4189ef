"""Importer for CSL-JSON, as citation processors, Zotero and Crossref write it.

    [{"title": "U-Net", "container-title": "MICCAI", "issued": {"date-parts": [[2015]]}}]     →
    Draft({"title": "U-Net", "venue": "MICCAI", "year": "2015"}, line=1)

Schema: https://github.com/citation-style-language/schema/blob/v1.0.2/schemas/input/csl-data.json
"""

import re
from collections.abc import Iterator
from typing import Any

from paper_atlas.importers.draft import DraftList
from paper_atlas.importers.json import located_objects, read_json
from paper_atlas.importers.names import record_authors
from paper_atlas.importers.record import (
    FieldValue,
    build_drafts,
    note_values,
    venue_values,
)
from paper_atlas.problem import Problem
from paper_atlas.text.names import AuthorName, join_name

_TEXTS = {
    "id": "id",
    "title": "title",
    "volume": "volume",
    "issue": "issue",
    "page": "pages",
    "DOI": "doi",
    "PMID": "pmid",
    "PMCID": "pmcid",
    "URL": "url",
}
_VENUES = ("container-title", "event-title", "event")
# The publisher of a preprint is its server: https://docs.citationstyles.org/en/stable/specification.html
_VENUES_OF_PREPRINT = (*_VENUES, "publisher")


def read_csl(text: str, path: str) -> DraftList:
    """Parse CSL-JSON; a value that is not an object is an error."""
    data, problems = read_json(text, path)
    if problems:
        return DraftList(path, (), problems=tuple(problems))
    if not isinstance(data, list):
        message = "expected an array of CSL-JSON items"
        problem = Problem(path, 1, 1, "wrong-type", "", message)
        return DraftList(path, (), problems=(problem,))
    items, problems = located_objects(data, text, 1, path)
    drafts, notes = build_drafts(path, ((line, _field_values(item, line)) for item, line in items))
    problems += notes
    return DraftList(path, drafts, problems=tuple(sorted(problems)), record_count=len(data))


def _field_values(item: dict[str, Any], line: int) -> Iterator[FieldValue]:
    known = _VENUES_OF_PREPRINT if item.get("type") == "article" else _VENUES
    venues = [name for name in known if _text(item.get(name))]
    for name, value in item.items():
        if name in _TEXTS:
            yield FieldValue(name, line, _TEXTS[name], _text(value))
        elif name in known:
            yield from (
                venue_values(name, line, _text(value))
                if name in venues[:1]
                else [FieldValue(name, line)]
            )
        elif name == "author":
            yield from _author_values(name, line, value)
        elif name == "issued":
            yield from _year_values(name, line, value)
        elif name == "keyword":
            words = re.split(r"[,;]", _text(value))
            yield from (FieldValue(name, line, "keywords", word.strip()) for word in words)
        elif name == "note":
            yield from note_values(name, line, str(value))
        elif name == "number" and _text(value).casefold().startswith("arxiv:"):
            yield from note_values(name, line, _text(value))
        elif name != "type":
            yield FieldValue(name, line)


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str:
    """Return a value as one line; Crossref writes titles as arrays."""
    first = next(iter(_as_list(value)), "")
    return " ".join(str("" if first is None else first).split())


def _author_values(name: str, line: int, persons: Any) -> Iterator[FieldValue]:
    for person in _as_list(persons):
        if isinstance(person, dict):
            author = _author_name({key: _text(part) for key, part in person.items()})
            yield FieldValue(name, line, "authors", author)
        else:
            yield from record_authors(name, line, [_text(person)])


def _author_name(parts: dict[str, str]) -> AuthorName:
    """Return the author of the parts of a name; a literal name has no parts."""
    surname, given = parts.get("family", ""), parts.get("given", "")
    if not surname and not given:
        return join_name(surname=parts.get("literal") or parts.get("name", ""))
    particles = (parts.get(f"{kind}dropping-particle", "") for kind in ("", "non-"))
    return join_name(given, " ".join(particles), surname, parts.get("suffix", ""))


def _year_values(name: str, line: int, value: Any) -> Iterator[FieldValue]:
    """Yield the year of a date, which is given in parts or as text."""
    date = value if isinstance(value, dict) else {"raw": value}
    parts = next(iter(_as_list(date.get("date-parts"))), None)
    raw = "-".join(map(_text, parts)) if isinstance(parts, list) else date.get("raw")
    text = _text(raw or date.get("literal"))
    yield FieldValue(name, line, "year", text)
    if not text:
        yield FieldValue(name, line, reason="contains no year")
