"""DataCite: the DOIs of arXiv, Zenodo and other repositories.

https://support.datacite.org/docs/api-get-doi, limits: https://support.datacite.org/docs/rate-limit
"""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from paper_atlas.enrich.record import Rank, Record, arxiv_of, identifiers
from paper_atlas.enrich.response import (
    BrokenAnswerError,
    at,
    items,
    json_of,
    named,
    page_range,
    words,
    year_in,
)
from paper_atlas.enrich.services.base import Contact, Service

_PUBLISHED = ("IsVersionOf", "IsPreprintOf", "IsPreviousVersionOf")


def _path(_: str, dois: Sequence[str]) -> str:
    return f"/dois/{quote(dois[0], safe='')}"


def _read(body: bytes) -> list[Record]:
    paper = at(json_of(body), "data", "attributes")
    doi = words(paper, "doi")
    if not doi:
        raise BrokenAnswerError("JSON without a DOI")
    arxiv = arxiv_of(doi)
    is_preprint = bool(arxiv) or words(paper, "types", "resourceTypeGeneral") == "Preprint"
    container = at(paper, "container")
    venue = words(container, "title")
    record = Record(
        titles=tuple(title for it in items(paper, "titles") if (title := words(it, "title"))),
        links=identifiers(doi=doi, arxiv=arxiv),
        rank=Rank.PREPRINT if is_preprint else Rank.REGISTERED,
        authors=tuple(_authors(paper)),
        year=year_in(words(paper, "publicationYear")),
        venues=(venue,) if venue else (),
        volume=words(container, "volume"),
        issue=words(container, "issue"),
        pages=page_range(words(container, "firstPage"), words(container, "lastPage")),
        remarks=tuple(_remarks(paper)),
    )
    return [record]


def _authors(paper: Any) -> Iterator[str]:
    for creator in items(paper, "creators"):
        person = named(words(creator, "givenName"), words(creator, "familyName"))
        yield person or words(creator, "name")


def _remarks(paper: Any) -> Iterator[str]:
    for it in items(paper, "relatedIdentifiers"):
        if words(it, "relatedIdentifierType") == "DOI" and words(it, "relationType") in _PUBLISHED:
            yield f"it is published as {words(it, 'relatedIdentifier')}"


def _contact(contact: Contact) -> dict[str, str]:
    return {"mailto": contact.email} if contact.email else {}


DATACITE = Service(
    name="datacite",
    title="DataCite",
    base="https://api.datacite.org",
    kinds=("doi",),
    pause=0.6,  # 500 requests in five minutes without an address
    path=_path,
    read=_read,
    after="crossref",
    contact=_contact,
)
