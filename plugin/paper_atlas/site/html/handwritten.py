"""What the atlas adds to the HTML of a page: links to papers, lists of papers, and blocks."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from paper_atlas.checks.context import HintsForIds
from paper_atlas.model.library import Library
from paper_atlas.problem import MAX_PROBLEMS, Problem
from paper_atlas.site.html.listings import has_directive, replace_directives
from paper_atlas.site.html.renderer import Renderer
from paper_atlas.site.page import Page
from paper_atlas.text.paper_links import find_link, linked_id, links_cut_by_cells


def finish_page(
    renderer: Renderer, library: Library, page: Page, text: str, base: str, path: str, source: str
) -> tuple[str, Page, list[Problem]]:
    """Return the HTML of a page, the page with its lists, and the problems of its text.

    `text` is the rendered Markdown. `source` is the Markdown file at `path`, of which problems give
    the position. `base` is the relative path from the page to the root of the site.
    """
    text, lost = renderer.link_papers(text, base)
    references = dict.fromkeys([*lost, *links_cut_by_cells(text)])
    problems = [*_broken_links(references, library, path, source)]
    if has_directive(text):
        text, page, more = replace_directives(text, page, library, path, source)
        problems += more
    return renderer.fill_markers(page, text, base), page, problems


def _broken_links(
    references: Iterable[str], library: Library, path: str, source: str
) -> Iterator[Problem]:
    """Yield a problem for every position of a link to a paper that does not exist.

    The position is the start of the page if another file contains the link, or if the page has
    more broken links than are worth a search.
    """
    hints = HintsForIds(library.known_ids)
    for number, reference in enumerate(references):
        is_cut = not reference.endswith("]]")
        if not is_cut and linked_id(reference) in library.known_ids:
            continue
        written = f"{reference}|" if is_cut else reference
        places = find_link(source, written) if number < MAX_PROBLEMS else ()
        for place in [*places] or [(1, 1)]:
            problem = hints.problem(path, place, "", reference)
            if is_cut:
                message = f"'{reference}' is split at the border of a cell"
                hint = "in a table, write \\| instead of |"
                problem = replace(problem, message=message, hint=hint)
            yield problem
