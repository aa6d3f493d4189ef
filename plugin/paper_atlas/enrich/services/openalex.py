"""OpenAlex: records collected from other services, with all identifiers of each paper.

API: https://developers.openalex.org/api-reference/works/get-a-single-work
Several works: https://developers.openalex.org/guides/filtering
Keys: https://developers.openalex.org/api-reference/authentication
"""

import re
from collections.abc import Sequence
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
    text_at,
)
from paper_atlas.enrich.services.base import Contact, Service
from paper_atlas.text.page_ranges import join_pages

_FIELDS = (
    "ids,doi,title,publication_year,type,authorships,primary_location,locations,biblio,is_retracted"
)


_BATCH = 100
_BATCH_KINDS = ("doi", "pmid")  # filters do not find identifiers of PubMed Central
_PLAIN = re.compile(r"[\w.()/;-]+", re.ASCII)  # other characters may have a meaning in a filter


def _request_path(kind: str, ids: Sequence[str]) -> str:
    if len(ids) == 1:
        return f"/works/{kind}:{quote(ids[0], safe='/')}?select={_FIELDS}"
    query = {"filter": f"{kind}:{'|'.join(ids)}", "per-page": str(_BATCH), "select": _FIELDS}
    return f"/works?{urlencode(query)}"


def _can_share(kind: str, value: str) -> bool:
    return kind in _BATCH_KINDS and _PLAIN.fullmatch(value) is not None


def _parse(body: bytes) -> list[ServiceRecord]:
    """Parse one work, or a list of works. The list must have all results of its filter."""
    response = parse_json(body)
    works = dig(response, "results")
    if not isinstance(works, list):
        return [_to_record(response)]
    count = dig(response, "meta", "count")
    if count != len(works):
        raise InvalidResponseError(f"expected {count} records, found {len(works)}")
    return [_to_record(work) for work in works]


def _to_record(work: Any) -> ServiceRecord:
    if not isinstance(dig(work, "ids"), dict):
        raise InvalidResponseError("expected identifiers, found none")
    source = dig(work, "primary_location", "source")
    is_preprint = text_at(work, "type") == "preprint" or text_at(source, "type") == "repository"
    venue = "" if is_preprint else text_at(source, "display_name")
    doi, biblio = text_at(work, "doi"), dig(work, "biblio")
    return ServiceRecord(
        titles=(text_at(work, "title"),),
        links=valid_identifiers(
            doi=doi,
            pmid=text_at(work, "ids", "pmid"),
            pmcid=_pmcid(work),
            arxiv=_arxiv_id(work),
        ),
        rank=SourceRank.PREPRINT if is_preprint else SourceRank.AGGREGATED,
        authors=tuple(
            text_at(author, "author", "display_name") for author in items_at(work, "authorships")
        ),
        year=find_year(text_at(work, "publication_year")),
        venues=(venue,) if venue else (),
        volume=text_at(biblio, "volume"),
        issue=text_at(biblio, "issue"),
        pages=join_pages(text_at(biblio, "first_page"), text_at(biblio, "last_page")),
        is_retracted=dig(work, "is_retracted") is True,
    )


def _pmcid(work: Any) -> str:
    """Return the PubMed Central identifier. Its URL may lack the prefix `PMC`."""
    pmcid = text_at(work, "ids", "pmcid").rstrip("/").rpartition("/")[2]
    return f"PMC{pmcid}" if pmcid.isdecimal() else pmcid


def _arxiv_id(work: Any) -> str:
    """Return the arXiv identifier, from the DOI or from the URL of a location."""
    doi = valid_identifiers(doi=text_at(work, "doi")).get("doi", "")
    urls = (text_at(location, "landing_page_url") for location in items_at(work, "locations"))
    arxiv_ids = (valid_identifiers(arxiv=url).get("arxiv", "") for url in urls)
    return arxiv_id_from_doi(doi) or next(filter(None, arxiv_ids), "")


def _contact_parameters(contact: Contact) -> dict[str, str]:
    return {"api_key": contact.openalex_key} if contact.openalex_key else {}


OPENALEX = Service(
    name="openalex",
    title="OpenAlex",
    base_url="https://api.openalex.org",
    identifier_kinds=("doi", "pmid", "pmcid"),
    pause=0.1,
    request_path=_request_path,
    parse=_parse,
    batch_size=_BATCH,
    can_share=_can_share,
    contact_parameters=_contact_parameters,
)
