"""Where everything stands on a site: the path of each page's Markdown file, and anchors."""

from paper_atlas.library import Library
from paper_atlas.vocabulary import Section, Term

HOME = "index.md"
ALL_PAPERS = "papers/index.md"
PAPER_LIST = "papers/list.json"
LINEAGE = "lineage/index.md"
CHARTS = "charts/index.md"
HELP_WANTED = "help-wanted/index.md"


def paper_path(name: str) -> str:
    """The path of the page of the paper with an id, which is its address for ever."""
    return f"papers/{name}.md"


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
