"""Identifiers, bare and in URLs."""

import pytest
from paper_atlas.text.identifiers import (
    IDENTIFIERS,
    comparison_key,
    decode_address,
    identifier_in_url,
    identifiers_in,
    is_web_url,
    scholar_query,
    short_doi_url,
)


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://doi.org/10.1109/TMI.2018.2845918", ("doi", "10.1109/TMI.2018.2845918")),
        ("http://dx.doi.org/10.1109%2FTMI.2018.2845918", ("doi", "10.1109/TMI.2018.2845918")),
        (
            "https://link.springer.com/chapter/10.1007/978-3-319-74113-0_10",
            ("doi", "10.1007/978-3-319-74113-0_10"),
        ),
        (
            "https://link.springer.com/content/pdf/10.1007%2Fs10278-019-00216-0.pdf",
            ("doi", "10.1007/s10278-019-00216-0"),
        ),
        (
            "https://eurradiolexp.springeropen.com/articles/10.1186/s41747-020-00173-2",
            ("doi", "10.1186/s41747-020-00173-2"),
        ),
        (
            "https://aapm.onlinelibrary.wiley.com/doi/abs/10.1118/1.4944498",
            ("doi", "10.1118/1.4944498"),
        ),
        ("https://onlinelibrary.wiley.com/doi/full/10.1002/mp.13438", ("doi", "10.1002/mp.13438")),
        (
            "https://www.nature.com/articles/s42256-019-0099-z",
            ("doi", "10.1038/s42256-019-0099-z"),
        ),
        (
            "https://www.spiedigitallibrary.org/conference-proceedings-of-spie/11431/114310B/"
            "Accurate-segmentation/10.1117/12.2538323.short?SSO=1",
            ("doi", "10.1117/12.2538323"),
        ),
        (
            "https://www.frontiersin.org/articles/10.3389/fnins.2020.00065/full",
            ("doi", "10.3389/fnins.2020.00065"),
        ),
        ("https://arxiv.org/abs/1702.05970", ("arxiv", "1702.05970")),
        ("https://arxiv.org/pdf/1702.05970v2.pdf", ("arxiv", "1702.05970v2")),
        ("https://arxiv.org/abs/cs.CV/0601001", ("arxiv", "cs.CV/0601001")),
        ("https://pubmed.ncbi.nlm.nih.gov/29994201/", ("pmid", "29994201")),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC7329239/", ("pmcid", "PMC7329239")),
        ("https://ieeexplore.ieee.org/abstract/document/9176033", None),
        ("https://www.sciencedirect.com/science/article/abs/pii/S0208521620300887", None),
        ("https://www.nature.com/nmeth/", None),
        ("https://github.com/xmengli/H-DenseUNet", None),
        ("https://[broken", None),
    ],
)
def test_identifier_in_url(url: str, found: tuple[str, str] | None) -> None:
    assert identifier_in_url(url) == found


