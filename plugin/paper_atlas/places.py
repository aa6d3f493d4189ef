"""Where everything stands on a site: the path of each page's Markdown file, and anchors."""

from paper_atlas.entry import Entry
from paper_atlas.library import Library
from paper_atlas.vocabulary import Section, Term

HOME = "index.md"
ALL_PAPERS = "papers/index.md"
LINEAGE = "lineage/index.md"
HELP_WANTED = "help-wanted/index.md"


def card_place(library: Library, entry: Entry) -> tuple[str, str]:
    """Path and anchor of the one card of a paper that links lead to."""
    main = library.vocabulary.main
    return term_place(library, main, entry.terms[main][0])[0], entry.id


def term_place(library: Library, facet: str, term: Term) -> tuple[str, str]:
    """Path and anchor where the papers of a term are listed."""
    if library.vocabulary.facets[facet].pages:
        return term_path(facet, term), ""
    return facet_path(facet), term.id


def term_path(facet: str, term: Term) -> str:
    """The path of the page of a term."""
    return f"{facet}/{term.id}.md"


def section_path(section: Section) -> str:
    """The path of the page of a section."""
    return f"sections/{section.id}/index.md"


def facet_path(facet: str) -> str:
    """The path of the page that lists the terms of a facet."""
    return f"{facet}/index.md"
