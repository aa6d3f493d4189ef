"""Importer for BibTeX and BibLaTeX, and the fields of one entry for the command `new`.

    @article{u-net, title = {U-Net}, author = {Ronneberger, Olaf}, year = 2015}     →
    Draft({"title": "U-Net", "year": "2015", "authors": ["Olaf Ronneberger"]}, line=1, id="u-net")

A broken entry is an error; all other entries are read. An entry inherits missing fields from the
entry that its `crossref` names. That entry is a volume, not a paper.

Fields: https://mirrors.ctan.org/biblio/bibtex/base/btxdoc.pdf and
https://mirrors.ctan.org/macros/latex/contrib/biblatex/doc/biblatex.pdf
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from paper_atlas.importers.bibtex_syntax import BibtexRecord, BibtexValue, split_records
from paper_atlas.importers.draft import DraftList, Fields
from paper_atlas.importers.names import latex_authors
from paper_atlas.importers.record import (
    MAX_FIELD_LENGTH,
    NOT_STORED,
    FieldValue,
    build_draft,
    build_drafts,
    long_field,
    note_values,
    venue_values,
)
from paper_atlas.problem import Problem, Severity
from paper_atlas.text.identifiers import IDENTIFIERS, decode_address, is_web_url
from paper_atlas.text.latex import (
    LatexError,
    expand_journals,
    latex_to_text,
    unread_commands,
)
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
_LINKS = {
    "doi": "doi",
    "pmid": "pmid",
    "pmcid": "pmcid",
    "url": "url",
    "pdf": "pdf",
    # Mendeley, JabRef and BibDesk, and pages of people: https://github.com/alshedivat/al-folio
    "arxivid": "arxiv",
    "arxiv": "arxiv",
    "html": "url",
    "bdsk-url-1": "url",
    "code": "code",
    "github": "code",
    "website": "project",
    "project": "project",
    "data": "data",
    "dataset": "data",
}
_LABELS = ("slides", "video", "poster", "talk", "blog", "demo", "supp", "openreview")
_NOTES = ("note", "annote", "addendum", "annotation")
_ARCHIVE_FIELDS = ("archiveprefix", "eprinttype", "archive")
_ARCHIVES = {"pubmed": "pmid", "pmid": "pmid", "pmc": "pmcid", "pmcid": "pmcid"}
_CLASS_FIELDS = ("primaryclass", "eprintclass")
_EPRINT_FIELDS = (*_ARCHIVE_FIELDS, *_CLASS_FIELDS)
_HINT = "check for a missing or an extra brace, comma or '='"
# DBLP names a preprint of arXiv by its volume: journal = {CoRR}, volume = {abs/1505.04597}
_VOLUME_OF_CORR = re.compile(r"abs/(\S+)")
_OLD_NUMBER = re.compile(r"\d{7}(?:v\d+)?")
_LATEX_TEXTS = ("title", "subtitle", *_VENUES, *_TEXTS)
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


def read_bibtex(
    text: str, path: str, strings: Mapping[str, str] = MappingProxyType({})
) -> DraftList:
    """Parse BibTeX; a broken entry is an error, and a field that is not imported is a note.

    `strings` are the `@string`s of other files.
    """
    records, broken_lines = split_records(text, strings)
    problems = [_broken_record(path, line) for line in broken_lines]
    volumes = _volumes(records)
    papers: list[BibtexRecord] = []
    for record in records:
        if record.entry_type in _VOLUME_TYPES or record.key.casefold() in volumes:
            message = f"'{record.key}' is a volume, not a paper"
            problems.append(_note(path, record.line, "not-a-paper", message))
        else:
            papers.append(_with_inherited_fields(record, volumes))
    drafts, notes = build_drafts(path, ((paper.line, _field_values(paper)) for paper in papers))
    problems += [*_duplicate_keys(path, records), *notes]
    count = len(records) + len(broken_lines)
    return DraftList(path, drafts, problems=tuple(sorted(problems)), record_count=count)


def read_bibtex_entry(text: str) -> tuple[Fields, list[str]]:
    """Return the fields of the only entry in a text, and a message for each field left out.

    Raises:
        BibtexError: The text has no entry, several entries or a broken one.
    """
    record = _only_record(*split_records(text))
    draft, not_taken = build_draft(record.line, _field_values(record))
    messages = [f"bibtex: {field.message}" for field in not_taken]
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
    is_long = {name: len(value.text) > _max_length(name) for name, value in record.values.items()}
    for name in filter(is_long.get, is_long):
        value = record.values[name]
        yield long_field(name, value.line, value.text, _max_length(name))
    record = replace(record, values={n: v for n, v in record.values.items() if not is_long[n]})
    for name, line in record.duplicates:
        yield FieldValue(name, line, reason="is given twice; the first value is used")
    for name, value in record.values.items():
        if name not in _READERS and name not in _READ_WITH_OTHERS:
            yield FieldValue(name, value.line)
        elif not value.is_defined:
            what = "too long" if value.is_too_long else "not defined"
            yield FieldValue(name, value.line, reason=f"is ignored: its @string is {what}")
        else:
            try:
                yield from _known_field_values(name, value, record)
            except LatexError as error:
                yield FieldValue(name, value.line, reason=f"is ignored: {error}")


def _max_length(name: str) -> int:
    """Return the most characters of a field. Fields that are not read are never searched."""
    if name not in _READERS and name not in _READ_WITH_OTHERS:
        return sys.maxsize
    return _MAX_LENGTHS.get(name, MAX_FIELD_LENGTH)


def _known_field_values(
    name: str, value: BibtexValue, record: BibtexRecord
) -> Iterator[FieldValue]:
    if name in _READERS:
        yield from _READERS[name](name, value, record)
    if name in _LATEX_TEXTS and (commands := unread_commands(expand_journals(value.text))):
        reason = f"has LaTeX commands that are left out: {', '.join(commands)}"
        yield FieldValue(name, value.line, reason=reason)


def _title_values(name: str, value: BibtexValue, record: BibtexRecord) -> Iterator[FieldValue]:
    parts = [record.values[part].text for part in ("title", "subtitle") if part in record.values]
    yield FieldValue(name, value.line, name, latex_to_text(": ".join(parts)))


def _author_values(name: str, value: BibtexValue, _record: BibtexRecord) -> Iterator[FieldValue]:
    return latex_authors(name, value.line, value.text)


def _year_values(name: str, value: BibtexValue, _record: BibtexRecord) -> Iterator[FieldValue]:
    yield FieldValue(name, value.line, "year", latex_to_text(value.text))


def _link_values(name: str, value: BibtexValue, _record: BibtexRecord) -> Iterator[FieldValue]:
    yield FieldValue(name, value.line, _LINKS[name], value.text)


def _label_values(name: str, value: BibtexValue, _record: BibtexRecord) -> Iterator[FieldValue]:
    is_url = is_web_url(decode_address(value.text).strip())
    yield FieldValue(name, value.line, name if is_url else "", value.text, is_link=is_url)


def _keyword_values(name: str, value: BibtexValue, _record: BibtexRecord) -> Iterator[FieldValue]:
    for word in re.split(r"[,;]", value.text):
        yield FieldValue(name, value.line, "keywords", latex_to_text(word))


def _note_values(name: str, value: BibtexValue, _record: BibtexRecord) -> Iterator[FieldValue]:
    text = "\n".join(map(latex_to_text, _with_plain_urls(value.text).splitlines()))
    yield from note_values(name, value.line, text)


_URL_COMMAND = re.compile(r"\\(?:url|nolinkurl|href)\s*\{([^{}]*)\}")


def _with_plain_urls(latex: str) -> str:
    r"""Return a note in which the URL of `\url{…}` and `\href{…}{text}` has no escapes."""
    return _URL_COMMAND.sub(lambda match: f" {_escaped_url(match[1])} ", latex)


def _escaped_url(url: str) -> str:
    return re.sub(r"([%&#_~$])", r"\\\1", decode_address(url)).replace(r"\~", r"\textasciitilde{}")


def _text_values(name: str, value: BibtexValue, _record: BibtexRecord) -> Iterator[FieldValue]:
    text = latex_to_text(value.text)
    arxiv = _VOLUME_OF_CORR.fullmatch(text) if name == "volume" else None
    number = arxiv[1] if arxiv else text if text.casefold().startswith("arxiv:") else ""
    if IDENTIFIERS["arxiv"].parse(number):
        yield FieldValue(name, value.line, "arxiv", number)
    else:
        text = normalize_pages(text) if name == "pages" else text
        yield FieldValue(name, value.line, _TEXTS[name], text)


def _venue_values(name: str, value: BibtexValue, record: BibtexRecord) -> Iterator[FieldValue]:
    venues = [field for field in record.values if field in (*_VENUES, *_OTHER_VENUES)]
    first = next((field for field in venues if field in _VENUES), venues[0])
    has_blank = re.search(r"\s", value.text.strip())
    url = "" if has_blank else decode_address(value.text.strip())
    if is_web_url(url):
        yield from venue_values(name, value.line, url)
    elif name == first:
        text = latex_to_text(_with_plain_urls(expand_journals(value.text)))
        yield from venue_values(name, value.line, text)
    else:
        yield FieldValue(name, value.line)


def _eprint_values(name: str, value: BibtexValue, record: BibtexRecord) -> Iterator[FieldValue]:
    """Yield the identifier in `eprint`; without the name of an archive, it may be one of arXiv."""
    if "eprint" not in record.values:
        yield FieldValue(name, value.line)
    elif name == "eprint":
        kind, text = _eprint_link(decode_address(value.text).strip(), record)
        yield FieldValue(name, value.line, kind, text, is_spare=kind == "url")
    elif not _eprint_link(decode_address(record.values["eprint"].text).strip(), record)[0]:
        yield FieldValue(name, value.line)


def _eprint_link(eprint: str, record: BibtexRecord) -> tuple[str, str]:
    """Return the kind of link of an `eprint` and its text; the kind is empty if it is unknown."""
    archives = [record.values[name].text.casefold().strip("{} ")
                for name in _ARCHIVE_FIELDS if name in record.values]  # fmt: skip
    kind = next((_ARCHIVES[archive] for archive in archives if archive in _ARCHIVES), "")
    classes = [record.values[name].text for name in _CLASS_FIELDS if name in record.values]
    if is_web_url(eprint):
        return "url", eprint
    if kind or (archives and not any("arxiv" in archive for archive in archives)):
        return kind, eprint
    if _OLD_NUMBER.fullmatch(eprint) and classes:
        eprint = f"{classes[0].strip('{} ').partition('.')[0]}/{eprint}"
    return ("arxiv" if archives or IDENTIFIERS["arxiv"].parse(eprint) else ""), eprint


_READERS: Mapping[str, Callable[[str, BibtexValue, BibtexRecord], Iterator[FieldValue]]] = {
    "title": _title_values,
    "author": _author_values,
    **dict.fromkeys(("year", "date"), _year_values),
    **dict.fromkeys(_TEXTS, _text_values),
    **dict.fromkeys((*_VENUES, *_OTHER_VENUES), _venue_values),
    **dict.fromkeys(_LINKS, _link_values),
    **dict.fromkeys(_LABELS, _label_values),
    **dict.fromkeys(("eprint", *_EPRINT_FIELDS), _eprint_values),
    "keywords": _keyword_values,
    **dict.fromkeys(_NOTES, _note_values),
}
_READ_WITH_OTHERS = ("subtitle", "crossref")
# The most characters of fields with many values; each value has a limit of its own.
_MAX_LENGTHS = {"author": sys.maxsize, "keywords": 100_000, **dict.fromkeys(_NOTES, 50_000)}


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
