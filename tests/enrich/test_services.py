"""The responses of each service are parsed completely. The fixtures follow its documentation."""

import contextlib
import json
from collections.abc import Iterator
from typing import Any
from unittest.mock import ANY
from urllib.parse import parse_qs, urlsplit

import pytest
from helpers import FIXTURES
from paper_atlas.enrich.record import ServiceRecord, SourceRank
from paper_atlas.enrich.response import (
    InvalidResponseError,
)
from paper_atlas.enrich.services import SERVICES
from paper_atlas.enrich.services.crossref import search_path
from paper_atlas.text.names import Group

HERE = FIXTURES / "enrich"
WAKEFIELD = (
    "Ileal-lymphoid-nodular hyperplasia, non-specific colitis, and pervasive developmental "
    "disorder in children"
)
LIVER = "H-DenseUNet: Hybrid Densely Connected UNet for Liver and Tumor Segmentation {} CT Volumes"


def read(service: str, name: str) -> list[ServiceRecord]:
    return SERVICES[service].parse((HERE / name).read_bytes())


def test_crossref_chapter() -> None:
    """Markup of the title is removed, and the book comes before the series."""
    assert read("crossref", "crossref-chapter.json") == [
        ServiceRecord(
            titles=("U-Net: Convolutional Networks for Biomedical Image Segmentation",),
            links={"doi": "10.1007/978-3-319-24574-4_28", "arxiv": "1505.04597"},
            authors=("Olaf Ronneberger", "Philipp Fischer", "Thomas Brox"),
            year=2015,
            venues=(
                "Medical Image Computing and Computer-Assisted Intervention – MICCAI 2015",
                "Lecture Notes in Computer Science",
            ),
            pages="234-241",
        )
    ]


def test_crossref_retraction() -> None:
    (record,) = read("crossref", "crossref-retracted.json")
    assert record.titles == (f"RETRACTED: {WAKEFIELD}",)
    assert (record.is_retracted, record.retraction_notice) == (
        True,
        "10.1016/s0140-6736(10)60175-4",
    )
    assert record.correction_notice == "10.1016/s0140-6736(04)15715-2"


def test_datacite_preprint() -> None:
    """The publisher of a preprint is not a venue."""
    assert read("datacite", "datacite.json") == [
        ServiceRecord(
            titles=("SAM-Med2D",),
            links={"doi": "10.48550/arxiv.2308.16184", "arxiv": "2308.16184"},
            rank=SourceRank.PREPRINT,
            authors=("Junlong Cheng", "Jin Ye"),
            year=2023,
        )
    ]


def test_pubmed_articles() -> None:
    """Abbreviated last pages are completed, and identifiers of references are ignored."""
    one, other = read("pubmed", "pubmed.xml")
    assert one == ServiceRecord(
        titles=(
            "nnU-Net: a self-configuring method for deep learning-based biomedical image "
            "segmentation",
        ),
        links={"pmid": "33288961", "doi": "10.1038/s41592-020-01008-z"},
        authors=(
            "Fabian Isensee", "Paul F Jaeger", "Simon A A Kohl", "Jens Petersen",
            "Klaus H Maier-Hein",
        ),
        year=2021,
        venues=("Nature methods",),
        volume="18",
        issue="2",
        pages="203-211",
    )  # fmt: skip
    assert (other.titles, other.is_retracted) == ((WAKEFIELD,), True)
    assert other.retraction_notice == "10.1016/S0140-6736(10)60175-4"
    assert other.correction_notice == "https://pubmed.ncbi.nlm.nih.gov/15016483/"


def test_arxiv_feed() -> None:
    assert read("arxiv", "arxiv.xml") == [
        ServiceRecord(
            titles=(LIVER.format("from"),),
            links={"arxiv": "1709.07330", "doi": "10.1109/TMI.2018.2845918"},
            rank=SourceRank.PREPRINT,
            authors=("Xiaomeng Li", "Hao Chen"),
            year=2017,
        )
    ]


