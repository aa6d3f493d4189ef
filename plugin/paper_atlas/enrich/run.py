"""Run `enrich` over papers: look them up, and return a proposal for each."""

from collections.abc import Callable, Sequence

from paper_atlas.enrich.doi_search import propose_doi
from paper_atlas.enrich.lookup import MAX_FAILURES, Lookup, report_skipped
from paper_atlas.enrich.proposal import Proposal, propose_additions
from paper_atlas.enrich.services.base import FetchRecords, Service
from paper_atlas.enrich.services.crossref import CROSSREF
from paper_atlas.intake.paper_index import PaperIndex
from paper_atlas.model.entry import Entry
from paper_atlas.source.document import Document

EntryDocument = tuple[Entry, Document]
"""An entry and its parsed file."""


def enrich_papers(
    papers: Sequence[EntryDocument],
    services: Sequence[Service],
    fetch: FetchRecords,
    index: PaperIndex,
    report: Callable[[str], None],
) -> list[Proposal]:
    """Look papers up by their identifiers. Return a proposal for each paper, in their order.

    `index` must contain all papers of the atlas. It is updated with the proposed entries, so that
    no two papers get the same identifier. `report` prints a line of progress.
    """
    answers = Lookup(services, fetch, report).find_answers([entry for entry, _ in papers])
    proposals: list[Proposal] = []
    for entry, document in papers:
        proposals.append(propose_additions(entry, document, answers.get(entry.id, ()), index))
        index.add(proposals[-1].entry)
    return proposals


def find_dois(
    papers: Sequence[EntryDocument],
    fetch: FetchRecords,
    index: PaperIndex,
    report: Callable[[str], None],
) -> list[Proposal]:
    """Search the DOIs of papers that have none. Return a proposal for each paper, in their order.

    For `index` and `report` see `enrich_papers`.
    """
    proposals: list[Proposal] = []
    failures = skipped = 0
    for entry, document in papers:
        proposal = Proposal(entry, ())
        if not entry.links.doi and failures >= MAX_FAILURES:
            skipped += 1
        elif not entry.links.doi:
            proposal = propose_doi(entry, document, fetch, index)
            failures = failures + 1 if proposal.is_without_answer else 0
        proposals.append(proposal)
        index.add(proposal.entry)
    report_skipped(CROSSREF, skipped, report)
    return proposals
