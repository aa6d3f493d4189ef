"""RIS, as reference managers and publishers write it.

The format: https://web.archive.org/web/20120526103719/http://refman.com/support/risformat_intro.asp
Read line by line here, so that each field keeps its line and no repeated tag is lost.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from paper_atlas.importers.draft import Draft, DraftList
from paper_atlas.importers.record import (
    ONLY_YEAR_TAKEN,
    FieldValue,
    build_draft,
    note_values,
    problems_of_values,
    venue_values,
)
from paper_atlas.problem import Problem

_LINE = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*)|\s*)")
_TEXTS = {
    **dict.fromkeys(("TI", "T1"), "title"),
    **dict.fromkeys(("AU", "A1"), "authors"),
    **dict.fromkeys(("T2", "JO", "JF", "BT", "JA", "J2"), "venue"),
    "VL": "volume",
    "IS": "issue",
    "KW": "keywords",
    "DO": "doi",
    "UR": "url",
    "L1": "pdf",
}
_YEARS = ("PY", "Y1", "DA")
_NOTES = ("N1", "M1", "RN")
_YEAR = re.compile(r"(\d{4})\b(.*)")
_PUBMED = re.compile(r"pubmed|medline|nlm", re.IGNORECASE)
# What only orders the record: its type, and for whose number another field is.
_STRUCTURE = ("TY", "ER", "ID", "DB", "DP")


@dataclass(frozen=True)
class _Field:
    tag: str
    text: str
    line: int


def read_ris(text: str, path: str) -> DraftList:
    """Read a file. What stands in no record is an error with its line."""
    drafts: list[Draft] = []
    untaken: list[FieldValue] = []
    records, problems = _records(text, path)
    for record in records:
        draft, lost = build_draft(record[0].line, _said(record))
        drafts.append(draft)
        untaken += lost
    problems += problems_of_values(path, untaken)
    return DraftList(path, tuple(drafts), problems=tuple(sorted(problems)))


def _records(text: str, path: str) -> tuple[list[list[_Field]], list[Problem]]:
    """The fields of each record; one that lacks its end ends where the next begins."""
    records: list[list[_Field]] = []
    problems: list[Problem] = []
    is_open = False
    for line, written in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        match = _LINE.fullmatch(written.lstrip("\ufeff"))
        if match and match[1] == "TY":
            records.append([])
            is_open = True
        if match and is_open:
            records[-1].append(_Field(match[1], (match[2] or "").strip(), line))
        elif written.strip() and is_open:
            last = records[-1].pop()
            records[-1].append(_Field(last.tag, f"{last.text} {written.strip()}", last.line))
        elif written.strip():
            message = f"'{written.strip()[:40]}' stands in no record"
            hint = "a record begins with 'TY  - ' and ends with 'ER  - '"
            problems.append(Problem(path, line, 1, "broken-record", "", message, hint))
        is_open = is_open and not (match and match[1] == "ER")
    return records, problems


def _said(record: list[_Field]) -> Iterator[FieldValue]:
    yield from _pages(record)
    others = {it.tag: it for it in record}
    # One venue goes by several names, in full and abbreviated: the first of this order is it.
    full = next((tag for tag in _TEXTS if _TEXTS[tag] == "venue" and tag in others), "")
    for it in record:
        if _TEXTS.get(it.tag) == "venue":
            yield from (
                venue_values(it.tag, it.line, it.text)
                if it.tag == full
                else _lost(it, others[full])
            )
        elif it.tag in _TEXTS:
            yield FieldValue(it.tag, it.line, _TEXTS[it.tag], _text(it))
        elif it.tag in _YEARS:
            yield from _year(it)
        elif it.tag in _NOTES:
            yield from note_values(it.tag, it.line, it.text)
        elif it.tag == "AN" and _is_pubmed(others):
            yield FieldValue(it.tag, it.line, "pmid", it.text)
        elif it.tag == "ID":
            yield FieldValue(it.tag, it.line, "id", it.text)
        elif it.tag not in (*_STRUCTURE, "SP", "EP") and it.text:
            yield FieldValue(it.tag, it.line)


def _lost(it: _Field, full: _Field) -> Iterator[FieldValue]:
    """Another name of the venue, unless it is the same."""
    if it.text and it.text != full.text:
        yield FieldValue(it.tag, it.line)


def _text(it: _Field) -> str:
    """The value of a field; names come as `Surname, Given, Suffix`."""
    if _TEXTS[it.tag] != "authors":
        return " ".join(it.text.split())
    surname, *given = (part.strip() for part in it.text.split(",", 2))
    return " ".join(part for part in (*given[:1], surname, *given[1:]) if part)


def _year(it: _Field) -> Iterator[FieldValue]:
    match = _YEAR.match(it.text)
    if match:
        yield FieldValue(it.tag, it.line, "year", match[1])
    if it.text and not (match and not match[2].strip("/ ")):
        yield FieldValue(it.tag, it.line, why=ONLY_YEAR_TAKEN if match else "is no year")


def _pages(record: list[_Field]) -> Iterator[FieldValue]:
    ends = [it for tag in ("SP", "EP") for it in record if it.tag == tag and it.text]
    if ends:
        pages = ends[0].text if "-" in ends[0].text else "-".join(it.text for it in ends)
        yield FieldValue(ends[0].tag, ends[0].line, "pages", pages)


def _is_pubmed(others: dict[str, _Field]) -> bool:
    """Whether the number of accession is PubMed's: a number, and no other database is named."""
    named = [others[tag].text for tag in ("DB", "DP") if tag in others]
    number = re.fullmatch(r"[1-9]\d{0,7}", others["AN"].text)
    return bool(number) and (not named or any(map(_PUBMED.search, named)))
