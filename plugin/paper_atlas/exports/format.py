"""The description of an export format, and the facts of a paper that formats write."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from paper_atlas.model.entry import LINK_TITLES, Entry
from paper_atlas.model.publication import (
    PublicationType,
    confirmed_links,
    keywords,
    page_range,
    publication_type,
    retraction_url,
    url_beside_doi,
    url_of_link,
)
from paper_atlas.source.atomic import temporary_folder
from paper_atlas.text.identifiers import is_web_url
from paper_atlas.text.lines import one_line
from paper_atlas.text.names import Name, split_name


@dataclass(frozen=True, eq=False)
class PaperFacts:
    """The facts of an entry: texts on one line, empty if the entry does not have them.

    `links` are the confirmed ones by kind. `url` is a URL of the paper that the DOI does not give.
    `retracted` is the URL of the notice of retraction.
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
        """The names of the authors in reading order: `Given Family`."""
        return [name.plain for name in self.names]

    def other_links(self, stored: Collection[str]) -> list[str]:
        """Return the links of kinds that are not in `stored`, each as `Label: URL`."""
        return [
            f"{LINK_TITLES.get(kind, kind)}: {url_of_link(kind, value)}"
            for kind, value in self.links.items()
            if kind not in stored
        ]

    @property
    def remarks(self) -> list[str]:
        """Facts without a field in any format: the retraction, and the URL of the code."""
        retraction = [f"Retracted: {self.retracted}"] if self.retracted else []
        code = [f"Code: {self.links['code']}"] if "code" in self.links else []
        return [*retraction, *code]


def facts_of_paper(entry: Entry) -> PaperFacts:
    """Return the facts of an entry, without its unverified links."""
    links = {kind: _with_encoded_braces(link) for kind, link in confirmed_links(entry).items()}
    return PaperFacts(
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


def _with_encoded_braces(link: str) -> str:
    """Encode braces in a URL, which are markup in LaTeX, and which no URL may contain.

    https://www.rfc-editor.org/rfc/rfc3986#section-2
    """
    if ("{" not in link and "}" not in link) or not is_web_url(link):
        return link
    return link.replace("{", "%7B").replace("}", "%7D")


@dataclass(frozen=True)
class Export:
    """A format whose files are `start`, the records joined by `separator`, and `end`.

    To write a paper in several formats, call `records_of`, which collects its facts once.
    """

    suffix: str
    title: str
    format_record: Callable[[PaperFacts], str]
    start: str = ""
    separator: str = ""
    end: str = ""

    def record_of_entry(self, entry: Entry) -> str:
        """Return the record of an entry."""
        return self.format_record(facts_of_paper(entry))

    def join_records(self, records: Iterable[str]) -> str:
        """Return the text of a file with these records."""
        return self.start + self.separator.join(records) + self.end

    @property
    def boundary(self) -> str:
        """Regular expression, for Python and JavaScript, that splits a file into records.

        Apply it to the text between `start` and `end`. A record is one line without its line
        break, or it ends with a line break and contains no blank line.
        """
        return self.separator if self.separator.strip() else rf"(?<=\n){self.separator}(?=.)"

    @property
    def syntax(self) -> dict[str, str]:
        """The values that a program needs to select records of a file."""
        fields = "start", "separator", "end", "boundary"
        return {name: getattr(self, name) for name in fields}


@dataclass(frozen=True)
class FileExport:
    """A format whose files do not consist of records; `write_file` writes entries to a path."""

    suffix: str
    title: str
    write_file: Callable[[Sequence[Entry], Path], None]

    def file_content(self, entries: Sequence[Entry]) -> bytes:
        """Return a file of entries as bytes, for callers without a target path.

        Raises:
            OSError: the disk is full, or there is no permission.
        """
        with temporary_folder() as folder:
            path = folder / f"papers{self.suffix}"
            self.write_file(entries, path)
            return path.read_bytes()
