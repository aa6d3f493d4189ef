"""CSL-JSON, as citation processors, Zotero and Crossref write it.

The schema: https://github.com/citation-style-language/schema/blob/v1.0.2/schemas/input/csl-data.json
"""

import re
from collections.abc import Iterator
from typing import Any

from paper_atlas.importers.draft import Draft, Reading
from paper_atlas.importers.json import objects, read_json
from paper_atlas.importers.record import BUT_THE_YEAR, Said, draft_of, remarks, told, venue
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


def read_csl(text: str, path: str) -> Reading:
    """Read a file. What is no item is an error."""
    data, problems = read_json(text, path)
    if problems:
        return Reading(path, (), problems=tuple(problems))
    if not isinstance(data, list):
        message = "expected an array of items, as CSL-JSON is"
        problem = Problem(path, 1, 1, "wrong-type", "", message)
        return Reading(path, (), problems=(problem,))
    found, problems = objects(data, text, 1, path)
    drafts: list[Draft] = []
    for item, line in found:
        draft, lost = draft_of(line, _said(item, line))
        drafts.append(draft)
        problems += told(path, lost)
    return Reading(path, tuple(drafts), problems=tuple(sorted(problems)))


def _said(item: dict[str, Any], line: int) -> Iterator[Said]:
    known = _VENUES_OF_ARTICLES if item.get("type") == "article" else _VENUES
    venues = [name for name in known if _text(item.get(name))]
    for name, value in item.items():
        if name in _TEXTS:
            yield Said(name, line, _TEXTS[name], _text(value))
        elif name in known:
            yield from venue(name, line, _text(value)) if name in venues[:1] else [Said(name, line)]
        elif name == "author":
            yield from (Said(name, line, "authors", it) for it in map(_name, _listed(value)))
        elif name == "issued":
            yield from _year(name, line, value)
        elif name == "keyword":
            words = re.split(r"[,;]", _text(value))
            yield from (Said(name, line, "keywords", word.strip()) for word in words)
        elif name == "note":
            yield from remarks(name, line, str(value))
        elif name == "number" and _text(value).casefold().startswith("arxiv:"):
            yield from remarks(name, line, _text(value))
        elif name != "type":
            yield Said(name, line)


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


def _year(name: str, line: int, value: Any) -> Iterator[Said]:
    """The year of a date in parts or as text."""
    given = value if isinstance(value, dict) else {"raw": value}
    parts = next(iter(_listed(given.get("date-parts"))), None)
    raw = "-".join(_text(it) for it in parts) if isinstance(parts, list) else given.get("raw")
    match = _YEAR.search(_text(raw or given.get("literal")))
    if match:
        yield Said(name, line, "year", match[1])
    if not match or match[2]:
        yield Said(name, line, why=BUT_THE_YEAR if match else "has no year")
