"""Lists of papers as files that a site offers beside its pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from paper_atlas.entry import Entry
from paper_atlas.exports import EXPORTS
from paper_atlas.library import Library

# A Markdown file would be a page of the site.
_SUFFIXES = {name: it.suffix for name, it in EXPORTS.items()} | {"markdown": ".md.txt"}


@dataclass(frozen=True)
class Download:
    """A file of a site, by its path; `content` has the line ends of its format."""

    path: str
    content: bytes


def downloads(library: Library) -> Iterator[Download]:
    """All papers in each format, and those of each section and each term that has a page."""
    record = cache(lambda name, number: EXPORTS[name].record(library.entries[number]))
    numbers = {entry.id: number for number, entry in enumerate(library.entries)}
    for folder, entries in _lists(library):
        for name, path in paths(folder).items():
            records = (record(name, numbers[entry.id]) for entry in entries)
            yield Download(path, EXPORTS[name].join(records).encode())


def paths(folder: str) -> dict[str, str]:
    """The path of the file in each format for the list in a folder, nothing being the root."""
    start = f"{folder}/papers" if folder else "papers"
    return {name: f"{start}{suffix}" for name, suffix in _SUFFIXES.items()}


def _lists(library: Library) -> Iterator[tuple[str, Sequence[Entry]]]:
    yield "", library.entries
    for name, facet in library.vocabulary.facets.items():
        for section in facet.sections:
            if entries := library.of_section(name, section):
                yield f"sections/{section.id}", entries
        for term in facet.all_terms if facet.pages else ():
            if entries := library.of_term(name, term):
                yield f"{name}/{term.id}", entries