@pytest.mark.parametrize(
    ("kind", "text", "bare"),
    [
        ("doi", "doi: 10.1000/182", "10.1000/182"),
        (
            "doi",
            "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
            "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
        ),
        ("doi", "10.1002/ab cd", None),
        ("doi", "11.1000/182", None),
        ("doi", "http://doi.acm.org/10.1145/9999999.1", "10.1145/9999999.1"),
        ("doi", "doi.org/10.1007/s00330-999-00000-0", "10.1007/s00330-999-00000-0"),
        ("doi", "DOI 10.1000/182", "10.1000/182"),
        ("doi", "doi:https://dx.doi.org/10.1000/182", "10.1000/182"),
        ("doi", "HTTPS://DOI.ORG/10.1000/X", "10.1000/X"),
        ("doi", "10.1007/s00330-999-00000-3.", "10.1007/s00330-999-00000-3"),
        ("doi", "10.1000/182;", "10.1000/182"),
        ("doi", "10.1000/182)", "10.1000/182"),
        ("doi", "10.1000/(182)", "10.1000/(182)"),
        ("doi", "10.1002/16%3C1661%3E3", "10.1002/16<1661>3"),
        ("doi", "https://doi-org.proxy.example.edu/10.1007/s00330", "10.1007/s00330"),
        ("doi", "https://doi.org.proxy.example.edu/10.1007/s00330", "10.1007/s00330"),
        (
            "doi",
            "https://login.proxy.example.edu/login?url=https://doi.org/10.1007/s00330",
            "10.1007/s00330",
        ),
        (
            "doi",
            "https://login.example.edu/login?qurl=https%3A%2F%2Fdoi.org%2F10.1007%2Fs00330",
            "10.1007/s00330",
        ),
        ("doi", "10.1000/zw\u200b", "10.1000/zw"),
        ("doi", "10.1000/a,10.1000/b", None),
        ("doi", "10.1000/a; 10.1000/b", None),
        ("doi", "https://doi.org/abc7", None),
        ("arxiv", "arXiv:1505.04597", "1505.04597"),
        ("arxiv", "arXiv:2001.00001v3 [cs.CV]", "2001.00001v3"),
        ("arxiv", "https://arxiv.org/pdf/2001.00001v3.pdf", "2001.00001v3"),
        ("arxiv", "10.48550/arXiv.2001.00001", "2001.00001"),
        ("arxiv", "https://doi.org/10.48550/arxiv.2001.00001", "2001.00001"),
        ("arxiv", "https://arxiv-org.proxy.example.edu/abs/2001.00001", "2001.00001"),
        ("arxiv", "math.GT/0309136", "math.GT/0309136"),
        ("arxiv", "cond-mat.mes-hall/0309136", "cond-mat.mes-hall/0309136"),
        ("arxiv", "math.AG/0710.2488", "0710.2488"),
        ("arxiv", "arXiv:cs.CV/1505.04597v2", "1505.04597v2"),
        ("arxiv", "cond-mat.mes-hall/0710.2488", "0710.2488"),
        ("arxiv", "example.org/0710.2488", None),
        ("arxiv", "mathematics/0710.2488", None),
        ("arxiv", "1505.045", None),
        ("pmid", "PMID: 29994201", "29994201"),
        ("pmcid", "pmc7329239", "PMC7329239"),
    ],
)
def test_parse(kind: str, text: str, bare: str | None) -> None:
    assert IDENTIFIERS[kind].parse(text) == bare


@pytest.mark.parametrize(
    ("spellings", "key"),
    [
        (
            (
                *("10.1000/Ab", "doi:10.1000/AB", "https://doi.org/10.1000%2Fab"),
                *("https://www.tandfonline.com/doi/full/10.1000/ab", "10.1000/ab\u200b"),
            ),
            "10.1000/ab",
        ),
        (
            (
                *("10.1002/16<1661>3", r"10.1002/16{\textless}1661{\textgreater}3"),
                *("10.1002/16&amp;lt;1661&gt;3", "10.1002/16%3C1661%3E3"),
            ),
            "10.1002/16<1661>3",
        ),
        (
            (
                *("2001.00001", "2001.00001v3", "arXiv:2001.00001", "10.48550/arXiv.2001.00001"),
                *("https://arxiv.org/pdf/2001.00001v2.pdf", "2001.00001 [cs.CV]"),
            ),
            "2001.00001",
        ),
        (("math.GT/0309136", "math/0309136v2"), "math/0309136"),
        (("10.1101/2020.05.01.123456v2", "10.1101/2020.05.01.123456"), "10.1101/2020.05.01.123456"),
        (("10.1037//0022-3514", "10.1037/0022-3514"), "10.1037/0022-3514"),
        (
            ("10.1037/a0019297", "http://doi.apa.org/getdoi.cfm?doi=10.1037/a0019297"),
            "10.1037/a0019297",
        ),
        (("10.1000/volume1v2",), "10.1000/volume1v2"),
        (("PMC7329239", "https://europepmc.org/articles/PMC7329239"), "pmc7329239"),
        (("29994201", "PMID: 29994201"), "29994201"),
    ],
)
def test_comparison_key(spellings: tuple[str, ...], key: str) -> None:
    assert {comparison_key(spelling) for spelling in spellings} == {key}


