"""A file of BibTeX or BibLaTeX as drafts, and one entry of it as the fields of an entry of ours.

A broken entry does not take the others with it. What an entry lacks it has from the one that its
`crossref` names, which is a volume and no paper.

The fields: https://mirrors.ctan.org/biblio/bibtex/base/btxdoc.pdf and
https://mirrors.ctan.org/macros/latex/contrib/biblatex/doc/biblatex.pdf
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from paper_atlas.importers.bibtex_syntax import BibtexRecord, BibtexValue, split_records
from paper_atlas.importers.draft import Draft, DraftList, Fields
from paper_atlas.importers.record import (
    ONLY_YEAR_TAKEN,
    FieldValue,
    build_draft,
    note_values,
    problems_of_values,
    venue_values,
)
from paper_atlas.problem import Problem, Severity
from paper_atlas.text.identifiers import is_web_url
from paper_atlas.text.latex import LatexError, latex_to_text, split_authors, unescape_identifier
from paper_atlas.text.pages import normalize_pages

_TEXTS = {
    "volume": "volume",
    "number": "issue",
    "issue": "issue",
    "pages": "pages",
    "eid": "pages",
    "articleno": "pages",
}
# Of several the first in the record is the venue; the others only where there is none of these.
_VENUES = ("journal", "journaltitle", "booktitle")
_OTHER_VENUES = ("howpublished", "school", "institution")
_LINKS = {"doi": "doi", "pmid": "pmid", "pmcid": "pmcid", "url": "url"}
_NOTES = ("note", "annote", "addendum", "annotation")
_ARCHIVE = ("archiveprefix", "eprinttype")
_ARCHIVES = {"arxiv": "arxiv", "pubmed": "pmid", "pmid": "pmid", "pmc": "pmcid", "pmcid": "pmcid"}
_OF_EPRINT = (*_ARCHIVE, "primaryclass", "eprintclass")
_KNOWN = {
    *("title", "subtitle", "author", "year", "date", "eprint", "keywords", "crossref"),
    *(*_TEXTS, *_VENUES, *_OTHER_VENUES, *_LINKS, *_NOTES, *_OF_EPRINT),
}
_CAUSES = "is a brace, a comma or a '=' missing, or one too many?"
_DATE = re.compile(r"(\d{4})(.*)", re.DOTALL)
# What a paper has from its volume; its identifiers are those of the volume.
_INHERITED = ("booktitle", "journal", "journaltitle", "year", "date", "volume", "number", "issue")
_VOLUMES = frozenset({"proceedings", "mvproceedings", "periodical", "set", "xdata"})


class BibtexError(ValueError):
    """A text that does not hold exactly one sound BibTeX entry; the message says why."""


def read_bibtex(text: str, path: str) -> DraftList:
    """Read a file. What is broken is an error with its line, what has no place a note."""
    records, broken = split_records(text)
    problems = [_broken(path, line) for line in broken]
    volumes = _volumes(records)
    drafts: list[Draft] = []
    untaken: list[FieldValue] = []
    for record in records:
        if record.kind in _VOLUMES or record.key.casefold() in volumes:
            message = f"'{record.key}' is a volume, not a paper"
            problems.append(_note(path, record.line, "not-a-paper", message))
            continue
        draft, lost = build_draft(record.line, _field_values(_inherited(record, volumes)))
        drafts.append(draft)
        untaken += lost
    problems += [*_repeated(path, records), *problems_of_values(path, untaken)]
    return DraftList(path, tuple(drafts), problems=tuple(sorted(problems)))


def read_bibtex_entry(text: str) -> tuple[Fields, list[str]]:
    """The fields of the one entry in a text, and what of it is not taken.

    Raises BibtexError where the text holds no entry, several, or a broken one.
    """
    record = _one(*split_records(text))
    try:
        split_authors(record.values["author"].text if "author" in record.values else "")
    except LatexError as error:
        raise BibtexError(f"bibtex: line {record.line}: {error}") from error
    draft, untaken = build_draft(record.line, _field_values(record))
    lost = [f"bibtex: '{it.name}' {it.why}" for it in untaken]
    lost += ["bibtex: 'keywords' has no place in an entry"] if draft.keywords else []
    return dict(draft.fields), lost


def _one(records: list[BibtexRecord], broken: list[int]) -> BibtexRecord:
    if broken:
        raise BibtexError(f"bibtex: what begins in line {broken[0]} cannot be read; {_CAUSES}")
    if len(records) != 1:
        found = f"{len(records)} entries" if records else "no entry"
        raise BibtexError(f"bibtex: expected one entry, found {found}")
    if names := ", ".join(f"'{name}'" for name, _ in records[0].doubled):
        raise BibtexError(f"bibtex: line {records[0].line}: the entry has {names} twice")
    return records[0]


def _volumes(records: Iterable[BibtexRecord]) -> Mapping[str, BibtexRecord]:
    """The records that others name in `crossref`, by their keys in small letters."""
    named = {_crossref(record) for record in records} - {""}
    return {it.key.casefold(): it for it in records if it.key.casefold() in named}


def _crossref(record: BibtexRecord) -> str:
    return record.values["crossref"].text.strip().casefold() if "crossref" in record.values else ""


def _inherited(record: BibtexRecord, volumes: Mapping[str, BibtexRecord]) -> BibtexRecord:
    volume = volumes.get(_crossref(record))
    if volume is None:
        return record
    values = dict(_of_volume(volume.values))
    if values.keys() & {"journal", "journaltitle", "booktitle"} & record.values.keys():
        values = {name: value for name, value in values.items() if name != "booktitle"}
    own = record.values
    missing = {name: value for name, value in values.items() if name not in own}
    return replace(record, values={**own, **missing})


def _of_volume(values: Mapping[str, BibtexValue]) -> Iterator[tuple[str, BibtexValue]]:
    """The values of a volume; its title is that of the book in which the paper stands."""
    if "title" in values and not values.keys() & {"booktitle", "journal", "journaltitle"}:
        yield "booktitle", values["title"]
    yield from ((name, values[name]) for name in _INHERITED if name in values)


def _field_values(record: BibtexRecord) -> Iterator[FieldValue]:
    """What each field of a record says; see `draft_of`."""
    yield FieldValue("key", record.line, "id", record.key)
    for name, line in record.doubled:
        yield FieldValue(name, line, why="stands twice, so the first is taken")
    for name, value in record.values.items():
        if name not in _KNOWN:
            yield FieldValue(name, value.line)
        elif not value.is_known:
            yield FieldValue(name, value.line, why="is not taken: no @string says what it is")
        else:
            try:
                yield from _of_field(name, value, record)
            except LatexError as error:
                yield FieldValue(name, value.line, why=f"is not taken: {error}")


def _of_field(name: str, value: BibtexValue, record: BibtexRecord) -> Iterator[FieldValue]:
    line = value.line
    if name == "title":
        yield FieldValue(name, line, name, _title(record))
    elif name == "author":
        yield from _authors(line, split_authors(value.text))
    elif name in ("year", "date"):
        yield from _year(name, line, latex_to_text(value.text))
    elif name in _TEXTS:
        text = latex_to_text(value.text)
        yield FieldValue(
            name, line, _TEXTS[name], normalize_pages(text) if name == "pages" else text
        )
    elif name in (*_VENUES, *_OTHER_VENUES):
        yield from _venue(name, value, record)
    elif name in _LINKS:
        yield FieldValue(name, line, _LINKS[name], unescape_identifier(value.text))
    elif name in ("eprint", *_OF_EPRINT):
        yield from _eprint(name, value, record)
    elif name == "keywords":
        words = re.split(r"[,;]", value.text)
        yield from (FieldValue(name, line, "keywords", latex_to_text(word)) for word in words)
    elif name in _NOTES:
        yield from note_values(name, line, latex_to_text(value.text))


def _title(record: BibtexRecord) -> str:
    parts = [record.values[name].text for name in ("title", "subtitle") if name in record.values]
    return latex_to_text(": ".join(parts))


def _authors(line: int, names: list[str]) -> Iterator[FieldValue]:
    for name in names:
        if name == "others":
            yield FieldValue("and others", line, why="in 'author' names nobody")
        else:
            yield FieldValue("author", line, "authors", name)


def _year(name: str, line: int, text: str) -> Iterator[FieldValue]:
    """The year of a date; its month and day have no place."""
    match = _DATE.fullmatch(text) if name == "date" else None
    yield FieldValue(name, line, "year", match[1] if match else text)
    if match and match[2]:
        yield FieldValue(name, line, why=ONLY_YEAR_TAKEN)


def _venue(name: str, value: BibtexValue, record: BibtexRecord) -> Iterator[FieldValue]:
    others = [it for it in record.values if it in (*_VENUES, *_OTHER_VENUES)]
    first = next((it for it in others if it in _VENUES), others[0])
    address = "" if re.search(r"\s", value.text.strip()) else unescape_identifier(value.text)
    if is_web_url(address) or name == first:
        yield from venue_values(
            name, value.line, address if is_web_url(address) else latex_to_text(value.text)
        )
    else:
        yield FieldValue(name, value.line)


def _eprint(name: str, value: BibtexValue, record: BibtexRecord) -> Iterator[FieldValue]:
    """The identifier of the archive that the record names; of others there is no link."""
    archives = (record.values[it].text.casefold() for it in _ARCHIVE if it in record.values)
    kind = next((_ARCHIVES[it] for it in archives if it in _ARCHIVES), "")
    if not kind or "eprint" not in record.values:
        yield FieldValue(name, value.line)
    elif name == "eprint":
        yield FieldValue(name, value.line, kind, unescape_identifier(value.text))


def _repeated(path: str, records: Iterable[BibtexRecord]) -> Iterator[Problem]:
    """Keys that stand a second time; both entries are read, since they may be two papers."""
    first: dict[str, int] = {}
    for record in records:
        key = record.key.casefold()
        if key and first.setdefault(key, record.line) != record.line:
            message = f"the key '{record.key}' stands in line {first[key]} already"
            yield _note(path, record.line, "doubled-key", message)


def _broken(path: str, line: int) -> Problem:
    return Problem(path, line, 1, "broken-record", "", "what begins here cannot be read", _CAUSES)


def _note(path: str, line: int, code: str, message: str) -> Problem:
    return Problem(path, line, 1, code, "", message, severity=Severity.NOTE)
