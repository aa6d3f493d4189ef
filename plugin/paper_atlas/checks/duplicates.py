"""Checks for papers with two entries: the same identifier, or nearly the same title.

Titles are compared only if the papers have the same first author and nearly the same year. So the
time is nearly linear in the number of papers.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from paper_atlas.checks.context import CheckContext
from paper_atlas.model.entry import Entry
from paper_atlas.problem import Problem, Severity
from paper_atlas.source.document import Document
from paper_atlas.text.identifiers import IDENTIFIERS, comparison_key
from paper_atlas.text.names import author_key
from paper_atlas.text.titles import MAX_YEARS_APART, nearly_equal_words, title_key, title_words

_Paper = tuple[Entry, Document]


def duplicate_identifiers(context: CheckContext) -> Iterator[Problem]:
    """Yield a problem for each identifier that an earlier entry has already."""
    owners: dict[tuple[str, str], Entry] = {}
    for entry, document in context:
        for kind, value in entry.links.by_kind().items():
            if kind not in IDENTIFIERS:
                continue
            key = kind, comparison_key(value)
            first = owners.setdefault(key, entry)
            if first is not entry and not _are_declared_different(first, entry):
                message = f"'{value}' is already the {IDENTIFIERS[kind].title} of {first.path}"
                hint = f"keep one of the two files, or {_different_papers_hint(first)}"
                yield document.problem_at("doubled-identifier", ("links", kind), message, hint)


def similar_titles(context: CheckContext) -> Iterator[Problem]:
    """Yield a warning for each entry with nearly the title of another by the same first author.

    Entries without authors are compared if their titles have the same letters and digits.
    """
    blocks: dict[str, list[_Paper]] = defaultdict(list)
    for paper in context:
        author = paper[0].authors[0] if paper[0].authors else ""
        blocks[author_key(author) if author else title_key(paper[0].title)].append(paper)
    for papers in blocks.values():
        if len(papers) > 1:
            yield from _similar_titles_in(sorted(papers, key=_year))


def _similar_titles_in(papers: list[_Paper]) -> Iterator[Problem]:
    """Compare each paper with the ones before it. `papers` are sorted by `_year`."""
    words = [title_words(entry.title) for entry, _ in papers]
    undated = sum(1 for entry, _ in papers if entry.year is None)
    begin = undated
    for index, (entry, _) in enumerate(papers):
        while entry.year and begin < index and _year(papers[begin]) < entry.year - MAX_YEARS_APART:
            begin += 1
        for before in (*range(min(undated, index)), *range(max(begin, undated), index)):
            if nearly_equal_words(words[before], words[index]):
                problems = list(_similar_title(papers[before], papers[index]))
                yield from problems
                if problems:
                    break  # one warning for each paper is enough


def _similar_title(one: _Paper, other: _Paper) -> Iterator[Problem]:
    (first, _), (second, document) = sorted((one, other), key=lambda paper: paper[0].path)
    if _are_declared_different(first, second) or _share_identifier(first, second):
        return
    same = "the same title as" if first.title == second.title else "nearly the same title as"
    author = ", and the same first author" if first.authors else ""
    message = f"{same} {first.path}{author}"
    hint = (
        "a preprint and its published version are one paper: keep one of the two files, "
        f"or {_different_papers_hint(first)}"
    )
    problem = document.problem_at("similar-title", ("title",), message, hint)
    yield replace(problem, severity=Severity.WARNING)


def _different_papers_hint(first: Entry) -> str:
    return f"write not_same_as: [{first.id}] if they are different papers"


def _year(paper: _Paper) -> int:
    return paper[0].year or 0


def _are_declared_different(one: Entry, other: Entry) -> bool:
    return other.id in one.not_same_as or one.id in other.not_same_as


def _share_identifier(one: Entry, other: Entry) -> bool:
    """True if `duplicate_identifiers` already reports the pair."""
    others = other.links.by_kind()
    return any(kind in IDENTIFIERS and others.get(kind) == value
               for kind, value in one.links.by_kind().items())  # fmt: skip
