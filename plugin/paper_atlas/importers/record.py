"""Build the draft of an entry from the fields of a record of a reference manager.

    [FieldValue("JO", 3, "venue", "MICCAI"), FieldValue("N2", 5)]     →
    Draft({"venue": "MICCAI"}, …), and the note "'N2' cannot be stored in an entry" with line 5

An importer yields a `FieldValue` for each field. This module does the rest for all formats.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from paper_atlas.importers.draft import Draft
from paper_atlas.model.fields import ENTRY_ID
from paper_atlas.problem import Problem, Severity
from paper_atlas.text.identifiers import IDENTIFIERS, comparison_key, identifier_in_url, is_web_url
from paper_atlas.text.slug import free_label

NOT_STORED = "cannot be stored in an entry"
ONLY_YEAR_STORED = "is shortened to its year"
_LISTS = ("authors", "keywords")
_LINKS = (*IDENTIFIERS, "url", "pdf", "code", "data", "project", "scholar")
# The exports of an atlas, and Zotero, write a value into a note if the format has no field for it.
_REMARK = re.compile(r"(Code|Retracted|PMID|PMCID): (\S+)|arXiv:\s*(\S+)(?: \[[\w.-]+\])?")
_ARXIV = re.compile(r"\barxiv:\s*(\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?/\d{7})", re.I)


@dataclass(frozen=True)
class FieldValue:
    """The value of the field `name` for a key or a kind of link of an entry.

    Without a `key`, the field is not imported, and `reason` completes the sentence "'name' …".
    """

    name: str
    line: int
    key: str = ""
    value: Any = ""
    reason: str = NOT_STORED


def build_draft(line: int, values: Iterable[FieldValue]) -> tuple[Draft, list[FieldValue]]:
    """Return the draft of a record, and the values that it does not contain.

    If a key has two values, the first one is used.
    """
    fields: dict[str, Any] = {}
    lists: dict[str, list[str]] = {key: [] for key in _LISTS}
    links: list[tuple[str, str]] = []
    not_taken: list[FieldValue] = []
    for field in values:
        if not field.key:
            not_taken.append(field)
        elif not field.value:
            continue
        elif field.key in _LISTS:
            lists[field.key].append(field.value)
        elif field.key in _LINKS:
            links.append((field.key, field.value))
        elif fields.setdefault(field.key, field.value) != field.value:
            reason = f"is ignored: '{field.key}' already has another value"
            not_taken.append(FieldValue(field.name, field.line, reason=reason))
    record_key = str(fields.pop("id", ""))
    fields |= {"authors": lists["authors"]} if lists["authors"] else {}
    fields |= {"links": group_links(links)} if links else {}
    keywords = tuple(dict.fromkeys(lists["keywords"]))
    return Draft(fields, line, keywords=keywords, id=_valid_id(record_key)), not_taken


def _valid_id(record_key: str) -> str:
    """Return the key of a record if it can be the id of an entry, otherwise an empty string.

    A number is not used, because it is only a counter of the reference manager.
    """
    is_id = ENTRY_ID.fullmatch(record_key) and not record_key.isdigit() and record_key != "index"
    return record_key if is_id else ""


def group_links(links: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the values of (kind, value) pairs by kind.

    A URL that contains an identifier also yields that identifier. If it contains nothing else,
    the URL is dropped. A second URL of a kind gets a free label, such as `url 2`.
    """
    grouped: dict[str, str] = {}
    for kind, value in sorted(links, key=lambda link: link[0] not in IDENTIFIERS):
        found = identifier_in_url(value) if kind == "url" else None
        if (
            found
            and comparison_key(grouped.setdefault(*found)) == comparison_key(found[1])
            and _is_only_identifier(value, *found)
        ):
            continue
        grouped[free_label(kind, value, grouped)] = value
    return grouped


def _is_only_identifier(url: str, kind: str, identifier: str) -> bool:
    """True if a URL is the canonical one of an identifier, with nothing added."""
    plain = re.sub(r"^http://(?:dx\.)?", "https://", url).replace("//dx.doi.org", "//doi.org")
    return plain.rstrip("/") == IDENTIFIERS[kind].url(identifier).rstrip("/")


def note_values(name: str, line: int, note: str) -> Iterator[FieldValue]:
    """Yield the values in a note, such as `arXiv:1505.04597; Code: https://…`.

    If the note contains anything else, one more value reports this.
    """
    has_other_text = False
    for part in filter(str.strip, re.split(r";\s|\n", note)):
        match = _REMARK.fullmatch(part.strip())
        if match and match[1]:
            yield FieldValue(name, line, match[1].lower(), match[2])
        elif match and IDENTIFIERS["arxiv"].parse(match[3]):
            yield FieldValue(name, line, "arxiv", match[3])
        else:
            has_other_text = True
    if has_other_text:
        yield FieldValue(name, line)


def venue_values(name: str, line: int, value: str) -> Iterator[FieldValue]:
    """Yield a venue, and the arXiv identifier in its name; a URL is a link, not a venue."""
    if is_web_url(value):
        yield FieldValue(name, line, "url", value)
        return
    yield FieldValue(name, line, "venue", value)
    if found := _ARXIV.search(value):
        yield FieldValue(name, line, "arxiv", found[1])


def not_taken_notes(path: str, values: Iterable[FieldValue]) -> list[Problem]:
    """Return a note for each value that is not imported.

    If a value has no field name, its reason is the whole message.
    """
    return [
        Problem(
            path,
            value.line,
            1,
            "not-taken",
            "",
            f"'{value.name}' {value.reason}" if value.name else value.reason,
            severity=Severity.NOTE,
        )
        for value in values
    ]
