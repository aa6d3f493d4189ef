"""BibTeX, and BibLaTeX for biber, with the id of the entry as the key.

BibTeX: https://mirrors.ctan.org/biblio/bibtex/base/btxdoc.pdf, e-prints:
https://info.arxiv.org/help/hypertex/bibstyles/index.html
BibLaTeX: https://mirrors.ctan.org/macros/latex/contrib/biblatex/doc/biblatex.pdf, chapter 2. A
fact without a field in BibLaTeX goes into the note, so that biber finds no unknown field.
"""

import re
from functools import lru_cache
from urllib.parse import quote

from paper_atlas.exports.format import Facts
from paper_atlas.model.publication import PublicationType
from paper_atlas.text.latex import escape_latex, protect_capitals
from paper_atlas.text.names import Name
from paper_atlas.text.slug import CACHE_SIZE

Field = tuple[str, str]
"""A field and its value, which is left out where it is empty."""
EntryTypes = dict[PublicationType, tuple[str, str]]
"""The type of an entry, and its field for the venue."""

_TYPES: EntryTypes = {
    "journal": ("article", "journal"),
    "meeting": ("inproceedings", "booktitle"),
    "other": ("misc", "howpublished"),
}
_SEPARATOR = re.compile(r",|\band\b", re.IGNORECASE)
_NOT_VERBATIM = {ord(sign): quote(sign) for sign in "{}\\"}


def to_bibtex(paper: Facts) -> str:
    """The BibTeX entry of a paper: `article` of a journal, `inproceedings` of a meeting, `misc`."""
    return _entry(paper, _TYPES, "year", _eprint(paper.links), paper.remarks)


def _entry(
    paper: Facts, types: EntryTypes, date: str, eprint: list[Field], notes: list[str]
) -> str:
    """An entry in the syntax of BibTeX, with the fields that differ between its dialects."""
    kind, venue = types[paper.kind]
    given = [
        ("title", protect_capitals(paper.title)),
        ("author", " and ".join([_name(name) for name in paper.names])),
        (date, paper.year),
        (venue, escape_latex(paper.venue)),
        ("volume", escape_latex(paper.volume)),
        ("number", escape_latex(paper.issue)),
        ("pages", "--".join([escape_latex(page) for page in paper.pages.split("-")])),
        ("doi", _verbatim(paper.links.get("doi", ""))),
        *eprint,
        ("url", _verbatim(paper.url)),
        ("keywords", escape_latex(", ".join(paper.keywords))),
        ("note", escape_latex("; ".join(notes))),
    ]
    fields = "".join([f",\n  {name} = {{{value}}}" for name, value in given if value])
    return f"@{kind}{{{paper.entry.id}{fields}\n}}\n"


def _eprint(links: dict[str, str]) -> list[Field]:
    """BibTeX knows none of these fields, and passes over what it does not know."""
    return [
        ("eprint", links.get("arxiv", "")),
        ("archiveprefix", "arXiv" if "arxiv" in links else ""),
        ("pmid", links.get("pmid", "")),
    ]


def _name(name: Name) -> str:
    """`Surname, Given`; in braces what BibTeX would divide, and a name of one part."""
    if not name.given:
        return f"{{{escape_latex(name.family)}}}"
    return f"{_undivided(name.family)}, {_undivided(name.given)}"


@lru_cache(CACHE_SIZE)
def _undivided(part: str) -> str:
    return f"{{{escape_latex(part)}}}" if _SEPARATOR.search(part) else escape_latex(part)


def _verbatim(value: str) -> str:
    """An identifier or address as it is, but for signs that would end the field."""
    return value.translate(_NOT_VERBATIM)


_BIBLATEX_TYPES: EntryTypes = {
    "journal": ("article", "journaltitle"),
    "meeting": ("inproceedings", "booktitle"),
    "other": ("misc", "howpublished"),
}


def to_biblatex(paper: Facts) -> str:
    """The BibLaTeX entry of a paper, of the same types as in BibTeX."""
    notes = [*_pmid(paper.links), *paper.remarks]
    eprint = _biblatex_eprint(paper.links)
    return _entry(paper, _BIBLATEX_TYPES, "date", eprint, notes)


def _biblatex_eprint(links: dict[str, str]) -> list[Field]:
    """One e-print: that of arXiv, else PubMed's number."""
    if "arxiv" in links:
        return [("eprint", links["arxiv"]), ("eprinttype", "arxiv")]
    if "pmid" in links:
        return [("eprint", links["pmid"]), ("eprinttype", "pubmed")]
    return []


def _pmid(links: dict[str, str]) -> list[str]:
    """PubMed's number where the e-print is that of arXiv."""
    return [f"PMID: {links['pmid']}"] if "arxiv" in links and "pmid" in links else []
