"""RIS, as EndNote, Mendeley and Zotero read it.

The format: https://web.archive.org/web/20120526103719/http://refman.com/support/risformat_intro.asp
Lines end in CR LF, texts are UTF-8.
"""

import re

from paper_atlas.exports.format import Facts
from paper_atlas.model.publication import PublicationType, url_of_link

_TYPES: dict[PublicationType, str] = {"journal": "JOUR", "meeting": "CONF", "other": "GEN"}
_RANGE = re.compile(r"(\w+)-(\w+)")


def to_ris(paper: Facts) -> str:
    """The lines of a paper, from its type to the end of the record."""
    tags = [*_texts(paper), *_links(paper)]
    tags += [("KW", word) for word in paper.keywords]
    tags += [("N1", remark) for remark in paper.remarks]
    lines = [f"{tag}  - {text}\r\n" for tag, text in tags if text]
    return "".join([*lines, "ER  - \r\n"])


def _texts(paper: Facts) -> list[tuple[str, str]]:
    first, last = _ends(paper.pages)
    return [
        ("TY", _TYPES[paper.kind]),
        ("ID", paper.entry.id),
        ("TI", paper.title),
        *[("AU", name.inverted) for name in paper.names],
        ("PY", paper.year),
        ("T2", paper.venue),
        ("VL", paper.volume),
        ("IS", paper.issue),
        ("SP", first),
        ("EP", last),
    ]


def _links(paper: Facts) -> list[tuple[str, str]]:
    """DOI, PubMed's number as that of the accession, and addresses; arXiv has no tag."""
    links = paper.links
    preprint = url_of_link("arxiv", links["arxiv"]) if "arxiv" in links else ""
    return [
        ("DO", links.get("doi", "")),
        ("AN", links.get("pmid", "")),
        *[("UR", url) for url in dict.fromkeys((paper.url, preprint))],
    ]


def _ends(pages: str) -> tuple[str, str]:
    """First and last page; what is no single range is the first."""
    match = _RANGE.fullmatch(pages)
    return (match[1], match[2]) if match else (pages, "")