@pytest.mark.parametrize(
    ("links", "found"),
    [
        ({"url": "https://doi.org/10.1000/ZZ"}, {("doi", "10.1000/zz")}),
        ({"doi": "10.48550/arXiv.2001.00001"}, {("arxiv", "2001.00001")}),
        ({"pdf": "https://arxiv.org/pdf/2001.00001v2"}, {("arxiv", "2001.00001")}),
        (
            {"Springer": "https://link.springer.com/article/10.1007/s1", "pmid": "12"},
            {("doi", "10.1007/s1"), ("pmid", "12")},
        ),
        ({"doi": "https://europepmc.org/article/MED/12"}, {("pmid", "12")}),
        ({"doi": "n/a", "url": "https://example.org/p?id=1"}, set()),
        ({"data": "https://doi.org/10.5281/z1", "Reply": "https://doi.org/10.1000/r"}, set()),
    ],
)
def test_identifiers_in(links: dict[str, str], found: set[tuple[str, str]]) -> None:
    assert identifiers_in(links) == found


@pytest.mark.parametrize(
    ("latex", "plain"),
    [
        (r"10.1175/115\ensuremath{<}1606:GA\ensuremath{>}2", "10.1175/115<1606:GA>2"),
        (r"10.1000/a\_b{\_}c\%3C", "10.1000/a_b_c%3C"),
        (r"https://e.org/{\textasciitilde}me/{\~{}}a$\sim$b", "https://e.org/~me/~a~b"),
        (r"\url{https://e.org/a\&b=1}", "https://e.org/a&b=1"),
        ("https://e.org/?a=1&amp;copy=2&copy=3", "https://e.org/?a=1&copy=2&copy=3"),
        ("https://e.org/a\u200b\u00adb", "https://e.org/ab"),
    ],
)
def test_decode_address(latex: str, plain: str) -> None:
    assert decode_address(latex) == plain


def test_a_short_doi_is_a_url() -> None:
    assert short_doi_url("https://doi.org/10/ABC7") == "https://doi.org/abc7"
    assert short_doi_url("10.1000/182") is None
    assert short_doi_url("10/12/2019") is None


def test_the_scheme_of_a_url_may_have_capitals() -> None:
    assert is_web_url("HTTPS://example.org")
    assert not is_web_url("ftp://example.org")


@pytest.mark.parametrize("scheme", IDENTIFIERS.values(), ids=IDENTIFIERS)
def test_the_url_of_an_identifier_contains_it(scheme) -> None:  # type: ignore[no-untyped-def]
    assert identifier_in_url(scheme.url(scheme.example)) == (scheme.kind, scheme.example)


def test_scholar_query() -> None:
    url = "https://scholar.google.com/scholar?hl=ar&q=Ce-net%3A+Context+encoder&btnG="
    assert scholar_query(url) == "Ce-net: Context encoder"
    assert scholar_query("https://example.org/scholar?q=x") is None


@pytest.mark.parametrize(
    "text",
    [
        *(
            "10.1000/a//b",
            "10.1000//a",
            "10.1000/aBc-1_(2)",
            "10.1000/a(b",
            "10.48550/arXiv.2001.00001",
            "10.1101/19.1v2",
        ),
        *("10.64898/2026.01.02.1v3", "2001.00001", "2001.00001v2", "29994201", "PMC12"),
    ],
)
def test_the_early_exit_for_clean_identifiers_changes_no_result(text: str) -> None:
    spaced = f" {text}"  # not clean
    results = [[scheme.parse(text), scheme.parse(spaced)] for scheme in IDENTIFIERS.values()]
    assert [one for one, _ in results] == [other for _, other in results]
    assert comparison_key(text) == comparison_key(spaced)
    for kind in (*IDENTIFIERS, "url", "code"):
        assert identifiers_in({kind: text}) == identifiers_in({kind: spaced})
