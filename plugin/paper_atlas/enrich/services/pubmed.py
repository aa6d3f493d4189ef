"""PubMed: medical papers, several in one request, with corrections and retractions.

API (efetch): https://www.ncbi.nlm.nih.gov/books/NBK25499/
Limits: https://www.ncbi.nlm.nih.gov/books/NBK25497/
Elements: https://www.nlm.nih.gov/bsd/licensee/elements_descriptions.html
"""

import re
from collections.abc import Iterator, Sequence

from paper_atlas.enrich.record import ServiceRecord, valid_identifiers
from paper_atlas.enrich.response import (
    Element,
    InvalidResponseError,
    element_text,
    find_year,
    parse_xml,
    read_author,
)
from paper_atlas.enrich.services.base import Contact, Service
from paper_atlas.text.identifiers import IDENTIFIERS
from paper_atlas.text.names import AuthorName
from paper_atlas.text.page_ranges import complete_pages

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s;]+[^\s;.]")
_BATCH = 50


def _request_path(_: str, ids: Sequence[str]) -> str:
    return f"/efetch.fcgi?db=pubmed&retmode=xml&id={','.join(ids)}"


def _parse(body: bytes) -> list[ServiceRecord]:
    root = parse_xml(body)
    if root.tag != "PubmedArticleSet":
        raise InvalidResponseError("expected a set of articles, found other XML")
    return [_to_record(article) for article in root.findall("PubmedArticle")]


def _to_record(article: Element) -> ServiceRecord:
    paper = article.find("MedlineCitation/Article")
    paper = Element("Article") if paper is None else paper
    venue = element_text(paper.find("Journal/Title"))
    notices = article.findall("MedlineCitation/CommentsCorrectionsList/CommentsCorrections")
    types = map(element_text, paper.findall("PublicationTypeList/PublicationType"))
    retraction_notice = _notice(notices, "RetractionIn")
    return ServiceRecord(
        titles=(element_text(paper.find("ArticleTitle")).strip("[]").rstrip("."),),
        links=_links(article),
        authors=tuple(_authors(paper)),
        year=find_year(element_text(paper.find("Journal/JournalIssue/PubDate"))),
        venues=(venue,) if venue else (),
        volume=element_text(paper.find("Journal/JournalIssue/Volume")),
        issue=element_text(paper.find("Journal/JournalIssue/Issue")),
        pages=complete_pages(element_text(paper.find("Pagination/MedlinePgn"))),
        is_retracted=bool(retraction_notice) or "Retracted Publication" in types,
        retraction_notice=retraction_notice,
        correction_notice=_notice(notices, "ErratumIn"),
    )


def _links(article: Element) -> dict[str, str]:
    # The references have lists with the same element names, so search only this path.
    ids = {
        element.get("IdType", ""): element_text(element)
        for element in article.findall("PubmedData/ArticleIdList/*")
    }
    pmid = element_text(article.find("MedlineCitation/PMID"))
    return valid_identifiers(pmid=pmid, doi=ids.get("doi", ""), pmcid=ids.get("pmc", ""))


def _authors(paper: Element) -> Iterator[AuthorName]:
    for author in paper.findall("AuthorList/Author"):
        names = ("ForeName", "LastName", "Suffix", "CollectiveName")
        yield read_author(*(element_text(author.find(name)) for name in names))


def _notice(notices: Sequence[Element], kind: str) -> str:
    """Return the last notice of a kind: its DOI if the reference has one, otherwise its URL."""
    notice = next(
        (element for element in reversed(notices) if element.get("RefType") == kind),
        None,
    )
    if notice is None:
        return ""
    doi = _DOI.search(element_text(notice.find("RefSource")))
    pmid = element_text(notice.find("PMID"))
    return doi[0] if doi else IDENTIFIERS["pmid"].url(pmid) if pmid else ""


def _contact_parameters(contact: Contact) -> dict[str, str]:
    email = {"email": contact.email} if contact.email else {}
    return {"tool": "paper-atlas", **email}


PUBMED = Service(
    name="pubmed",
    title="PubMed",
    base_url="https://eutils.ncbi.nlm.nih.gov/entrez/eutils",
    identifier_kinds=("pmid",),
    pause=0.34,  # three requests a second
    request_path=_request_path,
    parse=_parse,
    batch_size=_BATCH,
    contact_parameters=_contact_parameters,
)
