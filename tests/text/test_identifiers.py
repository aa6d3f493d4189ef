"""Identifiers, bare and in URLs."""

import pytest
from paper_atlas.text.identifiers import IDENTIFIERS, identifier_in_url, scholar_query


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
        ("arxiv", "arXiv:1505.04597", "1505.04597"),
        ("arxiv", "1505.045", None),
        ("pmid", "PMID: 29994201", "29994201"),
        ("pmcid", "pmc7329239", "PMC7329239"),
    ],
)
def test_parse(kind: str, text: str, bare: str | None) -> None:
    assert IDENTIFIERS[kind].parse(text) == bare


@pytest.mark.parametrize("scheme", IDENTIFIERS.values(), ids=IDENTIFIERS)
def test_the_url_of_an_identifier_contains_it(scheme) -> None:  # type: ignore[no-untyped-def]
    assert identifier_in_url(scheme.url(scheme.example)) == (scheme.kind, scheme.example)


def test_scholar_query() -> None:
    url = "https://scholar.google.com/scholar?hl=ar&q=Ce-net%3A+Context+encoder&btnG="
    assert scholar_query(url) == "Ce-net: Context encoder"
    assert scholar_query("https://example.org/scholar?q=x") is None
