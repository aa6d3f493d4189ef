"""What a service says of a paper, whatever the form in which it says it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from paper_atlas.text.identifiers import IDENTIFIERS


class Rank(IntEnum):
    """Whose word counts first: who registered the paper, who gathers from others, a preprint."""

    REGISTERED = 0
    GATHERED = 1
    PREPRINT = 2


@dataclass(frozen=True)
class ServiceRecord:
    """A paper as a service has it; empty where it says nothing.

    `titles` are with and without the subtitle, `venues` the names of the venue, the best first;
    `links` are bare identifiers by kind. `retracted` and `erratum` are notices by DOI or address;
    `remarks` is what else a curator should know.
    """

    titles: tuple[str, ...]
    links: Mapping[str, str]
    rank: Rank = Rank.REGISTERED
    authors: tuple[str, ...] = ()
    year: int | None = None
    venues: tuple[str, ...] = ()
    volume: str = ""
    issue: str = ""
    pages: str = ""
    is_retracted: bool = False
    retraction_notice: str = ""
    correction_notice: str = ""
    remarks: tuple[str, ...] = field(default=())


def valid_identifiers(**given: str) -> dict[str, str]:
    """The given identifiers bare, without those that are none.

    >>> identifiers(doi="https://doi.org/10.1000/182", pmid="")
    {'doi': '10.1000/182'}
    """
    bare = ((kind, IDENTIFIERS[kind].bare(text)) for kind, text in given.items())
    return {kind: value for kind, value in bare if value}


def arxiv_id_from_doi(doi: str) -> str:
    """The arXiv identifier within a DOI of arXiv's, else nothing.

    https://info.arxiv.org/help/doi.html

    >>> arxiv_of("10.48550/arXiv.1709.07330")
    '1709.07330'
    """
    prefix = "10.48550/arxiv."
    return doi[len(prefix) :] if doi.casefold().startswith(prefix) else ""
