"""The papers as a list in Markdown, and as a README under the headings of sections and terms.

The format: https://spec.commonmark.org/0.31.2/, in what Python-Markdown reads alike.
"""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from paper_atlas.exports.format import Facts, facts_of
from paper_atlas.model.entry import LINK_TITLES, Entry
from paper_atlas.model.publication import main_url, url_of_link
from paper_atlas.model.vocabulary import Facet, Section, Term
from paper_atlas.text.slug import one_line

# Python-Markdown knows no backslash before the signs that are written as references.
_SIGNS = {ord(sign): f"\\{sign}" for sign in "\\`*_[]{}"} | {
    ord(sign): f"&#{ord(sign)};" for sign in "~$|"
}
_MARK = re.compile(r"[&<>\\`*_\[\]{}~$|]")
_IN_ADDRESS = {ord(sign): quote(sign, safe="") for sign in '\\()<>"'}


def to_markdown(paper: Facts) -> str:
    """The item of a paper, one line.

    `- **[Title](url)** Authors. *Venue* 37(12), 2663-2674, 2018. [DOI](…) [arXiv](…)`
    """
    links, url = paper.links, main_url(paper.links)
    parts = [
        f"**{markdown_link(paper.title, url) if url else escape_markdown(paper.title)}**",
        f"**{markdown_link('Retracted', paper.retracted)}.**" if paper.retracted else "",
        _sentence(escape_markdown(", ".join(paper.authors))),
        _source(paper),
        *[
            markdown_link(LINK_TITLES.get(kind, kind), url_of_link(kind, it))
            for kind, it in links.items()
        ],
    ]
    return f"- {' '.join([part for part in parts if part])}\n"


def _source(paper: Facts) -> str:
    venue = f"*{escape_markdown(paper.venue)}*" if paper.venue else ""
    issue = f"({escape_markdown(paper.issue)})" if paper.issue else ""
    volume = f"{venue} {escape_markdown(paper.volume)}{issue}".strip()
    parts = [volume, escape_markdown(paper.pages), paper.year]
    return _sentence(", ".join([part for part in parts if part]))


def markdown_link(text: str, url: str) -> str:
    """A link with words that are nothing but text."""
    return f"[{escape_markdown(text)}]({url.translate(_IN_ADDRESS)})"


def _sentence(text: str) -> str:
    return f"{text.removesuffix('.')}." if text else ""


def escape_markdown(text: str) -> str:
    """Text on one line that Markdown takes for nothing but text."""
    line = one_line(text)
    return html.escape(line, quote=False).translate(_SIGNS) if _MARK.search(line) else line


# But for the one of a character reference.
_BARE, _ESCAPED = re.compile("(?<!&)#"), r"\\#"


def headed_list(entries: Sequence[Entry], name: str, facet: Facet) -> str:
    """A Markdown list of entries below the terms of the facet called `name`.

    A paper stands below each of its terms; what has no papers has no heading.
    """
    below = "###" if facet.sections else "##"
    blocks = [*_sections(entries, name, facet.sections)]
    loose = [*_terms(entries, name, facet.terms, below)]
    if loose and facet.sections:
        blocks.append("## Other")
    return "\n\n".join([*blocks, *loose])


def _sections(entries: Sequence[Entry], name: str, sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        if below := [*_terms(entries, name, section.terms, "###")]:
            yield _heading("##", section.title)
            yield from below


def _terms(entries: Sequence[Entry], name: str, terms: Iterable[Term], level: str) -> Iterator[str]:
    for term in terms:
        named = [entry for entry in entries if term.id in _ids(entry, name)]
        if named:
            items = "".join(to_markdown(facts_of(it)) for it in named)
            yield f"{_heading(level, term.title)}\n\n{items.rstrip()}"


def _ids(entry: Entry, name: str) -> list[str]:
    return [term.id for term in entry.terms.get(name, ())]


def _heading(level: str, title: str) -> str:
    """A heading; a bare `#` at its end would be taken for a part of the mark."""
    return f"{level} {_BARE.sub(_ESCAPED, escape_markdown(title))}"
