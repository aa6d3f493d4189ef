"""RIS, as EndNote, Mendeley and Zotero read it.

The format: https://web.archive.org/web/20120526103719/http://refman.com/support/risformat_intro.asp
Lines end in CR LF, texts are UTF-8.
"""

import re
from collections.abc import Iterable, Iterator

from paper_atlas.entry import Entry
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
    web,
)

_TYPES: dict[Kind, str] = {"journal": "JOUR", "meeting": "CONF", "other": "GEN"}


def record(entry: Entry) -> str:
    """The lines of a paper, from its type to the end of the record."""
    tags = [*_texts(entry), *_links(entry), *_more(entry)]
    lines = [f"{tag}  - {text}" for tag, value in tags if (text := one_line(value))]
    return "".join(f"{line}\r\n" for line in (*lines, "ER  - "))


def join(records: Iterable[str]) -> str:
    """Records with an empty line between them."""
    return "\r\n".join(records)


def _texts(entry: Entry) -> Iterator[tuple[str, str | None]]:
    first, last = _ends(pages_of(entry))
    yield "TY", _TYPES[kind_of(entry)]
    yield "ID", entry.id
    yield "TI", entry.title
    yield from (("AU", split_name(author).inverted) for author in entry.authors)
    yield "PY", str(entry.year or "")
    yield "T2", entry.venue
    yield "VL", entry.volume
    yield "IS", entry.issue
    yield "SP", first
    yield "EP", last


def _links(entry: Entry) -> Iterator[tuple[str, str]]:
    """DOI, PubMed's number as that of the accession, and addresses; arXiv has no tag."""
    links = links_of(entry)
    preprint = web("arxiv", links["arxiv"]) if "arxiv" in links else ""
    yield "DO", links.get("doi", "")
    yield "AN", links.get("pmid", "")
    yield from (("UR", url) for url in dict.fromkeys((address(links), preprint)))


def _more(entry: Entry) -> Iterator[tuple[str, str]]:
    yield from (("KW", word) for word in keywords(entry))
    yield from (("N1", remark) for remark in remarks(entry))


def _ends(pages: str) -> tuple[str, str]:
    """First and last page; what is no single range is the first."""
    match = re.fullmatch(r"(\w+)-(\w+)", pages)
    return (match[1], match[2]) if match else (pages, "")
