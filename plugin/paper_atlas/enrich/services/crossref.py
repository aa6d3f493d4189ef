"""Crossref: most DOIs of journals and proceedings, with their corrections and retractions.

https://www.crossref.org/documentation/retrieve-metadata/rest-api/
https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md
"""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from paper_atlas.enrich.record import Rank, ServiceRecord, arxiv_id_from_doi, valid_identifiers
from paper_atlas.enrich.response import (
    InvalidResponseError,
    dig,
    find_year,
    full_name,
    items_at,
    normalize_pages,
    parse_json,
    text_at,
)
from paper_atlas.enrich.services.base import Contact, Service

_RETRACTIONS = ("retraction", "removal", "withdrawal")
_CORRECTIONS = ("erratum", "correction", "corrigendum")
# The year of the printed issue is that of the volume; other dates serve where there is none.
_DATES = ("published-print", "published", "issued", "published-online")


def _request_path(_: str, dois: Sequence[str]) -> str:
    return f"/works/{quote(dois[0], safe='')}"


def search_path(title: str, author: str, rows: int) -> str:
    """The address of a search by title and surname, the most likely first.

    https://www.crossref.org/documentation/retrieve-metadata/rest-api/tips-for-using-the-crossref-rest-api/
    """
    query = {"query.bibliographic": title, "query.author": author, "rows": str(rows)}
    return f"/works?{urlencode({key: value for key, value in query.items() if value})}"


def _parse(body: bytes) -> list[ServiceRecord]:
    work = dig(parse_json(body), "message")
    if not text_at(work, "DOI"):
        raise InvalidResponseError("JSON without a DOI")
    return [_to_record(work)]


def parse_search(body: bytes) -> list[ServiceRecord]:
    """The records that a search found."""
    found = dig(parse_json(body), "message", "items")
    if not isinstance(found, list):
        raise InvalidResponseError("JSON without results")
    return [_to_record(work) for work in found if text_at(work, "DOI")]


def _to_record(work: Any) -> ServiceRecord:
    notices = {text_at(it, "type"): text_at(it, "DOI") for it in items_at(work, "updated-by")}
    retracted = next((notices[kind] for kind in _RETRACTIONS if kind in notices), "")
    return ServiceRecord(
        titles=_titles(work),
        links=valid_identifiers(doi=text_at(work, "DOI"), arxiv=_preprint_id(work)),
        rank=Rank.PREPRINT if text_at(work, "subtype") == "preprint" else Rank.REGISTERED,
        authors=tuple(_authors(work)),
        year=next((year for date in _DATES if (year := _year(work, date))), None),
        venues=_venues(work),
        volume=text_at(work, "volume"),
        issue=text_at(work, "issue"),
        pages=normalize_pages(text_at(work, "page") or text_at(work, "article-number")),
        is_retracted=any(kind in notices for kind in _RETRACTIONS),
        retraction_notice=retracted,
        correction_notice=next((notices[kind] for kind in _CORRECTIONS if kind in notices), ""),
        remarks=tuple(_remarks(work, notices)),
    )


def _titles(work: Any) -> tuple[str, ...]:
    title, subtitle = text_at(work, "title", 0), text_at(work, "subtitle", 0)
    return (f"{title}: {subtitle}", title) if subtitle else (title,)


def _year(work: Any, date: str) -> int | None:
    return find_year(text_at(work, date, "date-parts", 0, 0))


def _authors(work: Any) -> Iterator[str]:
    for author in items_at(work, "author"):
        person = full_name(
            text_at(author, "given"), text_at(author, "family"), text_at(author, "suffix")
        )
        yield person or text_at(author, "name")


def _venues(work: Any) -> tuple[str, ...]:
    """The titles of what contains the paper; the last of a chapter's is that of the book."""
    titles = [title for it in items_at(work, "container-title") if (title := text_at(it))]
    return tuple(reversed(titles) if text_at(work, "type") == "book-chapter" else titles)


def _preprint_id(work: Any) -> str:
    found = (text_at(it, "id") for it in items_at(work, "relation", "has-preprint"))
    return next((arxiv for doi in found if (arxiv := arxiv_id_from_doi(doi))), "")


def _remarks(work: Any, notices: dict[str, str]) -> Iterator[str]:
    for kind, doi in notices.items():
        if kind not in (*_RETRACTIONS, *_CORRECTIONS):
            yield f"there is a notice of the kind '{kind}': {doi}"
    for it in items_at(work, "update-to"):
        yield f"this is itself a notice ('{text_at(it, 'type')}') on {text_at(it, 'DOI')}"
    for it in items_at(work, "relation", "is-preprint-of"):
        yield f"it is published as {text_at(it, 'id')}"


def _contact_parameters(contact: Contact) -> dict[str, str]:
    return {"mailto": contact.email} if contact.email else {}


CROSSREF = Service(
    name="crossref",
    title="Crossref",
    base_url="https://api.crossref.org",
    identifier_kinds=("doi",),
    pause=0.2,  # until it says its limit itself
    request_path=_request_path,
    parse=_parse,
    contact_parameters=_contact_parameters,
)
