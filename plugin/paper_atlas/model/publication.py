"""What every format takes from an entry.

A link that nobody has confirmed stays out, identifiers above all: whoever cites by it would
cite another paper, and a format has no place for the doubt. All other fields stay.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

from paper_atlas.model.entry import LINK_TITLES, Entry
from paper_atlas.text.identifiers import IDENTIFIERS, is_web_url
from paper_atlas.text.pages import normalize_pages
from paper_atlas.text.slug import CACHE_SIZE, one_line
from paper_atlas.translation import ENGLISH, Translator

_ICONS = {
    **dict.fromkeys(("arxiv", "pdf", "pmid", "pmcid"), "document"),
    "code": "code",
    "data": "data",
    "project": "home",
    "scholar": "search",
}


class ShownLink(NamedTuple):
    """A link of an entry as it is shown: `value` is what the file says, `url` where it leads."""

    kind: str
    title: str
    value: str
    url: str
    is_confirmed: bool


def shown_links(entry: Entry, say: Translator = ENGLISH) -> list[ShownLink]:
    """The links of an entry, identifiers as web addresses."""
    sure = confirmed_links(entry)
    return [
        ShownLink(kind, link_title(kind, say), value, url_of_link(kind, value), kind in sure)
        for kind, value in entry.links.by_kind().items()
    ]


def link_title(kind: str, say: Translator) -> str:
    """What a kind of link is called; a label of the curator's is shown as it is."""
    return say(LINK_TITLES[kind]) if kind in LINK_TITLES else kind


def link_icon(kind: str) -> str:
    """The name of the picture for a kind of link."""
    return _ICONS.get(kind, "link")


PublicationType = Literal["journal", "meeting", "other"]
"""Where a paper was published."""


_PREPRINT = re.compile(r"(?:arXiv|bioRxiv|medRxiv)\b|.*\bpreprint\b", re.IGNORECASE)
_JOURNAL = re.compile(r"\b(?:Journal|Transactions|Letters|Magazine)\b", re.IGNORECASE)
# Also a short name in brackets, with or without a year: (MICCAI), (BrainLes 2018).
_MEETING = re.compile(
    r"\b(?i:conference|congress|meeting|proceedings|symposium|workshops?)\b"
    r"|\([^()]*[A-Z][^()]*[A-Z][^()]*\)"
)
# What is most surely the paper comes first; labels of the curator's stand between the two.
_THE_PAPER = ("doi", "url", "arxiv", "pmid", "pmcid", "pdf")
_NOT_THE_PAPER = ("project", "scholar", "data", "code")


def page_range(entry: Entry) -> str:
    """The pages, with a bare hyphen for the dash of a range."""
    return normalize_pages(one_line(entry.pages))


def publication_type(entry: Entry) -> PublicationType:
    """Where a paper was published, told by its venue alone.

    Without a venue, or with that of preprints, nowhere; with an issue or the word for a journal
    in a journal; with the word for a meeting or a short name in brackets at that meeting; else
    in a journal.
    """
    return _kind(one_line(entry.venue), bool(entry.issue))


@lru_cache(CACHE_SIZE)
def _kind(venue: str, has_issue: bool) -> PublicationType:
    if not venue or _PREPRINT.match(venue):
        return "other"
    if has_issue or _JOURNAL.search(venue) or not _MEETING.search(venue):
        return "journal"
    return "meeting"


def confirmed_links(entry: Entry) -> dict[str, str]:
    """The confirmed links, kind to value, identifiers bare."""
    unsure = entry.unverified
    given = {} if "links" in unsure else entry.links.by_kind()
    return {kind: it for kind, it in given.items() if kind not in unsure} if unsure else given


@lru_cache(CACHE_SIZE)
def url_of_link(kind: str, value: str) -> str:
    """The web address of a link."""
    return IDENTIFIERS[kind].url(value) if kind in IDENTIFIERS else value


def main_url(links: Mapping[str, str]) -> str:
    """The address where a title leads; nothing where there is no link."""
    first = _first(links)
    return url_of_link(first, links[first]) if first else ""


def url_beside_doi(links: Mapping[str, str]) -> str:
    """The address of the paper where the DOI does not say it, or nothing."""
    first = _first(links)
    if first in ("", "doi", *_NOT_THE_PAPER):
        return links.get("url", "")
    return url_of_link(first, links[first])


def _first(links: Mapping[str, str]) -> str:
    """The kind of link that is most surely the paper, or nothing where there is no link."""
    for kind in _THE_PAPER:
        if kind in links:
            return kind
    labels = (kind for kind in links if kind not in _NOT_THE_PAPER)
    return next(labels, "") or next((kind for kind in _NOT_THE_PAPER if kind in links), "")


def notice_url(notice: str) -> str:
    """The address of a notice, which is given by its DOI or address."""
    return notice if is_web_url(notice) else url_of_link("doi", notice)


def retraction_url(entry: Entry) -> str:
    """The address of the notice that retracts a paper, or nothing."""
    return notice_url(entry.retracted) if entry.retracted else ""


_title_of_term = lru_cache(CACHE_SIZE)(one_line)


def keywords(entry: Entry) -> list[str]:
    """The titles of all terms, each once."""
    terms = [term for found in entry.terms.values() for term in found]
    return list(dict.fromkeys([_title_of_term(term.title) for term in terms]))
