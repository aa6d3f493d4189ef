"""The overview of a facet, and the pages of its sections."""

from collections import Counter
from collections.abc import Iterable, Iterator

from paper_atlas.analysis.term_counts import count_terms
from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Section, Term
from paper_atlas.site.addresses import facet_path, section_path
from paper_atlas.site.blocks import FacetTable, SectionHead, TermLine, TermLines
from paper_atlas.site.html.charts import METHODS, sparkline
from paper_atlas.site.page import Page
from paper_atlas.site.pages.lineage import has_lineage
from paper_atlas.site.pages.tiles import shown_terms, term_index
from paper_atlas.translation import Translator

_NARROWER = 6  # terms below a term, before its page has the others


def is_shown(library: Library, name: str) -> bool:
    """True if a facet has sections, or terms with a page."""
    facet = library.vocabulary.facets[name]
    return bool((facet.pages and facet.sections) or shown_terms(library, name, facet.all_terms))


def facet_page(library: Library, translate: Translator, name: str) -> Page:
    """Return the overview of a facet: links to the pages of its terms."""
    facet = library.vocabulary.facets[name]
    path = facet_path(name)
    description = facet.description or translate("{facet} in the atlas.", facet=facet.title)
    is_main = name == library.vocabulary.main_facet
    block = term_index(library, name) if is_main else facet_table(library, name, description)
    return Page(path, facet.title, description, (block,), source=library.vocabulary_path)


def section_page(library: Library, translate: Translator, name: str, section: Section) -> Page:
    """Return the page of a section, without the list of its papers."""
    entries = library.papers_of_section(name, section)
    words = translate("{count} papers in {section}.", count=len(entries), section=section.title)
    terms = shown_terms(library, name, section.terms)
    counted = [(term, len(library.papers_within(name, term))) for term in terms]
    return Page(
        path=section_path(section),
        title=section.title,
        description=section.description or words,
        blocks=(),
        subject=section,
        facet=name,
        source=library.vocabulary_path,
        head=SectionHead(name, section, counted),
    )


def facet_table(library: Library, name: str, text: str) -> FacetTable:
    """Return the table of a facet with `text` above it: its broadest terms, the most used first."""
    years = library.years
    lineage = name == METHODS and has_lineage(library)
    span = (years[0], years[-1]) if years else None
    return FacetTable(name, text, tuple(_groups(library, name)), span, lineage)


def _groups(library: Library, name: str) -> Iterator[TermLines]:
    facet = library.vocabulary.facets[name]
    most = _most_in_a_year(library, name)
    for section in facet.sections:
        lines = _lines(library, name, section.terms, most)
        yield TermLines(section, len(library.papers_of_section(name, section)), lines)
    if lines := _lines(library, name, facet.terms, most):
        yield TermLines(None, 0, lines)


def _lines(library: Library, name: str, terms: Iterable[Term], most: int) -> tuple[TermLine, ...]:
    facet = library.vocabulary.facets[name]
    broadest = [term for term in terms if not facet.parent_terms(term)]
    lines = (_line(library, name, term, most) for term in shown_terms(library, name, broadest))
    return tuple(sorted(lines, key=lambda line: -line.count))


def _line(library: Library, name: str, term: Term, most: int) -> TermLine:
    children = library.vocabulary.facets[name].child_terms(term)
    counted = count_terms(library, name, shown_terms(library, name, children))
    return TermLine(
        term,
        len(library.papers_within(name, term)),
        tuple(counted[:_NARROWER]),
        len(counted[_NARROWER:]),
        sparkline(library, name, term, most),
    )


def _most_in_a_year(library: Library, name: str) -> int:
    """Return the largest number of papers of a term in a year, the scale of all drawings.

    The papers of a term include those of narrower ones, which therefore need no look.
    """
    facet = library.vocabulary.facets[name]
    counts = (
        Counter(entry.year for entry in library.papers_within(name, term) if entry.year)
        for term in facet.all_terms
        if not facet.parent_terms(term)
    )
    return max((max(years.values(), default=0) for years in counts), default=0)
