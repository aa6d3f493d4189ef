"""BibTeX, with the id of the entry as the key.

The format: https://mirrors.ctan.org/biblio/bibtex/base/btxdoc.pdf, e-prints:
https://info.arxiv.org/help/hypertex/bibstyles/index.html
"""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from paper_atlas.entry import Entry
from paper_atlas.exports.latex import latex, with_capitals
from paper_atlas.exports.names import split_name
from paper_atlas.exports.parts import (
    Kind,
    address,
    keywords,
    kind_of,
    links_of,
    one_line,
    pages_of,
    remarks,
)

Given = tuple[str, str]
"""A field and its value, which is left out where it is empty."""
Types = dict[Kind, tuple[str, str]]
"""The type of an entry, and its field for the venue."""

_TYPES: Types = {
    "journal": ("article", "journal"),
    "meeting": ("inproceedings", "booktitle"),
    "other": ("misc", "howpublished"),
}
_SEPARATOR = re.compile(r",|\band\b", re.IGNORECASE)
_NOT_VERBATIM = {ord(sign): quote(sign) for sign in "{}\\"}


def record(entry: Entry) -> str:
    """The BibTeX entry of a paper: `article` of a journal, `inproceedings` of a meeting, `misc`."""
    return written(entry, _TYPES, "year", _eprint(links_of(entry)), remarks(entry))


def join(records: Iterable[str]) -> str:
    """Records with an empty line between them."""
    return "\n".join(records)


def written(
    entry: Entry, types: Types, date: str, eprint: Iterable[Given], notes: Iterable[str]
) -> str:
    """An entry in the syntax of BibTeX, with the fields that differ between its dialects."""
    kind, venue = types[kind_of(entry)]
    given = [*_texts(entry, venue, date), *_links(entry, eprint), *_more(entry, notes)]
    fields = "".join(f",\n  {name} = {{{value}}}" for name, value in given if value)
    return f"@{kind}{{{entry.id}{fields}\n}}\n"


def _texts(entry: Entry, venue: str, date: str) -> Iterator[Given]:
    yield "title", with_capitals(one_line(entry.title))
    yield "author", " and ".join(map(_name, entry.authors))
    yield date, str(entry.year or "")
    yield venue, _text(entry.venue)
    yield "volume", _text(entry.volume)
    yield "number", _text(entry.issue)
    yield "pages", "--".join(map(latex, pages_of(entry).split("-")))


def _links(entry: Entry, eprint: Iterable[Given]) -> Iterator[Given]:
    links = links_of(entry)
    yield "doi", _verbatim(links.get("doi", ""))
    yield from eprint
    yield "url", _verbatim(address(links))


def _eprint(links: dict[str, str]) -> Iterator[Given]:
    """BibTeX knows none of these fields, and passes over what it does not know."""
    yield "eprint", links.get("arxiv", "")
    yield "archiveprefix", "arXiv" if "arxiv" in links else ""
    yield "pmid", links.get("pmid", "")


def _more(entry: Entry, notes: Iterable[str]) -> Iterator[Given]:
    yield "keywords", latex(", ".join(keywords(entry)))
    yield "note", latex("; ".join(notes))


def _text(value: str | None) -> str:
    return latex(one_line(value))


def _name(author: str) -> str:
    """`Surname, Given`; in braces what BibTeX would divide, and a name of one part."""
    name = split_name(author)
    if not name.given:
        return f"{{{latex(name.family)}}}"
    return ", ".join(_undivided(part) for part in (name.family, name.given))


def _undivided(part: str) -> str:
    return f"{{{latex(part)}}}" if _SEPARATOR.search(part) else latex(part)


def _verbatim(value: str) -> str:
    """An identifier or address as it is, but for signs that would end the field."""
    return value.translate(_NOT_VERBATIM)
