"""Importer for the format of PubMed: "Send to · Citation manager", and "Save · PubMed".

    PMID- 31000001
    TI  - A record with a long
          title.
    FAU - Doe, Jane     →
    Draft({"title": "A record with a long title", "authors": ["Jane Doe"], …}, line=1)

Fields: https://www.nlm.nih.gov/bsd/mms/medlineelements.html
"""

import re
from collections.abc import Callable, Iterator, Mapping

from paper_atlas.importers.draft import DraftList
from paper_atlas.importers.names import record_authors
from paper_atlas.importers.record import (
    FieldValue,
    TaggedField,
    TaggedLines,
    build_drafts,
    venue_values,
)
from paper_atlas.problem import Problem
from paper_atlas.text.names import join_name
from paper_atlas.text.titles import RETRACTED_TITLE

_FIELD = re.compile(r"([A-Z]{2,4}) {0,2}- ?(.*)")
_KEYS = {
    "VI": "volume",
    "IP": "issue",
    "PG": "pages",
    "PMID": "pmid",
    "PMC": "pmcid",
    "OT": "keywords",
    "DP": "year",
}
# The first of these fields in a record has the venue, and the authors.
_VENUES = ("JT", "TA", "BTI", "CTI")
_AUTHORS = ("FAU", "AU")
_IDENTIFIER = re.compile(r"(\S+) \[(doi|pii)\]")
_RETRACTED = "Retracted Publication"


def read_nbib(text: str, path: str) -> DraftList:
    """Parse the records of PubMed; a line before the first record is an error."""
    records, problems = _split_records(text, path)
    drafts, notes = build_drafts(
        path, ((fields[0].line, _field_values(fields)) for fields in records)
    )
    return DraftList(
        path, drafts, problems=tuple(sorted([*problems, *notes])), record_count=len(records)
    )


def _split_records(text: str, path: str) -> tuple[list[list[TaggedField]], list[Problem]]:
    """Return the fields of each record. Each begins with `PMID`; a blank line may precede it."""
    records: list[TaggedLines] = []
    problems: list[Problem] = []
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        match = _FIELD.fullmatch(line)
        if match and (match[1] == "PMID" or not (records or problems)):
            records.append(TaggedLines())
        if match and records:
            records[-1].add(match[1], match[2], number)
        elif line.strip() and records:
            records[-1].continue_last(line)
        elif line.strip() and not problems:
            message = f"'{line.strip()[:40]}' is outside of a record"
            hint = "begin a record with 'PMID- '"
            problems.append(Problem(path, number, 1, "broken-record", "", message, hint))
    return [record.fields(" ") for record in records], problems


def _field_values(record: list[TaggedField]) -> Iterator[FieldValue]:
    tags = {field.tag for field in record}
    others = {*_all_but_first(_VENUES, tags), *_all_but_first(_AUTHORS, tags)}
    for field in record:
        if field.tag in _READERS and field.tag not in others:
            yield from _READERS[field.tag](field)
        elif field.tag in _KEYS:
            yield FieldValue(field.tag, field.line, _KEYS[field.tag], field.text)


def _all_but_first(names: tuple[str, ...], tags: set[str]) -> list[str]:
    """Return `names` without the first one in `tags`."""
    first = next((name for name in names if name in tags), "")
    return [name for name in names if name != first]


def _title_values(field: TaggedField) -> Iterator[FieldValue]:
    title = field.text if field.text.endswith("..") else field.text.removesuffix(".")
    yield FieldValue(field.tag, field.line, "title", title)


def _author_values(field: TaggedField) -> Iterator[FieldValue]:
    yield from record_authors(field.tag, field.line, [field.text], surname_first=True)


def _group_values(field: TaggedField) -> Iterator[FieldValue]:
    yield FieldValue(field.tag, field.line, "authors", join_name(surname=field.text))


def _venue_values(field: TaggedField) -> Iterator[FieldValue]:
    yield from venue_values(field.tag, field.line, field.text)


def _heading_values(field: TaggedField) -> Iterator[FieldValue]:
    """Yield a heading of MeSH without its qualifiers and the star of a main topic."""
    word = field.text.partition("/")[0].strip("*")
    yield FieldValue(field.tag, field.line, "keywords", word)


def _identifier_values(field: TaggedField) -> Iterator[FieldValue]:
    match = _IDENTIFIER.fullmatch(field.text)
    if match and match[2] == "doi":
        yield FieldValue(field.tag, field.line, "doi", match[1])


def _type_values(field: TaggedField) -> Iterator[FieldValue]:
    if field.text == _RETRACTED:
        yield FieldValue("", field.line, reason=RETRACTED_TITLE, code="retracted-title")


def _not_stored(field: TaggedField) -> Iterator[FieldValue]:
    yield FieldValue(field.tag, field.line)


_READERS: Mapping[str, Callable[[TaggedField], Iterator[FieldValue]]] = {
    "TI": _title_values,
    **dict.fromkeys(_AUTHORS, _author_values),
    "CN": _group_values,
    **dict.fromkeys(_VENUES, _venue_values),
    **dict.fromkeys(("LID", "AID"), _identifier_values),
    "MH": _heading_values,
    "PT": _type_values,
    **dict.fromkeys(("AB", "FIR"), _not_stored),
}
