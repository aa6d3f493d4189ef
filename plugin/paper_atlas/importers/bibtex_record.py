"""A record of BibTeX or BibLaTeX as the fields of an entry of ours, and what has no place there.

The fields: https://mirrors.ctan.org/biblio/bibtex/base/btxdoc.pdf and
https://mirrors.ctan.org/macros/latex/contrib/biblatex/doc/biblatex.pdf
"""

import re
from collections.abc import Iterator

from paper_atlas.importers.bibtex_syntax import Record, Value, split
from paper_atlas.importers.draft import Fields
from paper_atlas.importers.record import BUT_THE_YEAR, Said, draft_of, remarks, venue
from paper_atlas.text.identifiers import is_web
from paper_atlas.text.latex import LatexError, bare, persons, plain

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
CAUSES = "is a brace, a comma or a '=' missing, or one too many?"
_DATE = re.compile(r"(\d{4})(.*)", re.DOTALL)
_DASH = re.compile(r"\s*[-–—]+\s*")


class BibtexError(ValueError):
    """A text that does not hold exactly one sound BibTeX entry; the message says why."""


def read_bibtex(text: str) -> tuple[Fields, list[str]]:
    """The fields of the one entry in a text, and what of it is not taken.

    Raises BibtexError where the text holds no entry, several, or a broken one.
    """
    record = _one(*split(text))
    try:
        persons(record.values["author"].text if "author" in record.values else "")
    except LatexError as error:
        raise BibtexError(f"bibtex: line {record.line}: {error}") from error
    draft, untaken = draft_of(record.line, said(record))
    lost = [f"bibtex: '{it.name}' {it.why}" for it in untaken]
    lost += ["bibtex: 'keywords' has no place in an entry"] if draft.keywords else []
    return dict(draft.fields), lost


def _one(records: list[Record], broken: list[int]) -> Record:
    if broken:
        raise BibtexError(f"bibtex: what begins in line {broken[0]} cannot be read; {CAUSES}")
    if len(records) != 1:
        found = f"{len(records)} entries" if records else "no entry"
        raise BibtexError(f"bibtex: expected one entry, found {found}")
    if names := ", ".join(f"'{name}'" for name, _ in records[0].doubled):
        raise BibtexError(f"bibtex: line {records[0].line}: the entry has {names} twice")
    return records[0]


def said(record: Record) -> Iterator[Said]:
    """What each field of a record says; see `draft_of`."""
    yield Said("key", record.line, "id", record.key)
    for name, line in record.doubled:
        yield Said(name, line, why="stands twice, so the first is taken")
    for name, value in record.values.items():
        if name not in _KNOWN:
            yield Said(name, value.line)
        elif not value.is_known:
            yield Said(name, value.line, why="is not taken: no @string says what it is")
        else:
            try:
                yield from _said(name, value, record)
            except LatexError as error:
                yield Said(name, value.line, why=f"is not taken: {error}")


def _said(name: str, value: Value, record: Record) -> Iterator[Said]:
    line = value.line
    if name == "title":
        yield Said(name, line, name, _title(record))
    elif name == "author":
        yield from _authors(line, persons(value.text))
    elif name in ("year", "date"):
        yield from _year(name, line, plain(value.text))
    elif name in _TEXTS:
        text = plain(value.text)
        yield Said(name, line, _TEXTS[name], _DASH.sub("-", text) if name == "pages" else text)
    elif name in (*_VENUES, *_OTHER_VENUES):
        yield from _venue(name, value, record)
    elif name in _LINKS:
        yield Said(name, line, _LINKS[name], bare(value.text))
    elif name in ("eprint", *_OF_EPRINT):
        yield from _eprint(name, value, record)
    elif name == "keywords":
        words = re.split(r"[,;]", value.text)
        yield from (Said(name, line, "keywords", plain(word)) for word in words)
    elif name in _NOTES:
        yield from remarks(name, line, plain(value.text))


def _title(record: Record) -> str:
    parts = [record.values[name].text for name in ("title", "subtitle") if name in record.values]
    return plain(": ".join(parts))


def _authors(line: int, names: list[str]) -> Iterator[Said]:
    for name in names:
        if name == "others":
            yield Said("and others", line, why="in 'author' names nobody")
        else:
            yield Said("author", line, "authors", name)


def _year(name: str, line: int, text: str) -> Iterator[Said]:
    """The year of a date; its month and day have no place."""
    match = _DATE.fullmatch(text) if name == "date" else None
    yield Said(name, line, "year", match[1] if match else text)
    if match and match[2]:
        yield Said(name, line, why=BUT_THE_YEAR)


def _venue(name: str, value: Value, record: Record) -> Iterator[Said]:
    others = [it for it in record.values if it in (*_VENUES, *_OTHER_VENUES)]
    first = next((it for it in others if it in _VENUES), others[0])
    address = "" if re.search(r"\s", value.text.strip()) else bare(value.text)
    if is_web(address) or name == first:
        yield from venue(name, value.line, address if is_web(address) else plain(value.text))
    else:
        yield Said(name, value.line)


def _eprint(name: str, value: Value, record: Record) -> Iterator[Said]:
    """The identifier of the archive that the record names; of others there is no link."""
    archives = (record.values[it].text.casefold() for it in _ARCHIVE if it in record.values)
    kind = next((_ARCHIVES[it] for it in archives if it in _ARCHIVES), "")
    if not kind or "eprint" not in record.values:
        yield Said(name, value.line)
    elif name == "eprint":
        yield Said(name, value.line, kind, bare(value.text))
