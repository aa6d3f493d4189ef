"""The page of all papers, which stays fast with thousands of them."""

from itertools import groupby

from paper_atlas.model.library import Library
from paper_atlas.site.addresses import ALL_PAPERS, PAPER_LIST
from paper_atlas.site.page import Fragment, Page
from paper_atlas.site.pages.blocks import files_of, left_out
from paper_atlas.translation import Say


def all_papers_page(library: Library, say: Say) -> Page:
    """Every paper, the newest first: a plain list, which the script replaces by cards."""
    problems = [problem for file in library.broken for problem in file.problems]
    words = say("{count} papers, the newest first.", count=len(library.entries))
    years = [(year, list(them)) for year, them in groupby(library.entries, lambda it: it.year)]
    values = {"list": PAPER_LIST, "years": years, **files_of("")}
    blocks = (words, *left_out(problems), Fragment("all-papers.html.jinja", values))
    return Page(ALL_PAPERS, say("All papers"), say("Every paper of the atlas."), blocks)
