"""The table of all data sets, and the page of each."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from paper_atlas.analysis.leaderboards import DATASETS, Leaderboards
from paper_atlas.analysis.term_counts import count_terms
from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Facet, Term
from paper_atlas.site.addresses import facet_path
from paper_atlas.site.blocks import (
    NUMBER,
    DatasetHead,
    DatasetsLead,
    SectionLinks,
    TermCell,
    TermColumn,
    TermTable,
)
from paper_atlas.site.html.card_view import TagGroup, numbered_facets
from paper_atlas.site.page import Page
from paper_atlas.site.pages.scores import dataset_scores
from paper_atlas.site.pages.terms import term_page
from paper_atlas.site.pages.tiles import Blocks, shown_terms
from paper_atlas.translation import Translator

_MAX_OPTIONS = 60  # of a choice; a longer one helps nobody


def datasets_page(library: Library, translate: Translator, tables: Leaderboards) -> Page:
    """Return the page with a table of all data sets, the most used first."""
    facet = library.vocabulary.facets[DATASETS]
    words = facet.description or translate("{facet} in the atlas.", facet=facet.title)
    blocks: Blocks = []
    found = shown_terms(library, DATASETS, facet.all_terms)
    counted = count_terms(library, DATASETS, found)
    public = [term for term, _ in counted if not term.in_house]
    if counted:
        in_house = [(term, count) for term, count in counted if term.in_house]
        blocks.append(DatasetsLead(len(public), in_house))
    if public:
        blocks.append(_table(library, translate, public, tables))
    if facet.sections:
        sections = [(one, len(library.papers_of_section(DATASETS, one))) for one in facet.sections]
        blocks.append(SectionLinks(sections))
    source = library.vocabulary_path
    return Page(facet_path(DATASETS), facet.title, words, tuple(blocks), source=source)


def _table(
    library: Library, translate: Translator, terms: Sequence[Term], tables: Leaderboards
) -> TermTable:
    facet = library.vocabulary.facets[DATASETS]
    columns = [*_columns(library, translate, terms, tables)]
    used = tuple(column for column in columns if any(cell.text for cell in column.cells))
    subjects = [column.title.lower() for column in used if column.kind != NUMBER]
    hint = translate("Filter by {things}", things=", ".join([translate("name"), *subjects]))
    count = translate("{count} data sets", count=len(terms))
    rows = [(term, _remark(facet, translate, term)) for term in terms]
    return TermTable(DATASETS, rows, used, hint, count)


def _columns(
    library: Library, translate: Translator, terms: Sequence[Term], tables: Leaderboards
) -> Iterator[TermColumn]:
    """Yield the columns of the table. Those without any value are left out later."""
    vocabulary = library.vocabulary
    for name, facet in vocabulary.facets.items():
        cells = tuple(_subject_cell(facet, term.about.get(name, ())) for term in terms)
        options = () if name == vocabulary.main_facet else _options(facet, cells)
        yield TermColumn(facet.title, cells, options=options)
    used = [len(library.papers_within(DATASETS, term)) for term in terms]
    papers = _numbers(translate("Papers"), used, lambda count: translate("{count} papers", count))
    yield replace(papers, is_sorted=True)
    subtrees = [vocabulary.facets[DATASETS].subtree(term) for term in terms]
    results = [sum(tables[one.id].count for one in some if one.id in tables) for some in subtrees]
    yield _numbers(translate("Results"), results, lambda count: translate("{count} results", count))


def _numbers(title: str, numbers: Sequence[int], words: Callable[[int], str]) -> TermColumn:
    cells = (TermCell(str(number), words(number)) if number else TermCell() for number in numbers)
    return TermColumn(title, tuple(cells), NUMBER)


def _subject_cell(facet: Facet, words: Sequence[str]) -> TermCell:
    """Return the terms of another facet that a data set is about."""
    terms = _subjects(facet, words)
    above = {one.id for term in terms for one in (term, *facet.broader_terms(term))}
    return TermCell(", ".join(term.title for term in terms), values=tuple(sorted(above)))


def _options(facet: Facet, cells: Sequence[TermCell]) -> tuple[tuple[str, str], ...]:
    """Return the terms that a reader can choose in a column, as (id, title)."""
    ids = {value for cell in cells for value in cell.values}
    found = tuple((term.id, term.title) for term in facet.in_order(ids))
    return found if 1 < len(found) <= _MAX_OPTIONS else ()


def _remark(facet: Facet, translate: Translator, term: Term) -> str:
    """Return how a data set is related to others in the table."""
    if parents := facet.parent_terms(term):
        return translate("part of {name}", name=", ".join(one.title for one in parents))
    return translate("all editions") if facet.child_terms(term) else ""


def dataset_page(library: Library, translate: Translator, term: Term, tables: Leaderboards) -> Page:
    """Return the page of a data set with its results, without the list of its papers."""
    page = term_page(library, translate, DATASETS, term)
    return replace(
        page,
        blocks=(*page.blocks, *dataset_scores(library, translate, term, tables)),
        head=_head(library, translate, term),
    )


def _head(library: Library, translate: Translator, term: Term) -> DatasetHead:
    facet = library.vocabulary.facets[DATASETS]
    subjects = [
        TagGroup(name, kind, other.title, tuple(terms))
        for kind, name, other in numbered_facets(library.vocabulary)
        if (terms := shown_terms(library, name, _subjects(other, term.about.get(name, ()))))
    ]
    narrower = [
        (one, len(library.papers_within(DATASETS, one)))
        for one in shown_terms(library, DATASETS, facet.child_terms(term))
    ]
    papers = len(library.papers_within(DATASETS, term))
    section = next((one for one in facet.sections if term in one.terms), None)
    return DatasetHead(term, section, subjects, [*_facts(translate, term)], narrower, papers)


def _facts(translate: Translator, term: Term) -> Iterator[tuple[str, str]]:
    """Yield the further lines of the sheet of a data set."""
    if term.aliases:
        yield translate("Also called"), translate(", ").join(term.aliases)


def _subjects(facet: Facet, words: Sequence[str]) -> Sequence[Term]:
    """Return the terms of another facet that a data set names."""
    return [term for word in words if (term := facet.find_term(word))]
