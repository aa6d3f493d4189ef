"""The page of all papers, which stays fast with thousands of them."""

from itertools import groupby

from paper_atlas.interface import Say
from paper_atlas.library import Library
from paper_atlas.page import Fragment, Page
from paper_atlas.pages.parts import files_of, left_out
from paper_atlas.places import ALL_PAPERS, PAPER_LIST


def all_papers_page(library: Library, say: Say) -> Page:
    """Every paper, the newest first: a plain list, which the script replaces by cards."""
    problems = [problem for file in library.broken for problem in file.problems]
    words = say("{count} papers, the newest first.", count=len(library.entries))
    years = [(year, list(them)) for year, them in groupby(library.entries, lambda it: it.year)]
    values = {"list": PAPER_LIST, "years": years, **files_of("")}
    blocks = (words, *left_out(problems), Fragment("all-papers.html.jinja", values))
    return Page(ALL_PAPERS, say("All papers"), say("Every paper of the atlas."), blocks)
