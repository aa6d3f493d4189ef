"""The page of each paper, of all papers, to compare papers, and for a wrong address."""

from collections.abc import Sequence

from paper_atlas.analysis.related import RelatedPaper
from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.site.addresses import ALL_PAPERS, COMPARE, NOT_FOUND, paper_path
from paper_atlas.site.blocks import Comparison, NotFound, PaperBody, PaperHead
from paper_atlas.site.page import Page
from paper_atlas.site.pages.tiles import problem_blocks
from paper_atlas.text.names import et_al
from paper_atlas.translation import Translator


def paper_page(entry: Entry, neighbours: Sequence[RelatedPaper], main_facet: str) -> Page:
    """Return the page of a paper in an atlas with this main facet."""
    term = next(iter(entry.terms.get(main_facet, ())), None)
    return Page(
        path=paper_path(entry.id),
        title=entry.title,
        description=_paper_description(entry),
        blocks=(PaperBody(entry, neighbours),),
        subject=entry,
        source=entry.path,
        head=PaperHead(entry, main_facet, term),
    )


def _paper_description(entry: Entry) -> str:
    """Return title, authors, venue and year in one line."""
    parts = (et_al(entry.authors), entry.venue, str(entry.year or ""))
    return f"{entry.title}. {', '.join(part for part in parts if part)}".strip()


def all_papers_page(library: Library, translate: Translator) -> Page:
    """Return the page of all papers, without their list."""
    problems = [problem for file in library.broken_entries for problem in file.problems]
    lead = translate(
        "Every paper in the atlas. Filters and searches are kept in the address, so a list can be "
        "shared."
    )
    return Page(
        path=ALL_PAPERS,
        title=translate("All papers"),
        description=translate("All papers in the atlas."),
        blocks=(lead, *problem_blocks(problems)),
    )


def compare_page(translate: Translator) -> Page:
    """Return the page on which the script compares papers."""
    title = translate("Compare papers")
    description = translate("Facts and results of papers side by side.")
    return Page(COMPARE, title, description, (), head=Comparison())


def not_found_page(translate: Translator, add_url: str) -> Page:
    """Return the page for an address without a page. `add_url` as in `NotFound`."""
    title = translate("This page does not exist")
    return Page(NOT_FOUND, title, "", (), head=NotFound(add_url))
