"""The blocks of HTML that pages consist of. Each is the values for one template."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from paper_atlas.analysis.gaps import Gap
from paper_atlas.analysis.leaderboards import MatrixCell
from paper_atlas.analysis.lineage import LineageItem
from paper_atlas.analysis.related import RelatedPaper
from paper_atlas.model.entry import Entry
from paper_atlas.model.vocabulary import Section, Term
from paper_atlas.problem import Problem
from paper_atlas.site.html.card_view import TagGroup
from paper_atlas.site.html.charts import Chart, Sparkline
from paper_atlas.site.html.dot_plot import DotPlot
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
    """The title of a paper, and its first term of the main facet, if any."""

    template: ClassVar[str] = "paper-head.html.jinja"
    entry: Entry
    facet: str
    term: Term | None


@dataclass(frozen=True)
class PaperBody(Block):
    """Everything about a paper below its title, with its related papers."""

    template: ClassVar[str] = "paper.html.jinja"
    entry: Entry
    neighbours: Sequence[RelatedPaper]


@dataclass(frozen=True)
class Comparison(Block):
    """The title of the comparison of papers, and how to select them. The script does the rest."""

    template: ClassVar[str] = "compare.html.jinja"


@dataclass(frozen=True)
class NotFound(Block):
    """What the page for an address without a page says. `add_url` is as in `SiteInfo`."""

    template: ClassVar[str] = "not-found.html.jinja"
    add_url: str


@dataclass(frozen=True)
class TermHead(Block):
    """The title of a term and what it is, with links to papers, narrower terms and data sets.

    `start` are papers to start with. `narrower` and `datasets` are terms with their number of
    papers, most used first. `about` are terms of other facets.
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
class SectionLinks(Block):
    """Links to the pages of sections, with the number of papers of each."""

    template: ClassVar[str] = "section-links.html.jinja"
    sections: Sequence[tuple[Section, int]]


@dataclass(frozen=True)
class DatasetsLead(Block):
    """The number of data sets, and terms for data that are not public with their papers."""

    template: ClassVar[str] = "datasets-lead.html.jinja"
    count: int
    in_house: Sequence[tuple[Term, int]]


TEXT, NUMBER = "text", "number"
"""How a column of a table is sorted."""


@dataclass(frozen=True)
class TermCell:
    """A value in a table of terms; empty if unknown.

    `phone` is the text for narrow screens, where the columns have no heads, if it is another one.
    `values` are the ids by which a reader can filter.
    """

    text: str = ""
    phone: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class TermColumn:
    """A column of a table of terms, with a cell for each row.

    `kind` is `TEXT` or `NUMBER`. `options` are the values that a reader can choose, as
    (value, title). `is_sorted` is true if the rows are in descending order of the column.
    """

    title: str
    cells: tuple[TermCell, ...]
    kind: str = TEXT
    options: Sequence[tuple[str, str]] = ()
    is_sorted: bool = False


@dataclass(frozen=True)
class TermTable(Block):
    """Terms of a facet in a table that a reader can sort and filter.

    `rows` are the terms, each with a remark or an empty string. `hint` says what the filter finds,
    `count` is the number of rows in words.
    """

    template: ClassVar[str] = "term-table.html.jinja"
    facet: str
    rows: Sequence[tuple[Term, str]]
    columns: Sequence[TermColumn]
    hint: str
    count: str

    @property
    def choices(self) -> Sequence[tuple[int, str, Sequence[tuple[str, str]]]]:
        """The columns with options: (number of the column in the table, title, options)."""
        numbered = enumerate(self.columns, start=1)  # after the names
        return [(place, one.title, one.options) for place, one in numbered if one.options]


@dataclass(frozen=True)
class TermLine:
    """A term in a table: its papers, narrower terms with theirs, and its papers in each year.

    `more` is the number of narrower terms that are left out.
    """

    term: Term
    count: int
    narrower: tuple[tuple[Term, int], ...]
    more: int
    chart: Sparkline


@dataclass(frozen=True)
class TermLines:
    """The terms of a section, with the number of its papers. Terms without one have None."""

    section: Section | None
    count: int
    lines: tuple[TermLine, ...]


