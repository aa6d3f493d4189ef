"""Which drafts of a list are about one paper, and by what a paper is known again."""

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
    """By what a paper is known again."""
    found = [_fingerprint(draft) for draft in paper.drafts]
    author = next((it.author for it in found if it.author), "")
    year = next((it.year for it in found if it.year), None)
    return Fingerprint(tuple(paper.titles), paper.links, author, year)


def _fingerprint(draft: Draft) -> Fingerprint:
    return fingerprint_of_fields(draft.fields, draft.all_titles, draft.links)


def group_drafts(reading: DraftList) -> list[DraftedPaper]:
    """Drafts of the same paper together, in the order of the list."""
    found: list[list[Draft]] = []
    index: FingerprintIndex[list[Draft]] = FingerprintIndex()
    for draft in reading.drafts:
        marks = _fingerprint(draft)
        paper = _same(draft, index.find(marks))
        if paper is None:
            paper = []
            found.append(paper)
        paper.append(draft)
        index.add(marks, paper)
    return [DraftedPaper(reading.path, paper) for paper in found]


def _same(draft: Draft, candidates: Iterable[list[Draft]]) -> list[Draft] | None:
    """The first paper of which nothing says that it is another one."""
    return next(
        (it for it in candidates if all(can_be_same(draft.links, d.links) for d in it)), None
    )


def propose_paper_id(paper: DraftedPaper, taken: set[str]) -> str:
    """An id for a paper that asks for none, not among those `taken`."""
    return propose_entry_id(_fingerprint(paper.drafts[0]), taken)
