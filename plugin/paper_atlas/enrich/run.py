"""One run over papers: ask, and propose."""

from collections.abc import Callable, Sequence

from paper_atlas.enrich.doi_search import propose_doi
from paper_atlas.enrich.lookup import MAX_FAILURES, Lookup, report_skipped
from paper_atlas.enrich.proposal import Proposal, propose_additions
from paper_atlas.enrich.services.base import FetchRecords, Service
from paper_atlas.enrich.services.crossref import CROSSREF
from paper_atlas.intake.identity import PaperIndex
from paper_atlas.model.entry import Entry
from paper_atlas.source.document import Document

EntryDocument = tuple[Entry, Document]
"""An entry, and the file that it was read from."""


def enrich_papers(
    papers: Sequence[EntryDocument],
    services: Sequence[Service],
    ask: FetchRecords,
    known: PaperIndex,
    tell: Callable[[str], None],
) -> list[Proposal]:
    """What services know of papers by their identifiers, a proposal for each in their order."""
    found = Lookup(services, ask, tell).find_answers([entry for entry, _ in papers])
    proposals: list[Proposal] = []
    for entry, source in papers:
        proposals.append(propose_additions(entry, source, found.get(entry.id, ()), known))
        known.add(proposals[-1].entry)  # so that no second one gets the same identifier
    return proposals


def find_dois(
    papers: Sequence[EntryDocument],
    ask: FetchRecords,
    known: PaperIndex,
    tell: Callable[[str], None],
) -> list[Proposal]:
    """The DOIs of the papers that have none, a proposal for each paper in their order."""
    proposals: list[Proposal] = []
    failures = left = 0
    for entry, source in papers:
        proposal = Proposal(entry, ())
        if not entry.links.doi and failures >= MAX_FAILURES:
            left += 1
        elif not entry.links.doi:
            proposal = propose_doi(entry, source, ask, known)
            failures = failures + 1 if proposal.is_without_answer else 0
        proposals.append(proposal)
        known.add(proposal.entry)
    report_skipped(CROSSREF, left, tell)
    return proposals