def test_openalex_work() -> None:
    """The URL of PubMed Central lacks the prefix `PMC`."""
    assert read("openalex", "openalex.json") == [
        ServiceRecord(
            titles=(LIVER.format("From"),),
            links={
                "doi": "10.1109/tmi.2018.2845918",
                "pmid": "29994201",
                "pmcid": "PMC7729484",
                "arxiv": "1709.07330",
            },
            rank=SourceRank.AGGREGATED,
            authors=("Xiaomeng Li",),
            year=2018,
            venues=("IEEE Transactions on Medical Imaging",),
            volume="37",
            issue="12",
            pages="2663-2674",
        )
    ]


# Other types, empty bodies, incomplete text, HTML pages and XML entities.
BROKEN = (
    b"", b"null", b"[]", b'"text"', b"12", b'{"message": {}}', b'{"message": {"DOI": 7.5}}',
    b'{"data": {"attributes": []}}', b'{"ids": []}', b"[" * 100_000, b'{"message": {"DO',
    b"\xff\xfe\xfa", "{\"title\": \"\u00fc\"}".encode("latin-1"), b"<html><p>503</html>",
    b"<!DOCTYPE html><html>", b"<feed/>", b"<PubmedArticleSet>", b"Rate exceeded.",
    b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b'<?xml version="1.0" encoding="none"?><a/>',
)  # fmt: skip


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("body", BROKEN, ids=lambda body: repr(body[:24]))
def test_undocumented_response_is_invalid(service: str, body: bytes) -> None:
    with pytest.raises(InvalidResponseError):
        SERVICES[service].parse(body)


def with_other_types(value: Any) -> Iterator[Any]:
    """Yield copies of a JSON value in which one nested value has another type."""
    yield from (None, 7, True, "x", [], [None], {}, {"x": []})
    listed = dict(enumerate(value)) if isinstance(value, list) else value
    for key, inner in listed.items() if isinstance(listed, dict) else ():
        for other in with_other_types(inner):
            copy = value.copy()
            copy[key] = other
            yield copy


@pytest.mark.parametrize("service", ["crossref", "datacite", "openalex"])
def test_values_of_other_types_are_ignored(service: str) -> None:
    name = {"crossref": "crossref-retracted.json"}.get(service, f"{service}.json")
    bodies = [json.dumps(it) for it in with_other_types(json.loads((HERE / name).read_text()))]
    assert len(bodies) > 300
    for body in bodies:
        with contextlib.suppress(InvalidResponseError):
            (record,) = SERVICES[service].parse(body.encode())
            assert all(isinstance(text, str) for text in (*record.titles, *record.authors))


def test_arxiv_error_entry_is_invalid() -> None:
    """arXiv reports an error with status 200, as an entry with the title `Error`."""
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/api/errors#bad</id>'
        "<title>Error</title><summary>incorrect id format for x</summary></entry></feed>"
    )
    with pytest.raises(InvalidResponseError, match="incorrect id format for x"):
        SERVICES["arxiv"].parse(body.encode())


def test_identifiers_are_escaped_in_request_paths() -> None:
    assert SERVICES["crossref"].request_path("doi", ["10.1000/a?b#c/../d&e"]) == (
        "/works/10.1000%2Fa%3Fb%23c%2F..%2Fd%26e"
    )
    assert SERVICES["datacite"].request_path("doi", ["10.1000/a"]) == "/dois/10.1000%2Fa"
    assert (
        SERVICES["openalex"]
        .request_path("doi", ["10.1000/a&b"])
        .startswith("/works/doi:10.1000/a%26b?")
    )
    assert SERVICES["arxiv"].request_path("arxiv", ["1709.07330", "hep-th/9901001"]) == (
        "?id_list=1709.07330,hep-th/9901001&max_results=2"
    )
    assert search_path("A & B", "", 5) == "/works?query.bibliographic=A+%26+B&rows=5"


def openalex_list(*works: object, count: int | None = None) -> bytes:
    meta = {"count": len(works) if count is None else count}
    return json.dumps({"meta": meta, "results": works}).encode()


