"""Charts: numbers of papers by term and by year.

Every chart is a table of numbers, so it is drawn, linked and saved as CSV in one way. The number of
a term is that of its papers and those of its narrower terms.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from urllib.parse import quote

from paper_atlas.analysis.leaderboards import DATASETS
from paper_atlas.analysis.term_counts import count_terms
from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Facet, Term
from paper_atlas.site.addresses import ALL_PAPERS, term_path
from paper_atlas.translation import Translator

METHODS = "methods"
_ROWS, _COLUMNS, _BARS, _YEARS = 20, 12, 10, 24  # shown at most; the file of a chart has all rows

UsedTerms = Sequence[tuple[Term, int]]


@dataclass(frozen=True)
class Mark:
    """A number of papers, its share of the largest one (0 to 1), and where their list is.

    `path` is that of the page with the list, `query` the filters of the list.
    """

    count: int
    share: float
    path: str
    query: str = ""


@dataclass(frozen=True)
class ChartRow:
    """A term or a year: its title, the number of its papers, and one for each column."""

    title: str
    total: Mark
    cells: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Chart:
    """A chart. `title` is what it shows, `text` what it counts.

    `kind` is `bars`, `columns` or `heat`. `heading` is the word for the rows. `rows` are those
    that are drawn, `all_rows` those in the file.
    """

    id: str
    kind: str
    title: str
    text: str
    heading: str
    rows: tuple[ChartRow, ...]
    all_rows: tuple[ChartRow, ...]
    columns: tuple[ChartRow, ...] = ()


@dataclass(frozen=True)
class Sparkline:
    """The papers of a term in each year, as a path that is 100 wide and high.

    `most` is the largest number of papers in a year.
    """

    path: str
    most: int


def charts_of(library: Library, translate: Translator) -> list[Chart]:
    """Return the charts of a library: of its terms, its years, and its terms over the years."""
    return [*_Charts(library, translate).all()]


@dataclass(frozen=True)
class _Charts:
    library: Library
    translate: Translator

    def all(self) -> Iterator[Chart]:
        library = self.library
        main = library.vocabulary.main_facet
        used = {name: _broadest(library, name) for name in library.vocabulary.facets}
        across = next((name for name, terms in used.items() if terms and name != main), "")
        heat = self._pairs(main, across, used[across]) if across and used[main] else None
        if heat:
            yield heat
        if library.years:
            yield self._papers_per_year()
        others = [name for name in used if not (heat and name == main)]
        for name in sorted(others, key=lambda name: name != DATASETS):
            over_years = name == METHODS and library.years
            if not over_years and len(used[name]) > 1:
                yield self._bars(name, used[name])
        if used.get(METHODS) and library.years:
            yield self._over_years(METHODS, used[METHODS])

    def _pairs(self, name: str, across: str, others: UsedTerms) -> Chart:
        """The terms of a facet against the broadest terms of another one."""
        facets, translate = self.library.vocabulary.facets, self.translate
        facet, other = facets[name], facets[across]
        columns = others[:_COLUMNS]
        terms = _most_used(self.library, name, facet.all_terms)
        ids = [term.id for term, _ in columns]
        counts = _pair_counts(self.library, facet, name, other, across)
        most = max([1, *(counts[row.id, one] for row, _ in terms for one in ids)])
        rows = [
            ChartRow(
                term.title,
                Mark(count, 0, term_path(name, term)),
                tuple(
                    _cell(
                        counts[term.id, one], most, term_path(name, term), f"{across}={quote(one)}"
                    )
                    for one in ids
                ),
            )
            for term, count in terms
        ]
        titles = facet.title, other.title
        neutral = translate("{one} and {other}", one=titles[0], other=titles[1].lower())
        words = [translate("Papers with both terms. Numbers include narrower terms.")]
        words += self._limited(facet, len(terms), _ROWS)
        words += self._limited(other, len(others), _COLUMNS)
        return Chart(
            f"{name}-{across}",
            "heat",
            self._pair_finding(rows, columns) or neutral,
            " ".join(words),
            facet.title,
            tuple(rows[:_ROWS]),
            tuple(rows),
            tuple(_term_row(across, term, count, 1) for term, count in columns),
        )

    def _pair_finding(self, rows: Iterable[ChartRow], columns: UsedTerms) -> str:
        """The one or two pairs of terms with most papers, in words; empty if there are more."""
        translate = self.translate
        pairs = [
            (cell.count, translate("{one} with {other}", one=row.title, other=column.title))
            for row in rows
            for cell, (column, _) in zip(row.cells, columns, strict=True)
        ]
        count = max(count for count, _ in pairs)
        most = [pair for number, pair in pairs if number == count]
        if len(most) > 2 or len(most) == len(pairs) or not count:
            return ""
        if len(most) == 2:
            return translate(
                "Most common: {one} and {other}, {count} papers each",
                count=count,
                one=most[0],
                other=most[1],
            )
        return translate("Most common: {pair}, {count} papers", count=count, pair=most[0])

    def _papers_per_year(self) -> Chart:
        library, translate = self.library, self.translate
        counts = Counter(entry.year for entry in library.entries)
        known = {year: counts[year] for year in library.years}
        shown = library.years[-_YEARS:]
        most = max(known.values())
        rows = {
            year: ChartRow(str(year), Mark(count, count / most, ALL_PAPERS, _in_year(year)))
            for year, count in known.items()
            if count or year in shown
        }
        words = [translate("Papers per year of publication.")]
        if counts[None]:
            words.append(
                translate("{count} papers without a year are not counted.", count=counts[None])
            )
        if earlier := sum(count for year, count in known.items() if year not in shown):
            words.append(
                translate(
                    "{count} papers from before {year} are not shown.",
                    count=earlier,
                    year=str(shown[0]),
                )
            )
        return Chart(
            "years",
            "columns",
            self._year_finding(known) or translate("Papers per year"),
            " ".join(words),
            translate("Year"),
            tuple(rows[year] for year in shown),
            tuple(rows.values()),
        )

    def _year_finding(self, counts: Mapping[int, int]) -> str:
        """The shortest time with more than half of the papers, in words; empty if it is all."""
        years, total = [*counts], sum(counts.values())
        first, last, some = _densest_half(list(counts.values()))
        if some == total:
            return ""
        since, until = str(years[first]), str(years[last])
        if first == last:
            return self.translate("More than half of the papers date from {year}", year=since)
        return self.translate(
            "More than half of the papers date from {first} to {last}", first=since, last=until
        )

    def _bars(self, name: str, terms: UsedTerms) -> Chart:
        facet, translate = self.library.vocabulary.facets[name], self.translate
        rows = tuple(_term_row(name, term, count, terms[0][1]) for term, count in terms)
        words = [translate("Papers per term. Numbers include narrower terms.")]
        if any(term.in_house for term in facet.all_terms):
            words.append(translate("In-house data are left out."))
        words += self._limited(facet, len(terms), _BARS)
        return Chart(
            name,
            "bars",
            self._finding(facet, terms)
            or translate("{facet} by number of papers", facet=facet.title),
            " ".join(words),
            facet.title,
            rows[:_BARS],
            rows,
        )

    def _over_years(self, name: str, terms: UsedTerms) -> Chart:
        """The terms with most papers over the latest years."""
        library, translate = self.library, self.translate
        facet, shown = library.vocabulary.facets[name], library.years[-_COLUMNS:]
        by_term = [
            Counter(entry.year for entry in library.papers_within(name, term)) for term, _ in terms
        ]
        most = max([1, *(years[year] for years in by_term for year in shown)])
        rows = [
            ChartRow(
                term.title,
                Mark(count, 0, term_path(name, term)),
                tuple(
                    _cell(years[year], most, term_path(name, term), _in_year(year))
                    for year in shown
                ),
            )
            for (term, count), years in zip(terms, by_term, strict=True)
        ]
        in_year = Counter(entry.year for entry in library.entries)
        columns = (Mark(in_year[year], 1, ALL_PAPERS, _in_year(year)) for year in shown)
        words = [translate("Papers per term and year. Numbers include narrower terms.")]
        words += self._limited(facet, len(terms), _ROWS)
        return Chart(
            f"{name}-years",
            "heat",
            self._finding(facet, terms) or translate("{facet} over the years", facet=facet.title),
            " ".join(words),
            facet.title,
            tuple(rows[:_ROWS]),
            tuple(rows),
            tuple(ChartRow(str(year), mark) for year, mark in zip(shown, columns, strict=True)),
        )

    def _finding(self, facet: Facet, terms: UsedTerms) -> str:
        """The one or two terms with most papers, in words; empty if there are more."""
        translate, count = self.translate, terms[0][1]
        most = [term.title for term, number in terms if number == count]
        if len(terms) == 1 or len(most) > 2:
            return ""
        if len(most) == 2:
            return translate(
                "{facet}: {one} and {other} lead with {count} papers each",
                count=count,
                facet=facet.title,
                one=most[0],
                other=most[1],
            )
        return translate(
            "{facet}: {term} leads with {count} papers",
            count=count,
            facet=facet.title,
            term=most[0],
        )

    def _limited(self, facet: Facet, count: int, limit: int) -> list[str]:
        if count <= limit:
            return []
        return [
            self.translate(
                "{facet}: the {some} most used of {all}.",
                facet=facet.title,
                some=str(limit),
                all=str(count),
            )
        ]


def _broadest(library: Library, name: str) -> UsedTerms:
    """Return the terms without a broader one that have papers, most used first.

    Terms for data that are not public are no data set that papers share.
    """
    facet = library.vocabulary.facets[name]
    terms = (term for term in facet.all_terms if not facet.parent_terms(term) and not term.in_house)
    return _most_used(library, name, terms)


def _most_used(library: Library, name: str, terms: Iterable[Term]) -> UsedTerms:
    return [(term, count) for term, count in count_terms(library, name, terms) if count]


def _pair_counts(
    library: Library, facet: Facet, name: str, other: Facet, across: str
) -> Counter[tuple[str, str]]:
    """Return the numbers of papers with a term of each of two facets, or narrower ones."""

    def ids(facet: Facet, terms: Iterable[Term]) -> set[str]:
        above = (facet.broader_terms(term) for term in terms)
        return {term.id for term in chain(terms, *above)}

    counts: Counter[tuple[str, str]] = Counter()
    for entry in library.entries:
        columns = ids(other, entry.terms.get(across, ()))
        rows = ids(facet, entry.terms.get(name, ()))
        counts.update((row, column) for row in rows for column in columns)
    return counts


def _term_row(name: str, term: Term, count: int, most: int) -> ChartRow:
    return ChartRow(term.title, Mark(count, count / most, term_path(name, term)))


def _cell(count: int, most: int, path: str, query: str) -> Mark:
    """Return a cell of a heat table, in which small numbers still have a tint."""
    return Mark(count, (count / most) ** 0.7, path, query)


def _in_year(year: int) -> str:
    return f"from={year}&to={year}"


def _densest_half(counts: Sequence[int]) -> tuple[int, int, int]:
    """Return the first and last place and the sum of the shortest part with more than half.

    Of several such parts, the one with the largest sum is returned, and of these the last.
    """
    sums = [0, *accumulate(counts)]
    found, start = [], 0
    for end in range(1, len(sums)):
        while 2 * (sums[end] - sums[start + 1]) > sums[-1]:
            start += 1
        if 2 * (sums[end] - sums[start]) > sums[-1]:
            found.append((start - end, sums[end] - sums[start], end))
    shorter, total, end = max(found)
    return end + shorter, end - 1, total


def sparkline(library: Library, facet: str, term: Term, most: int) -> Sparkline:
    """Return the papers of a term and of narrower ones with a bar for each year.

    A bar of `most` papers has the full height.
    """
    by_year = Counter(entry.year for entry in library.papers_within(facet, term) if entry.year)
    step = min(100 / max(len(library.years), 1), 14.0)
    path = "".join(
        f"M{place * step:.1f} 100V{100 - max(100 * by_year[year] / most, 10):.0f}"
        f"h{step * 0.75:.1f}V100z"
        for place, year in enumerate(library.years)
        if by_year[year]
    )
    return Sparkline(path, max(by_year.values(), default=0))
