"""Charts: numbers of papers by year and by term, as positions of shapes.

Horizontal positions are percentages of the width, so a chart fits every screen while its text
keeps its size. Heights are pixels.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from textwrap import wrap

from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Facet, Term

SERIES, HEAT_LEVELS = 8, 5  # colours of stacked bars, and of heat
_ROWS, _COLUMNS, _LANES, _YEARS, _RANKED = 40, 24, 15, 20, 20  # at most
_LABELS, _RIGHT, _LETTERS = 32.0, 2.0, 17  # the titles of rows, and the letters in a line of them
_ROW, _RADIUS = 32.0, 14.0
_AXIS, _PLOT, _BASE, _BELOW = 5.0, 190.0, 212.0, 24.0  # around bars over years

UsedYears = Sequence[tuple[Term, Sequence[Entry]]]
SeriesCounts = tuple[int, ...]


@dataclass(frozen=True)
class Bar:
    """The papers of one year: `counts` by series, `segments` as (series, y, height)."""

    year: int
    x: float
    counts: SeriesCounts
    segments: tuple[tuple[int, float, float], ...]


@dataclass(frozen=True)
class Bars:
    """A bar for each year, without `undated` papers. Ticks are numbers with their y."""

    width: float
    height: float
    ticks: tuple[tuple[int, float], ...]
    bars: tuple[Bar, ...]
    series: tuple[str, ...]
    undated: SeriesCounts


@dataclass(frozen=True)
class Column:
    """A term or a year, and the horizontal position of its middle."""

    title: str
    x: float
    term: Term | None = None


@dataclass(frozen=True)
class Cell:
    """The papers of a row in a column. `size` is a level of heat, or the radius of a bubble."""

    column: Column
    count: int
    size: float


@dataclass(frozen=True)
class GridRow:
    """A term with the lines of its title, the y of its row, and a cell for each column."""

    term: Term
    lines: tuple[str, ...]
    y: float
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Grid:
    """Rows and columns, with headings above rows. `step` is the width of a column.

    `left_out` are the numbers of rows and of columns without space.
    """

    headings: tuple[tuple[str, float], ...]
    rows: tuple[GridRow, ...]
    columns: tuple[Column, ...]
    step: float
    height: float
    left_out: tuple[int, int]


@dataclass(frozen=True)
class Sparkline:
    """The papers of a term in each year: in words, and as a path that is 100 wide and high."""

    path: str
    words: str


def year_bars(library: Library, other: str = "Other") -> Bars:
    """Return papers per year. Each is in the section of its first term of the main facet.

    `other` is the title of the series for all papers without a section or colour of their own.
    """
    groups, all_years = _by_section(library, other), library.years
    by_year = [Counter(entry.year for entry in group) for group in groups.values()]
    counts = {year: tuple(group[year] for group in by_year) for year in (*all_years, None)}
    most = max([1, *(sum(counts[year]) for year in all_years)])
    slot, scale = _slot_width(100 - _AXIS - _RIGHT, len(all_years)), _PLOT / most
    ticks = [
        (count, round(_BASE - count * scale, 1))
        for count in range(0, most + 1, _round_step(most / 4))
    ]
    middles = [round(_AXIS + (place + 0.5) * slot, 3) for place in range(len(all_years))]
    bars = (
        _stacked_bar(year, x, counts[year], scale)
        for year, x in zip(all_years, middles, strict=True)
    )
    lists = tuple(ticks), tuple(bars), tuple(groups)
    return Bars(round(slot * 0.7, 3), _BASE + _BELOW, *lists, counts[None])


def _by_section(library: Library, other: str) -> dict[str, list[Entry]]:
    """Return entries by section in the order of the vocabulary. The last ones share a colour."""
    main = library.vocabulary.main_facet
    titles = _section_titles(library.vocabulary.facets[main])
    named = [(entry, titles.get(entry.terms[main][0].id, other)) for entry in library.entries]
    used = {title for _, title in named}
    order = [title for title in dict.fromkeys(titles.values()) if title in used and title != other]
    coloured = order if len(used) <= SERIES else order[: SERIES - 1]
    groups: dict[str, list[Entry]] = {title: [] for title in (*coloured, other)}
    for entry, title in named:
        groups[title if title in coloured else other].append(entry)
    return {title: entries for title, entries in groups.items() if entries}


def _section_titles(facet: Facet) -> dict[str, str]:
    return {term.id: section.title for section in facet.sections for term in section.terms}


def _stacked_bar(year: int, x: float, counts: SeriesCounts, scale: float) -> Bar:
    """Return series stacked from the base upwards, with a thin gap between them."""
    segments, y = [], _BASE
    for series, papers in enumerate(counts):
        y -= papers * scale
        if papers:
            height = max(papers * scale - 1.5, papers * scale / 2)
            segments.append((series, round(y, 1), round(height, 1)))
    return Bar(year, x, counts, tuple(segments))


def _slot_width(width: float, parts: int) -> float:
    """Return the width of each part. A few parts do not fill the whole width."""
    return min(width / max(parts, 1), 14.0)


def _round_step(least: float) -> int:
    """Return the least of 1, 2, 5, 10, 20, … that is not below a number."""
    size = 1
    while 5 * size < least:
        size *= 10
    return next(step for step in (size, 2 * size, 5 * size) if step >= least)


def heat_map(library: Library, row_facet: str, column_facet: str, other: str = "Other") -> Grid:
    """Return the terms of a facet against the broadest terms of another one.

    The broadest terms include their narrower ones. `other` is the heading of terms without a
    section.
    """
    facet = library.vocabulary.facets[row_facet]
    named = [(term, library.papers_within(row_facet, term)) for term in facet.all_terms]
    rows, other_rows = _most_used(named, _ROWS)
    columns, other_columns = _most_used(_broadest(library, column_facet), _COLUMNS)
    shown = {term.id for term, _ in rows}
    ids = [(term, {entry.id for entry in found}) for term, found in named if term.id in shown]
    across = [{entry.id for entry in found} for _, found in columns]
    counts = [(term, tuple(len(some & other) for other in across)) for term, some in ids]
    heads, sections = [(term.title, term) for term, _ in columns], _section_titles(facet)
    titles = sections and {term.id: sections.get(term.id, other) for term, _ in counts}
    return _grid(
        counts,
        heads,
        lambda number: ceil(HEAT_LEVELS * sqrt(number)),
        (other_rows, other_columns),
        titles,
    )


def matrix(library: Library, facet: str) -> Grid:
    """Return the broadest terms of a facet with most papers, over the latest years."""
    rows, other_rows = _most_used(_broadest(library, facet), _LANES)
    all_years = library.years
    shown = all_years[-_YEARS:]
    by_year = [(term, Counter(entry.year for entry in found)) for term, found in rows]
    counts = [(term, tuple(years[year] for year in shown)) for term, years in by_year]
    heads, left_out = (
        [(str(year), None) for year in shown],
        (other_rows, len(all_years) - len(shown)),
    )
    return _grid(counts, heads, lambda number: round(_RADIUS * sqrt(number), 1), left_out)


def _broadest(library: Library, name: str) -> UsedYears:
    facet = library.vocabulary.facets[name]
    terms = [term for term in facet.all_terms if not facet.parent_terms(term)]
    return [(term, library.papers_within(name, term)) for term in terms]


def _most_used(found: UsedYears, limit: int) -> tuple[UsedYears, int]:
    """Return the terms with most papers, and the number of other terms with papers."""
    used = sorted(
        (term_use for term_use in found if term_use[1]), key=lambda term_use: -len(term_use[1])
    )
    return used[:limit], len(used[limit:])


def _grid(
    counts: Sequence[tuple[Term, SeriesCounts]],
    heads: Sequence[tuple[str, Term | None]],
    size: Callable[[float], float],
    left_out: tuple[int, int],
    titles: Mapping[str, str] = {},
) -> Grid:
    """Return rows below each other, each under the heading that `titles` has for its term."""
    step = _slot_width(100 - _LABELS - _RIGHT, len(heads))
    middles = [round(_LABELS + (place + 0.5) * step, 3) for place in range(len(heads))]
    columns = [Column(title, x, term) for (title, term), x in zip(heads, middles, strict=True)]
    most = max([HEAT_LEVELS, *(papers for _, row in counts for papers in row)])
    headings: dict[str, float] = {}
    rows, y = list[GridRow](), _ROW / 2
    for term, row in counts:
        if titles and (title := titles[term.id]) not in headings:
            headings[title] = y
            y += _ROW
        lines = wrap(term.title, _LETTERS, max_lines=2, placeholder="…")
        cells = (
            Cell(column, papers, size(papers / most))
            for column, papers in zip(columns, row, strict=True)
        )
        rows.append(GridRow(term, tuple(lines), y, tuple(cells)))
        y += _ROW
    lists = tuple(headings.items()), tuple(rows), tuple(columns)
    return Grid(*lists, round(step, 3), y - _ROW / 2, left_out)


def ranking(library: Library, facet: str) -> tuple[list[tuple[Term, int, float]], int]:
    """Return the terms with most papers, and the number of other terms with papers.

    Each term is (term, number of papers, width of its bar).
    """
    terms = library.vocabulary.facets[facet].all_terms
    used, others = _most_used(
        [(term, library.papers_within(facet, term)) for term in terms], _RANKED
    )
    most = len(used[0][1]) if used else 1
    return [(term, len(found), round(100 * len(found) / most, 2)) for term, found in used], others


def sparkline(library: Library, facet: str, term: Term) -> Sparkline:
    """Return the papers of a term and of narrower ones with a bar for each year.

    The highest bar has the full height.
    """
    all_years, found = library.years, library.papers_within(facet, term)
    by_year = Counter(entry.year for entry in found)
    counts = [by_year[year] for year in all_years]
    most, step = max([1, *counts]), _slot_width(100, len(counts))
    path = "".join(
        f"M{place * step:.1f} 100V{100 - max(100 * papers / most, 16):.0f}h{step * 0.75:.1f}V100z"
        for place, papers in enumerate(counts)
        if papers
    )
    words = f"{all_years[0]}–{all_years[-1]}: {', '.join(map(str, counts))}" if counts else ""
    return Sparkline(path, words)
