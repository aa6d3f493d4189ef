"""Which drafts of a list are about one paper, and by what a paper is known again."""

from collections.abc import Iterable

from paper_atlas.importers.draft import Draft, Reading
from paper_atlas.intake.entry import Paper
from paper_atlas.intake.identity import Index, Marks, agree
from paper_atlas.text.slug import propose_id


def marks(paper: Paper) -> Marks:
    """By what a paper is known again."""
    found = [_marks_of(draft) for draft in paper.drafts]
    author = next((it.author for it in found if it.author), "")
    year = next((it.year for it in found if it.year), None)
    return Marks(tuple(paper.titles), paper.links, author, year)


def _marks_of(draft: Draft) -> Marks:
    authors, year = draft.fields.get("authors"), str(draft.fields.get("year") or "")
    author = str(authors[0]) if isinstance(authors, list) and authors else ""
    number = int(year) if year.isascii() and year.isdigit() else None
    return Marks(tuple(draft.titles), draft.links, author, number)


def papers(reading: Reading) -> list[Paper]:
    """Drafts of the same paper together, in the order of the list."""
    found: list[list[Draft]] = []
    index: Index[list[Draft]] = Index()
    for draft in reading.drafts:
        marks = _marks_of(draft)
        paper = _same(draft, index.find(marks))
        if paper is None:
            paper = []
            found.append(paper)
        paper.append(draft)
        index.add(marks, paper)
    return [Paper(reading.path, paper) for paper in found]


def _same(draft: Draft, candidates: Iterable[list[Draft]]) -> list[Draft] | None:
    """The first paper of which nothing says that it is another one."""
    return next((it for it in candidates if all(agree(draft.links, d.links) for d in it)), None)


def proposed_id(paper: Paper, taken: set[str]) -> str:
    """An id for a paper that asks for none, not among those `taken`."""
    first = _marks_of(paper.drafts[0])
    return propose_id(paper.titles[0], taken, first.author, first.year)
