"""An Atom feed of the papers that were added last.

The format: https://www.rfc-editor.org/rfc/rfc4287. Its dates come from the entries alone, and all
its addresses are whole, so that it is the same file wherever it is read.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from xml.etree import ElementTree as ET

from paper_atlas.entry import Entry
from paper_atlas.exports.names import split_name
from paper_atlas.exports.parts import notice, one_line

LIMIT = 50
"""How many papers a feed holds: readers keep what they have seen."""


@dataclass(frozen=True)
class Channel:
    """What a feed is of: its title, its own address, and that of the page with the same papers.

    `paper` gives the address of the page of a paper.
    """

    title: str
    address: str
    page: str
    paper: Callable[[Entry], str]


def has_additions(entries: Iterable[Entry]) -> bool:
    """Whether entries say when they were added; a feed of others would have no date."""
    return any(entry.added for entry in entries)


def feed(entries: Sequence[Entry], channel: Channel) -> str:
    """The feed of entries, some of which `has_additions`: the newest first, then in their order."""
    dated = [(entry.added, entry) for entry in entries if entry.added]
    dated.sort(key=lambda it: it[0], reverse=True)
    root = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom"})
    _texts(root, _head(channel, dated[0][0]))
    ET.SubElement(root, "link", {"rel": "self", "href": channel.address})
    ET.SubElement(root, "link", {"rel": "alternate", "href": channel.page})
    _person(root, channel.title)
    for added, entry in dated[:LIMIT]:
        _paper(ET.SubElement(root, "entry"), entry, added, channel.paper(entry))
    ET.indent(root)
    text: str = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def _head(channel: Channel, newest: date) -> Iterator[tuple[str, str]]:
    yield "id", channel.address
    yield "title", one_line(channel.title)
    yield "updated", _moment(newest)


def _paper(item: ET.Element, entry: Entry, added: date, address: str) -> None:
    retracted = "Retracted: " if notice(entry) else ""
    given = {
        "id": address,
        "title": retracted + one_line(entry.title),
        "published": _moment(added),
        "updated": _moment(added),
        "summary": _summary(entry),
    }
    _texts(item, given.items())
    ET.SubElement(item, "link", {"rel": "alternate", "href": address})
    for author in entry.authors:
        _person(item, split_name(author).plain)
    for facet, terms in entry.terms.items():
        for term in terms:
            named = {"term": f"{facet}/{term.id}", "label": one_line(term.title)}
            ET.SubElement(item, "category", named)


def _summary(entry: Entry) -> str:
    """Where and when it was published."""
    return ", ".join(filter(None, (one_line(entry.venue), str(entry.year or ""))))


def _person(parent: ET.Element, name: str) -> None:
    ET.SubElement(ET.SubElement(parent, "author"), "name").text = name


def _texts(parent: ET.Element, given: Iterable[tuple[str, str]]) -> None:
    for name, text in given:
        if text:
            ET.SubElement(parent, name).text = text


def _moment(day: date) -> str:
    """An entry knows the day; the first moment of it in UTC stands for it."""
    return f"{day.isoformat()}T00:00:00Z"
