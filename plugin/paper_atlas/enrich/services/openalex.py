"""OpenAlex: what others register, gathered, with the identifiers of one paper side by side.

https://developers.openalex.org/api-reference/works/get-a-single-work, keys:
https://developers.openalex.org/api-reference/authentication
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from paper_atlas.enrich.record import Rank, Record, arxiv_of, identifiers
from paper_atlas.enrich.response import (
    BrokenAnswerError,
    at,
    items,
    json_of,
    page_range,
    words,
    year_in,
)
from paper_atlas.enrich.services.base import Contact, Service

_FIELDS = (
    "ids,doi,title,publication_year,type,authorships,primary_location,locations,biblio,is_retracted"
)


def _path(kind: str, ids: Sequence[str]) -> str:
    return f"/works/{kind}:{quote(ids[0], safe='/')}?select={_FIELDS}"


def _read(body: bytes) -> list[Record]:
    work = json_of(body)
    if not isinstance(at(work, "ids"), dict):
        raise BrokenAnswerError("JSON without identifiers")
    source = at(work, "primary_location", "source")
    is_preprint = words(work, "type") == "preprint" or words(source, "type") == "repository"
    venue = "" if is_preprint else words(source, "display_name")
    doi, biblio = words(work, "doi"), at(work, "biblio")
    record = Record(
        titles=(words(work, "title"),),
        links=identifiers(
            doi=doi,
            pmid=words(work, "ids", "pmid"),
            pmcid=_pmcid(work),
            arxiv=_arxiv(work),
        ),
        rank=Rank.PREPRINT if is_preprint else Rank.GATHERED,
        authors=tuple(words(it, "author", "display_name") for it in items(work, "authorships")),
        year=year_in(words(work, "publication_year")),
        venues=(venue,) if venue else (),
        volume=words(biblio, "volume"),
        issue=words(biblio, "issue"),
        pages=page_range(words(biblio, "first_page"), words(biblio, "last_page")),
        is_retracted=at(work, "is_retracted") is True,
    )
    return [record]


def _pmcid(work: Any) -> str:
    """The PubMed Central identifier, which stands in an address with or without its letters."""
    name = words(work, "ids", "pmcid").rstrip("/").rpartition("/")[2]
    return f"PMC{name}" if name.isdecimal() else name


def _arxiv(work: Any) -> str:
    """The arXiv identifier of the paper, which only its places tell."""
    places = (words(it, "landing_page_url") for it in items(work, "locations"))
    found = (identifiers(arxiv=url).get("arxiv") for url in places)
    doi = identifiers(doi=words(work, "doi")).get("doi", "")
    return arxiv_of(doi) or next((arxiv for arxiv in found if arxiv), "")


def _contact(contact: Contact) -> dict[str, str]:
    return {"api_key": contact.openalex_key} if contact.openalex_key else {}


OPENALEX = Service(
    name="openalex",
    title="OpenAlex",
    base="https://api.openalex.org",
    kinds=("doi", "pmid", "pmcid"),
    pause=0.1,
    path=_path,
    read=_read,
    contact=_contact,
)
