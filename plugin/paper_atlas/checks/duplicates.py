"""The same paper twice: by identifier, and by a title that is nearly another's.

Titles are compared only within blocks of papers that share their first author, and there only
with papers of nearly the same year, so that the work grows little faster than the atlas.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from rapidfuzz import fuzz

from paper_atlas.checks.context import CheckContext
from paper_atlas.model.entry import Entry
from paper_atlas.problem import Problem, Severity
from paper_atlas.source.document import Document
from paper_atlas.text.identifiers import IDENTIFIERS, comparison_key
from paper_atlas.text.names import author_key
from paper_atlas.text.slug import slug, title_key

YEARS_APART = 2
SIMILARITY = 92.0  # of 100, of titles without case and punctuation

_Paper = tuple[Entry, Document]


def duplicate_identifiers(files: CheckContext) -> Iterator[Problem]:
    """Identifiers that a file before this one has already."""
    owners: dict[tuple[str, str], Entry] = {}
    for entry, source in files:
        for kind, value in entry.links.by_kind().items():
            if kind not in IDENTIFIERS:
                continue
            key = kind, comparison_key(value)
            first = owners.setdefault(key, entry)
            if first is not entry and not _told_apart(first, entry):
                message = f"'{value}' is the {IDENTIFIERS[kind].title} of {first.path} already"
                hint = f"keep one of the two files; for two papers say not_same_as: [{first.id}]"
                yield source.problem_at("doubled-identifier", ("links", kind), message, hint)


def similar_titles(files: CheckContext) -> Iterator[Problem]:
    """Titles that are nearly those of a paper by the same first author, or the very same."""
    blocks: dict[str, list[_Paper]] = defaultdict(list)
    for paper in files:
        author = paper[0].authors[0] if paper[0].authors else ""
        blocks[author_key(author) if author else title_key(paper[0].title)].append(paper)
    for papers in blocks.values():
        if len(papers) > 1:
            yield from _similar_in(sorted(papers, key=lambda paper: paper[0].year or 0))


def _similar_in(papers: list[_Paper]) -> Iterator[Problem]:
    """`papers` are by year, those without one first; each is compared with the ones before it."""
    keys = [" ".join(slug(entry.title).split("-")) for entry, _ in papers]
    dateless = sum(1 for entry, _ in papers if entry.year is None)
    begin = dateless
    for index, (entry, _) in enumerate(papers):
        while entry.year and begin < index and _year(papers[begin]) < entry.year - YEARS_APART:
            begin += 1
        for before in (*range(min(dateless, index)), *range(max(begin, dateless), index)):
            if fuzz.ratio(keys[before], keys[index], score_cutoff=SIMILARITY):
                told = list(_similar(papers[before], papers[index]))
                yield from told
                if told:
                    break  # one is enough to look at


def _similar(one: _Paper, other: _Paper) -> Iterator[Problem]:
    (first, _), (second, source) = sorted((one, other), key=lambda paper: paper[0].path)
    if _told_apart(first, second) or _shares_identifier(first, second):
        return
    nearly = "the title" if first.title == second.title else "nearly the title"
    by = ", by the same first author" if first.authors else ""
    message = f"{nearly} of {first.path}{by}"
    hint = (
        "a preprint and the published paper are one: keep one of the two files; "
        f"for two papers say not_same_as: [{first.id}]"
    )
    problem = source.problem_at("similar-title", ("title",), message, hint)
    yield replace(problem, severity=Severity.WARNING)


def _year(paper: _Paper) -> int:
    return paper[0].year or 0


def _told_apart(one: Entry, other: Entry) -> bool:
    return other.id in one.not_same_as or one.id in other.not_same_as


def _shares_identifier(one: Entry, other: Entry) -> bool:
    """Whether the pair is told already, with more certainty."""
    others = other.links.by_kind()
    return any(kind in IDENTIFIERS and others.get(kind) == value
               for kind, value in one.links.by_kind().items())  # fmt: skip
