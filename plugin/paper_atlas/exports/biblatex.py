"""BibLaTeX for biber, with the id of the entry as the key.

The format: https://mirrors.ctan.org/macros/latex/contrib/biblatex/doc/biblatex.pdf, chapter 2.
What it has no field for stands in the note, so that biber finds nothing it does not know.
"""

from collections.abc import Iterator

from paper_atlas.entry import Entry
from paper_atlas.exports import bibtex
from paper_atlas.exports.bibtex import Given, Types
from paper_atlas.exports.parts import links_of, remarks

_TYPES: Types = {
    "journal": ("article", "journaltitle"),
    "meeting": ("inproceedings", "booktitle"),
    "other": ("misc", "howpublished"),
}

join = bibtex.join


def record(entry: Entry) -> str:
    """The entry of a paper: `article` of a journal, `inproceedings` of a meeting, `misc`."""
    return bibtex.written(entry, _TYPES, "date", _eprint(links_of(entry)), _remarks(entry))


def _eprint(links: dict[str, str]) -> Iterator[Given]:
    """One e-print: that of arXiv, else PubMed's number."""
    if "arxiv" in links:
        yield from (("eprint", links["arxiv"]), ("eprinttype", "arxiv"))
    elif "pmid" in links:
        yield from (("eprint", links["pmid"]), ("eprinttype", "pubmed"))


def _remarks(entry: Entry) -> list[str]:
    links = links_of(entry)
    pmid = [f"PMID: {links['pmid']}"] if {"arxiv", "pmid"} <= set(links) else []
    return [*pmid, *remarks(entry)]
