"""Links of records: identifiers and URLs as other programs write them into a field."""

import pytest
from paper_atlas.importers.links import group_links, read_links

LINKS = {
    "doi of a publisher": ("doi", "http://doi.acm.org/10.1145/9999999.1", "doi:10.1145/9999999.1"),
    "doi without scheme": ("doi", "doi.org/10.1007/s00330", "doi:10.1007/s00330"),
    "doi with full stop": ("doi", "10.1007/s00330-3.", "doi:10.1007/s00330-3"),
    "doi in latex": ("doi", r"10.1002/16{\textless}1661::A{\_}3", "doi:10.1002/16<1661::A_3"),
    "doi in maths": ("doi", r"10.1175/115\ensuremath{<}1606:GA$>$2", "doi:10.1175/115<1606:GA>2"),
    "doi in entities": ("doi", "10.1002/16&amp;lt;1661&gt;3", "doi:10.1002/16<1661>3"),
    "doi on two lines": ("doi", "10.1016/j.cag.\n  2019.01", "doi:10.1016/j.cag.2019.01"),
    "doi after blank": ("doi", "10.1109/ TMI.2018.1", "doi:10.1109/TMI.2018.1"),
    "doi field with arxiv": ("doi", "https://arxiv.org/abs/2001.00001", "arxiv:2001.00001"),
    "pubmed central number": ("pmcid", "6500001", "pmcid:PMC6500001"),
    "url with blank": ("url", "https://e.org/a b (c).pdf", "url:https://e.org/a%20b%20(c).pdf"),
    "url with tilde": ("url", r"https://e.org/{\textasciitilde}me/a\_b\%20", "url:https://e.org/~me/a_b%20"),
    "url on two lines": ("url", "https://e.org/long-\n    path", "url:https://e.org/long-path"),
    "url without scheme": ("url", "www.e.org/a", "url:https://www.e.org/a"),
    "url with capitals": ("url", "HTTPS://e.org/A", "url:https://e.org/A"),
    "url with entity": ("url", "https://e.org/?a=1&amp;b=2", "url:https://e.org/?a=1&b=2"),
    "url with date": ("url", "https://e.org/a (accessed 2 May 2020)", "url:https://e.org/a"),
    "doi as url": ("url", "10.1000/182", "doi:10.1000/182"),
    "semicolon in url": ("url", "https://e.org/a;b", "url:https://e.org/a;b"),
}  # fmt: skip


@pytest.mark.parametrize("name", LINKS)
def test_one_link(name: str) -> None:
    kind, text, link = LINKS[name]
    found = read_links(kind, text)
    assert ([f"{kind}:{value}" for kind, value in found.links], found.remarks) == ([link], ())


REMARKS = {
    "two dois": ("doi", "10.1000/d20a, 10.1000/d20b", "doi:10.1000/d20a", "contains more"),
    "two dois on lines": ("doi", "10.1000/a\n10.1000/b", "doi:10.1000/a", "10.1000/b"),
    "two pubmed ids": ("pmid", "12; 13", "pmid:12", "contains more, which is ignored: 13"),
    "doi with words": ("doi", "10.1000/a (print)", "doi:10.1000/a", "(print)"),
    "short doi": ("doi", "10/abc7", "url:https://doi.org/abc7", "is a short DOI"),
    "page in doi field": ("doi", "https://e.org/x", "url:https://e.org/x", "is not a valid DOI"),
    "words in doi field": ("doi", "n/a", None, "is not a valid DOI identifier, so it is ignored"),
    "several with a doi": (
        "url",
        "http://e.org/r?id=1&p=4 http://dx.doi.org/10.1016/j.1 http://sfx.e.org/",
        "doi:10.1016/j.1",
        "has further addresses",
    ),
    "several without": ("url", "http://e.com; http://e.com/2", "url:http://e.com", "e.com/2"),
    "file": ("pdf", "internal-pdf://1234/E 2014.pdf", None, "a file of another computer"),
    "path": ("pdf", "paper.pdf", None, "is not a URL: paper.pdf"),
    "words after host": ("url", "https://e.org see there", "url:https://e.org", None),
}  # fmt: skip


@pytest.mark.parametrize("name", REMARKS)
def test_a_remark_tells_what_is_not_used(name: str) -> None:
    kind, text, link, remark = REMARKS[name]
    found = read_links(kind, text)
    assert [f"{kind}:{value}" for kind, value in found.links] == ([link] if link else [])
    assert remark is None or remark in found.remarks[0]


@pytest.mark.parametrize(
    ("links", "by_kind"),
    [
        (
            [("url", "https://doi-org.proxy.example.edu/10.1000/1"), ("url", "https://e.org")],
            {"doi": "10.1000/1", "url": "https://e.org"},
        ),
        (
            [
                ("doi", "10.1000/AB"),
                ("doi", "10.1000/ab"),
                ("url", "https://dx.doi.org/10.1000/Ab"),
            ],
            {"doi": "10.1000/AB"},
        ),
        (
            [("doi", "10.48550/arXiv.2001.00001")],
            {"doi": "10.48550/arXiv.2001.00001", "arxiv": "2001.00001"},
        ),
        (
            [("url", "https://link.springer.com/article/10.1007/s1"), ("url", "https://e.org")],
            {
                "doi": "10.1007/s1",
                "url": "https://link.springer.com/article/10.1007/s1",
                "url 2": "https://e.org",
            },
        ),
    ],
)
def test_links_by_kind(links: list[tuple[str, str]], by_kind: dict[str, str]) -> None:
    assert group_links(links) == (by_kind, [])


def test_a_second_identifier_is_not_used() -> None:
    grouped = group_links([("doi", "10.1000/a"), ("doi", "10.1000/b")])
    assert grouped == ({"doi": "10.1000/a"}, [("doi", "10.1000/b")])
