"""The answers of each service, written after its documentation, are read in full."""

import contextlib
import json
from collections.abc import Iterator
from typing import Any

import pytest
from helpers import FIXTURES
from paper_atlas.enrich.record import Rank, ServiceRecord
from paper_atlas.enrich.response import (
    InvalidResponseError,
    element_text,
    find_year,
    join_pages,
    normalize_pages,
    parse_xml,
    text_at,
)
from paper_atlas.enrich.services import SERVICES
from paper_atlas.enrich.services.crossref import search_path
from paper_atlas.enrich.similarity import (
    same_authors,
    same_pages,
    same_title,
    same_venue,
    title_similarity,
)

HERE = FIXTURES / "enrich"
WAKEFIELD = (
    "Ileal-lymphoid-nodular hyperplasia, non-specific colitis, and pervasive developmental "
    "disorder in children"
)
LIVER = "H-DenseUNet: Hybrid Densely Connected UNet for Liver and Tumor Segmentation {} CT Volumes"


def read(service: str, name: str) -> list[ServiceRecord]:
    return SERVICES[service].parse((HERE / name).read_bytes())


def test_a_chapter_of_crossref() -> None:
    """Marks of a title go; the venue is the book, not the series; the preprint is known."""
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


def test_a_retraction_in_crossref() -> None:
    (record,) = read("crossref", "crossref-retracted.json")
    assert record.titles == (f"RETRACTED: {WAKEFIELD}",)
    assert (record.is_retracted, record.retraction_notice) == (
        True,
        "10.1016/s0140-6736(10)60175-4",
    )
    assert record.correction_notice == "10.1016/s0140-6736(04)15715-2"


def test_a_preprint_of_datacite() -> None:
    """The publisher of a preprint is no venue."""
    assert read("datacite", "datacite.json") == [
        ServiceRecord(
            titles=("SAM-Med2D",),
            links={"doi": "10.48550/arxiv.2308.16184", "arxiv": "2308.16184"},
            rank=Rank.PREPRINT,
            authors=("Junlong Cheng", "Jin Ye"),
            year=2023,
        )
    ]


def test_articles_of_pubmed() -> None:
    """Short last pages are written out; identifiers of references are not the article's."""
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


def test_a_feed_of_arxiv() -> None:
    assert read("arxiv", "arxiv.xml") == [
        ServiceRecord(
            titles=(LIVER.format("from"),),
            links={"arxiv": "1709.07330", "doi": "10.1109/TMI.2018.2845918"},
            rank=Rank.PREPRINT,
            authors=("Xiaomeng Li", "Hao Chen"),
            year=2017,
        )
    ]


def test_a_work_of_openalex() -> None:
    """Its address of PubMed Central leaves out the letters of the identifier."""
    assert read("openalex", "openalex.json") == [
        ServiceRecord(
            titles=(LIVER.format("From"),),
            links={
                "doi": "10.1109/tmi.2018.2845918",
                "pmid": "29994201",
                "pmcid": "PMC7729484",
                "arxiv": "1709.07330",
            },
            rank=Rank.AGGREGATED,
            authors=("Xiaomeng Li",),
            year=2018,
            venues=("IEEE Transactions on Medical Imaging",),
            volume="37",
            issue="12",
            pages="2663-2674",
        )
    ]


# What no service documents, and some send: other types, nothing, a page for people, a bomb.
BROKEN = (
    b"", b"null", b"[]", b'"text"', b"12", b'{"message": {}}', b'{"message": {"DOI": 7.5}}',
    b'{"data": {"attributes": []}}', b'{"ids": []}', b"[" * 100_000, b'{"message": {"DO',
    b"\xff\xfe\xfa", "{\"title\": \"\u00fc\"}".encode("latin-1"), b"<html><p>503</html>",
    b"<!DOCTYPE html><html>", b"<feed/>", b"<PubmedArticleSet>", b"Rate exceeded.",
    b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b'<?xml version="1.0" encoding="none"?><a/>',
)  # fmt: skip


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("body", BROKEN, ids=lambda body: repr(body[:24]))
def test_another_answer_is_a_broken_one(service: str, body: bytes) -> None:
    with pytest.raises(InvalidResponseError):
        SERVICES[service].parse(body)


