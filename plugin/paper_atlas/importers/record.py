"""What a record of a reference manager says of a paper, in the keys of an entry.

An importer says of each field what it means, or why it means nothing here; what becomes a draft
and what is told of the rest is decided once for all formats.
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

NOT_TAKEN = "has no place in an entry"
ONLY_YEAR_TAKEN = f"{NOT_TAKEN}, but for the year"
_LISTS = ("authors", "keywords")
_LINKS = (*IDENTIFIERS, "url", "pdf", "code", "data", "project", "scholar")
# Our own exports put into a note what their format has no field for; Zotero does likewise.
_REMARK = re.compile(r"(Code|Retracted|PMID|PMCID): (\S+)|arXiv:\s*(\S+)(?: \[[\w.-]+\])?")
_ARXIV = re.compile(r"\barxiv:\s*(\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?/\d{7})", re.I)


@dataclass(frozen=True)
class FieldValue:
    """What the field `name` says: a value for a key or link of an entry, or, without a key, why
    it is not taken."""

    name: str
    line: int
    key: str = ""
    value: Any = ""
    why: str = NOT_TAKEN


def build_draft(line: int, said: Iterable[FieldValue]) -> tuple[Draft, list[FieldValue]]:
    """The draft of a record, and what of it is not taken. Of two values for a key the first is."""
    fields: dict[str, Any] = {}
    lists: dict[str, list[str]] = {key: [] for key in _LISTS}
    links: list[tuple[str, str]] = []
    untaken: list[FieldValue] = []
    for it in said:
        if not it.key:
            untaken.append(it)
        elif not it.value:
            continue
        elif it.key in _LISTS:
            lists[it.key].append(it.value)
        elif it.key in _LINKS:
            links.append((it.key, it.value))
        elif fields.setdefault(it.key, it.value) != it.value:
            untaken.append(
                FieldValue(it.name, it.line, why=f"is not taken: '{it.key}' is given already")
            )
    name = str(fields.pop("id", ""))
    fields |= {"authors": lists["authors"]} if lists["authors"] else {}
    fields |= {"links": group_links(links)} if links else {}
    keywords = tuple(dict.fromkeys(lists["keywords"]))
    return Draft(fields, line, keywords=keywords, id=_id(name)), untaken


def _id(name: str) -> str:
    """The key of a record where it can be the id of a paper and is no mere number, or nothing."""
    is_id = ENTRY_ID.fullmatch(name) and not name.isdigit() and name != "index"
    return name if is_id else ""


def group_links(given: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Links by kind; what an address holds of an identifier is that, too or alone.

    A second address of a kind gets a label of its own.
    """
    links: dict[str, str] = {}
    for kind, value in sorted(given, key=lambda it: it[0] not in IDENTIFIERS):
        found = identifier_in_url(value) if kind == "url" else None
        if (
            found
            and comparison_key(links.setdefault(*found)) == comparison_key(found[1])
            and _is_that(value, *found)
        ):
            continue
        links[free_label(kind, value, links)] = value
    return links


def _is_that(url: str, kind: str, bare: str) -> bool:
    """Whether an address is that of an identifier, without anything of its own."""
    plain = re.sub(r"^http://(?:dx\.)?", "https://", url).replace("//dx.doi.org", "//doi.org")
    return plain.rstrip("/") == IDENTIFIERS[kind].url(bare).rstrip("/")


def note_values(name: str, line: int, note: str) -> Iterator[FieldValue]:
    """What a note says in the place of a field; all else in it has no place."""
    lost = False
    for part in filter(str.strip, re.split(r";\s|\n", note)):
        match = _REMARK.fullmatch(part.strip())
        if match and match[1]:
            yield FieldValue(name, line, match[1].lower(), match[2])
        elif match and IDENTIFIERS["arxiv"].parse(match[3]):
            yield FieldValue(name, line, "arxiv", match[3])
        else:
            lost = True
    if lost:
        yield FieldValue(name, line)


def venue_values(name: str, line: int, value: str) -> Iterator[FieldValue]:
    """A venue, or the address that stands in its place; an arXiv identifier in it is a link."""
    if is_web_url(value):
        yield FieldValue(name, line, "url", value)
        return
    yield FieldValue(name, line, "venue", value)
    if found := _ARXIV.search(value):
        yield FieldValue(name, line, "arxiv", found[1])


def problems_of_values(path: str, untaken: Iterable[FieldValue]) -> list[Problem]:
    """What is not taken, as notes; `gathered` makes one of those that say the same."""
    return [
        Problem(path, it.line, 1, "not-taken", "", f"'{it.name}' {it.why}", severity=Severity.NOTE)
        for it in untaken
    ]
