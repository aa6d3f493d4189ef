"""The home page, and the page of all papers."""

from paper_atlas.library import Library
from paper_atlas.page import Page
from paper_atlas.pages.parts import Blocks, by_year, how_to_add, left_out, papers, tiles_by_section
from paper_atlas.places import ALL_PAPERS, HOME
from paper_atlas.problem import errors


def home_page(library: Library, name: str) -> Page:
    """The home page of the atlas called `name`."""
    words = f"{papers(len(library.entries))}."
    blocks: Blocks = [words, *left_out(errors(library.problems))]
    blocks += tiles_by_section(library, HOME, library.vocabulary.main)
    if not library.entries:
        blocks.append(how_to_add(library, library.vocabulary.main, None))
    return Page(HOME, name, f"{name}: {words}", tuple(blocks))


def all_papers_page(library: Library) -> Page:
    """Every paper, the newest first."""
    problems = [problem for file in library.broken for problem in file.problems]
    words = f"{papers(len(library.entries))}, the newest first."
    blocks = (words, *left_out(problems), *by_year(library.entries))
    return Page(ALL_PAPERS, "All papers", "Every paper of the atlas.", blocks)
