"""Build the draft of an entry from the fields of a record of a reference manager.

    [FieldValue("JO", 3, "venue", "MICCAI"), FieldValue("N2", 5)]     →
    Draft({"venue": "MICCAI"}, …), and the note "'N2' cannot be stored in an entry" with line 5

An importer yields a `FieldValue` for each field. This module does the rest for all formats.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from paper_atlas.importers.draft import Draft
from paper_atlas.importers.links import group_links, read_links
from paper_atlas.model.entry import LINK_TITLES
from paper_atlas.model.fields import can_be_citation_key, can_be_id
from paper_atlas.model.validation import MAX_TEXT_LENGTH, visible_text
from paper_atlas.problem import Problem, Severity
from paper_atlas.text.html import plain_text
from paper_atlas.text.identifiers import IDENTIFIERS, is_web_url
from paper_atlas.text.titles import RETRACTED_TITLE, says_retracted

MAX_FIELD_LENGTH = 4_000
"""The most characters of a field for one text or its links, with the markup of its format. An entry
takes half of it. Some patterns take quadratic time, so longer fields are not searched."""

# The key of a record may become the name of a file.
_MAX_CHARACTERS = {"id": 200, "citation_key": 200, "notes": 10_000}
# An entry takes 10,000 authors; with one more, it refuses all instead of storing a part of them.
_MOST_VALUES = {"authors": 10_001, "keywords": 500, "links": 100}
NOT_STORED = "cannot be stored in an entry"
ONLY_YEAR_STORED = "is shortened to its year"
_FIRST_YEAR_STORED = "is a range, of which the first year is used"
_LISTS = ("authors", "keywords")
_LINKS = (*IDENTIFIERS, "url", "pdf", "code", "data", "project", "scholar")
# Texts that an entry stores as they are; `notes` are Markdown.
_NOT_PLAIN = ("id", "citation_key", "notes", "retracted", "added")
_NUMBER_OF_ARXIV = r"(\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?/\d{7})"
# Also "arXiv preprint 1505.04597" and "arXiv e-prints, abs/1505.04597".
_ARXIV = re.compile(
    r"\barxiv(?:\s*:\s*|\W+(?:(?:preprint|e-?prints?)\W+)?(?:arxiv:|abs/)?)" + _NUMBER_OF_ARXIV,
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
# Two years or dates, as in BibLaTeX: https://mirrors.ctan.org/macros/latex/contrib/biblatex/doc/biblatex.pdf
_YEARS = re.compile(
    r"([12]\d{3})(?:-\d\d){0,2}\s*(?:/|[-\u2013\u2014]{1,3})\s*([12]\d{3})(?:-\d\d){0,2}"
)


@dataclass(frozen=True)
class TaggedField:
    """A line of a record: its tag, its text with continuation lines, and its number."""

    tag: str
    text: str
    line: int


class TaggedLines:
    """The lines of a record: joining each to those before it would take quadratic time."""

    def __init__(self) -> None:
        self._lines: list[tuple[str, int, list[str]]] = []

    def add(self, tag: str, text: str, line: int) -> None:
        """Add a line with a tag."""
        self._lines.append((tag, line, [text.strip()]))

    def continue_last(self, text: str) -> None:
        """Add a line without a tag, which continues the last one."""
        self._lines[-1][2].append(text.strip())

    def fields(self, joint: str) -> list[TaggedField]:
        """Return the fields, with `joint` between their lines."""
        return [TaggedField(tag, joint.join(texts), line) for tag, line, texts in self._lines]


@dataclass(frozen=True)
class FieldValue:
    """The value of the field `name` for a key or a kind of link of an entry.

    Without a `key`, the field is not imported, and `reason` completes the sentence "'name' …". A
    `key` that is no kind of link of its own is the label of a link if `is_link` is True. A value
    with `is_spare` is not used if the record has another one.
    """

    name: str
    line: int
    key: str = ""
    value: Any = ""
    reason: str = NOT_STORED
    is_link: bool = False
    is_spare: bool = False
    code: str = "not-taken"

    @property
    def message(self) -> str:
        """Why the field is not imported; without a name, the reason is the whole message."""
        return f"'{self.name}' {self.reason}" if self.name else self.reason


def long_field(name: str, line: int, text: str, limit: int = MAX_FIELD_LENGTH) -> FieldValue:
    """Return the report of a field that is not read because it has more than `limit` characters."""
    reason = f"has {len(text)} characters, more than {limit}, so it is not imported"
    return FieldValue(name, line, reason=reason, code="long-text")


def _within_limits(values: Iterable[FieldValue]) -> Iterator[FieldValue]:
    """Yield the values, or a report instead of those that are too long or too many."""
    counts: Counter[str] = Counter()
    for field in values:
        is_link = field.is_link or field.key in _LINKS
        limit = MAX_FIELD_LENGTH if is_link else _MAX_CHARACTERS.get(field.key, MAX_TEXT_LENGTH)
        most = _MOST_VALUES.get("links" if is_link else field.key)
        counts[field.key] += 1
        if isinstance(field.value, str) and len(field.value) > limit:
            yield long_field(field.name, field.line, field.value, limit)
        elif most is None or counts[field.key] <= most:
            yield field
        elif counts[field.key] == most + 1:
            reason = f"is given more than {most} times; the others are ignored"
            yield FieldValue(field.name, field.line, reason=reason, code="too-many")


def build_draft(line: int, values: Iterable[FieldValue]) -> tuple[Draft, list[FieldValue]]:
    """Return the draft of a record, and the values that it does not contain.

    If a key has two values, the first one is used. Texts are without entities and tags of HTML,
    links in their usual spelling, and a year is the only number with four digits of its field.
    """
    fields: dict[str, Any] = {}
    lists: dict[str, list[Any]] = {key: [] for key in _LISTS}
    links: list[FieldValue] = []
    not_taken: list[FieldValue] = []
    for field in sorted(_plain_values(_within_limits(values)), key=lambda field: field.is_spare):
        if not field.key:
            not_taken.append(field)
        elif not field.value:
            continue
        elif field.key in _LISTS:
            lists[field.key].append(field.value)
        elif field.is_link:
            links.append(field)
        elif fields.setdefault(field.key, field.value) != field.value:
            reason = f"is ignored: '{field.key}' already has another value"
            not_taken.append(FieldValue(field.name, field.line, reason=reason))
    record_key = str(fields.pop("id", ""))
    entry_id = _valid_id(record_key)
    if not entry_id and _is_cited(record_key):
        fields.setdefault("citation_key", record_key)
    grouped, others = _grouped_links(line, links)
    not_taken += others
    fields |= {"authors": lists["authors"]} if lists["authors"] else {}
    fields |= {"links": grouped} if grouped else {}
    keywords = tuple(dict.fromkeys(lists["keywords"]))
    return Draft(fields, line, keywords=keywords, id=entry_id), not_taken


def build_drafts(
    path: str, records: Iterable[tuple[int, Iterable[FieldValue]]]
) -> tuple[tuple[Draft, ...], list[Problem]]:
    """Return the drafts of records, given as (line, values), and a note for each value left out."""
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for line, values in records:
        draft, not_taken = build_draft(line, values)
        drafts.append(draft)
        problems += not_taken_notes(path, not_taken)
    return tuple(drafts), problems


def _grouped_links(
    line: int, links: Iterable[FieldValue]
) -> tuple[dict[str, str], list[FieldValue]]:
    """Return the links by kind, and those that are not used."""
    links = list(links)
    kinds = {link.key for link in links if not link.is_spare}
    spare = [link for link in links if link.is_spare and link.key in kinds]
    grouped, ignored = group_links((link.key, link.value) for link in links if link not in spare)
    not_used = [FieldValue(link.name, link.line) for link in spare
                if link.value not in grouped.values()]  # fmt: skip
    not_used += (
        FieldValue("", line, reason=f"a second {kind} is ignored: {value}")
        for kind, value in ignored
    )
    return grouped, not_used


def _plain_values(values: Iterable[FieldValue]) -> Iterator[FieldValue]:
    """Yield the values as an entry stores them, and what of them cannot be stored."""
    for field in values:
        if field.is_link or field.key in _LINKS:
            yield from _link_values(field)
        elif field.key == "year":
            yield from _year_values(field)
        elif field.key == "title":
            yield (title := replace(field, value=_plain(field.value)))
            yield from _retraction_note(title)
        elif field.key and field.key not in _NOT_PLAIN:
            yield replace(field, value=_plain(field.value))
        else:
            yield field


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return visible_text(plain_text(value)) if isinstance(value, str) else value


def _link_values(field: FieldValue) -> Iterator[FieldValue]:
    text = str(field.value or "")
    found, remarks = read_links(field.key, text) if text.strip() else ((), ())
    for kind, value in found:
        is_spare = field.is_spare or (field.key in IDENTIFIERS and kind == "url")
        yield replace(field, key=kind, value=value, is_link=True, is_spare=is_spare)
    for reason in remarks:
        yield FieldValue(field.name, field.line, reason=reason)


def _year_values(field: FieldValue) -> Iterator[FieldValue]:
    """Yield the year in `2020 (to appear)`, `c2019` or `2014//`, and the first one of a range.

    BibLaTeX cites and sorts a work that appeared in parts by the first year. Other texts with two
    years stay as they are.
    """
    text = _plain(str(field.value or ""))
    found = _YEARS.fullmatch(text.strip("{} "))
    if found and found[1] < found[2]:
        yield replace(field, value=found[1])
        yield FieldValue(field.name, field.line, reason=_FIRST_YEAR_STORED)
        return
    years = set(_YEAR.findall(text))
    year = next(iter(years)) if len(years) == 1 else text
    yield replace(field, value=year, is_spare=len(years) != 1)
    if year != text and re.sub(r"[\W_]|\bc(?=\d)", "", text) != year:
        yield FieldValue(field.name, field.line, reason=ONLY_YEAR_STORED)


def _retraction_note(title: FieldValue) -> Iterator[FieldValue]:
    if says_retracted(str(title.value)):
        yield FieldValue("", title.line, reason=RETRACTED_TITLE, code="retracted-title")


def _valid_id(record_key: str) -> str:
    """Return the key of a record if it can be the id of an entry, otherwise an empty string.

    A number is not used, because it is only a counter of the reference manager.
    """
    return record_key if can_be_id(record_key) and not record_key.isdigit() else ""


# Numbers, URLs, and the keys that Zotero gives to its items.
_NO_CITATION_KEY = re.compile(r"[\d\W]*|https?:.*|(?:\d+/)?[2-9A-NP-Z]{8}")


def _is_cited(record_key: str) -> bool:
    """True if a key is one that people cite by, not a counter of a reference manager."""
    return can_be_citation_key(record_key) and not _NO_CITATION_KEY.fullmatch(record_key)


_LABELLED_URL = re.compile(r"([^\W_][^;\n]{0,60}): (https?://\S+)")
_LABELLED = re.compile(r"([A-Za-z][\w .-]{0,38}?):\s*(\S.*)", re.DOTALL)
_LABELS_OF_KINDS = {
    **{name: name for name in (*_LINKS, "retracted")},
    **{title.casefold(): kind for kind, title in LINK_TITLES.items()},
    "arxiv id": "arxiv",
    "pubmed": "pmid",
    "available": "url",
    "available at": "url",
    "available from": "url",
    "website": "project",
    "homepage": "project",
    "dataset": "data",
}
# Addresses in notes that lead to no paper.
_OTHER_LABELS = frozenset({"license", "licence", "rights", "copyright", "archive", "accessed"})


def note_values(name: str, line: int, note: str) -> Iterator[FieldValue]:
    """Yield the values in a note, such as `arXiv:1505.04597; Code: https://…`.

    A note may name an identifier or a kind of link, or contain a URL. If it contains anything
    else, one more value reports this.
    """
    has_other_text = False
    for part in filter(None, map(str.strip, re.split(r";\s|\n", note))):
        if len(part) > MAX_FIELD_LENGTH:
            yield long_field(name, line, part)
            continue
        value = _labelled_value(name, line, part) or _url_value(name, line, part)
        has_other_text |= value is None
        yield from [value] if value else []
    if has_other_text:
        yield FieldValue(name, line)


_URL_ALONE = re.compile(
    r"[\W_]*(?:(?:(?:electronically )?available(?: (?:at|from|online|on))*|url|online"
    r"|retrieved from)\W*)?(https?://[^\s<>\"]+?)[\s.,;:)>\]]*",
    re.IGNORECASE,
)


def _url_value(name: str, line: int, part: str) -> FieldValue | None:
    """Return the URL that is a whole note. With other words it may be that of another thing."""
    match = _URL_ALONE.fullmatch(part)
    if not match:
        return None
    return FieldValue(name, line, "url", match[1], is_link=True, is_spare=True)


def _labelled_value(name: str, line: int, part: str) -> FieldValue | None:
    """Return the value of `PMID: 123`, `arXiv:1505.04597 [cs]` or `Video: https://…`, or None."""
    match = _LABELLED_URL.fullmatch(part) or _LABELLED.fullmatch(part)
    if not match:
        return None
    label, value = match[1].strip().casefold(), match[2]
    key = _LABELS_OF_KINDS.get(label, "")
    if label == "citation key" and can_be_citation_key(value):
        return FieldValue(name, line, "citation_key", value)
    if key in IDENTIFIERS:
        return FieldValue(name, line, key, value) if IDENTIFIERS[key].parse(value) else None
    is_other = label in _OTHER_LABELS or len(value.split()) > 1
    if is_other or not (is_web_url(value) or key == "retracted"):
        return None
    return FieldValue(name, line, key or match[1].strip(), value, is_link=key != "retracted")


_URL_IN_VENUE = re.compile(
    r"<?\s*(https?://(?:[\w-]+\.)+[a-z]{2,}\b(?!\.)(?:[^\s<>\"]*[^\s<>\".,;:)])?)\s*>?",
    re.IGNORECASE,
)
_NO_VENUE = re.compile(
    r"(?:\W|\d|(?:date|last|on|url|online|available|at|from|accessed|retrieved|visited|viewed|access)"
    r"\b|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b)*",
    re.IGNORECASE,
)
_CLASS_AND_NUMBER = re.compile(
    r"(?:arxiv:\s*)?[a-z-]+(?:\.[A-Z]{2})?/(?:(\d{4}\.\d{4,5})|\d{7})(?:v\d+)?", re.IGNORECASE
)


def venue_values(name: str, line: int, value: str) -> Iterator[FieldValue]:
    """Yield a venue, and the arXiv identifier in its name; a URL in it is a link, not a venue."""
    if len(value) > MAX_FIELD_LENGTH:
        yield long_field(name, line, value)
        return
    url = _URL_IN_VENUE.search(value)
    if url and _NO_VENUE.fullmatch(value[url.end() :]):
        yield FieldValue(name, line, "url", url[1], is_link=True)
        value = value[: url.start()].rstrip(" .,;:(")
        if _NO_VENUE.fullmatch(value):
            return
    yield FieldValue(name, line, "venue", value)
    if found := _ARXIV.search(value):
        yield FieldValue(name, line, "arxiv", found[1])
    elif number := _CLASS_AND_NUMBER.fullmatch(value.strip()):
        yield FieldValue(name, line, "arxiv", number[1] or value)


def not_taken_notes(path: str, values: Iterable[FieldValue]) -> list[Problem]:
    """Return a note for each value that is not imported."""
    return [
        Problem(
            path,
            value.line,
            1,
            value.code,
            "",
            value.message,
            severity=Severity.NOTE,
        )
        for value in values
    ]
