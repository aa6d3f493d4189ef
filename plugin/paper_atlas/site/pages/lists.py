"""Lists of papers: the first page with facets and cards, and the further pages."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from paper_atlas.analysis.term_counts import Counts, TermCounts
from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Facet, Term
from paper_atlas.site.addresses import ALL_PAPERS, list_page_path, term_path
from paper_atlas.site.blocks import (
    CardPage,
    FacetColumn,
    FacetRow,
    Pagination,
    PaperList,
    RowPage,
    YearCount,
    YearGroup,
)
from paper_atlas.site.collection import Collection
from paper_atlas.site.html.card_view import numbered_facets
from paper_atlas.translation import Translator

PAGE_SIZE = 100
"""The number of papers on the first page of a list, and on each page of the list of all papers."""

ROWS_PER_PAGE = 500
"""The number of papers on a further page of another list, which has a row for each paper."""

_ROWS = 8  # of a facet, before the reader asks for more
_NARROWER = 2  # terms below a broader one, before the reader asks for more
_LONGEST_AXIS = 60  # years; a list with a larger range shows only the years that it has
_NEAR = 2  # pages before and after the current one that have a link


def feature_titles(translate: Translator) -> dict[str, str]:
    """Return the titles of the features of papers, by the value of `has`."""
    return {
        "code": translate("Code"),
        "results": translate("Results"),
        "free": translate("Free copy"),
        "doi": translate("DOI"),
    }


def page_count(papers: Collection) -> int:
    """Return the number of pages of a list."""
    return 1 + max(0, -(-(len(papers.entries) - PAGE_SIZE) // _further_size(papers)))


def _further_size(papers: Collection) -> int:
    return PAGE_SIZE if papers.page == ALL_PAPERS else ROWS_PER_PAGE


def _range_on_page(papers: Collection, number: int) -> tuple[int, int]:
    """Return the positions of the first paper on a page, and of the first one after it."""
    size = _further_size(papers)
    start = PAGE_SIZE + (number - 2) * size if number > 1 else 0
    return start, min(start + (size if number > 1 else PAGE_SIZE), len(papers.entries))


def pagination(papers: Collection, number: int) -> Pagination:
    """Return page `number` of a list."""
    count, (start, end) = page_count(papers), _range_on_page(papers, number)
    near = range(max(1, number - _NEAR), min(count, number + _NEAR) + 1)
    numbers = sorted({1, *near, count})
    return Pagination(
        number=number,
        count=count,
        first=start + 1,
        last=end,
        total=len(papers.entries),
        previous=list_page_path(papers.page, number - 1) if number > 1 else "",
        next=list_page_path(papers.page, number + 1) if number < count else "",
        numbers=tuple((one, list_page_path(papers.page, one)) for one in numbers),
    )


@dataclass(frozen=True)
class ListBuilder:
    """Builds the blocks of the lists of a library."""

    library: Library
    translate: Translator

    def first_page(
        self, papers: Collection, own: tuple[str, str] | None, downloads: Mapping[str, str]
    ) -> PaperList:
        """Return the block of the first page. `own` and `downloads` as in `PaperList`."""
        return PaperList(
            facet=papers.facet,
            term_ids=papers.term_ids,
            own=own,
            facets=tuple(self._columns(papers)),
            years=tuple(_year_counts(papers.years)),
            groups=tuple(_groups(papers.entries[:PAGE_SIZE], papers.years)),
            pages=pagination(papers, 1),
            downloads=downloads,
        )

    def further_page(self, papers: Collection, number: int) -> CardPage | RowPage:
        """Return the block of a page after the first one."""
        start, end = _range_on_page(papers, number)
        groups = tuple(_groups(papers.entries[start:end], papers.years))
        block = CardPage if papers.page == ALL_PAPERS else RowPage
        return block(groups, pagination(papers, number), papers.page)

    def _columns(self, papers: Collection) -> Iterator[FacetColumn]:
        counts = self._counts.within(papers.entries)
        if features := tuple(self._feature_rows(counts)):
            yield FacetColumn("has", self.translate("Has"), 0, features)
        for kind, name, facet in numbered_facets(self.library.vocabulary):
            if name == papers.facet:
                continue
            if rows := tuple(_term_rows(name, facet, counts)):
                yield FacetColumn(name, facet.title, kind, rows)

    def _feature_rows(self, counts: Counts) -> Iterator[FacetRow]:
        titles = feature_titles(self.translate)
        del titles["doi"]  # nearly all papers have one; the address of a list accepts `has=doi`
        most = max([counts("has", name) for name in titles])
        for name, title in titles.items():
            if count := counts("has", name):
                share = round(count / most, 2)
                yield FacetRow(name, title, 0, count, share, ALL_PAPERS, f"has={name}", False)

    @cached_property
    def _counts(self) -> TermCounts:
        return TermCounts(self.library.vocabulary)


def _term_rows(name: str, facet: Facet, counts: Counts) -> Iterator[FacetRow]:
    """Yield the terms that papers have, each followed by its narrower terms, most used first."""
    number = counts.by_facet.get(name, {})
    most, shown, depth_of_rest = max(number.values(), default=0), 0, math.inf
    for depth, place, term in _ordered(facet, number):
        is_below_rest = depth > depth_of_rest
        is_rest = shown >= _ROWS or (depth > 0 and place >= _NARROWER) or depth > 1 or is_below_rest
        if not is_below_rest:
            depth_of_rest = depth if is_rest else math.inf
        shown += not is_rest
        count = number[term.id]
        share, target = round(count / most, 2), term_path(name, term)
        yield FacetRow(term.id, term.title, depth, count, share, target, "", is_rest)


def _ordered(facet: Facet, counts: Mapping[str, int]) -> Iterator[tuple[int, int, Term]]:
    """Yield (depth, place among its siblings, term); each term once, below its first parent."""
    seen: set[str] = set()
    below: dict[str, list[Term]] = defaultdict(list)
    for term in facet.in_order(counts):
        for parent_id in [parent.id for parent in facet.parent_terms(term)] or [""]:
            below[parent_id].append(term)

    def siblings(parent_id: str) -> Iterator[tuple[int, Term]]:
        new = [term for term in below[parent_id] if term.id not in seen]
        return iter(enumerate(sorted(new, key=lambda term: -counts[term.id])))

    ahead = [siblings("")]  # without recursion, because a vocabulary can be deep
    while ahead:
        for place, term in ahead[-1]:
            if term.id not in seen:
                seen.add(term.id)
                yield len(ahead) - 1, place, term
                ahead.append(siblings(term.id))
                break
        else:
            ahead.pop()


def _year_counts(years: Mapping[int | None, int]) -> Iterator[YearCount]:
    known = sorted(year for year in years if year)
    if not known:
        return
    axis = range(known[0], known[-1] + 1)
    most = max(years[year] for year in known)
    for year in axis if len(axis) <= _LONGEST_AXIS else known:
        yield YearCount(year, years.get(year, 0), round(years.get(year, 0) / most, 2))


def _groups(entries: Sequence[Entry], years: Mapping[int | None, int]) -> Iterator[YearGroup]:
    for year, group in groupby(entries, lambda entry: entry.year):
        yield YearGroup(year, years[year], tuple(group))
