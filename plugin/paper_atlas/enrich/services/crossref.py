"""Crossref: most DOIs of journals and proceedings, with corrections and retractions.

API: https://www.crossref.org/documentation/retrieve-metadata/rest-api/
Format: https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode

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
from paper_atlas.text.names import AuthorName
from paper_atlas.text.page_ranges import complete_pages

_RETRACTIONS = ("retraction", "removal", "withdrawal")
_CORRECTIONS = ("erratum", "correction", "corrigendum")
# The volume belongs to the year of the printed issue, so that date comes first.
_DATES = ("published-print", "published", "issued", "published-online")


def _request_path(_: str, dois: Sequence[str]) -> str:
    return f"/works/{quote(dois[0], safe='')}"


def search_path(title: str, author: str, rows: int) -> str:
    """Return the path of a search by title and surname. The best `rows` results come first.

    https://www.crossref.org/documentation/retrieve-metadata/rest-api/tips-for-using-the-crossref-rest-api/
    """
    query = {"query.bibliographic": title, "query.author": author, "rows": str(rows)}
    return f"/works?{urlencode({key: value for key, value in query.items() if value})}"


def _parse(body: bytes) -> list[ServiceRecord]:
    work = dig(parse_json(body), "message")
    if not text_at(work, "DOI"):
        raise InvalidResponseError("expected a DOI, found none")
    return [_to_record(work)]


def _parse_search(body: bytes) -> list[ServiceRecord]:
    works = dig(parse_json(body), "message", "items")
    if not isinstance(works, list):
        raise InvalidResponseError("expected a list of results, found none")
    return [_to_record(work) for work in works if text_at(work, "DOI")]


def _to_record(work: Any) -> ServiceRecord:
    notices = {
        text_at(notice, "type"): text_at(notice, "DOI") for notice in items_at(work, "updated-by")
    }
    return ServiceRecord(
        titles=_titles(work),
        links=valid_identifiers(doi=text_at(work, "DOI"), arxiv=_preprint_id(work)),
        rank=SourceRank.PREPRINT
        if text_at(work, "subtype") == "preprint"
        else SourceRank.REGISTERED,
        authors=tuple(_authors(work)),
        year=next((year for date in _DATES if (year := _year(work, date))), None),
        venues=_venues(work),
        volume=text_at(work, "volume"),
        issue=text_at(work, "issue"),
        pages=complete_pages(text_at(work, "page") or text_at(work, "article-number")),
        is_retracted=any(kind in notices for kind in _RETRACTIONS),
        retraction_notice=_first_notice(notices, _RETRACTIONS),
        correction_notice=_first_notice(notices, _CORRECTIONS),
        remarks=tuple(_remarks(work, notices)),
    )


def _first_notice(notices: dict[str, str], kinds: Iterable[str]) -> str:
    return next((notices[kind] for kind in kinds if kind in notices), "")


def _titles(work: Any) -> tuple[str, ...]:
    title, subtitle = text_at(work, "title", 0), text_at(work, "subtitle", 0)
    return (f"{title}: {subtitle}", title) if subtitle else (title,)


def _year(work: Any, date: str) -> int | None:
    return find_year(text_at(work, date, "date-parts", 0, 0))


def _authors(work: Any) -> Iterator[AuthorName]:
    for author in items_at(work, "author"):
        yield read_author(*(text_at(author, key) for key in ("given", "family", "suffix", "name")))


def _venues(work: Any) -> tuple[str, ...]:
    """Return the names of the venue. For a chapter, the book is last, and the series first."""
    containers = items_at(work, "container-title")
    titles = [title for container in containers if (title := text_at(container))]
    return tuple(reversed(titles) if text_at(work, "type") == "book-chapter" else titles)


def _preprint_id(work: Any) -> str:
    dois = (text_at(preprint, "id") for preprint in items_at(work, "relation", "has-preprint"))
    return next((arxiv_id for doi in dois if (arxiv_id := arxiv_id_from_doi(doi))), "")


def _remarks(work: Any, notices: dict[str, str]) -> Iterator[str]:
    for kind, doi in notices.items():
        if kind not in (*_RETRACTIONS, *_CORRECTIONS):
            yield f"there is a notice of the kind '{kind}', {doi}"
    for target in items_at(work, "update-to"):
        kind, doi = text_at(target, "type"), text_at(target, "DOI")
        yield f"the paper is itself a notice ('{kind}') on {doi}"
    for paper in items_at(work, "relation", "is-preprint-of"):
        yield f"the paper is published as {text_at(paper, 'id')}"


def _contact_parameters(contact: Contact) -> dict[str, str]:
    return {"mailto": contact.email} if contact.email else {}


CROSSREF = Service(
    name="crossref",
    title="Crossref",
    base_url="https://api.crossref.org",
    identifier_kinds=("doi",),
    pause=0.2,  # until a response states the limit
    request_path=_request_path,
    parse=_parse,
    contact_parameters=_contact_parameters,
)

CROSSREF_SEARCH = replace(CROSSREF, parse=_parse_search, first_pause=1.0)
"""Crossref for requests of `search_path`. It allows fewer searches than lookups."""
