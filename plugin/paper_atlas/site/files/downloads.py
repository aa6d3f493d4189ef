"""Lists of papers as files that a site offers beside its pages.

Each record of a paper is created once and written to the file of all papers. The files of shorter
lists are copied from that file, so the records of a large atlas never fill the memory.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import BinaryIO

from paper_atlas.exports import EXPORTS, FILE_EXPORTS
from paper_atlas.exports.atom import FeedInfo, atom_feed, has_additions
from paper_atlas.exports.format import Export
from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.site.addresses import (
    ALL_PAPERS,
    FEED,
    SiteInfo,
    paper_path,
    section_path,
    term_path,
)

_BUFFER = 1 << 20  # bytes
# A Markdown file would be a page of the site.
_SUFFIXES = {name: export.suffix for name, export in EXPORTS.items()} | {"markdown": ".md.txt"}


@dataclass(frozen=True)
class Collection:
    """Papers that are listed on the page `page` (a Markdown path) and in the files in `folder`.

    `folder` is an empty string for the root. `title` names their subject and is an empty string for
    the whole atlas. `is_dated` is true if some of them have the date on which they were added.
    """

    folder: str
    page: str
    title: str
    entries: Sequence[Entry]
    is_dated: bool

    def file_path(self, name: str) -> str:
        """Return the path of a file of the collection."""
        return f"{self.folder}/{name}" if self.folder else name


def collections_of(library: Library) -> Iterator[Collection]:
    """Yield every collection that has papers, that of all papers first."""
    is_any_dated = has_additions(library.entries)  # else no list has to be searched
    for folder, page, title, entries in _collections(library):
        is_dated = is_any_dated and has_additions(entries)
        yield Collection(folder, page, title, entries, is_dated)


def _collections(library: Library) -> Iterator[tuple[str, str, str, Sequence[Entry]]]:
    """Yield the folder, page, title and papers of each collection."""
    yield "", ALL_PAPERS, "", library.entries
    for name, facet in library.vocabulary.facets.items():
        for section in facet.sections:
            if entries := library.papers_of_section(name, section):
                folder = f"sections/{section.id}"
                yield folder, section_path(section), section.title, entries
        for term in facet.all_terms if facet.pages else ():
            if entries := library.papers_of_term(name, term):
                yield f"{name}/{term.id}", term_path(name, term), term.title, entries


def download_paths(folder: str) -> dict[str, str]:
    """Return the path of the file in each format for a folder ("" is the root)."""
    start = f"{folder}/papers" if folder else "papers"
    return {name: f"{start}{suffix}" for name, suffix in _SUFFIXES.items()}


def all_download_paths(library: Library, site: SiteInfo) -> Iterator[str]:
    """Yield the path of every file.

    Each collection has a file in each format, and a feed if the site has an address. Formats that
    are not made of records are only for all papers.
    """
    for collection in collections_of(library):
        yield from download_paths(collection.folder).values()
        if has_feed(collection, site):
            yield collection.file_path(FEED)
    yield from (f"papers{whole.suffix}" for whole in FILE_EXPORTS.values())


def write_downloads(
    library: Library, site: SiteInfo, folder: Path, records: Iterable[Sequence[str]]
) -> None:
    """Write every file below a folder.

    `records` has an item for each paper in the order of the library: its records in the order of
    `EXPORTS`.
    """
    collections = [*collections_of(library)]
    with ExitStack() as stack:
        files = {
            name: _RecordFile(
                stack.enter_context((folder / path).open("wb+", _BUFFER)), EXPORTS[name]
            )
            for name, path in download_paths("").items()
        }
        for texts in records:
            for file, text in zip(files.values(), texts, strict=True):
                file.add(text)
        shorter = _entry_numbers(library, collections[1:])
        for path, _ in shorter:
            (folder / path).mkdir(parents=True, exist_ok=True)
        for name, file in files.items():
            file.end()
            file.copy((folder / download_paths(path)[name], numbers) for path, numbers in shorter)
    for collection in collections:
        if has_feed(collection, site):
            feed_file = folder / collection.file_path(FEED)
            feed_file.write_text(_feed_text(collection, site), encoding="utf-8", newline="\n")
    for whole in FILE_EXPORTS.values():
        whole.write_file(library.entries, folder / f"papers{whole.suffix}")


def _entry_numbers(
    library: Library, shorter: Iterable[Collection]
) -> list[tuple[str, "array[int]"]]:
    """Return (folder, numbers of its papers from 0) for collections."""
    numbers = {entry.id: number for number, entry in enumerate(library.entries)}
    return [
        (collection.folder, array("q", [numbers[entry.id] for entry in collection.entries]))
        for collection in shorter
    ]


class _RecordFile:
    """The file of all papers in one format, from which shorter files are copied."""

    def __init__(self, file: BinaryIO, export: Export) -> None:
        self._file = file
        self._start, self._separator, self._end = (
            text.encode() for text in (export.start, export.separator, export.end)
        )
        self._record_starts, self._record_ends = array("q"), array("q")
        self._position = file.write(self._start)

    def add(self, text: str) -> None:
        if self._record_ends:
            self._position += self._file.write(self._separator)
        self._record_starts.append(self._position)
        self._position += self._file.write(text.encode())
        self._record_ends.append(self._position)

    def end(self) -> None:
        self._file.write(self._end)
        self._file.flush()

    def copy(self, lists: Iterable[tuple[Path, Iterable[int]]]) -> None:
        """Write files of some papers, given by their numbers from 0."""
        if not self._record_ends:  # then there is no other list, and an empty file cannot be mapped
            return
        begins, ends = self._record_starts, self._record_ends
        with mmap(self._file.fileno(), 0, access=ACCESS_READ) as whole:
            for path, numbers in lists:
                with path.open("wb", _BUFFER) as file:
                    before = self._start
                    for number in numbers:
                        file.write(before)
                        file.write(whole[begins[number] : ends[number]])
                        before = self._separator
                    file.write(self._end)


def has_feed(papers: Collection, site: SiteInfo) -> bool:
    """True if a collection has a feed. It needs full addresses, and dates in the entries."""
    return bool(site.addresses.root) and papers.is_dated


def feed_title(papers: Collection, site: SiteInfo) -> str:
    """Return the title of the feed of a collection."""
    return f"{site.name}: {papers.title}" if papers.title else site.name


def _feed_text(papers: Collection, site: SiteInfo) -> str:
    full = site.addresses.full_page_url
    channel = FeedInfo(
        feed_title(papers, site),
        site.addresses.file_url(papers.file_path(FEED)),
        full(papers.page),
        lambda entry: full(paper_path(entry.id)),
    )
    return atom_feed(papers.entries, channel)
