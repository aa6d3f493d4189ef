"""What the formats ask of a paper, found once for all of them."""

from typing import NamedTuple

from paper_atlas.model.entry import Entry
from paper_atlas.model.publication import (
    Kind,
    address,
    keywords,
    kind_of,
    links_of,
    notice,
    pages_of,
)
from paper_atlas.text.lines import one_line
from paper_atlas.text.names import Name, split_name


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
    kind: Kind
    links: dict[str, str]
    address: str
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
    links = links_of(entry)
    return Facts(
        entry=entry,
        title=one_line(entry.title),
        names=[*map(split_name, entry.authors)],
        year=str(entry.year or ""),
        venue=one_line(entry.venue),
        volume=one_line(entry.volume),
        issue=one_line(entry.issue),
        pages=pages_of(entry),
        kind=kind_of(entry),
        links=links,
        address=address(links),
        keywords=keywords(entry),
        retracted=notice(entry),
    )
