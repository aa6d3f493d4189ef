"""A list in Markdown, for a README.

The format: https://spec.commonmark.org/0.31.2/, in what Python-Markdown reads alike.
"""

import html
import re
from urllib.parse import quote

from paper_atlas.exports.format import Facts
from paper_atlas.model.entry import LINK_TITLES
from paper_atlas.model.publication import primary, web
from paper_atlas.text.lines import one_line

# Python-Markdown knows no backslash before the signs that are written as references.
_SIGNS = {ord(sign): f"\\{sign}" for sign in "\\`*_[]{}"} | {
    ord(sign): f"&#{ord(sign)};" for sign in "~$|"
}
_MARK = re.compile(r"[&<>\\`*_\[\]{}~$|]")
_IN_ADDRESS = {ord(sign): quote(sign, safe="") for sign in '\\()<>"'}


def record(paper: Facts) -> str:
    """The item of a paper, one line.

    `- **[Title](url)** Authors. *Venue* 37(12), 2663-2674, 2018. [DOI](…) [arXiv](…)`
    """
    links, url = paper.links, primary(paper.links)
    parts = [
        f"**{link(paper.title, url) if url else escaped(paper.title)}**",
        f"**{link('Retracted', paper.retracted)}.**" if paper.retracted else "",
        _sentence(escaped(", ".join(paper.authors))),
        _source(paper),
        *[link(LINK_TITLES.get(kind, kind), web(kind, it)) for kind, it in links.items()],
    ]
    return f"- {' '.join([part for part in parts if part])}\n"


def _source(paper: Facts) -> str:
    venue = f"*{escaped(paper.venue)}*" if paper.venue else ""
    issue = f"({escaped(paper.issue)})" if paper.issue else ""
    volume = f"{venue} {escaped(paper.volume)}{issue}".strip()
    parts = [volume, escaped(paper.pages), paper.year]
    return _sentence(", ".join([part for part in parts if part]))


def link(text: str, url: str) -> str:
    """A link with words that are nothing but text."""
    return f"[{escaped(text)}]({url.translate(_IN_ADDRESS)})"


def _sentence(text: str) -> str:
    return f"{text.removesuffix('.')}." if text else ""


def escaped(text: str) -> str:
    """Text on one line that Markdown takes for nothing but text."""
    line = one_line(text)
    return html.escape(line, quote=False).translate(_SIGNS) if _MARK.search(line) else line
