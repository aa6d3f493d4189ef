"""Importer for RIS, as reference managers and publishers write it.

    TY  - JOUR
    T1  - U-Net
    AU  - Ronneberger, Olaf
    ER  -                     → Draft({"title": "U-Net", "authors": ["Olaf Ronneberger"]}, line=1)

Format: https://web.archive.org/web/20120526103719/http://refman.com/support/risformat_intro.asp
The module parses it line by line, because each problem needs a line and tags may repeat.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import compress
from operator import not_

from paper_atlas.importers.draft import DraftList
from paper_atlas.importers.names import record_authors
from paper_atlas.importers.record import (
    FieldValue,
    TaggedField,
    TaggedLines,
    build_drafts,
    not_taken_notes,
    note_values,
    venue_values,
)
from paper_atlas.problem import Problem
from paper_atlas.text.lines import pluralize

_TAG_AND_TEXT = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*)|\s*)")
# Some programs write one blank; such a line is no tag in a file that has two.
_TAG_WITH_ONE_BLANK = re.compile(r"([A-Z][A-Z0-9]) -(?: (.*)|\s*)")
_KEYS = {
    **dict.fromkeys(("TI", "T1"), "title"),
    **dict.fromkeys(("T2", "JO", "JF", "BT", "JA", "J2"), "venue"),
    **dict.fromkeys(("PY", "Y1", "DA"), "year"),
    "VL": "volume",
    "IS": "issue",
    "KW": "keywords",
    "DO": "doi",
    "UR": "url",
    "L1": "pdf",
}
_LINKS = ("doi", "url", "pdf")
_AUTHORS = ("AU", "A1")
_NOTES = ("N1", "M1", "RN")
_PUBMED = re.compile(r"pubmed|medline|nlm", re.IGNORECASE)
# Without `TY` before them, these lines are a record that would be lost.
_TAGS_OF_A_PAPER = ("TI", "T1", "AU", "A1", "DO")
# The type and the end of a record, and fields that other functions read.
_NO_DATA = ("TY", "ER", "ID", "DB", "DP")


def read_ris(text: str, path: str) -> DraftList:
    """Parse RIS; a record without its beginning is an error, other text between records a note."""
    records, outside = _split_records(text)
    drafts, notes = build_drafts(
        path, ((fields[0].line, _field_values(fields)) for fields in records)
    )
    is_lost = [_is_of_a_paper(line) for _, line in outside] if records else [True] * len(outside)
    lost = list(_first_of_blocks(compress(outside, is_lost)))
    between = list(compress(outside, map(not_, is_lost)))
    problems = [*notes, *(_broken_record(path, *item) for item in lost)]
    problems += not_taken_notes(path, [_between_records(between)] if between else [])
    count = len(records) + len(lost)
    return DraftList(path, drafts, problems=tuple(sorted(problems)), record_count=count)


def _split_records(text: str) -> tuple[list[list[TaggedField]], list[tuple[int, str]]]:
    """Return the fields of each record, and the lines outside of records with their numbers.

    A record without `ER` ends where the next begins.
    """
    records: list[TaggedLines] = []
    outside: list[tuple[int, str]] = []
    is_open = False
    pattern = _tag_pattern(text)
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        match = pattern.fullmatch(line.lstrip("\ufeff"))
        if match and match[1] == "TY":
            records.append(TaggedLines())
            is_open = True
        if match and is_open:
            records[-1].add(match[1], match[2] or "", number)
        elif line.strip() and is_open:
            records[-1].continue_last(line)
        elif line.strip() and not (match and match[1] == "ER"):
            outside.append((number, line.strip()))
        is_open = is_open and not (match and match[1] == "ER")
    return [record.fields("\n") for record in records], outside


def _tag_pattern(text: str) -> re.Pattern[str]:
    has_two = re.search(r"^\ufeff?TY  -", text, re.MULTILINE)
    has_one = re.search(r"^\ufeff?TY -", text, re.MULTILINE)
    return _TAG_WITH_ONE_BLANK if has_one and not has_two else _TAG_AND_TEXT


def _is_of_a_paper(line: str) -> bool:
    match = _TAG_AND_TEXT.fullmatch(line) or _TAG_WITH_ONE_BLANK.fullmatch(line)
    return match is not None and match[1] in _TAGS_OF_A_PAPER


_MAX_GAP = 5  # lines between two tags of one record, such as those of an abstract


def _first_of_blocks(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Yield the first of the lines that stand together, such as those of one record."""
    before = -_MAX_GAP
    for number, line in lines:
        if number > before + _MAX_GAP:
            yield number, line
        before = number


def _broken_record(path: str, number: int, line: str) -> Problem:
    message = f"'{line[:40]}' is outside of a record"
    hint = "begin a record with 'TY  - ' and end it with 'ER  - '"
    return Problem(path, number, 1, "broken-record", "", message, hint)


def _between_records(lines: list[tuple[int, str]]) -> FieldValue:
    number, line = lines[0]
    count = pluralize(len(lines), "line")
    return FieldValue("", number, reason=f"{count} outside of the records, such as '{line[:40]}'")


def _field_values(record: list[TaggedField]) -> Iterator[FieldValue]:
    yield from _page_values(record)
    yield from _author_values(record)
    by_tag = {field.tag: field for field in record}
    # A venue may have several names, in full and abbreviated. The first tag of `_KEYS` is used.
    venue_tag = next((tag for tag in _KEYS if _KEYS[tag] == "venue" and tag in by_tag), "")
    for field in record:
        tag, line, text = field.tag, field.line, field.text
        if tag == venue_tag:
            yield from venue_values(tag, line, " ".join(text.split()))
        elif _KEYS.get(tag) == "venue":
            yield from [FieldValue(tag, line)] if text not in ("", by_tag[venue_tag].text) else ()
        elif _KEYS.get(tag) in _LINKS:
            yield FieldValue(tag, line, _KEYS[tag], text)
        elif tag in _KEYS:
            yield FieldValue(tag, line, _KEYS[tag], " ".join(text.split()))
        elif tag in _NOTES:
            yield from note_values(tag, line, text)
        elif tag == "AN" and _is_pubmed(by_tag):
            yield FieldValue(tag, line, "pmid", text)
        elif tag == "ID":
            yield FieldValue(tag, line, "id", text)
        elif tag not in (*_NO_DATA, *_AUTHORS, "SP", "EP") and text:
            yield FieldValue(tag, line)


def _author_values(record: list[TaggedField]) -> Iterator[FieldValue]:
    authors = [field for field in record if field.tag in _AUTHORS]
    if authors:
        texts = [field.text for field in authors]
        yield from record_authors(authors[0].tag, authors[0].line, texts)


def _page_values(record: list[TaggedField]) -> Iterator[FieldValue]:
    """Yield the pages from the fields of the first and the last page."""
    ends = [field for tag in ("SP", "EP") for field in record if field.tag == tag and field.text]
    if ends:
        pages = ends[0].text if "-" in ends[0].text else "-".join(field.text for field in ends)
        yield FieldValue(ends[0].tag, ends[0].line, "pages", pages)


def _is_pubmed(by_tag: dict[str, TaggedField]) -> bool:
    """True if the accession number is one of PubMed: a number, and no other database is named."""
    databases = [by_tag[tag].text for tag in ("DB", "DP") if tag in by_tag]
    number = re.fullmatch(r"[1-9]\d{0,7}", by_tag["AN"].text)
    return bool(number) and (not databases or any(map(_PUBMED.search, databases)))
