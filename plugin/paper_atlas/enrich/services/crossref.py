"""Crossref: most DOIs of journals and proceedings, with their corrections and retractions.

https://www.crossref.org/documentation/retrieve-metadata/rest-api/
https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md
"""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from paper_atlas.enrich.record import Rank, Record, arxiv_of, identifiers
from paper_atlas.enrich.response import (
    BrokenAnswerError,
    at,
    items,
    json_of,
    named,
    pages_in,
    words,
    year_in,
)
from paper_atlas.enrich.services.base import Contact, Service

_RETRACTIONS = ("retraction", "removal", "withdrawal")
_CORRECTIONS = ("erratum", "correction", "corrigendum")
# The year of the printed issue is that of the volume; other dates serve where there is none.
_DATES = ("published-print", "published", "issued", "published-online")


def _path(_: str, dois: Sequence[str]) -> str:
    return f"/works/{quote(dois[0], safe='')}"


def search_path(title: str, author: str, rows: int) -> str:
    """The address of a search by title and surname, the most likely first.

    https://www.crossref.org/documentation/retrieve-metadata/rest-api/tips-for-using-the-crossref-rest-api/
    """
    query = {"query.bibliographic": title, "query.author": author, "rows": str(rows)}
    return f"/works?{urlencode({key: value for key, value in query.items() if value})}"


def _read(body: bytes) -> list[Record]:
    work = at(json_of(body), "message")
    if not words(work, "DOI"):
        raise BrokenAnswerError("JSON without a DOI")
    return [_record(work)]


def read_found(body: bytes) -> list[Record]:
    """The records that a search found."""
    found = at(json_of(body), "message", "items")
    if not isinstance(found, list):
        raise BrokenAnswerError("JSON without results")
    return [_record(work) for work in found if words(work, "DOI")]


def _record(work: Any) -> Record:
    notices = {words(it, "type"): words(it, "DOI") for it in items(work, "updated-by")}
    retracted = next((notices[kind] for kind in _RETRACTIONS if kind in notices), "")
    return Record(
        titles=_titles(work),
        links=identifiers(doi=words(work, "DOI"), arxiv=_preprint(work)),
        rank=Rank.PREPRINT if words(work, "subtype") == "preprint" else Rank.REGISTERED,
        authors=tuple(_authors(work)),
        year=next((year for date in _DATES if (year := _year(work, date))), None),
        venues=_venues(work),
        volume=words(work, "volume"),
        issue=words(work, "issue"),
        pages=pages_in(words(work, "page") or words(work, "article-number")),
        is_retracted=any(kind in notices for kind in _RETRACTIONS),
        retracted=retracted,
        erratum=next((notices[kind] for kind in _CORRECTIONS if kind in notices), ""),
        remarks=tuple(_remarks(work, notices)),
    )


def _titles(work: Any) -> tuple[str, ...]:
    title, subtitle = words(work, "title", 0), words(work, "subtitle", 0)
    return (f"{title}: {subtitle}", title) if subtitle else (title,)


def _year(work: Any, date: str) -> int | None:
    return year_in(words(work, date, "date-parts", 0, 0))


def _authors(work: Any) -> Iterator[str]:
    for author in items(work, "author"):
        person = named(words(author, "given"), words(author, "family"), words(author, "suffix"))
        yield person or words(author, "name")


def _venues(work: Any) -> tuple[str, ...]:
    """The titles of what contains the paper; the last of a chapter's is that of the book."""
    titles = [title for it in items(work, "container-title") if (title := words(it))]
    return tuple(reversed(titles) if words(work, "type") == "book-chapter" else titles)


def _preprint(work: Any) -> str:
    found = (words(it, "id") for it in items(work, "relation", "has-preprint"))
    return next((arxiv for doi in found if (arxiv := arxiv_of(doi))), "")


def _remarks(work: Any, notices: dict[str, str]) -> Iterator[str]:
    for kind, doi in notices.items():
        if kind not in (*_RETRACTIONS, *_CORRECTIONS):
            yield f"there is a notice of the kind '{kind}': {doi}"
    for it in items(work, "update-to"):
        yield f"this is itself a notice ('{words(it, 'type')}') on {words(it, 'DOI')}"
    for it in items(work, "relation", "is-preprint-of"):
        yield f"it is published as {words(it, 'id')}"


def _contact(contact: Contact) -> dict[str, str]:
    return {"mailto": contact.email} if contact.email else {}


CROSSREF = Service(
    name="crossref",
    title="Crossref",
    base="https://api.crossref.org",
    kinds=("doi",),
    pause=0.2,  # until it says its limit itself
    path=_path,
    read=_read,
    contact=_contact,
)
