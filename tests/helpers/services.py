"""A server that imitates Crossref, DataCite, PubMed, arXiv and OpenAlex, and their errors.

It knows the papers of some entries, and returns them in the documented format of each service.
"""

import http.server
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

from paper_atlas import Entry
from paper_atlas.text.identifiers import comparison_key
from paper_atlas.text.names import split_name

_CONTACT = ("mailto", "email", "tool", "api_key")


@dataclass(frozen=True)
class Reply:
    """A response of the server."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    is_cut: bool = False
    is_slow: bool = False


@dataclass
class Services:
    """The papers that the services know, their replies, and the requests that they received.

    `overrides` has replies by a part of the address. They are sent in their order, and after them
    the true reply.
    """

    entries: list[Entry]
    address: str = ""
    overrides: dict[str, list[Reply]] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    request_headers: list[dict[str, str]] = field(default_factory=list)
    etag: str = ""

    def find_entry(self, kind: str, value: str) -> Entry | None:
        given = ((entry, entry.links.by_kind().get(kind, "")) for entry in self.entries)
        return next(
            (entry for entry, it in given if comparison_key(it) == comparison_key(value)), None
        )

    def true_reply(self, address: str) -> Reply:
        """Return the record that the service has at an address: the first part is its name."""
        parts = urlsplit(address)
        service, _, path = parts.path.lstrip("/").partition("/")
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        return _SERVICES[service](self, unquote(path), query)

    def next_reply(self, address: str) -> Reply:
        for part, replies in self.overrides.items():
            if part in address and replies:
                return replies.pop(0)
        return self.true_reply(address)


def _json(value: Any) -> Reply:
    return Reply(200, json.dumps(value).encode(), {"Content-Type": "application/json"})


def _crossref(services: Services, path: str, query: dict[str, str]) -> Reply:
    if path == "works":
        found = sorted((it for it in services.entries if it.links.doi), key=_unlike(query))
        works = [crossref_work(it) for it in found[: int(query["rows"])]]
        message = {"total-results": len(found), "items-per-page": 5, "items": works}
        return _json({"status": "ok", "message-type": "work-list", "message": message})
    entry = services.find_entry("doi", path.removeprefix("works/"))
    if not entry:
        return Reply(404, b"Resource not found.", {"Content-Type": "text/plain"})
    return _json({"status": "ok", "message-type": "work", "message": crossref_work(entry)})


def _unlike(query: dict[str, str]) -> Callable[[Entry], int]:
    """Return a sort key that puts titles with many words of the query first."""
    words = set(query["query.bibliographic"].casefold().split())
    return lambda entry: -len(words & set(entry.title.casefold().split()))


def crossref_work(entry: Entry) -> dict[str, Any]:
    names = map(split_name, entry.authors)
    work: dict[str, Any] = {
        "indexed": {"date-parts": [[2026, 3, 9]], "version": "3.0.0"},
        "DOI": str(entry.links.doi).lower(),
        "type": "journal-article",
        "title": [entry.title.replace("&", "&amp;")],
        "author": [
            {"given": it.given, "family": it.family, "sequence": "additional", "affiliation": []}
            if it.given
            else {"name": it.family, "sequence": "additional", "affiliation": []}
            for it in names
        ],
        "container-title": [entry.venue] if entry.venue else [],
        "published-online": {"date-parts": [[(entry.year or 2001) - 1, 12, 1]]},
        "published-print": {"date-parts": [[entry.year, 1]]},
        "publisher": "A publisher",
        "URL": f"https://doi.org/{entry.links.doi}",
    }
    given = {"volume": entry.volume, "issue": entry.issue, "page": entry.pages}
    return work | {key: value for key, value in given.items() if value}


def _datacite(services: Services, path: str, _: dict[str, str]) -> Reply:
    doi = path.removeprefix("dois/")
    entry = services.find_entry("arxiv", doi.casefold().removeprefix("10.48550/arxiv."))
    if not entry:
        error = {"status": "404", "title": "The resource you are looking for doesn't exist."}
        missing = json.dumps({"errors": [error]}).encode()
        return Reply(404, missing, {"Content-Type": "application/json"})
    creators = [
        {"name": f"{it.family}, {it.given}", "nameType": "Personal", "givenName": it.given,
         "familyName": it.family, "affiliation": [], "nameIdentifiers": []}
        for it in map(split_name, entry.authors)
    ]  # fmt: skip
    attributes = {
        "doi": doi.lower(),
        "creators": creators,
        "titles": [{"title": entry.title}],
        "publisher": "arXiv",
        "container": {},
        "publicationYear": entry.year,
        "types": {"resourceTypeGeneral": "Preprint", "resourceType": "Article"},
        "relatedIdentifiers": [],
        "state": "findable",
    }
    return _json({"data": {"id": doi.lower(), "type": "dois", "attributes": attributes}})


def _pubmed(services: Services, _: str, query: dict[str, str]) -> Reply:
    found = [services.find_entry("pmid", pmid) for pmid in query["id"].split(",")]
    articles = "".join(pubmed_article(entry) for entry in found if entry)
    head = (
        '<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, '
        '1st January 2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n'
    )
    body = f"{head}<PubmedArticleSet>{articles}</PubmedArticleSet>"
    return Reply(200, body.encode(), {"Content-Type": "text/xml; charset=UTF-8"})


def pubmed_article(entry: Entry) -> str:
    links = entry.links
    authors = "".join(
        f'<Author ValidYN="Y"><LastName>{escape(it.family)}</LastName>'
        f"<ForeName>{escape(it.given)}</ForeName></Author>"
        if it.given
        else f'<Author ValidYN="Y"><CollectiveName>{escape(it.family)}</CollectiveName></Author>'
        for it in map(split_name, entry.authors)
    )
    ids = {"pubmed": links.pmid, "pmc": links.pmcid, "doi": links.doi}
    listed = "".join(
        f'<ArticleId IdType="{k}">{escape(v)}</ArticleId>' for k, v in ids.items() if v
    )
    issue = {"Volume": entry.volume, "Issue": entry.issue}
    numbers = "".join(f"<{key}>{value}</{key}>" for key, value in issue.items() if value)
    pages = f"<MedlinePgn>{_abridged(entry.pages)}</MedlinePgn>" if entry.pages else ""
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">{links.pmid}</PMID>'
        f'<Article PubModel="Print-Electronic"><Journal><JournalIssue CitedMedium="Internet">'
        f"{numbers}<PubDate><Year>{entry.year}</Year><Month>Dec</Month></PubDate></JournalIssue>"
        f"<Title>{escape((entry.venue or '').capitalize())}</Title></Journal>"
        f"<ArticleTitle>{escape(entry.title)}.</ArticleTitle><Pagination>{pages}</Pagination>"
        f'<AuthorList CompleteYN="Y">{authors}</AuthorList></Article></MedlineCitation>'
        f'<PubmedData><ReferenceList><Reference><ArticleIdList><ArticleId IdType="pubmed">1'
        f"</ArticleId></ArticleIdList></Reference></ReferenceList><ArticleIdList>{listed}"
        f"</ArticleIdList></PubmedData></PubmedArticle>"
    )


def _abridged(pages: str) -> str:
    """Abbreviate the last page as PubMed does: `2663-2674` becomes `2663-74`."""
    first, dash, last = pages.partition("-")
    if not dash or len(first) != len(last):
        return pages
    pairs = list(zip_longest(first, last))
    same_start = next((n for n, (a, b) in enumerate(pairs) if a != b), 0)
    return f"{first}-{last[same_start:]}"


def _arxiv(services: Services, _: str, query: dict[str, str]) -> Reply:
    found = [services.find_entry("arxiv", it) for it in query["id_list"].split(",")]
    entries = "".join(arxiv_entry(entry) for entry in found if entry)
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<title type='html'>ArXiv Query: id_list={query['id_list']}</title>{entries}</feed>"
    )
    return Reply(200, body.encode(), {"Content-Type": "application/atom+xml; charset=UTF-8"})


def arxiv_entry(entry: Entry) -> str:
    words = entry.title.split()
    title = "\n  ".join([" ".join(words[:6]), *([" ".join(words[6:])] if words[6:] else [])])
    names = map(split_name, entry.authors)
    authors = "".join(f"<author><name>{escape(it.plain)}</name></author>" for it in names)
    doi = (
        f'<arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">{escape(entry.links.doi)}'
        "</arxiv:doi>"
        if entry.links.doi
        else ""
    )
    year = (entry.year or 2001) - (1 if entry.links.doi else 0)
    return (
        f"<entry><id>http://arxiv.org/abs/{entry.links.arxiv}v2</id>"
        f"<updated>{year}-12-29T10:00:00Z</updated><published>{year}-09-21T15:36:21Z</published>"
        f"<title>{escape(title)}</title><summary>  A summary.\n</summary>{authors}{doi}</entry>"
    )


def _openalex(services: Services, path: str, query: dict[str, str]) -> Reply:
    if path == "works":
        kind, _, values = query["filter"].partition(":")
        found = [services.find_entry(kind, it) for it in values.split("|")]
        works = [openalex_work(entry) for entry in reversed(found) if entry]
        meta = {"count": len(works), "page": 1, "per_page": int(query["per-page"])}
        return _json({"meta": meta, "results": works[: meta["per_page"]], "group_by": []})
    kind, _, value = path.removeprefix("works/").partition(":")
    entry = services.find_entry(kind, value)
    if not entry:
        return Reply(
            404, b"<!doctype html><title>404 Not Found</title>", {"Content-Type": "text/html"}
        )
    return _json(openalex_work(entry))


def openalex_work(entry: Entry) -> dict[str, Any]:
    first, _, last = (entry.pages or "").partition("-")
    links = entry.links
    ids = {"openalex": "https://openalex.org/W2795876370"}
    ids |= {"doi": f"https://doi.org/{links.doi}"} if links.doi else {}
    ids |= {"pmid": f"https://pubmed.ncbi.nlm.nih.gov/{links.pmid}"} if links.pmid else {}
    arxiv = {"landing_page_url": f"http://arxiv.org/abs/{links.arxiv}", "is_oa": True}
    return {
        "ids": ids,
        "doi": ids.get("doi"),
        "title": entry.title,
        "publication_year": (entry.year or 2001) - 1,
        "type": "article",
        "authorships": [
            {"author_position": "middle", "author": {"id": "https://openalex.org/A1",
             "display_name": split_name(name).plain}, "institutions": []}
            for name in entry.authors
        ],
        "primary_location": {"source": {"display_name": (entry.venue or "").lower(),
                                        "type": "journal"}},
        "locations": [arxiv] if links.arxiv else [],
        "biblio": {"volume": entry.volume, "issue": entry.issue, "first_page": first or None,
                   "last_page": last or first or None},
        "is_retracted": False,
    }  # fmt: skip


_SERVICES = {
    "crossref": _crossref,
    "datacite": _datacite,
    "pubmed": _pubmed,
    "arxiv": _arxiv,
    "openalex": _openalex,
}


def _without_contact(address: str) -> str:
    head, _, query = address.partition("?")
    pairs = [pair for pair in query.split("&") if pair and pair.partition("=")[0] not in _CONTACT]
    return f"{head}?{'&'.join(pairs)}" if pairs else head


class _Handler(http.server.BaseHTTPRequestHandler):
    services: Services
    over: threading.Event

    def do_GET(self) -> None:
        self.services.requests.append(_without_contact(self.path))
        headers = {name.title(): value for name, value in self.headers.items()}
        self.services.request_headers.append({**headers, "path": self.path})
        reply = self.services.next_reply(self.path)
        if reply.is_slow:
            self.over.wait()
            return
        headers = dict(reply.headers)
        if self.services.etag and reply.status == 200:
            headers["ETag"] = self.services.etag
            if self.headers.get("If-None-Match") == self.services.etag:
                reply = Reply(304)
        self.send_response(reply.status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body[: len(reply.body) // 2] if reply.is_cut else reply.body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def running_services(entries: list[Entry]) -> Iterator[Services]:
    """Run a server that knows the entries. Its URL is in `address`."""
    services, over = Services(entries), threading.Event()
    handler = type("Handler", (_Handler,), {"services": services, "over": over})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        services.address = f"http://127.0.0.1:{server.server_port}"
        yield services
        over.set()
        server.shutdown()
