"""The page of each paper, and the page of all papers."""

from collections.abc import Sequence
from itertools import groupby

from paper_atlas.analysis.related import RelatedPaper
from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.site.addresses import ALL_PAPERS, PAPER_LIST, card_file, paper_path
from paper_atlas.site.page import Fragment, Page
from paper_atlas.site.pages.blocks import download_options, problem_blocks
from paper_atlas.text.names import et_al
from paper_atlas.translation import Translator


def paper_page(entry: Entry, neighbours: Sequence[RelatedPaper]) -> Page:
    """Return the page of a paper."""
    blocks = (Fragment("paper", {"entry": entry, "neighbours": neighbours}),)
    return Page(paper_path(entry.id), entry.title, _paper_description(entry), blocks)


def _paper_description(entry: Entry) -> str:
    """Return title, authors, venue and year in one line."""
    parts = (et_al(entry.authors), entry.venue, str(entry.year or ""))
    return f"{entry.title}. {', '.join(part for part in parts if part)}".strip()


def all_papers_page(library: Library, translate: Translator) -> Page:
    """Return the page of all papers: a plain list, newest first, which the script replaces."""
    problems = [problem for file in library.broken_entries for problem in file.problems]
    words = translate("{count} papers, newest first.", count=len(library.entries))
    years = [
        (year, list(papers)) for year, papers in groupby(library.entries, lambda entry: entry.year)
    ]
    cards = card_file("0") if years else ""
    values = {"list": PAPER_LIST, "cards": cards, "years": years, **download_options("")}
    blocks = (words, *problem_blocks(problems), Fragment("all-papers.html.jinja", values))
    return Page(ALL_PAPERS, translate("All papers"), translate("All papers in the atlas."), blocks)
