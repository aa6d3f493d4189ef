"""The links of a paper as they are shown."""

from typing import NamedTuple

from paper_atlas.model.entry import LINK_TITLES, Entry
from paper_atlas.model.publication import links_of as confirmed
from paper_atlas.model.publication import web
from paper_atlas.translation import ENGLISH, Say

_ICONS = {
    **dict.fromkeys(("arxiv", "pdf", "pmid", "pmcid"), "document"),
    "code": "code",
    "data": "data",
    "project": "home",
    "scholar": "search",
}


class Link(NamedTuple):
    """A link of an entry as it is shown: `value` is what the file says, `url` where it leads."""

    kind: str
    title: str
    value: str
    url: str
    is_confirmed: bool


def links_of(entry: Entry, say: Say = ENGLISH) -> list[Link]:
    """The links of an entry, identifiers as web addresses."""
    sure = confirmed(entry)
    return [
        Link(kind, link_title(kind, say), value, web(kind, value), kind in sure)
        for kind, value in entry.links.given().items()
    ]


def link_title(kind: str, say: Say) -> str:
    """What a kind of link is called; a label of the curator's is shown as it is."""
    return say(LINK_TITLES[kind]) if kind in LINK_TITLES else kind


def icon(kind: str) -> str:
    """The name of the picture for a kind of link."""
    return _ICONS.get(kind, "link")
