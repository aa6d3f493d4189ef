"""The page with the charts of an atlas."""

from collections.abc import Sequence

from paper_atlas.model.library import Library
from paper_atlas.site.addresses import CHARTS
from paper_atlas.site.blocks import Charts
from paper_atlas.site.html.charts import Chart
from paper_atlas.site.page import Block, Page
from paper_atlas.site.pages.tiles import no_papers
from paper_atlas.translation import Translator


def charts_page(
    library: Library, translate: Translator, charts: Sequence[Chart], *, has_lineage: bool
) -> Page:
    """Return the page with papers by year, and by the terms of the facets."""
    block: Block = Charts(charts, len(library.entries), has_lineage)
    if not library.entries:
        block = no_papers(library, library.vocabulary.main_facet, None)
    description = translate("Charts of the papers in the atlas.")
    return Page(CHARTS, translate("Charts"), description, (block,))
