"""DataCite: the DOIs of arXiv, Zenodo and other repositories.

API: https://support.datacite.org/docs/api-get-doi
Limits: https://support.datacite.org/docs/rate-limit
"""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from paper_atlas.enrich.record import (
    ServiceRecord,
    SourceRank,
    arxiv_id_from_doi,
    valid_identifiers,
)
from paper_atlas.enrich.response import (
    InvalidResponseError,
    dig,
    find_year,
    items_at,
    parse_json,
    read_author,
    text_at,
)
from paper_atlas.enrich.services.base import Contact, Service
from paper_atlas.text.names import AuthorName, split_name
from paper_atlas.text.page_ranges import join_pages

_PUBLISHED_RELATIONS = ("IsVersionOf", "IsPreprintOf", "IsPreviousVersionOf")


def _request_path(_: str, dois: Sequence[str]) -> str:
    return f"/dois/{quote(dois[0], safe='')}"


def _parse(body: bytes) -> list[ServiceRecord]:
    paper = dig(parse_json(body), "data", "attributes")
    doi = text_at(paper, "doi")
    if not doi:
        raise InvalidResponseError("expected a DOI, found none")
    arxiv_id = arxiv_id_from_doi(doi)
    is_preprint = bool(arxiv_id) or text_at(paper, "types", "resourceTypeGeneral") == "Preprint"
    container = dig(paper, "container")
    venue = text_at(container, "title")
    record = ServiceRecord(
        titles=tuple(
            filter(None, (text_at(title, "title") for title in items_at(paper, "titles")))
        ),
        links=valid_identifiers(doi=doi, arxiv=arxiv_id),
        rank=SourceRank.PREPRINT if is_preprint else SourceRank.REGISTERED,
        authors=tuple(_authors(paper)),
        year=find_year(text_at(paper, "publicationYear")),
        venues=(venue,) if venue else (),
        volume=text_at(container, "volume"),
        issue=text_at(container, "issue"),
        pages=join_pages(text_at(container, "firstPage"), text_at(container, "lastPage")),
        remarks=tuple(_remarks(paper)),
    )
    return [record]


def _authors(paper: Any) -> Iterator[AuthorName]:
    for creator in items_at(paper, "creators"):
        name = text_at(creator, "name")
        given, family = text_at(creator, "givenName"), text_at(creator, "familyName")
        is_person = not (given or family) and text_at(creator, "nameType") != "Organizational"
        yield split_name(name).author if is_person else read_author(given, family, group=name)


def _remarks(paper: Any) -> Iterator[str]:
    for related in items_at(paper, "relatedIdentifiers"):
        is_doi = text_at(related, "relatedIdentifierType") == "DOI"
        if is_doi and text_at(related, "relationType") in _PUBLISHED_RELATIONS:
            yield f"the paper is published as {text_at(related, 'relatedIdentifier')}"


def _contact_parameters(contact: Contact) -> dict[str, str]:
    return {"mailto": contact.email} if contact.email else {}


DATACITE = Service(
    name="datacite",
    title="DataCite",
    base_url="https://api.datacite.org",
    identifier_kinds=("doi",),
    pause=0.6,  # 500 requests in five minutes without an email address
    request_path=_request_path,
    parse=_parse,
    fallback_for="crossref",
    contact_parameters=_contact_parameters,
)
