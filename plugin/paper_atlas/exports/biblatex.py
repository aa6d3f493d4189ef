"""BibLaTeX for biber, with the id of the entry as the key.

The format: https://mirrors.ctan.org/macros/latex/contrib/biblatex/doc/biblatex.pdf, chapter 2.
What it has no field for stands in the note, so that biber finds nothing it does not know.
"""

from paper_atlas.exports import bibtex
from paper_atlas.exports.bibtex import Given, Types
from paper_atlas.exports.format import Facts

_TYPES: Types = {
    "journal": ("article", "journaltitle"),
    "meeting": ("inproceedings", "booktitle"),
    "other": ("misc", "howpublished"),
}


def record(paper: Facts) -> str:
    """The entry of a paper: `article` of a journal, `inproceedings` of a meeting, `misc`."""
    notes = [*_pmid(paper.links), *paper.remarks]
    return bibtex.written(paper, _TYPES, "date", _eprint(paper.links), notes)


def _eprint(links: dict[str, str]) -> list[Given]:
    """One e-print: that of arXiv, else PubMed's number."""
    if "arxiv" in links:
        return [("eprint", links["arxiv"]), ("eprinttype", "arxiv")]
    if "pmid" in links:
        return [("eprint", links["pmid"]), ("eprinttype", "pubmed")]
    return []


def _pmid(links: dict[str, str]) -> list[str]:
    """PubMed's number where the e-print is that of arXiv."""
    return [f"PMID: {links['pmid']}"] if "arxiv" in links and "pmid" in links else []
