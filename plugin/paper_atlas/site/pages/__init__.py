"""The pages of an atlas: one module for each kind, with functions from the library to pages."""

from collections.abc import Iterator

from paper_atlas.analysis.gaps import find_gaps
from paper_atlas.analysis.leaderboards import leaderboards_by_dataset
from paper_atlas.model.library import Library
from paper_atlas.site.page import Page
from paper_atlas.site.pages.charts import charts_page
from paper_atlas.site.pages.facets import facet_pages, is_shown
from paper_atlas.site.pages.help_wanted import help_wanted_page
from paper_atlas.site.pages.home import home_page
from paper_atlas.site.pages.lineage import has_lineage, lineage_page
from paper_atlas.site.pages.papers import all_papers_page
from paper_atlas.site.pages.terms import term_pages
from paper_atlas.translation import ENGLISH, Translator


def atlas_pages(library: Library, name: str, translate: Translator = ENGLISH) -> Iterator[Page]:
    """Yield every page of the atlas called `name`, except those of papers.

    There may be thousands of papers.
    """
    leaderboards = leaderboards_by_dataset(library)
    gaps = find_gaps(library, leaderboards, translate)
    yield home_page(library, translate, name, gaps)
    for facet_id in library.vocabulary.facets:
        if is_shown(library, facet_id):
            yield from facet_pages(library, translate, facet_id)
            yield from term_pages(library, translate, facet_id, leaderboards)
    yield all_papers_page(library, translate)
    if has_lineage(library):
        yield lineage_page(library, translate)
    yield charts_page(library, translate)
    yield help_wanted_page(gaps, translate)
