"""The DOI of a paper that has none: proposals by title and author, each with a score."""

from dataclasses import dataclass

from paper_atlas.enrich.proposal import Proposal
from paper_atlas.enrich.record import ServiceRecord
from paper_atlas.enrich.services.base import FetchRecords, ServiceError
from paper_atlas.enrich.services.crossref import CROSSREF, parse_search, search_path
from paper_atlas.enrich.similarity import author_key, title_similarity
from paper_atlas.enrich.warnings import NO_ANSWER, note_at, warning_at
from paper_atlas.intake.identity import PaperIndex
from paper_atlas.intake.merge import merge_entries
from paper_atlas.model.entry import Entry
from paper_atlas.problem import Problem
from paper_atlas.source.document import Document
from paper_atlas.text.slug import name_parts

_MAX_RESULTS = 5
_MIN_REPORTED_SCORE, _MIN_PROPOSED_SCORE = 75, 92
_AUTHORS_SHARE = 0.2  # of the score; the rest is for the title


@dataclass(frozen=True)
class _Candidate:
    score: int
    doi: str
    record: ServiceRecord


def propose_doi(entry: Entry, source: Document, ask: FetchRecords, known: PaperIndex) -> Proposal:
    """The entry with the DOI that is most likely its own, unverified, and what is to be said.

    It is taken only where it alone has a score of at least 92 and no other paper has it.
    """
    surname = name_parts(entry.authors[0])[1] if entry.authors else ""
    try:
        records = ask(CROSSREF, search_path(entry.title, surname, _MAX_RESULTS), parse_search)
    except ServiceError as error:
        message = f"Crossref said nothing about '{entry.title}': {error}"
        return Proposal(entry, (warning_at(source, NO_ANSWER, (), message, "try again later"),))
    candidates = [_Candidate(_score(entry, it), it.links.get("doi", ""), it) for it in records]
    likely = [it for it in candidates if it.doi and it.score >= _MIN_REPORTED_SCORE]
    likely.sort(key=lambda it: (-it.score, it.doi))
    problems = [_candidate_note(it, source, known.owner({"doi": it.doi})) for it in likely]
    sure = [it for it in likely if it.score >= _MIN_PROPOSED_SCORE]
    if len(sure) != 1 or known.owner({"doi": sure[0].doi}):
        return Proposal(entry, tuple(problems))
    links = entry.links.model_copy(update={"doi": sure[0].doi})
    other = entry.model_copy(update={"links": links, "unverified": ("doi",)})
    return Proposal(merge_entries(entry, other)[0], tuple(problems))


def _score(entry: Entry, record: ServiceRecord) -> int:
    """How surely a record is that of an entry, of 100: by the titles, and the authors.

    A list of authors that is a part of the other one counts in full.
    """
    title = title_similarity(entry.all_titles, record.titles)
    if not entry.authors or not record.authors:
        return round(title)
    mine, theirs = ({author_key(name) for name in it} for it in (entry.authors, record.authors))
    authors = 100 * len(mine & theirs) / min(len(mine), len(theirs))
    return round((1 - _AUTHORS_SHARE) * title + _AUTHORS_SHARE * authors)


def _candidate_note(candidate: _Candidate, source: Document, owner: Entry | None) -> Problem:
    record = candidate.record
    where = ", ".join(str(it) for it in (*record.venues[:1], record.year) if it)
    title = f"'{record.titles[0]}'{f', {where}' if where else ''}"
    message = f"{candidate.doi} may be its DOI, score {candidate.score}: {title}"
    message += f"; {owner.path} has it already" if owner else ""
    return note_at(source, "doi-found", ("links",), message)
