"""An Atom feed of the papers that were added last.

The format: https://www.rfc-editor.org/rfc/rfc4287. Dates come from the entries only, and all URLs
are absolute, so that the same entries always give the same file.
"""

import html
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from paper_atlas.model.entry import Entry
from paper_atlas.text.lines import one_line
from paper_atlas.text.names import split_name

MAX_ENTRIES = 50
"""The most papers in a feed; feed readers store the older ones."""


@dataclass(frozen=True)
class FeedInfo:
    """The title of a feed, its own URL, and the URL of the page with the same papers.

    `paper_url` returns the URL of the page of a paper.
    """

    title: str
    feed_url: str
    page_url: str
    paper_url: Callable[[Entry], str]


def has_additions(entries: Iterable[Entry]) -> bool:
    """True if any entry has the key `added`; without one a feed would have no date."""
    return any(entry.added for entry in entries)


def atom_feed(entries: Sequence[Entry], info: FeedInfo) -> str:
    """Return the feed of the entries with the key `added`, the latest first, then in their order.

    At least one entry must have the key; see `has_additions`.
    """
    dated = [(entry.added, entry) for entry in entries if entry.added]
    dated.sort(key=lambda pair: pair[0], reverse=True)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"  <id>{_text(info.feed_url)}</id>",
        f"  <title>{_text(one_line(info.title))}</title>",
        f"  <updated>{_timestamp(dated[0][0])}</updated>",
        f'  <link rel="self" href="{_attribute(info.feed_url)}" />',
        f'  <link rel="alternate" href="{_attribute(info.page_url)}" />',
        *("  <author>", f"    <name>{_text(info.title)}</name>", "  </author>"),
    ]
    for added, entry in dated[:MAX_ENTRIES]:
        lines += ["  <entry>", *_entry_lines(entry, added, info.paper_url(entry)), "  </entry>"]
    return "".join([f"{line}\n" for line in [*lines, "</feed>"]])


def _entry_lines(entry: Entry, added: date, url: str) -> Iterator[str]:
    title = f"{'Retracted: ' if entry.retracted else ''}{one_line(entry.title)}"
    yield f"    <id>{_text(url)}</id>"
    yield f"    <title>{_text(title)}</title>"
    yield f"    <published>{_timestamp(added)}</published>"
    yield f"    <updated>{_timestamp(added)}</updated>"
    if summary := _summary(entry):
        yield f"    <summary>{_text(summary)}</summary>"
    yield f'    <link rel="alternate" href="{_attribute(url)}" />'
    for author in entry.authors:
        name = _text(split_name(author).plain)
        yield from ("    <author>", f"      <name>{name}</name>", "    </author>")
    for facet, terms in entry.terms.items():
        for term in terms:
            label = _attribute(one_line(term.title))
            yield f'    <category term="{facet}/{term.id}" label="{label}" />'


def _summary(entry: Entry) -> str:
    """Return the venue and the year of a paper."""
    return ", ".join(filter(None, (one_line(entry.venue), str(entry.year or ""))))


def _text(text: str) -> str:
    return html.escape(text, quote=False)


def _attribute(text: str) -> str:
    """Escape a text for the value of an attribute."""
    return _text(text).replace('"', "&quot;")


def _timestamp(day: date) -> str:
    """Return the start of a day in UTC; entries have no time of the day."""
    return f"{day.isoformat()}T00:00:00Z"
