"""CSL-JSON, as citation processors, Zotero and Crossref write it.

The schema: https://github.com/citation-style-language/schema/blob/v1.0.2/schemas/input/csl-data.json
"""

import re
from collections.abc import Iterator
from typing import Any

from paper_atlas.importers.draft import Draft, DraftList
from paper_atlas.importers.json import located_objects, read_json
from paper_atlas.importers.record import (
    ONLY_YEAR_TAKEN,
    FieldValue,
    build_draft,
    note_values,
    problems_of_values,
    venue_values,
)
from paper_atlas.problem import Problem

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
# Of a preprint the server: https://docs.citationstyles.org/en/stable/specification.html
_VENUES_OF_ARTICLES = (*_VENUES, "publisher")
# A pair of the few tags that CSL has for the style of text; what is no pair is text.
_STYLED = re.compile(r"<(i|b|sub|sup)>(.*?)</\1>|<(span)[^>]*>(.*?)</span>")
_YEAR = re.compile(r"\b(\d{4})\b(.*)")


def read_csl(text: str, path: str) -> DraftList:
    """Read a file. What is no item is an error."""
    data, problems = read_json(text, path)
    if problems:
        return DraftList(path, (), problems=tuple(problems))
    if not isinstance(data, list):
        message = "expected an array of items, as CSL-JSON is"
        problem = Problem(path, 1, 1, "wrong-type", "", message)
        return DraftList(path, (), problems=(problem,))
    found, problems = located_objects(data, text, 1, path)
    drafts: list[Draft] = []
    for item, line in found:
        draft, lost = build_draft(line, _said(item, line))
        drafts.append(draft)
        problems += problems_of_values(path, lost)
    return DraftList(path, tuple(drafts), problems=tuple(sorted(problems)))


def _said(item: dict[str, Any], line: int) -> Iterator[FieldValue]:
    known = _VENUES_OF_ARTICLES if item.get("type") == "article" else _VENUES
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
            yield from (FieldValue(name, line, "authors", it) for it in map(_name, _listed(value)))
        elif name == "issued":
            yield from _year(name, line, value)
        elif name == "keyword":
            words = re.split(r"[,;]", _text(value))
            yield from (FieldValue(name, line, "keywords", word.strip()) for word in words)
        elif name == "note":
            yield from note_values(name, line, str(value))
        elif name == "number" and _text(value).casefold().startswith("arxiv:"):
            yield from note_values(name, line, _text(value))
        elif name != "type":
            yield FieldValue(name, line)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str:
    """A value as text on one line without styles; Crossref has titles in arrays."""
    first = next(iter(_listed(value)), "")
    text = " ".join(str("" if first is None else first).split())
    while (plain := _STYLED.sub(lambda it: it[2] or it[4] or "", text)) != text:
        text = plain
    return text


def _name(person: Any) -> str:
    """`Jeroen van der Laak` of the parts of a name, or of one that has no parts."""
    if not isinstance(person, dict):
        return _text(person)
    parts = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    given = [_text(person.get(part)) for part in parts]
    return " ".join(filter(None, given)) or _text(person.get("literal") or person.get("name"))


def _year(name: str, line: int, value: Any) -> Iterator[FieldValue]:
    """The year of a date in parts or as text."""
    given = value if isinstance(value, dict) else {"raw": value}
    parts = next(iter(_listed(given.get("date-parts"))), None)
    raw = "-".join(_text(it) for it in parts) if isinstance(parts, list) else given.get("raw")
    match = _YEAR.search(_text(raw or given.get("literal")))
    if match:
        yield FieldValue(name, line, "year", match[1])
    if not match or match[2]:
        yield FieldValue(name, line, why=ONLY_YEAR_TAKEN if match else "has no year")
