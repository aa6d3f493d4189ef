"""The record that a service has of a paper, in one form for all services."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from paper_atlas.text.identifiers import IDENTIFIERS
from paper_atlas.text.names import AuthorName


class SourceRank(IntEnum):
    """How reliable a record is. Values of a lower rank take precedence."""

    REGISTERED = 0
    """The publisher registered the paper with this service."""
    AGGREGATED = 1
    """The service collects records of other services."""
    PREPRINT = 2
    """The record describes a preprint."""


@dataclass(frozen=True)
class ServiceRecord:
    """A record of a paper. Fields are empty if the service has no value.

    Attributes:
        titles: The title with and without its subtitle.
        links: Bare identifiers by kind.
        rank: How reliable the record is.
        authors: Names in the form of entries.
        year: The year of publication.
        venues: The names of the venue, the best one first.
        volume: The volume.
        issue: The issue.
        pages: A range of pages, or the number of an article.
        is_retracted: True if the paper is retracted.
        retraction_notice: The DOI or URL of the retraction notice.
        correction_notice: The DOI or URL of the latest correction.
        remarks: Further facts for the curator.
    """

    titles: tuple[str, ...]
    links: Mapping[str, str]
    rank: SourceRank = SourceRank.REGISTERED
    authors: tuple[AuthorName, ...] = ()
    year: int | None = None
    venues: tuple[str, ...] = ()
    volume: str = ""
    issue: str = ""
    pages: str = ""
    is_retracted: bool = False
    retraction_notice: str = ""
    correction_notice: str = ""
    remarks: tuple[str, ...] = field(default=())


def valid_identifiers(**candidates: str) -> dict[str, str]:
    """Return the bare form of the valid identifiers among `candidates`, by kind.

    >>> valid_identifiers(doi="https://doi.org/10.1000/182", pmid="")
    {'doi': '10.1000/182'}
    """
    bare = ((kind, IDENTIFIERS[kind].parse(text)) for kind, text in candidates.items())
    return {kind: value for kind, value in bare if value}


def arxiv_id_from_doi(doi: str) -> str:
    """Return the arXiv identifier in a DOI of arXiv, otherwise an empty string.

    https://info.arxiv.org/help/doi.html

    >>> arxiv_id_from_doi("10.48550/arXiv.1709.07330")
    '1709.07330'
    """
    prefix = "10.48550/arxiv."
    return doi[len(prefix) :] if doi.casefold().startswith(prefix) else ""
