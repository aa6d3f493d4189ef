"""Lists of papers as files that a site offers beside its pages.

The record of a paper is made once. It is written into the file of all papers, and the files of
shorter lists are copied from there, so that the records of a large atlas are never held at once.
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

_BUFFER = 1 << 20  # bytes that are written at once
# A Markdown file would be a page of the site.
_SUFFIXES = {name: it.suffix for name, it in EXPORTS.items()} | {"markdown": ".md.txt"}


@dataclass(frozen=True)
class Collection:
    """Papers on the page made from the file `page`, and in files in `folder`, "" being the root.

    `title` says what they are of, or nothing where it is the whole atlas; `is_dated` whether some
    say when they were added.
    """

    folder: str
    page: str
    title: str
    entries: Sequence[Entry]
    is_dated: bool

    def file_path(self, name: str) -> str:
        """The path of a file of the list."""
        return f"{self.folder}/{name}" if self.folder else name


def collections_of(library: Library) -> Iterator[Collection]:
    """Every list that has papers, that of all papers first."""
    is_any_dated = has_additions(library.entries)  # else no list need be looked through
    for folder, page, title, entries in _collections(library):
        is_dated = is_any_dated and has_additions(entries)
        yield Collection(folder, page, title, entries, is_dated)


def _collections(library: Library) -> Iterator[tuple[str, str, str, Sequence[Entry]]]:
    """The folder, page, title and papers of each list."""
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
    """The path of the file in each format for the list in a folder, nothing being the root."""
    start = f"{folder}/papers" if folder else "papers"
    return {name: f"{start}{suffix}" for name, suffix in _SUFFIXES.items()}


def all_download_paths(library: Library, site: SiteInfo) -> Iterator[str]:
    """The path of every file: all papers in each format, those of each section and each term.

    What is not made of records there is of all papers only; feeds where the site has an address.
    """
    for it in collections_of(library):
        yield from download_paths(it.folder).values()
        if has_feed(it, site):
            yield it.file_path(FEED)
    yield from (f"papers{whole.suffix}" for whole in FILE_EXPORTS.values())


def write_downloads(
    library: Library, site: SiteInfo, folder: Path, records: Iterable[Sequence[str]]
) -> None:
    """Write every file below a folder.

    `records` are those of each paper of the library, in its order, in the order of `EXPORTS`.
    """
    known = [*collections_of(library)]
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
        shorter = _entry_numbers(library, known[1:])
        for place, _ in shorter:
            (folder / place).mkdir(parents=True, exist_ok=True)
        for name, file in files.items():
            file.end()
            file.copy((folder / download_paths(place)[name], them) for place, them in shorter)
    for it in known:
        if has_feed(it, site):
            (folder / it.file_path(FEED)).write_text(
                _feed_text(it, site), encoding="utf-8", newline="\n"
            )
    for whole in FILE_EXPORTS.values():
        whole.write_file(library.entries, folder / f"papers{whole.suffix}")


def _entry_numbers(
    library: Library, shorter: Iterable[Collection]
) -> list[tuple[str, "array[int]"]]:
    """The folders of lists of some papers, with the numbers of these from 0."""
    numbers = {entry.id: number for number, entry in enumerate(library.entries)}
    return [(it.folder, array("q", [numbers[entry.id] for entry in it.entries])) for it in shorter]


class _RecordFile:
    """The file of all papers in one format, from which shorter ones are copied."""

    def __init__(self, file: BinaryIO, export: Export) -> None:
        self._file = file
        self._start, self._separator, self._end = (
            it.encode() for it in (export.start, export.separator, export.end)
        )
        self._starts, self._ends = array("q"), array("q")
        self._position = file.write(self._start)

    def add(self, text: str) -> None:
        if self._ends:
            self._position += self._file.write(self._separator)
        self._starts.append(self._position)
        self._position += self._file.write(text.encode())
        self._ends.append(self._position)

    def end(self) -> None:
        self._file.write(self._end)
        self._file.flush()

    def copy(self, lists: Iterable[tuple[Path, Iterable[int]]]) -> None:
        """Write files of some papers, by their numbers from 0."""
        if not self._ends:  # and so no list, and perhaps a file of nothing
            return
        begins, ends = self._starts, self._ends
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
    """Whether there is a feed of a list: its addresses are whole, its dates from the entries."""
    return bool(site.addresses.root) and papers.is_dated


def feed_title(papers: Collection, site: SiteInfo) -> str:
    """What the feed of a list is called."""
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
