"""Lists of papers as files that a site offers beside its pages.

Each record of a paper is created once and written to the file of all papers. The files of shorter
lists are copied from that file, so the records of a large atlas never fill the memory.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from contextlib import ExitStack
from functools import cached_property
from mmap import ACCESS_READ, mmap
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from paper_atlas.exports import EXPORTS, FILE_EXPORTS, records_of
from paper_atlas.exports.atom import FeedInfo, atom_feed, has_additions
from paper_atlas.exports.csv import csv_line
from paper_atlas.exports.format import Export
from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.site.addresses import FEED, SiteInfo, chart_file, paper_path
from paper_atlas.site.collection import Collection, collections_of
from paper_atlas.site.html.charts import Chart
from paper_atlas.translation import Translator

_BUFFER = 1 << 20  # bytes
# A Markdown file would be a page of the site.
SUFFIXES = {name: export.suffix for name, export in EXPORTS.items()} | {"markdown": ".md.txt"}


LIST_FORMATS = ("bibtex", "ris")
"""The formats in which a site has a file for each list; the script makes those of all others."""

MAX_LIST_PAPERS = 200
"""The largest number of papers for which a list has files of its own.

Longer lists would repeat each paper in a dozen files, most of a site of 10,000 papers.
"""


def download_paths(papers: Collection) -> dict[str, str]:
    """Return the paths of the files of a collection, by the name of their format.

    All papers have a file in each format.
    """
    if papers.folder and not 0 < len(papers.entries) <= MAX_LIST_PAPERS:
        return {}
    names = LIST_FORMATS if papers.folder else SUFFIXES
    return {name: papers.file_path(f"papers{SUFFIXES[name]}") for name in names}


def file_export_paths() -> dict[str, str]:
    """Return the paths of the files of all papers that do not consist of records."""
    return {name: f"papers{whole.suffix}" for name, whole in FILE_EXPORTS.items()}


def feed_paths(library: Library, site: SiteInfo) -> dict[str, Collection]:
    """Return the collections with a feed, by the path of the feed."""
    if not site.addresses.root or not has_additions(library.entries):
        return {}
    found = (papers for papers in collections_of(library) if has_feed(papers, site))
    return {papers.file_path(FEED): papers for papers in found}


def write_downloads(
    library: Library,
    folder: Path,
    paths: Set[str],
    records: Callable[[Entry], Sequence[str]] = records_of,
) -> None:
    """Write the files that consist of records, those at `paths`, below a folder.

    `records` returns the records of a paper in the order of `EXPORTS`.
    """
    everything, *shorter = collections_of(library)
    whole_paths = download_paths(everything)
    with ExitStack() as stack:
        files = {
            name: _RecordFile(stack.enter_context(_open_file(folder, path, paths)), EXPORTS[name])
            for name, path in whole_paths.items()
        }
        for entry in library.entries:
            for file, text in zip(files.values(), records(entry), strict=True):
                file.add(text)
        for file in files.values():
            file.end()
        numbers = {entry.id: number for number, entry in enumerate(library.entries)}
        for papers in shorter:
            wanted = {name: path for name, path in download_paths(papers).items() if path in paths}
            for name, path in wanted.items():
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                files[name].copy(folder / path, [numbers[entry.id] for entry in papers.entries])


def _open_file(folder: Path, path: str, paths: Set[str]) -> BinaryIO:
    """Open the file at a path below a folder, or a temporary file if the path is not wanted."""
    if path not in paths:
        return cast(BinaryIO, TemporaryFile(buffering=_BUFFER))
    return (folder / path).open("wb+", _BUFFER)


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

    def copy(self, path: Path, numbers: Iterable[int]) -> None:
        """Write a file of some papers, given by their numbers from 0."""
        begins, ends = self._record_starts, self._record_ends
        with path.open("wb", _BUFFER) as file:
            before = self._start
            for number in numbers:
                file.write(before)
                file.write(self._content[begins[number] : ends[number]])
                before = self._separator
            file.write(self._end)

    @cached_property
    def _content(self) -> mmap:
        """The finished file, which is not empty."""
        return mmap(self._file.fileno(), 0, access=ACCESS_READ)


def has_feed(papers: Collection, site: SiteInfo) -> bool:
    """True if a collection has a feed. It needs full addresses, and dates in the entries."""
    return bool(site.addresses.root) and papers.is_dated


def feed_title(papers: Collection, site: SiteInfo) -> str:
    """Return the title of the feed of a collection."""
    return f"{site.name}: {papers.title}" if papers.title else site.name


def feed_text(papers: Collection, site: SiteInfo) -> str:
    """Return the feed of a collection."""
    full = site.addresses.full_page_url
    channel = FeedInfo(
        feed_title(papers, site),
        site.addresses.file_url(papers.file_path(FEED)),
        full(papers.page),
        lambda entry: full(paper_path(entry.id)),
    )
    return atom_feed(papers.entries, channel)


def chart_files(charts: Iterable[Chart], translate: Translator) -> dict[str, str]:
    """Return the numbers of charts as CSV by path, with all rows."""
    return {chart_file(chart.id): "".join(_chart_lines(chart, translate)) for chart in charts}


def _chart_lines(chart: Chart, translate: Translator) -> Iterator[str]:
    yield csv_line([chart.heading, translate("Papers"), *(row.title for row in chart.columns)])
    for row in chart.all_rows:
        yield csv_line([row.title, *(str(mark.count) for mark in (row.total, *row.cells))])
