"""arXiv: preprints, several in one request.

API: https://info.arxiv.org/help/api/user-manual.html
Limits: https://info.arxiv.org/help/api/tou.html
"""

import re
from collections.abc import Sequence
from urllib.parse import quote

from paper_atlas.enrich.record import ServiceRecord, SourceRank, valid_identifiers
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
    # The default of max_results is 10.
    return f"?id_list={quote(','.join(ids), safe=',/')}&max_results={len(ids)}"


def _parse(body: bytes) -> list[ServiceRecord]:
    """Parse an Atom feed. arXiv reports an invalid request as an entry with the title `Error`."""
    if body.startswith(b"Rate exceeded"):
        raise InvalidResponseError("expected an Atom feed, found 'Rate exceeded'")
    feed = parse_xml(body)
    if feed.tag != f"{_ATOM}feed":
        raise InvalidResponseError("expected an Atom feed, found other XML")
    entries = feed.findall(f"{_ATOM}entry")
    for entry in entries:
        if "/api/errors" in element_text(entry.find(f"{_ATOM}id")):
            error = element_text(entry.find(f"{_ATOM}summary"))
            raise InvalidResponseError(f"expected records, found the error '{error}'")
    return [_to_record(entry) for entry in entries]


def _to_record(entry: Element) -> ServiceRecord:
    url = element_text(entry.find(f"{_ATOM}id"))
    arxiv_id = re.sub(r"v\d+$", "", url.partition("/abs/")[2])
    return ServiceRecord(
        titles=(element_text(entry.find(f"{_ATOM}title")),),
        links=valid_identifiers(arxiv=arxiv_id, doi=element_text(entry.find(f"{_ARXIV}doi"))),
        rank=SourceRank.PREPRINT,
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
    has_day_limit=True,
)
