"""The blocks of HTML that pages consist of. Each is the values for one template."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from paper_atlas.analysis.gaps import Gap
from paper_atlas.analysis.leaderboards import Leaderboard
from paper_atlas.analysis.lineage import LineageNode
from paper_atlas.analysis.related import RelatedPaper
from paper_atlas.model.entry import Entry
from paper_atlas.model.vocabulary import Section, Term
from paper_atlas.problem import Problem
from paper_atlas.site.html.charts import Bars, Grid, Sparkline
from paper_atlas.site.html.lineage_svg import Drawing
from paper_atlas.site.page import Block


@dataclass(frozen=True)
class FacetRow:
    """A term in the facet column of a list, with the number of its papers in the list.

    `share` is that number divided by the largest of its facet. `target` is the path of the page
    and `query` the query of the link for readers without the script. `is_rest` is true for a row
    that is first hidden.
    """

    id: str
    title: str
    depth: int
    count: int
    share: float
    target: str
    query: str
    is_rest: bool


@dataclass(frozen=True)
class FacetColumn:
    """A facet of a list. `kind` is its position in the vocabulary from 1 to 6, or 0 for `has`."""

    name: str
    title: str
    kind: int
    rows: tuple[FacetRow, ...]


@dataclass(frozen=True)
class YearCount:
    """The number of papers of a year in a list, and its share of the largest such number."""

    year: int
    count: int
    share: float


@dataclass(frozen=True)
class YearGroup:
    """The papers of a year (None: not known) on a page, and their number in the whole list."""

    year: int | None
    count: int
    entries: tuple[Entry, ...]


def _entries_of(groups: Iterable[YearGroup]) -> tuple[Entry, ...]:
    return tuple(entry for group in groups for entry in group.entries)


@dataclass(frozen=True)
class Pagination:
    """A page of a list: its number, its papers (`first` to `last` of `total`), and other pages.

    `previous` and `next` are the paths of pages, or empty. `numbers` are (number, path) of the
    pages to link to; the pages between two of these numbers have no link.
    """

    number: int
    count: int
    first: int
    last: int
    total: int
    previous: str
    next: str
    numbers: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class PaperList(Block):
    """The first page of a list: facets, tools, and the cards of its first papers.

    The list has the papers with one of the terms `term_ids` of `facet`; without a facet it has all
    papers. `own` is the facet and the term that the cards need not show. `downloads` are the paths
    of files with the papers of the list, by the name of their format.
    """

    template: ClassVar[str] = "list.html.jinja"
    facet: str
    term_ids: tuple[str, ...]
    own: tuple[str, str] | None
    facets: tuple[FacetColumn, ...]
    years: tuple[YearCount, ...]
    groups: tuple[YearGroup, ...]
    pages: Pagination
    downloads: Mapping[str, str]

    @property
    def total(self) -> int:
        """The number of papers of the list."""
        return self.pages.total

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The papers of the page."""
        return _entries_of(self.groups)

    @property
    def cards(self) -> Sequence[Entry]:
        """The papers of the page."""
        return self.entries


@dataclass(frozen=True)
class CardPage(Block):
    """A further page of the list of all papers, with cards."""

    template: ClassVar[str] = "card-page.html.jinja"
    groups: tuple[YearGroup, ...]
    pages: Pagination
    first_page: str

    @property
    def cards(self) -> Sequence[Entry]:
        """The papers of the page."""
        return _entries_of(self.groups)


@dataclass(frozen=True)
class RowPage(Block):
    """A further page of the list of a term or a section, with one row for each paper."""

    template: ClassVar[str] = "row-page.html.jinja"
    groups: tuple[YearGroup, ...]
    pages: Pagination
    first_page: str


@dataclass(frozen=True)
class Cards(Block):
    """Cards of papers without a facet column and tools."""

    template: ClassVar[str] = "cards.html.jinja"
    entries: Sequence[Entry]

    @property
    def cards(self) -> Sequence[Entry]:
        """All of the papers."""
        return self.entries


@dataclass(frozen=True)
class Rows(Block):
    """A list with one row for each paper."""

    template: ClassVar[str] = "rows.html.jinja"
    entries: Sequence[Entry]


@dataclass(frozen=True)
class PaperHead(Block):
    """The title of a paper, with its short name and its first term of the main facet, if any."""

    template: ClassVar[str] = "paper-head.html.jinja"
    entry: Entry
    name: str
    facet: str
    term: Term | None


@dataclass(frozen=True)
class PaperBody(Block):
    """Everything about a paper below its title, with its related papers."""

    template: ClassVar[str] = "paper.html.jinja"
    entry: Entry
    neighbours: Sequence[RelatedPaper]


@dataclass(frozen=True)
class TermHead(Block):
    """The title of a term and what it is, with links to papers, narrower terms and data sets.

    `start` are papers to start with. `narrower` and `datasets` are terms with their number of
    papers. `about` are terms of other facets.
    """

    template: ClassVar[str] = "term-head.html.jinja"
    facet: str
    term: Term
    start: Sequence[Entry]
    narrower: Sequence[tuple[Term, int]]
    datasets: Sequence[tuple[Term, int]]
    about: Sequence[tuple[str, Sequence[Term]]]


@dataclass(frozen=True)
class SectionHead(Block):
    """The title of a section, its description, and its terms with their number of papers."""

    template: ClassVar[str] = "section-head.html.jinja"
    facet: str
    section: Section
    terms: Sequence[tuple[Term, int]]


