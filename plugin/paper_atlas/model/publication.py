"""Values of an entry as exports and pages need them: links, type of publication, keywords.

Exports leave out unverified links, because a wrong identifier would cite another paper, and no
format can mark a value as unverified. All other unverified values stay.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

from paper_atlas.model.entry import LINK_TITLES, Entry
from paper_atlas.text.identifiers import IDENTIFIERS, is_web_url
from paper_atlas.text.lines import CACHE_SIZE, one_line
from paper_atlas.text.page_ranges import normalize_pages
from paper_atlas.translation import ENGLISH, Translator

_ICONS = {
    **dict.fromkeys(("arxiv", "pdf", "pmid", "pmcid"), "document"),
    "code": "code",
    "data": "data",
    "project": "home",
    "scholar": "search",
}


class ShownLink(NamedTuple):
    """A link of an entry for display. `value` is as in the file, `url` is the URL."""

    kind: str
    title: str
    value: str
    url: str
    is_confirmed: bool


def shown_links(entry: Entry, translate: Translator = ENGLISH) -> list[ShownLink]:
    """Return the links of an entry for display."""
    confirmed = confirmed_links(entry)
    return [
        ShownLink(
            kind, link_title(kind, translate), value, url_of_link(kind, value), kind in confirmed
        )
        for kind, value in entry.links.by_kind().items()
    ]


def link_title(kind: str, translate: Translator) -> str:
    """Return the text of a kind of link. A label of the curator is not translated."""
    return translate(LINK_TITLES[kind]) if kind in LINK_TITLES else kind


def link_icon(kind: str) -> str:
    """Return the name of the icon for a kind of link."""
    return _ICONS.get(kind, "link")


PublicationType = Literal["journal", "meeting", "other"]
"""The type of venue of a paper."""


_PREPRINT = re.compile(
    r"(?:arXiv|bioRxiv|medRxiv|ChemRxiv|PsyArXiv|SSRN|CoRR)\b|.*\bpreprint\b", re.IGNORECASE
)
_JOURNAL = re.compile(r"\b(?:Journal|Transactions|Letters|Magazine)\b", re.IGNORECASE)
# Also an acronym in brackets, with or without a year: (MICCAI), (BrainLes 2018).
_MEETING = re.compile(
    r"\b(?i:conference|congress|meeting|proceedings|symposium|workshops?)\b"
    r"|\([^()]*[A-Z][^()]*[A-Z][^()]*\)"
)
# The most reliable link to the paper comes first. Labels of the curator come between the two.
_PAPER_LINKS = ("doi", "url", "arxiv", "pmid", "pmcid", "pdf")
_OTHER_LINKS = ("project", "scholar", "data", "code")


def is_preprint_venue(venue: str) -> bool:
    """True if a venue is an archive of preprints, such as arXiv."""
    return bool(_PREPRINT.match(venue.strip()))


def page_range(entry: Entry) -> str:
    """Return the pages with a hyphen between the first and the last, or an empty string."""
    return normalize_pages(one_line(entry.pages))


def publication_type(entry: Entry) -> PublicationType:
    """Return the type of venue of a paper, from its venue and issue.

    Papers without a venue, and preprints, are "other". An issue or a word for a journal means
    "journal"; a word for a meeting, or an acronym in brackets, means "meeting". Else "journal".
    """
    return _venue_type(one_line(entry.venue), bool(entry.issue))


@lru_cache(CACHE_SIZE)
def _venue_type(venue: str, has_issue: bool) -> PublicationType:
    if not venue or _PREPRINT.match(venue):
        return "other"
    if has_issue or _JOURNAL.search(venue) or not _MEETING.search(venue):
        return "journal"
    return "meeting"


def confirmed_links(entry: Entry) -> dict[str, str]:
    """Return the links that are not unverified, as values by kind."""
    unverified = entry.unverified
    links = {} if "links" in unverified else entry.links.by_kind()
    if not unverified:
        return links
    return {kind: value for kind, value in links.items() if kind not in unverified}


@lru_cache(CACHE_SIZE)
def url_of_link(kind: str, value: str) -> str:
    """Return the URL of a link."""
    return IDENTIFIERS[kind].url(value) if kind in IDENTIFIERS else value


def main_url(links: Mapping[str, str]) -> str:
    """Return the URL of the most reliable link, or an empty string without links."""
    kind = _main_kind(links)
    return url_of_link(kind, links[kind]) if kind else ""


def url_beside_doi(links: Mapping[str, str]) -> str:
    """Return the URL of the paper next to its DOI, or an empty string if there is none."""
    kind = _main_kind(links)
    if kind in ("", "doi", *_OTHER_LINKS):
        return links.get("url", "")
    return url_of_link(kind, links[kind])


def _main_kind(links: Mapping[str, str]) -> str:
    """Return the kind of the most reliable link, or an empty string without links."""
    for kind in _PAPER_LINKS:
        if kind in links:
            return kind
    labels = (kind for kind in links if kind not in _OTHER_LINKS)
    return next(labels, "") or next((kind for kind in _OTHER_LINKS if kind in links), "")


def notice_url(notice: str) -> str:
    """Return the URL of a notice, which is a DOI or a URL."""
    return notice if is_web_url(notice) else url_of_link("doi", notice)


def confirmed_notice_url(entry: Entry, kind: str) -> str:
    """Return the URL of a notice, `retracted` or `erratum`; it is empty if none is verified."""
    notice: str | None = getattr(entry, kind)
    return notice_url(notice) if notice and kind not in entry.unverified else ""


def retraction_url(entry: Entry) -> str:
    """Return the URL of the notice of retraction, or an empty string."""
    return notice_url(entry.retracted) if entry.retracted else ""


_term_title = lru_cache(CACHE_SIZE)(one_line)


def keywords(entry: Entry) -> list[str]:
    """Return the titles of all terms of an entry, each once."""
    terms = [term for of_facet in entry.terms.values() for term in of_facet]
    return list(dict.fromkeys([_term_title(term.title) for term in terms]))
