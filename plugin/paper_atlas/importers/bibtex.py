"""Importer for BibTeX and BibLaTeX, and the fields of one entry for the command `new`.

    @article{u-net, title = {U-Net}, author = {Ronneberger, Olaf}, year = 2015}     →
    Draft({"title": "U-Net", "year": "2015", "authors": ["Olaf Ronneberger"]}, line=1, id="u-net")

A broken entry is an error; all other entries are read. An entry inherits missing fields from the
entry that its `crossref` names. That entry is a volume, not a paper.

Fields: https://mirrors.ctan.org/biblio/bibtex/base/btxdoc.pdf and
https://mirrors.ctan.org/macros/latex/contrib/biblatex/doc/biblatex.pdf
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from paper_atlas.importers.bibtex_syntax import BibtexRecord, BibtexValue, split_records
from paper_atlas.importers.draft import Draft, DraftList, Fields
from paper_atlas.importers.record import (
    NOT_STORED,
    ONLY_YEAR_STORED,
    FieldValue,
    build_draft,
    not_taken_notes,
    note_values,
    venue_values,
)
from paper_atlas.problem import Problem, Severity
from paper_atlas.text.identifiers import is_web_url
from paper_atlas.text.latex import LatexError, latex_to_text, split_authors, unescape_identifier
from paper_atlas.text.page_ranges import normalize_pages

_TEXTS = {
    "volume": "volume",
    "number": "issue",
    "issue": "issue",
    "pages": "pages",
    "eid": "pages",
    "articleno": "pages",
}
# The first of `_VENUES` in a record is the venue. `_OTHER_VENUES` are used if there is none.
_VENUES = ("journal", "journaltitle", "booktitle")
_OTHER_VENUES = ("howpublished", "school", "institution")
_LINKS = {"doi": "doi", "pmid": "pmid", "pmcid": "pmcid", "url": "url"}
_NOTES = ("note", "annote", "addendum", "annotation")
_ARCHIVE_FIELDS = ("archiveprefix", "eprinttype")
_ARCHIVES = {"arxiv": "arxiv", "pubmed": "pmid", "pmid": "pmid", "pmc": "pmcid", "pmcid": "pmcid"}
_EPRINT_FIELDS = (*_ARCHIVE_FIELDS, "primaryclass", "eprintclass")
_KNOWN = {
    *("title", "subtitle", "author", "year", "date", "eprint", "keywords", "crossref"),
    *(*_TEXTS, *_VENUES, *_OTHER_VENUES, *_LINKS, *_NOTES, *_EPRINT_FIELDS),
}
_HINT = "check for a missing or an extra brace, comma or '='"
_DATE = re.compile(r"(\d{4})(.*)", re.DOTALL)
# The fields that a paper inherits. The identifiers of a volume are not those of the paper.
_INHERITED_FIELDS = (
    "booktitle",
    "journal",
    "journaltitle",
    "year",
    "date",
    "volume",
    "number",
    "issue",
)
_VOLUME_TYPES = frozenset({"proceedings", "mvproceedings", "periodical", "set", "xdata"})


class BibtexError(ValueError):
    """The text is not exactly one valid BibTeX entry; the message contains the reason."""


def read_bibtex(text: str, path: str) -> DraftList:
    """Parse BibTeX; a broken entry is an error, and a field that is not imported is a note."""
    records, broken_lines = split_records(text)
    problems = [_broken_record(path, line) for line in broken_lines]
    volumes = _volumes(records)
    drafts: list[Draft] = []
    not_taken: list[FieldValue] = []
    for record in records:
        if record.entry_type in _VOLUME_TYPES or record.key.casefold() in volumes:
            message = f"'{record.key}' is a volume, not a paper"
            problems.append(_note(path, record.line, "not-a-paper", message))
            continue
        values = _field_values(_with_inherited_fields(record, volumes))
        draft, others = build_draft(record.line, values)
        drafts.append(draft)
        not_taken += others
    problems += [*_duplicate_keys(path, records), *not_taken_notes(path, not_taken)]
    return DraftList(path, tuple(drafts), problems=tuple(sorted(problems)))


def read_bibtex_entry(text: str) -> tuple[Fields, list[str]]:
    """Return the fields of the only entry in a text, and a message for each field left out.

    Raises:
        BibtexError: The text has no entry, several entries or a broken one.
    """
    record = _only_record(*split_records(text))
    try:
        split_authors(record.values["author"].text if "author" in record.values else "")
    except LatexError as error:
        raise BibtexError(f"bibtex: line {record.line}: {error}") from error
    draft, not_taken = build_draft(record.line, _field_values(record))
    messages = [f"bibtex: '{field.name}' {field.reason}" for field in not_taken]
    messages += [f"bibtex: 'keywords' {NOT_STORED}"] if draft.keywords else []
    return dict(draft.fields), messages


def _only_record(records: list[BibtexRecord], broken_lines: list[int]) -> BibtexRecord:
    if broken_lines:
        message = f"the text from line {broken_lines[0]} cannot be parsed; {_HINT}"
        raise BibtexError(f"bibtex: {message}")
    if len(records) != 1:
        found = f"{len(records)} entries" if records else "no entry"
        raise BibtexError(f"bibtex: expected one entry, found {found}")
    if names := ", ".join(f"'{name}'" for name, _ in records[0].duplicates):
        raise BibtexError(f"bibtex: line {records[0].line}: the entry has {names} twice")
    return records[0]


def _volumes(records: Iterable[BibtexRecord]) -> Mapping[str, BibtexRecord]:
    """Return the records that others name in `crossref`, by their keys in lower case."""
    keys = {_crossref(record) for record in records} - {""}
    by_key = {record.key.casefold(): record for record in records}
    return {key: record for key, record in by_key.items() if key in keys}


def _crossref(record: BibtexRecord) -> str:
    return record.values["crossref"].text.strip().casefold() if "crossref" in record.values else ""


def _with_inherited_fields(
    record: BibtexRecord, volumes: Mapping[str, BibtexRecord]
) -> BibtexRecord:
    volume = volumes.get(_crossref(record))
    if volume is None:
        return record
    own, inherited = record.values, dict(_values_of_volume(volume.values))
    if inherited.keys() & {"journal", "journaltitle", "booktitle"} & own.keys():
        inherited = {name: value for name, value in inherited.items() if name != "booktitle"}
    missing = {name: value for name, value in inherited.items() if name not in own}
    return replace(record, values={**own, **missing})


def _values_of_volume(values: Mapping[str, BibtexValue]) -> Iterator[tuple[str, BibtexValue]]:
    """Yield the fields that a paper inherits; the title of the volume is its `booktitle`."""
    if "title" in values and not values.keys() & {"booktitle", "journal", "journaltitle"}:
        yield "booktitle", values["title"]
    yield from ((name, values[name]) for name in _INHERITED_FIELDS if name in values)


def _field_values(record: BibtexRecord) -> Iterator[FieldValue]:
    yield FieldValue("key", record.line, "id", record.key)
    for name, line in record.duplicates:
        yield FieldValue(name, line, reason="is given twice; the first value is used")
    for name, value in record.values.items():
        if name not in _KNOWN:
            yield FieldValue(name, value.line)
        elif not value.is_defined:
            yield FieldValue(name, value.line, reason="is ignored: its @string is not defined")
        else:
            try:
                yield from _known_field_values(name, value, record)
            except LatexError as error:
                yield FieldValue(name, value.line, reason=f"is ignored: {error}")


def _known_field_values(
    name: str, value: BibtexValue, record: BibtexRecord
) -> Iterator[FieldValue]:
    line = value.line
    if name == "title":
        yield FieldValue(name, line, name, _title(record))
    elif name == "author":
        yield from _author_values(line, split_authors(value.text))
    elif name in ("year", "date"):
        yield from _year_values(name, line, latex_to_text(value.text))
    elif name in _TEXTS:
        text = latex_to_text(value.text)
        text = normalize_pages(text) if name == "pages" else text
        yield FieldValue(name, line, _TEXTS[name], text)
    elif name in (*_VENUES, *_OTHER_VENUES):
        yield from _venue_values(name, value, record)
    elif name in _LINKS:
        yield FieldValue(name, line, _LINKS[name], unescape_identifier(value.text))
    elif name in ("eprint", *_EPRINT_FIELDS):
        yield from _eprint_values(name, value, record)
    elif name == "keywords":
        words = re.split(r"[,;]", value.text)
        yield from (FieldValue(name, line, "keywords", latex_to_text(word)) for word in words)
    elif name in _NOTES:
        yield from note_values(name, line, latex_to_text(value.text))


def _title(record: BibtexRecord) -> str:
    parts = [record.values[name].text for name in ("title", "subtitle") if name in record.values]
    return latex_to_text(": ".join(parts))


def _author_values(line: int, names: list[str]) -> Iterator[FieldValue]:
    for name in names:
        if name == "others":
            yield FieldValue("and others", line, reason="in 'author' is not a name")
        else:
            yield FieldValue("author", line, "authors", name)


def _year_values(name: str, line: int, text: str) -> Iterator[FieldValue]:
    """Yield a year, or the year of a date such as `2015-11-18`."""
    match = _DATE.fullmatch(text) if name == "date" else None
    yield FieldValue(name, line, "year", match[1] if match else text)
    if match and match[2]:
        yield FieldValue(name, line, reason=ONLY_YEAR_STORED)


def _venue_values(name: str, value: BibtexValue, record: BibtexRecord) -> Iterator[FieldValue]:
    venues = [field for field in record.values if field in (*_VENUES, *_OTHER_VENUES)]
    first = next((field for field in venues if field in _VENUES), venues[0])
    has_blank = re.search(r"\s", value.text.strip())
    url = "" if has_blank else unescape_identifier(value.text)
    if is_web_url(url):
        yield from venue_values(name, value.line, url)
    elif name == first:
        yield from venue_values(name, value.line, latex_to_text(value.text))
    else:
        yield FieldValue(name, value.line)


def _eprint_values(name: str, value: BibtexValue, record: BibtexRecord) -> Iterator[FieldValue]:
    """Yield the identifier in `eprint`, if the record names an archive of `_ARCHIVES`."""
    fields = [field for field in _ARCHIVE_FIELDS if field in record.values]
    archives = [record.values[field].text.casefold() for field in fields]
    kind = next((_ARCHIVES[archive] for archive in archives if archive in _ARCHIVES), "")
    if not kind or "eprint" not in record.values:
        yield FieldValue(name, value.line)
    elif name == "eprint":
        yield FieldValue(name, value.line, kind, unescape_identifier(value.text))


def _duplicate_keys(path: str, records: Iterable[BibtexRecord]) -> Iterator[Problem]:
    """Yield a note for each repeated key; both entries are read, as they may be two papers."""
    first_lines: dict[str, int] = {}
    for record in records:
        key = record.key.casefold()
        if key and first_lines.setdefault(key, record.line) != record.line:
            message = f"the key '{record.key}' is given twice, first in line {first_lines[key]}"
            yield _note(path, record.line, "doubled-key", message)


def _broken_record(path: str, line: int) -> Problem:
    message = "the text from here cannot be parsed"
    return Problem(path, line, 1, "broken-record", "", message, _HINT)


def _note(path: str, line: int, code: str, message: str) -> Problem:
    return Problem(path, line, 1, code, "", message, severity=Severity.NOTE)
