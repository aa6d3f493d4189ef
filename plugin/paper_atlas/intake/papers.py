"""Group the drafts of a list by paper."""

from collections.abc import Iterable

from paper_atlas.importers.draft import Draft, DraftList
from paper_atlas.intake.entry import DraftedPaper
from paper_atlas.intake.identity import (
    Fingerprint,
    FingerprintIndex,
    can_be_same,
    fingerprint_of_fields,
    propose_entry_id,
)


def fingerprint_of_drafts(paper: DraftedPaper) -> Fingerprint:
    """Return the fingerprint of a paper from all its drafts."""
    fingerprints = [_fingerprint(draft) for draft in paper.drafts]
    author = next((found.author for found in fingerprints if found.author), "")
    year = next((found.year for found in fingerprints if found.year), None)
    return Fingerprint(tuple(paper.titles), paper.links, author, year)


def _fingerprint(draft: Draft) -> Fingerprint:
    return fingerprint_of_fields(draft.fields, draft.all_titles, draft.links)


def group_drafts(draft_list: DraftList) -> list[DraftedPaper]:
    """Group the drafts of the same paper, in the order of the list."""
    papers: list[list[Draft]] = []
    index: FingerprintIndex[list[Draft]] = FingerprintIndex()
    for draft in draft_list.drafts:
        fingerprint = _fingerprint(draft)
        paper = _find_paper(draft, index.find(fingerprint))
        if paper is None:
            paper = []
            papers.append(paper)
        paper.append(draft)
        index.add(fingerprint, paper)
    return [DraftedPaper(draft_list.path, paper) for paper in papers]


def _find_paper(draft: Draft, candidates: Iterable[list[Draft]]) -> list[Draft] | None:
    """Return the first paper without another identifier than the draft, or None."""
    for paper in candidates:
        if all(can_be_same(draft.links, other.links) for other in paper):
            return paper
    return None


def propose_paper_id(paper: DraftedPaper, taken: set[str]) -> str:
    """Return an id for a paper that is not in `taken`."""
    return propose_entry_id(_fingerprint(paper.drafts[0]), taken)
