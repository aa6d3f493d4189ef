"""RIS for EndNote, Mendeley and Zotero.

The format: https://web.archive.org/web/20120526103719/http://refman.com/support/risformat_intro.asp
Lines end in CR LF; the encoding is UTF-8.
"""

import re

from paper_atlas.exports.format import PaperFacts
from paper_atlas.model.publication import PublicationType, url_of_link
from paper_atlas.text.names import Name

_TYPES: dict[PublicationType, str] = {"journal": "JOUR", "meeting": "CONF", "other": "GEN"}
_RANGE = re.compile(r"(\w+)-(\w+)")


def to_ris(paper: PaperFacts) -> str:
    """Return the record of a paper, from its type to the end of the record."""
    tags = [*_bibliographic_tags(paper), *_link_tags(paper)]
    tags += [("KW", word) for word in paper.keywords]
    other_links = paper.other_links(("doi", "arxiv", "pmid", "url", "pdf", "code"))
    tags += [("N1", remark) for remark in (*paper.remarks, *other_links)]
    lines = [f"{tag}  - {text}\r\n" for tag, text in tags if text]
    return "".join([*lines, "ER  - \r\n"])


def _bibliographic_tags(paper: PaperFacts) -> list[tuple[str, str]]:
    first, last = _first_and_last_page(paper.pages)
    return [
        ("TY", _TYPES[paper.kind]),
        ("ID", paper.entry.key),
        ("TI", paper.title),
        *[("AU", _name(name)) for name in paper.names],
        ("PY", paper.year),
        ("T2", paper.venue),
        ("VL", paper.volume),
        ("IS", paper.issue),
        ("SP", first),
        ("EP", last),
    ]


def _name(name: Name) -> str:
    """Return `Surname, Given, Suffix`.

    A comma ends the name of a group, or its first comma is doubled, as EndNote expects it.
    """
    if name.given or name.suffix:
        family = f"{name.particle} {name.surname}".strip()
        return ", ".join([family, name.given, name.suffix]).removesuffix(", ")
    group = name.surname
    if "," in group:
        return group.replace(",", ",,", 1)
    return f"{group}," if re.search(r"[ {]", group) else group


def _link_tags(paper: PaperFacts) -> list[tuple[str, str]]:
    """Return the tags of identifiers: the PubMed id is the accession number, arXiv is a URL."""
    links = paper.links
    preprint = url_of_link("arxiv", links["arxiv"]) if "arxiv" in links else ""
    return [
        ("DO", links.get("doi", "")),
        ("AN", links.get("pmid", "")),
        *[("UR", url) for url in dict.fromkeys((paper.url, preprint))],
        ("L1", links.get("pdf", "")),
    ]


def _first_and_last_page(pages: str) -> tuple[str, str]:
    """Return the first and last page; anything but a single range is returned as the first."""
    match = _RANGE.fullmatch(pages)
    return (match[1], match[2]) if match else (pages, "")
