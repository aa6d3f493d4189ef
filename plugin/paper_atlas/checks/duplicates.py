"""Checks for papers with two entries: the same identifier or URL, or nearly the same title.

Nearly equal titles are compared only if the papers have the same first author and nearly the same
year. So the time is nearly linear in the number of papers.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from paper_atlas.checks.context import CheckContext
from paper_atlas.model.entry import Entry
from paper_atlas.model.identity import (
    Match,
    compare,
    fingerprint_of_entry,
    have_equal_title,
    have_other_identifier,
    is_page,
    url_key,
)
from paper_atlas.problem import Problem, Severity
from paper_atlas.source.document import Document
from paper_atlas.text.identifiers import IDENTIFIERS, identifiers_in
from paper_atlas.text.names import author_key
from paper_atlas.text.titles import MAX_YEARS_APART, nearly_equal_words, title_key, title_words

_Paper = tuple[Entry, Document]


def duplicate_identifiers(context: CheckContext) -> Iterator[Problem]:
    """Yield a problem for each identifier that an earlier entry has, also one inside a URL."""
    owners: dict[tuple[str, str], Entry] = {}
    for entry, document in context:
        reported: set[tuple[str, str]] = set()
        for kind, value in entry.links.by_kind().items():
            for key in sorted(identifiers_in({kind: value}) - reported):
                reported.add(key)
                first = owners.setdefault(key, entry)
                if first is not entry and not _are_declared_different(first, entry):
                    message = (
                        f"'{value}' is already the {IDENTIFIERS[key[0]].title} of {first.path}"
                    )
                    hint = f"keep one of the two files, or {_different_papers_hint(first)}"
                    loc = ("links", kind)
                    yield document.problem_at("doubled-identifier", loc, message, hint)


def duplicate_citation_keys(context: CheckContext) -> Iterator[Problem]:
    """Yield a problem for each citation key that is the key or the id of another entry.

    Programs for LaTeX do not distinguish keys by case.
    """
    owners = {entry.id: entry for entry, _ in context}
    for entry, document in context:
        if entry.citation_key:
            first = owners.setdefault(entry.citation_key.casefold(), entry)
            if first is not entry:
                message = f"'{entry.citation_key}' is already the key of {first.path}"
                hint = "give one of the two papers another key"
                loc = ("citation_key",)
                yield document.problem_at("doubled-citation-key", loc, message, hint)


def duplicate_urls(context: CheckContext) -> Iterator[Problem]:
    """Yield a warning for each URL or PDF that an earlier entry has."""
    owners: dict[str, Entry] = {}
    for entry, document in context:
        links = entry.links.by_kind()
        for kind in ("url", "pdf"):
            value = links.get(kind)
            if not value or identifiers_in({kind: value}) or not is_page(url_key(value)):
                continue
            first = owners.setdefault(url_key(value), entry)
            if first is not entry and not _are_declared_different(first, entry):
                message = f"'{value}' is also a link of {first.path}"
                hint = f"keep one of the two files, or {_different_papers_hint(first)}"
                problem = document.problem_at("doubled-url", ("links", kind), message, hint)
                yield replace(problem, severity=Severity.WARNING)


def similar_titles(context: CheckContext) -> Iterator[Problem]:
    """Yield a problem for each entry that may be the paper of another one, by its title.

    These are nearly equal titles by the same first author. Titles with the same letters and digits
    are also compared without authors. If only nearly equal titles of papers with other identifiers
    speak for it, the problem is a note, else a warning.
    """
    by_author: dict[str, list[_Paper]] = defaultdict(list)
    by_title: dict[str, list[_Paper]] = defaultdict(list)
    for paper in context:
        by_title[title_key(paper[0].title)].append(paper)
        if paper[0].authors:
            by_author[author_key(paper[0].authors[0])].append(paper)
    reported: set[str] = set()
    for papers in (*by_title.values(), *by_author.values()):
        if len(papers) > 1:
            yield from _similar_titles_in(sorted(papers, key=_year), reported)


def _similar_titles_in(papers: list[_Paper], reported: set[str]) -> Iterator[Problem]:
    """Compare each paper with the ones before it. `papers` are sorted by `_year`."""
    words = [title_words(entry.title) for entry, _ in papers]
    undated = sum(1 for entry, _ in papers if entry.year is None)
    begin = undated
    for index, (entry, _) in enumerate(papers):
        while entry.year and begin < index and _year(papers[begin]) < entry.year - MAX_YEARS_APART:
            begin += 1
        for before in (*range(min(undated, index)), *range(max(begin, undated), index)):
            if entry.id in reported:
                break  # one warning for each paper is enough
            if nearly_equal_words(words[before], words[index]):
                problems = list(_similar_title(papers[before], papers[index]))
                yield from problems
                reported.update([entry.id] if problems else [])


def _similar_title(one: _Paper, other: _Paper) -> Iterator[Problem]:
    (first, _), (second, document) = sorted((one, other), key=lambda paper: paper[0].path)
    fingerprints = fingerprint_of_entry(first), fingerprint_of_entry(second)
    if _are_declared_different(first, second) or compare(*fingerprints) is Match.DIFFERENT:
        return
    if fingerprints[0].identifiers & fingerprints[1].identifiers:
        return  # duplicate_identifiers reports the pair
    same = "the same title as" if first.title == second.title else "nearly the same title as"
    author = ", and the same first author" if first.authors and second.authors else ""
    message = f"{same} {first.path}{author}"
    hint = (
        "a preprint and its published version are one paper: keep one of the two files, "
        f"or {_different_papers_hint(first)}"
    )
    problem = document.problem_at("similar-title", ("title",), message, hint)
    # Two identifiers and two titles are hardly those of one paper.
    is_likely = have_equal_title(*fingerprints) or not have_other_identifier(*fingerprints)
    yield replace(problem, severity=Severity.WARNING if is_likely else Severity.NOTE)


def _different_papers_hint(first: Entry) -> str:
    return f"write not_same_as: [{first.id}] if they are different papers"


def _year(paper: _Paper) -> int:
    return paper[0].year or 0


def _are_declared_different(one: Entry, other: Entry) -> bool:
    return other.id in one.not_same_as or one.id in other.not_same_as
