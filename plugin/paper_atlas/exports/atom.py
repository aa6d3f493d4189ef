"""An Atom feed of the papers that were added last.

The format: https://www.rfc-editor.org/rfc/rfc4287. Its dates come from the entries alone, and all
its addresses are whole, so that it is the same file wherever it is read.
"""

import html
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from paper_atlas.model.entry import Entry
from paper_atlas.text.names import split_name
from paper_atlas.text.slug import one_line

MAX_ENTRIES = 50
"""How many papers a feed holds: readers keep what they have seen."""


@dataclass(frozen=True)
class FeedInfo:
    """What a feed is of: its title, its own address, and that of the page with the same papers.

    `paper` gives the address of the page of a paper.
    """

    title: str
    feed_url: str
    page_url: str
    paper_url: Callable[[Entry], str]


def has_additions(entries: Iterable[Entry]) -> bool:
    """Whether entries say when they were added; a feed of others would have no date."""
    return any(entry.added for entry in entries)


def atom_feed(entries: Sequence[Entry], channel: FeedInfo) -> str:
    """The feed of entries, some of which `has_additions`: the newest first, then in their order."""
    dated = [(entry.added, entry) for entry in entries if entry.added]
    dated.sort(key=lambda it: it[0], reverse=True)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"  <id>{_text(channel.feed_url)}</id>",
        f"  <title>{_text(one_line(channel.title))}</title>",
        f"  <updated>{_moment(dated[0][0])}</updated>",
        f'  <link rel="self" href="{_value(channel.feed_url)}" />',
        f'  <link rel="alternate" href="{_value(channel.page_url)}" />',
        *("  <author>", f"    <name>{_text(channel.title)}</name>", "  </author>"),
    ]
    for added, entry in dated[:MAX_ENTRIES]:
        lines += ["  <entry>", *_paper(entry, added, channel.paper_url(entry)), "  </entry>"]
    return "".join([f"{line}\n" for line in [*lines, "</feed>"]])


def _paper(entry: Entry, added: date, address: str) -> Iterator[str]:
    title = f"{'Retracted: ' if entry.retracted else ''}{one_line(entry.title)}"
    yield f"    <id>{_text(address)}</id>"
    yield f"    <title>{_text(title)}</title>"
    yield f"    <published>{_moment(added)}</published>"
    yield f"    <updated>{_moment(added)}</updated>"
    if summary := _summary(entry):
        yield f"    <summary>{_text(summary)}</summary>"
    yield f'    <link rel="alternate" href="{_value(address)}" />'
    for author in entry.authors:
        name = _text(split_name(author).plain)
        yield from ("    <author>", f"      <name>{name}</name>", "    </author>")
    for facet, terms in entry.terms.items():
        for term in terms:
            label = _value(one_line(term.title))
            yield f'    <category term="{facet}/{term.id}" label="{label}" />'


def _summary(entry: Entry) -> str:
    """Where and when it was published."""
    return ", ".join(filter(None, (one_line(entry.venue), str(entry.year or ""))))


def _text(text: str) -> str:
    return html.escape(text, quote=False)


def _value(text: str) -> str:
    """A text as the value of an attribute."""
    return _text(text).replace('"', "&quot;")


def _moment(day: date) -> str:
    """An entry knows the day; the first moment of it in UTC stands for it."""
    return f"{day.isoformat()}T00:00:00Z"
