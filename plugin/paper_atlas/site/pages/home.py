"""The home page."""

from collections.abc import Sequence
from datetime import date
from heapq import nlargest

from paper_atlas.analysis.gaps import Gap
from paper_atlas.model.library import Library
from paper_atlas.problem import errors
from paper_atlas.site.addresses import ALL_PAPERS, HOME, facet_path
from paper_atlas.site.blocks import Overview
from paper_atlas.site.page import Page
from paper_atlas.site.pages.tiles import Blocks, no_papers, problem_blocks, tiles_by_section
from paper_atlas.translation import Translator

_NEWEST, _WANTED = 5, 4


def home_page(library: Library, translate: Translator, name: str, gaps: Sequence[Gap]) -> Page:
    """Return the home page of the atlas called `name`, with the gaps that need help."""
    words = translate("{count} papers.", count=len(library.entries))
    blocks: Blocks = [*problem_blocks(errors(library.problems))]
    if library.entries:
        blocks.append(_overview_block(library, translate, gaps))
    blocks += tiles_by_section(library, translate, library.vocabulary.main_facet)
    if not library.entries:
        blocks += [words, no_papers(library, library.vocabulary.main_facet, None)]
    return Page(HOME, name, translate("{name}: {words}", name=name, words=words), tuple(blocks))


def _overview_block(library: Library, translate: Translator, gaps: Sequence[Gap]) -> Overview:
    """Return the figure, numbers, the newest papers, and the first gaps."""
    entries = library.entries
    counts = [(len(entries), translate("papers", count=len(entries)), ALL_PAPERS)]
    for name, facet in library.vocabulary.facets.items():
        used = [term for term in facet.all_terms if library.papers_within(name, term)]
        if used and facet.pages:
            counts.append((len(used), facet.title.lower(), facet_path(name)))
    newest = nlargest(
        _NEWEST, entries, key=lambda entry: (entry.added or date.min, entry.year or 0)
    )
    return Overview(bool(library.figure_svg), counts, newest, gaps[:_WANTED])
