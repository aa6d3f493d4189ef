"""Lists of papers as files that a site offers beside its pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from paper_atlas.exports import EXPORTS, WHOLES
from paper_atlas.exports.atom import Channel, feed, has_additions
from paper_atlas.library import Library
from paper_atlas.lists import PaperList, lists
from paper_atlas.places import FEED, Site, paper_path

# A Markdown file would be a page of the site.
_SUFFIXES = {name: it.suffix for name, it in EXPORTS.items()} | {"markdown": ".md.txt"}


@dataclass(frozen=True)
class Download:
    """A file of a site, by its path; `content` has the line ends of its format."""

    path: str
    content: bytes


def downloads(library: Library, site: Site) -> Iterator[Download]:
    """All papers in each format, and those of each section and each term that has a page.

    What is not made of records there is of all papers only; feeds where the site has an address.
    """
    record = cache(lambda name, number: EXPORTS[name].record(library.entries[number]))
    numbers = {entry.id: number for number, entry in enumerate(library.entries)}
    for it in lists(library):
        for name, path in paths(it.folder).items():
            records = (record(name, numbers[entry.id]) for entry in it.entries)
            yield Download(path, EXPORTS[name].join(records).encode())
        if has_feed(it, site):
            yield Download(it.file(FEED), _feed(it, site).encode())
    for whole in WHOLES.values():
        yield Download(f"papers{whole.suffix}", whole.content(library.entries))


def paths(folder: str) -> dict[str, str]:
    """The path of the file in each format for the list in a folder, nothing being the root."""
    start = f"{folder}/papers" if folder else "papers"
    return {name: f"{start}{suffix}" for name, suffix in _SUFFIXES.items()}


def has_feed(papers: PaperList, site: Site) -> bool:
    """Whether there is a feed of a list: its addresses are whole, its dates from the entries."""
    return bool(site.addresses.root) and has_additions(papers.entries)


def feed_title(papers: PaperList, site: Site) -> str:
    """What the feed of a list is called."""
    return f"{site.name}: {papers.title}" if papers.title else site.name


def _feed(papers: PaperList, site: Site) -> str:
    full = site.addresses.full
    channel = Channel(
        feed_title(papers, site),
        site.addresses.download(papers.file(FEED)),
        full(papers.page),
        lambda entry: full(paper_path(entry.id)),
    )
    return feed(papers.entries, channel)
