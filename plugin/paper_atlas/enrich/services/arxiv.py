"""arXiv: preprints, many at once.

https://info.arxiv.org/help/api/user-manual.html, limits: https://info.arxiv.org/help/api/tou.html
"""

import re
from collections.abc import Sequence
from urllib.parse import quote

from paper_atlas.enrich.record import Rank, Record, identifiers
from paper_atlas.enrich.response import BrokenAnswerError, Element, text_of, xml_of, year_in
from paper_atlas.enrich.services.base import Service

_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_BATCH = 50


def _path(_: str, ids: Sequence[str]) -> str:
    # Ten results are sent unless more are asked for.
    return f"?id_list={quote(','.join(ids), safe=',/')}&max_results={len(ids)}"


def _read(body: bytes) -> list[Record]:
    """The records of a feed; what is wrong with a request comes as an entry titled 'Error'."""
    if body.startswith(b"Rate exceeded"):
        raise BrokenAnswerError("'Rate exceeded.'")
    feed = xml_of(body)
    if feed.tag != f"{_ATOM}feed":
        raise BrokenAnswerError("XML that is no Atom feed")
    entries = feed.findall(f"{_ATOM}entry")
    for entry in entries:
        if "/api/errors" in text_of(entry.find(f"{_ATOM}id")):
            raise BrokenAnswerError(f"'{text_of(entry.find(f'{_ATOM}summary'))}'")
    return [_record(entry) for entry in entries]


def _record(entry: Element) -> Record:
    address = text_of(entry.find(f"{_ATOM}id"))
    name = re.sub(r"v\d+$", "", address.partition("/abs/")[2])
    return Record(
        titles=(text_of(entry.find(f"{_ATOM}title")),),
        links=identifiers(arxiv=name, doi=text_of(entry.find(f"{_ARXIV}doi"))),
        rank=Rank.PREPRINT,
        authors=tuple(map(text_of, entry.findall(f"{_ATOM}author/{_ATOM}name"))),
        year=year_in(text_of(entry.find(f"{_ATOM}published"))),
    )


ARXIV = Service(
    name="arxiv",
    title="arXiv",
    base="https://export.arxiv.org/api/query",
    kinds=("arxiv",),
    pause=3,
    path=_path,
    read=_read,
    batch=_BATCH,
)
