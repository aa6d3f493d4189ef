"""Which drafts of a list are about one paper, and by what a paper is known again."""

from collections.abc import Iterable

from paper_atlas.importers.draft import Draft, DraftList
from paper_atlas.intake.entry import DraftedPaper
from paper_atlas.intake.identity import Fingerprint, FingerprintIndex, can_be_same
from paper_atlas.text.names import split_name
from paper_atlas.text.slug import propose_id


def fingerprint_of_drafts(paper: DraftedPaper) -> Fingerprint:
    """By what a paper is known again."""
    found = [_marks_of(draft) for draft in paper.drafts]
    author = next((it.author for it in found if it.author), "")
    year = next((it.year for it in found if it.year), None)
    return Fingerprint(tuple(paper.titles), paper.links, author, year)


def _marks_of(draft: Draft) -> Fingerprint:
    authors, year = draft.fields.get("authors"), str(draft.fields.get("year") or "")
    author = str(authors[0]) if isinstance(authors, list) and authors else ""
    number = int(year) if year.isascii() and year.isdigit() else None
    return Fingerprint(tuple(draft.all_titles), draft.links, author, number)


def group_drafts(reading: DraftList) -> list[DraftedPaper]:
    """Drafts of the same paper together, in the order of the list."""
    found: list[list[Draft]] = []
    index: FingerprintIndex[list[Draft]] = FingerprintIndex()
    for draft in reading.drafts:
        marks = _marks_of(draft)
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


def proposed_id(paper: DraftedPaper, taken: set[str]) -> str:
    """An id for a paper that asks for none, not among those `taken`."""
    first = _marks_of(paper.drafts[0])
    return propose_id(paper.titles[0], taken, split_name(first.author).surname, first.year)