@dataclass(frozen=True)
class SectionLink(Block):
    """A link to the page of a section, with the number of its papers."""

    template: ClassVar[str] = "section-link.html.jinja"
    section: Section
    count: int


@dataclass(frozen=True)
class Tile:
    """A term, its number of papers in words, and their years."""

    term: Term
    number: str
    chart: Sparkline


@dataclass(frozen=True)
class Tiles(Block):
    """Terms of a facet with links to their pages."""

    template: ClassVar[str] = "tiles.html.jinja"
    facet: str
    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class NoPapers(Block):
    """How to add the first paper on a term, or of the atlas if there is no term.

    `path` is the path of the file to create.
    """

    template: ClassVar[str] = "no-papers.html.jinja"
    facet: str
    term: Term | None
    path: str


@dataclass(frozen=True)
class Problems(Block):
    """The problems of files that are missing on the page."""

    template: ClassVar[str] = "problems.html.jinja"
    problems: Sequence[Problem]


@dataclass(frozen=True)
class Results(Block):
    """The leaderboards of a data set and of its narrower terms, with the title of each."""

    template: ClassVar[str] = "results.html.jinja"
    tables: Sequence[tuple[str, Leaderboard]]


@dataclass(frozen=True)
class TermCard:
    """A term with the number of its papers, and one line about it, or an empty string."""

    term: Term
    count: int
    remark: str


@dataclass(frozen=True)
class TermGroup:
    """Cards of the terms of a section. Terms without a section have None."""

    section: Section | None
    cards: tuple[TermCard, ...]


@dataclass(frozen=True)
class TermIndex(Block):
    """The terms of a facet as cards."""

    template: ClassVar[str] = "term-index.html.jinja"
    facet: str
    groups: tuple[TermGroup, ...]


@dataclass(frozen=True)
class AtlasNumber:
    """A number of the atlas with its unit, and the path and query of the list that it counts."""

    count: int
    unit: str
    path: str
    query: str = ""


@dataclass(frozen=True)
class CountedTerm:
    """A term with the number of its papers, and its share of the most, from 0 to 20."""

    term: Term
    count: int
    share: int


@dataclass(frozen=True)
class Home(Block):
    """What an atlas has, and the ways to it. Parts without content are left out.

    `searches` are examples. `newest` are papers by the day on which they were added if `is_dated`
    is true, otherwise by their year. `datasets` are the most used ones of `dataset_count`.
    `term_cards` are terms of the main facet, `built` are papers with the number of those that
    extend them. `bars` is another facet with its most used terms.
    """

    template: ClassVar[str] = "home.html.jinja"
    facet: str
    numbers: tuple[AtlasNumber, ...]
    searches: tuple[str, ...]
    newest: tuple[Entry, ...]
    is_dated: bool
    datasets: tuple[CountedTerm, ...]
    dataset_count: int
    term_cards: tuple[TermCard, ...]
    built: tuple[tuple[Entry, int], ...]
    bars: tuple[str, tuple[CountedTerm, ...]]
    wanted: Sequence[Gap]


@dataclass(frozen=True)
class HelpWanted(Block):
    """The kinds of gaps and their tasks."""

    template: ClassVar[str] = "help-wanted.html.jinja"
    gaps: Sequence[Gap]


@dataclass(frozen=True)
class LineageDrawing(Block):
    """The papers over the years, each with a line from the papers that it extends."""

    template: ClassVar[str] = "lineage.html.jinja"
    drawing: Drawing


@dataclass(frozen=True)
class LineageList(Block):
    """The same papers as a nested list: (node, lists that end after it, true if one begins)."""

    template: ClassVar[str] = "lineage-list.html.jinja"
    nodes: Sequence[tuple[LineageNode, int, bool]]


@dataclass(frozen=True)
class YearBars(Block):
    """The papers of each year, stacked by section."""

    template: ClassVar[str] = "chart-bars.html.jinja"
    chart: Bars


@dataclass(frozen=True)
class HeatMap(Block):
    """The papers with a term of `facet` (rows) and a term of `across` (columns)."""

    template: ClassVar[str] = "chart-heat-map.html.jinja"
    chart: Grid
    facet: str
    across: str


@dataclass(frozen=True)
class Matrix(Block):
    """The papers with a term (rows) in each year (columns)."""

    template: ClassVar[str] = "chart-matrix.html.jinja"
    chart: Grid
    facet: str


@dataclass(frozen=True)
class Ranking(Block):
    """The terms with most papers: (term, number, width of its bar)."""

    template: ClassVar[str] = "chart-ranking.html.jinja"
    items: Sequence[tuple[Term, int, float]]
    facet: str


@dataclass(frozen=True)
class PaperTable(Block):
    """Papers in a table. `columns` are the ids of the facets that have a column."""

    template: ClassVar[str] = "listing-table.html.jinja"
    entries: Sequence[Entry]
    columns: Sequence[str]


@dataclass(frozen=True)
class Bibliography(Block):
    """Citations of papers: (text before the title, paper, text after the title)."""

    template: ClassVar[str] = "listing-bibliography.html.jinja"
    cited: Sequence[tuple[str, Entry, str]]


@dataclass(frozen=True)
class NoMatch(Block):
    """A list without matching papers."""

    template: ClassVar[str] = "listing-nothing.html.jinja"
