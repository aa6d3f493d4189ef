"""The papers as a Markdown list, and as a list with headings for a README.

The format: https://spec.commonmark.org/0.31.2/, limited to syntax that Python-Markdown parses in
the same way.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote

from paper_atlas.exports.format import PaperFacts, facts_of_paper
from paper_atlas.model.entry import LINK_TITLES, Entry
from paper_atlas.model.publication import main_url, url_of_link
from paper_atlas.model.vocabulary import Facet, Section, Term
from paper_atlas.text.markdown import escape_markdown

_URL_ESCAPES = {ord(sign): quote(sign, safe="") for sign in '\\()<>"'}


def to_markdown(paper: PaperFacts) -> str:
    """Return the list item of a paper on one line.

    `- **[Title](url)** Authors. *Venue* 37(12), 2663-2674, 2018. [DOI](…) [arXiv](…)`
    """
    links, url = paper.links, main_url(paper.links)
    parts = [
        f"**{markdown_link(paper.title, url) if url else escape_markdown(paper.title)}**",
        f"**{markdown_link('Retracted', paper.retracted)}.**" if paper.retracted else "",
        _sentence(escape_markdown(", ".join(paper.authors))),
        _source(paper),
        *[
            markdown_link(LINK_TITLES.get(kind, kind), url_of_link(kind, link))
            for kind, link in links.items()
        ],
    ]
    return f"- {' '.join([part for part in parts if part])}\n"


def _source(paper: PaperFacts) -> str:
    venue = f"*{escape_markdown(paper.venue)}*" if paper.venue else ""
    issue = f"({escape_markdown(paper.issue)})" if paper.issue else ""
    volume = f"{venue} {escape_markdown(paper.volume)}{issue}".strip()
    parts = [volume, escape_markdown(paper.pages), paper.year]
    return _sentence(", ".join([part for part in parts if part]))


def markdown_link(text: str, url: str) -> str:
    """Return a link; its text is escaped."""
    return f"[{escape_markdown(text)}]({url.translate(_URL_ESCAPES)})"


def _sentence(text: str) -> str:
    return f"{text.removesuffix('.')}." if text else ""


# A number sign that is not a part of a character reference.
_NUMBER_SIGN = re.compile("(?<!&)#")


_Papers = Mapping[str, Sequence[Entry]]
"""The papers of a term, by its id."""


def headed_list(entries: Sequence[Entry], name: str, facet: Facet) -> str:
    """Return a Markdown list of entries under the headings of the facet called `name`.

    A paper is listed under each of its terms. Terms and sections without papers have no heading.
    """
    level = "###" if facet.sections else "##"
    papers: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for term_id in {term.id for term in entry.terms.get(name, ())}:
            papers[term_id].append(entry)
    blocks = [*_sections(papers, facet.sections)]
    loose = [*_terms(papers, facet.terms, level)]
    if loose and facet.sections:
        blocks.append("## Other")
    return "\n\n".join([*blocks, *loose])


def _sections(papers: _Papers, sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        if blocks := [*_terms(papers, section.terms, "###")]:
            yield _heading("##", section.title)
            yield from blocks


def _terms(papers: _Papers, terms: Iterable[Term], level: str) -> Iterator[str]:
    for term in terms:
        if entries := papers.get(term.id):
            items = "".join(to_markdown(facts_of_paper(entry)) for entry in entries)
            yield f"{_heading(level, term.title)}\n\n{items.rstrip()}"


def _heading(level: str, title: str) -> str:
    """Return a heading; a `#` at its end would be a part of the markup, so it is escaped."""
    escaped = _NUMBER_SIGN.sub(r"\\#", escape_markdown(title))
    return f"{level} {escaped}"
