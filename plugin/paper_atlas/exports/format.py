"""What an export format is, and the facts that the formats need of a paper."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from paper_atlas.model.entry import Entry
from paper_atlas.model.publication import (
    PublicationType,
    confirmed_links,
    keywords,
    page_range,
    publication_type,
    retraction_url,
    url_beside_doi,
)
from paper_atlas.text.names import Name, split_name
from paper_atlas.text.slug import one_line


class Facts(NamedTuple):
    """An entry, and what `parts` says of it: texts on one line, empty where the entry has none.

    `address` is that of the paper where the DOI does not say it, `retracted` that of the notice.
    """

    entry: Entry
    title: str
    names: list[Name]
    year: str
    venue: str
    volume: str
    issue: str
    pages: str
    kind: PublicationType
    links: dict[str, str]
    url: str
    keywords: list[str]
    retracted: str

    @property
    def authors(self) -> list[str]:
        """The names of the authors as they are said."""
        return [name.plain for name in self.names]

    @property
    def remarks(self) -> list[str]:
        """What has no field of its own anywhere: that the paper is retracted, and its code."""
        said = [f"Retracted: {self.retracted}"] if self.retracted else []
        return [*said, f"Code: {self.links['code']}"] if "code" in self.links else said


def facts_of(entry: Entry) -> Facts:
    """The facts of an entry; what nobody has confirmed of its links is not among them."""
    links = confirmed_links(entry)
    return Facts(
        entry=entry,
        title=one_line(entry.title),
        names=[*map(split_name, entry.authors)],
        year=str(entry.year or ""),
        venue=one_line(entry.venue),
        volume=one_line(entry.volume),
        issue=one_line(entry.issue),
        pages=page_range(entry),
        kind=publication_type(entry),
        links=links,
        url=url_beside_doi(links),
        keywords=keywords(entry),
        retracted=retraction_url(entry),
    )


@dataclass(frozen=True)
class Export:
    """A format: a whole file is `start`, then the records with `between`, then `end`.

    Who writes a paper in several formats calls `records_of`, which finds its facts once.
    `divided_as` names the format whose files a browser divides into records in the same way.
    """

    suffix: str
    title: str
    format_record: Callable[[Facts], str]
    start: str = ""
    separator: str = ""
    end: str = ""
    divided_as: str = ""

    def record_of_entry(self, entry: Entry) -> str:
        """The record of a paper."""
        return self.format_record(facts_of(entry))

    def join_records(self, records: Iterable[str]) -> str:
        """The file of records."""
        return self.start + self.separator.join(records) + self.end


@dataclass(frozen=True)
class FileExport:
    """A format whose files are not made of records: `write` makes one of entries at a path."""

    suffix: str
    title: str
    write_file: Callable[[Sequence[Entry], Path], None]

    def file_content(self, entries: Sequence[Entry]) -> bytes:
        """The file of entries, for who cannot say where it will be."""
        with TemporaryDirectory() as folder:
            path = Path(folder) / f"papers{self.suffix}"
            self.write_file(entries, path)
            return path.read_bytes()
