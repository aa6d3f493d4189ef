"""Search the DOI of a paper that has none, by title and first author. Each result has a score."""

from collections.abc import Iterable
from dataclasses import dataclass

from paper_atlas.enrich.proposal import Proposal
from paper_atlas.enrich.record import ServiceRecord
from paper_atlas.enrich.services.base import FetchRecords, ServiceError
from paper_atlas.enrich.services.crossref import CROSSREF_SEARCH, search_path
from paper_atlas.enrich.similarity import title_similarity
from paper_atlas.enrich.warnings import NO_ANSWER, note_at, warning_at
from paper_atlas.intake.merge import complete_entry
from paper_atlas.intake.paper_index import PaperIndex
from paper_atlas.model.entry import Entry
from paper_atlas.model.identity import Fingerprint, Match, compare, fingerprint_of_entry
from paper_atlas.problem import Problem
from paper_atlas.source.document import Document
from paper_atlas.text.names import author_key, split_name

_MAX_RESULTS = 5
_MIN_REPORTED_SCORE, _MIN_PROPOSED_SCORE = 75, 92
_AUTHORS_SHARE = 0.2  # of the score; the titles have the rest


@dataclass(frozen=True)
class _Candidate:
    score: int
    doi: str
    record: ServiceRecord


def propose_doi(
    entry: Entry, document: Document, fetch: FetchRecords, index: PaperIndex
) -> Proposal:
    """Return the entry with its most likely DOI, as unverified, and a note for each candidate.

    The DOI is added only if it is the only one with a score of at least 92, if its record is of
    the same paper by the rule of `model.identity`, and if no other paper in `index` has it.
    """
    surname = split_name(entry.authors[0]).surname if entry.authors else ""
    try:
        records = fetch(CROSSREF_SEARCH, search_path(entry.title, surname, _MAX_RESULTS))
    except ServiceError as error:
        message = f"no answer from Crossref about '{entry.title}': {error}"
        return Proposal(entry, (warning_at(document, NO_ANSWER, (), message, "try again later"),))
    candidates = _candidates(entry, records)
    owners = {
        candidate.doi: index.find_by_identifier({"doi": candidate.doi}) for candidate in candidates
    }
    notes = tuple(
        _candidate_note(candidate, document, owners[candidate.doi]) for candidate in candidates
    )
    likely = [candidate for candidate in candidates if candidate.score >= _MIN_PROPOSED_SCORE]
    if len(likely) != 1 or owners[likely[0].doi] or not _is_same_paper(entry, likely[0].record):
        return Proposal(entry, notes)
    links = entry.links.model_copy(update={"doi": likely[0].doi})
    other = entry.model_copy(update={"links": links, "unverified": ("doi",)})
    return Proposal(complete_entry(entry, other)[0], notes)


def _is_same_paper(entry: Entry, record: ServiceRecord) -> bool:
    """True if the title is the same and nothing contradicts, also without the DOI."""
    author = record.authors[0] if record.authors else ""
    venue = record.venues[0] if record.venues else ""
    place = (venue, record.volume, record.pages)
    other = Fingerprint(record.titles, record.links, author, record.year, *place)
    return compare(fingerprint_of_entry(entry), other) is Match.SAME


def _candidates(entry: Entry, records: Iterable[ServiceRecord]) -> list[_Candidate]:
    """Return the candidates that are worth a note, the highest score first."""
    candidates = [
        _Candidate(_score(entry, record), record.links["doi"], record)
        for record in records
        if "doi" in record.links
    ]
    likely = [candidate for candidate in candidates if candidate.score >= _MIN_REPORTED_SCORE]
    return sorted(likely, key=lambda candidate: (-candidate.score, candidate.doi))


def _score(entry: Entry, record: ServiceRecord) -> int:
    """Return how similar a record is to an entry, from 0 to 100, by titles and authors.

    The score for the authors is 100 if one list is a part of the other.
    """
    title_score = title_similarity(entry.all_titles, record.titles)
    if not entry.authors or not record.authors:
        return round(title_score)
    mine = {author_key(name) for name in entry.authors}
    theirs = {author_key(name) for name in record.authors}
    author_score = 100 * len(mine & theirs) / min(len(mine), len(theirs))
    return round((1 - _AUTHORS_SHARE) * title_score + _AUTHORS_SHARE * author_score)


def _candidate_note(candidate: _Candidate, document: Document, owner: Entry | None) -> Problem:
    record = candidate.record
    publication = [str(value) for value in (*record.venues[:1], record.year) if value]
    paper = ", ".join([f"'{record.titles[0]}'", *publication])
    message = f"possible DOI {candidate.doi}, score {candidate.score}: {paper}"
    message += f" (already in {owner.path})" if owner else ""
    return note_at(document, "doi-found", ("links",), message)
