"""arXiv: preprints, many at once.

https://info.arxiv.org/help/api/user-manual.html, limits: https://info.arxiv.org/help/api/tou.html
"""

import re
from collections.abc import Sequence
from urllib.parse import quote

from paper_atlas.enrich.record import Rank, ServiceRecord, valid_identifiers
from paper_atlas.enrich.response import (
    Element,
    InvalidResponseError,
    element_text,
    find_year,
    parse_xml,
)
from paper_atlas.enrich.services.base import Service

_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_BATCH = 50


def _request_path(_: str, ids: Sequence[str]) -> str:
    # Ten results are sent unless more are asked for.
    return f"?id_list={quote(','.join(ids), safe=',/')}&max_results={len(ids)}"


def _parse(body: bytes) -> list[ServiceRecord]:
    """The records of a feed; what is wrong with a request comes as an entry titled 'Error'."""
    if body.startswith(b"Rate exceeded"):
        raise InvalidResponseError("'Rate exceeded.'")
    feed = parse_xml(body)
    if feed.tag != f"{_ATOM}feed":
        raise InvalidResponseError("XML that is no Atom feed")
    entries = feed.findall(f"{_ATOM}entry")
    for entry in entries:
        if "/api/errors" in element_text(entry.find(f"{_ATOM}id")):
            raise InvalidResponseError(f"'{element_text(entry.find(f'{_ATOM}summary'))}'")
    return [_to_record(entry) for entry in entries]


def _to_record(entry: Element) -> ServiceRecord:
    address = element_text(entry.find(f"{_ATOM}id"))
    name = re.sub(r"v\d+$", "", address.partition("/abs/")[2])
    return ServiceRecord(
        titles=(element_text(entry.find(f"{_ATOM}title")),),
        links=valid_identifiers(arxiv=name, doi=element_text(entry.find(f"{_ARXIV}doi"))),
        rank=Rank.PREPRINT,
        authors=tuple(map(element_text, entry.findall(f"{_ATOM}author/{_ATOM}name"))),
        year=find_year(element_text(entry.find(f"{_ATOM}published"))),
    )


ARXIV = Service(
    name="arxiv",
    title="arXiv",
    base_url="https://export.arxiv.org/api/query",
    identifier_kinds=("arxiv",),
    pause=3,
    request_path=_request_path,
    parse=_parse,
    batch_size=_BATCH,
)
