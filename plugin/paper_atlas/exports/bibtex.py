"""BibTeX, and BibLaTeX for biber. The key is the citation key or the id.

BibTeX: https://mirrors.ctan.org/biblio/bibtex/base/btxdoc.pdf, e-prints:
https://info.arxiv.org/help/hypertex/bibstyles/index.html
BibLaTeX: https://mirrors.ctan.org/macros/latex/contrib/biblatex/doc/biblatex.pdf, chapter 2.
Facts without a field in BibLaTeX go into the note, because biber warns of unknown fields. Further
links go into the annotation, which the usual styles do not print.
"""

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from paper_atlas.exports.format import PaperFacts
from paper_atlas.model.publication import PublicationType
from paper_atlas.text.latex import escape_latex, protect_capitals
from paper_atlas.text.lines import CACHE_SIZE
from paper_atlas.text.names import Name

Field = tuple[str, str]
"""A field and its value; a field with an empty value is omitted."""
EntryTypes = dict[PublicationType, tuple[str, str]]
"""The type of a BibTeX entry and its field for the venue, by type of publication."""

_TYPES: EntryTypes = {
    "journal": ("article", "journal"),
    "meeting": ("inproceedings", "booktitle"),
    "other": ("misc", "howpublished"),
}
# What BibTeX, or an import, reads as something else than a part of a name.
_SEPARATOR = re.compile(r'[,;"]|\b(?:and|others|et al)\b|\d$', re.IGNORECASE)
_STORED_LINKS = ("doi", "arxiv", "pmid", "url", "code")
_NOT_VERBATIM = {ord(sign): quote(sign) for sign in "{}\\"}


def to_bibtex(paper: PaperFacts) -> str:
    """Return the BibTeX entry of a paper: an `article`, `inproceedings` or `misc`."""
    other_links = ("annote", _list_links(paper, *_STORED_LINKS, "pmcid"))
    return _entry(paper, _TYPES, "year", _eprint(paper.links), paper.remarks, other_links)


def _entry(
    paper: PaperFacts,
    types: EntryTypes,
    date: str,
    eprint: list[Field],
    notes: list[str],
    other_links: Field,
) -> str:
    """Return an entry; the arguments after `paper` differ between BibTeX and BibLaTeX."""
    kind, venue = types[paper.kind]
    common = _common_values(paper)
    given = [
        ("title", common.title),
        ("author", common.authors),
        (date, paper.year),
        (venue, common.venue),
        *common.place,
        *eprint,
        ("url", common.url),
        ("keywords", common.keywords),
        ("note", escape_latex("; ".join(notes))),
        other_links,
    ]
    fields = "".join([f",\n  {name} = {{{value}}}" for name, value in given if value])
    return f"@{kind}{{{paper.entry.key}{fields}\n}}\n"


class _CommonValues(NamedTuple):
    title: str
    authors: str
    venue: str
    place: list[Field]
    url: str
    keywords: str


@lru_cache(maxsize=1)
def _common_values(paper: PaperFacts) -> _CommonValues:
    """Return the values that are the same in BibTeX and BibLaTeX.

    `records_of` writes the two entries of a paper one after the other, so the last values are kept.
    """
    return _CommonValues(
        title=protect_capitals(paper.title),
        authors=" and ".join([_name(name) for name in paper.names]),
        venue=escape_latex(paper.venue),
        place=[
            ("volume", escape_latex(paper.volume)),
            ("number", escape_latex(paper.issue)),
            ("pages", "--".join([escape_latex(page) for page in paper.pages.split("-")])),
            ("doi", _verbatim(paper.links.get("doi", ""))),
        ],
        url=_verbatim(paper.url),
        keywords=escape_latex(", ".join(paper.keywords)),
    )


def _eprint(links: dict[str, str]) -> list[Field]:
    """Return the fields of identifiers. BibTeX ignores fields that a style does not know."""
    return [
        ("eprint", links.get("arxiv", "")),
        ("archiveprefix", "arXiv" if "arxiv" in links else ""),
        ("pmid", links.get("pmid", "")),
        ("pmcid", links.get("pmcid", "")),
    ]


def _list_links(paper: PaperFacts, *stored: str) -> str:
    return escape_latex("; ".join(paper.other_links(stored)))


def _name(name: Name) -> str:
    """Return `Surname, Suffix, Given`; braces protect groups, and parts that BibTeX would split."""
    if not name.given and not name.suffix:
        return f"{{{escape_latex(name.surname)}}}"
    family = f"{name.particle} {name.surname}".strip()
    parts = [_protect_separator(part) for part in (family, name.suffix, name.given) if part]
    return ", ".join(parts if name.given else [*parts, "{}"])


@lru_cache(CACHE_SIZE)
def _protect_separator(part: str) -> str:
    return f"{{{escape_latex(part)}}}" if _SEPARATOR.search(part) else escape_latex(part)


def _verbatim(value: str) -> str:
    """Return an identifier or URL; only characters that could end the field are encoded."""
    return value.translate(_NOT_VERBATIM)


_BIBLATEX_TYPES: EntryTypes = {
    "journal": ("article", "journaltitle"),
    "meeting": ("inproceedings", "booktitle"),
    "other": ("misc", "howpublished"),
}


def to_biblatex(paper: PaperFacts) -> str:
    """Return the BibLaTeX entry of a paper; its type is the same as in BibTeX."""
    notes = [*_pmid_note(paper.links), *paper.remarks]
    eprint = _biblatex_eprint(paper.links)
    other_links = ("annotation", _list_links(paper, *_STORED_LINKS))
    return _entry(paper, _BIBLATEX_TYPES, "date", eprint, notes, other_links)


def _biblatex_eprint(links: dict[str, str]) -> list[Field]:
    """Return the fields of the one e-print: the arXiv id, otherwise the PubMed id."""
    if "arxiv" in links:
        return [("eprint", links["arxiv"]), ("eprinttype", "arxiv")]
    if "pmid" in links:
        return [("eprint", links["pmid"]), ("eprinttype", "pubmed")]
    return []


def _pmid_note(links: dict[str, str]) -> list[str]:
    """Return the PubMed id as a note if the e-print is the arXiv id."""
    return [f"PMID: {links['pmid']}"] if "arxiv" in links and "pmid" in links else []