def changed(value: Any) -> Iterator[Any]:
    """A JSON value with each of the values in it in turn replaced by one of another type."""
    yield from (None, 7, True, "x", [], [None], {}, {"x": []})
    listed = dict(enumerate(value)) if isinstance(value, list) else value
    for key, inner in listed.items() if isinstance(listed, dict) else ():
        for other in changed(inner):
            copy = value.copy()
            copy[key] = other
            yield copy


@pytest.mark.parametrize("service", ["crossref", "datacite", "openalex"])
def test_values_of_other_types_count_for_nothing(service: str) -> None:
    name = {"crossref": "crossref-retracted.json"}.get(service, f"{service}.json")
    bodies = [json.dumps(it) for it in changed(json.loads((HERE / name).read_text()))]
    assert len(bodies) > 300
    for body in bodies:
        with contextlib.suppress(InvalidResponseError):
            (record,) = SERVICES[service].parse(body.encode())
            assert all(isinstance(text, str) for text in (*record.titles, *record.authors))


def test_what_arxiv_says_of_a_bad_request() -> None:
    """It answers 200 with an entry that is titled 'Error'."""
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/api/errors#bad</id>'
        "<title>Error</title><summary>incorrect id format for x</summary></entry></feed>"
    )
    with pytest.raises(InvalidResponseError, match="incorrect id format for x"):
        SERVICES["arxiv"].parse(body.encode())


def test_addresses() -> None:
    """An identifier cannot leave its place in an address."""
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


@pytest.mark.parametrize(
    ("written", "pages"),
    [
        ("2663-74", "2663-2674"), ("234–241", "234-241"), ("e26151", "e26151"), ("654-654", "654"),
        ("e1-e12", "e1-e12"), ("S3 – S9", "S3-S9"), ("", ""), ("98-103", "98-103"),
    ],
)  # fmt: skip
def test_pages(written: str, pages: str) -> None:
    assert normalize_pages(written) == pages
    assert join_pages("", "") == ""


def test_years() -> None:
    dates = ("2018 Nov-Dec", "2017-09-21T14:15:17Z", "Spring", "12018", "0")
    assert [find_year(it) for it in dates] == [2018, 2017, None, None, None]


def test_text_is_plain() -> None:
    """Marks, references and line breaks go, and what would speak to a terminal."""
    title = {"title": ["<b>2D</b> &amp; 3D\n  \x1b[31mU-Net, 3 < 4\x07"]}
    assert text_at(title, "title", 0) == "2D & 3D [31mU-Net, 3 < 4"
    assert element_text(parse_xml(b"<a>2D <i>&amp;\n 3D</i>&#x85;</a>")) == "2D & 3D"


def test_titles_that_are_one() -> None:
    """Case, signs and a mark of a retraction count for nothing; another subtitle does."""
    nnu = "nnU-Net: a self-configuring method for deep learning-based biomedical image segmentation"
    assert same_title([nnu], [nnu.upper().replace("-", " ")])
    assert same_title(["SAM-Med2D"], ["RETRACTED ARTICLE: SAM-Med2D"])
    assert same_title(["U-Net", "SAM-Med2D"], ["", "SAM-Med2D."])
    assert not same_title([nnu], ["nnU-Net: Self-adapting Framework for U-Net-Based Segmentation"])
    assert not same_title([nnu], ["", "nnU-Net"])
    assert not same_title([nnu], [])
    assert title_similarity(["a"], [""]) == 0


def test_authors_that_are_the_same() -> None:
    assert same_authors(
        ["Klaus H. Maier-Hein", "F. Kainmüller"], ["K Maier‐Hein", "Fritz Kainmuller"]
    )
    assert not same_authors(["Klaus Maier-Hein"], ["Lena Maier-Hein"])
    assert not same_authors(["Xiaomeng Li", "Hao Chen"], ["Hao Chen", "Xiaomeng Li"])


def test_venues_and_pages_that_are_the_same() -> None:
    miccai = "Medical Image Computing and Computer Assisted Intervention"
    iccv = "IEEE/CVF International Conference on Computer Vision (ICCV)"
    assert same_venue([f"{miccai} (MICCAI)"], ["LNCS", f"{miccai} – MICCAI 2024"])
    assert same_venue([iccv], [f"2023 {iccv}"])
    assert not same_venue(["Nature"], ["Nature Medicine"])
    assert not same_venue(["NeuroImage"], ["NeuroImage: Clinical"])
    assert same_pages("2663", "2663–2674")
    assert not same_pages("2663-2674", "266-2674")
