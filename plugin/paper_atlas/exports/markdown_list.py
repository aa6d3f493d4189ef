"""A list in Markdown, for a README.

The format: https://spec.commonmark.org/0.31.2/, in what Python-Markdown reads alike.
"""

import html
from collections.abc import Iterable
from urllib.parse import quote

from paper_atlas.entry import LINK_TITLES, Entry
from paper_atlas.exports.names import split_name
from paper_atlas.exports.parts import links_of, notice, one_line, pages_of, primary, web

# Python-Markdown knows no backslash before the signs that are written as references.
_SIGNS = {ord(sign): f"\\{sign}" for sign in "\\`*_[]{}"} | {
    ord(sign): f"&#{ord(sign)};" for sign in "~$|"
}
_IN_ADDRESS = {ord(sign): quote(sign, safe="") for sign in '\\()<>"'}


def record(entry: Entry) -> str:
    """The item of a paper, one line.

    `- **[Title](url)** Authors. *Venue* 37(12), 2663-2674, 2018. [DOI](…) [arXiv](…)`
    """
    parts = [_title(entry), _retraction(entry), _authors(entry), _source(entry), _links(entry)]
    return f"- {' '.join(part for part in parts if part)}\n"


def join(records: Iterable[str]) -> str:
    """Items below each other."""
    return "".join(records)


def _title(entry: Entry) -> str:
    url = primary(links_of(entry))
    return f"**{link(entry.title, url) if url else escaped(entry.title)}**"


def _retraction(entry: Entry) -> str:
    url = notice(entry)
    return f"**{link('Retracted', url)}.**" if url else ""


def _authors(entry: Entry) -> str:
    return _sentence(", ".join(escaped(split_name(author).plain) for author in entry.authors))


def _source(entry: Entry) -> str:
    venue = f"*{escaped(entry.venue)}*" if entry.venue else ""
    issue = f"({escaped(entry.issue)})" if entry.issue else ""
    volume = f"{venue} {escaped(entry.volume)}{issue}".strip()
    parts = [volume, escaped(pages_of(entry)), str(entry.year or "")]
    return _sentence(", ".join(part for part in parts if part))


def _links(entry: Entry) -> str:
    return " ".join(
        link(LINK_TITLES.get(kind, kind), web(kind, value))
        for kind, value in links_of(entry).items()
    )


def link(text: str, url: str) -> str:
    """A link with words that are nothing but text."""
    return f"[{escaped(text)}]({url.translate(_IN_ADDRESS)})"


def _sentence(text: str) -> str:
    return f"{text.removesuffix('.')}." if text else ""


def escaped(text: str | None) -> str:
    """Text on one line that Markdown takes for nothing but text."""
    return html.escape(one_line(text), quote=False).translate(_SIGNS)