def test_openalex_list_has_all_works_of_its_filter() -> None:
    """A list that lacks works would make known papers look unknown."""
    parse = SERVICES["openalex"].parse
    works = [{"ids": {"doi": f"https://doi.org/10.1000/{number}"}} for number in range(2)]
    works = [{**work, "doi": work["ids"]["doi"]} for work in works]
    records = parse(openalex_list(*works))
    assert [record.links for record in records] == [{"doi": "10.1000/0"}, {"doi": "10.1000/1"}]
    assert parse(openalex_list()) == []
    for body in (openalex_list(*works, count=3), b'{"results": []}', openalex_list({}, [])):
        with pytest.raises(InvalidResponseError):
            parse(body)


BATCHES = {
    "100 a request": ("openalex", "doi", [f"10.1000/{n}" for n in range(250)], [100, 100, 50]),
    "identifiers of PubMed": ("openalex", "pmid", [str(n) for n in range(101)], [100, 1]),
    "no filter": ("openalex", "pmcid", ["PMC1", "PMC2"], [1, 1]),
    "characters of filters": (
        "openalex", "doi",
        ["10.1/a", "10.1/b|c", "10.1/d,e", "10.1/(f)-g_h;i", "10.1/17:3<1::A>2.0;2-Z", "10.1/é"],
        [1, 1, 1, 1, 2],
    ),
    "long identifiers": ("openalex", "doi", [f"10.1000/{n:0100}" for n in range(60)], [32, 28]),
    "an identifier longer than a request": ("openalex", "doi", ["10.1/" + "a" * 4000], [1]),
    "50 a request": ("arxiv", "arxiv", [f"2101.{n:05}" for n in range(120)], [50, 50, 20]),
    "one a request": ("crossref", "doi", ["10.1/a", "10.1/b"], [1, 1]),
    "none": ("pubmed", "pmid", [], []),
}  # fmt: skip


@pytest.mark.parametrize("case", BATCHES)
def test_identifiers_share_requests_of_limited_size(case: str) -> None:
    name, kind, values, sizes = BATCHES[case]
    service = SERVICES[name]
    batches = list(service.batches(kind, values))
    assert sorted(len(batch) for batch in batches) == sorted(sizes)
    assert sorted(value for batch in batches for value in batch) == sorted(values)
    paths = [service.request_path(kind, batch) for batch in batches if len(batch) > 1]
    assert all(len(path) < 3_900 for path in paths)


def test_openalex_batch_is_a_filter() -> None:
    path = SERVICES["openalex"].request_path("doi", ["10.1/a", "10.1/b"])
    assert parse_qs(urlsplit(path).query) == {
        "filter": ["doi:10.1/a|10.1/b"], "per-page": ["100"], "select": [ANY],
    }  # fmt: skip


def test_names_keep_their_structure() -> None:
    """Family names of several words, suffixes and organisations, from each service with parts."""
    crossref = {"message": {"DOI": "10.1000/1", "author": [
        {"given": "Ana", "family": "Ramos Lima"},
        {"given": "P.", "family": "Costa", "suffix": "Jr."},
        {"given": "太郎", "family": "山田"}, {"name": "World Health Organization"},
    ]}}  # fmt: skip
    (record,) = SERVICES["crossref"].parse(json.dumps(crossref).encode())
    group = Group("World Health Organization")
    assert record.authors == ("Ramos Lima, Ana", "P. Costa Jr.", "山田, 太郎", group)
    body = json.loads((HERE / "datacite.json").read_text(encoding="utf-8"))
    paper = body["data"][0] if isinstance(body["data"], list) else body["data"]
    paper["attributes"]["creators"] = [
        {"name": "Ramos Lima, Ana", "givenName": "Ana", "familyName": "Ramos Lima"},
        {"name": "World Health Organization", "nameType": "Organizational"},
        {"name": "Doe, Jane"},
    ]
    (record, *_) = SERVICES["datacite"].parse(json.dumps(body).encode())
    assert record.authors == ("Ramos Lima, Ana", group, "Jane Doe")