@dataclass(frozen=True)
class FacetTable(Block):
    """The terms of a facet without a broader one, as tables. `years` are the first and the last."""

    template: ClassVar[str] = "facet-table.html.jinja"
    facet: str
    text: str
    groups: tuple[TermLines, ...]
    years: tuple[int, int] | None
    has_lineage: bool


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
class DatasetHead(Block):
    """The title of a data set, its links, and the sheet of what is known about it.

    `section` is that of the vocabulary, if it has one. `subjects` are the terms of other facets
    that it is about. `facts` are further lines of the sheet, as (title, text). `narrower` are its
    editions with their number of papers.
    """

    template: ClassVar[str] = "dataset-head.html.jinja"
    term: Term
    section: Section | None
    subjects: Sequence[TagGroup]
    facts: Sequence[tuple[str, str]]
    narrower: Sequence[tuple[Term, int]]
    papers: int


@dataclass(frozen=True)
class ScoreRow:
    """A paper in a table of results, with its short name, and the source of the values.

    `year` is empty if the name ends with it. `source` and `source_url` may be empty.
    """

    entry: Entry
    name: str
    year: str
    cells: Sequence[MatrixCell | None]
    source: str
    source_url: str
    is_checked: bool


@dataclass(frozen=True)
class ScoreTable:
    """Some columns of a matrix of results. `title` is the choice that shows them, or empty."""

    title: str
    heads: Sequence[str]
    rows: Sequence[ScoreRow]


@dataclass(frozen=True)
class Scores:
    """The tables of a matrix, of which a reader sees one, with the sentences below them.

    `title` is the split. `dataset` is a narrower data set that has the results, or None. `metric`
    is empty if the columns have several. A matrix with the same heading as the one before has none.
    `is_folded` is true for tables with one row that come after others of the split.
    """

    title: str
    dataset: Term | None
    metric: str
    has_heading: bool
    tables: Sequence[ScoreTable]
    remarks: Sequence[str]
    is_folded: bool = False


@dataclass(frozen=True)
class DatasetScores(Block):
    """The results on a data set: those that compare, and below them those without a split.

    `compared` of `papers` papers have a value that can be compared. `without_split` are
    (row, what is measured). `plot` shows the values of one column over the years, if there are
    enough.
    """

    template: ClassVar[str] = "dataset-scores.html.jinja"
    term: Term
    compared: int
    papers: int
    scores: Sequence[Scores]
    without_split: Sequence[tuple[ScoreRow, str]]
    papers_without_split: int
    plot: DotPlot | None


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
    """The terms of a facet as cards. `lead` names the numbers of terms by section."""

    template: ClassVar[str] = "term-index.html.jinja"
    facet: str
    lead: str
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
    """A term with the number of its papers, and its share of the most, from 0 to 1."""

    term: Term
    count: int
    share: float


@dataclass(frozen=True)
class Home(Block):
    """What an atlas has, and the ways to it. Parts without content are left out.

    `hint` names what the search finds, `searches` are examples. `newest` are papers by the day on
    which they were added if `is_dated` is true, otherwise by their year. `datasets` are the most
    used ones of `dataset_count`.
    `term_cards` are terms of the main facet, `built` are papers with the number of those that
    extend them. `bars` is another facet with its most used terms. `add_url` is as in `SiteInfo`.
    """

    template: ClassVar[str] = "home.html.jinja"
    facet: str
    numbers: tuple[AtlasNumber, ...]
    hint: str
    searches: tuple[str, ...]
    newest: tuple[Entry, ...]
    is_dated: bool
    datasets: tuple[CountedTerm, ...]
    dataset_count: int
    term_cards: tuple[TermCard, ...]
    built: tuple[tuple[Entry, int], ...]
    bars: tuple[str, tuple[CountedTerm, ...]]
    wanted: Sequence[Gap]
    add_url: str


@dataclass(frozen=True)
class HelpWanted(Block):
    """The kinds of gaps and their tasks. `add_url` is as in `SiteInfo`."""

    template: ClassVar[str] = "help-wanted.html.jinja"
    gaps: Sequence[Gap]
    add_url: str


@dataclass(frozen=True)
class Lineage(Block):
    """Which paper extends which: a drawing of the large families, and all families as lists.

    `heads` are the papers whose colours those below them have.
    """

    template: ClassVar[str] = "lineage.html.jinja"
    text: str
    drawing: Drawing
    heads: tuple[Entry, ...]
    large: tuple[LineageItem, ...]
    small: tuple[LineageItem, ...]


@dataclass(frozen=True)
class Charts(Block):
    """The charts of an atlas with `count` papers. `has_lineage` says whether that page exists."""

    template: ClassVar[str] = "charts.html.jinja"
    charts: Sequence[Chart]
    count: int
    has_lineage: bool


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
