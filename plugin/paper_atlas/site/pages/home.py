"""The home page."""

from collections.abc import Sequence

from paper_atlas.analysis.gaps import Gap
from paper_atlas.model.library import Library
from paper_atlas.problem import errors
from paper_atlas.site.addresses import ALL_PAPERS, HOME, facet_path
from paper_atlas.site.page import Fragment, Page
from paper_atlas.site.pages.blocks import Blocks, empty_page_text, problem_blocks, tiles_by_section
from paper_atlas.translation import Translator

_NEWEST, _WANTED = 5, 4


def home_page(library: Library, translate: Translator, name: str, gaps: Sequence[Gap]) -> Page:
    """Return the home page of the atlas called `name`, with the gaps that need help."""
    words = translate("{count} papers.", count=len(library.entries))
    blocks: Blocks = [*problem_blocks(errors(library.problems))]
    if library.entries:
        blocks.append(_overview_block(library, translate, gaps))
    blocks += tiles_by_section(library, translate, HOME, library.vocabulary.main_facet)
    if not library.entries:
        blocks += [words, empty_page_text(library, translate, library.vocabulary.main_facet, None)]
    return Page(HOME, name, translate("{name}: {words}", name=name, words=words), tuple(blocks))


def _overview_block(library: Library, translate: Translator, gaps: Sequence[Gap]) -> Fragment:
    """Return the figure, numbers, the newest papers, and the first gaps."""
    entries = library.entries
    counts = [(len(entries), translate("papers", count=len(entries)), ALL_PAPERS)]
    for name, facet in library.vocabulary.facets.items():
        used = [term for term in facet.all_terms if library.papers_of_term(name, term)]
        if used and facet.pages:
            counts.append((len(used), facet.title.lower(), facet_path(name)))
    newest = sorted(
        entries, key=lambda entry: (str(entry.added or ""), entry.year or 0), reverse=True
    )
    values = {
        "has_figure": bool(library.figure_svg),
        "counts": counts,
        "newest": newest[:_NEWEST],
        "wanted": gaps[:_WANTED],
    }
    return Fragment("home.html.jinja", values)
