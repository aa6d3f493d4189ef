"""Plain MkDocs and Material: a page for each organ, with grid cards written by hand.

The terms of a paper are linked to headings, on a page for each facet.
https://squidfunk.github.io/mkdocs-material/reference/grids/#using-card-grids
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markdown.extensions.toc import slugify
from material.extensions.emoji import to_svg, twemoji

from benchmarks.papers import make_papers
from benchmarks.projects.parts import Entry, entry, put, site

EXTENSIONS: Mapping[str, Mapping[str, Any]] = {
    "attr_list": {},
    "md_in_html": {},
    "pymdownx.details": {},
    "pymdownx.emoji": {"emoji_index": twemoji, "emoji_generator": to_svg},
    "toc": {"permalink": True, "toc_depth": 2},  # as in an atlas, it lists no papers
}
FACETS = {
    "modalities": "Modalities",
    "methods": "Methods",
    "targets": "Targets",
    "datasets": "Data sets",
    "dimensionality": "Dimensionality",
}
TEMPLATE = "cards.md.jinja"


def write(folder: Path, count: int) -> None:
    """Write a Markdown file for each organ and for each other facet."""
    docs = site(folder, extensions=EXTENSIONS)
    for name, text in pages(count):
        put(docs / name, text)


def pages(count: int) -> Iterator[tuple[str, str]]:
    """Yield the name and the Markdown of each page."""
    found = sorted(make_papers(count), key=lambda paper: (-paper.year, paper.title))
    papers = {paper.id: entry(paper) for paper in found}
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["slug"] = _slug
    template = environment.get_template(TEMPLATE)
    for organ in _terms("organs", papers.values()):
        ids = [name for name, paper in papers.items() if organ in paper["organs"]]
        text = template.render(organ=organ, ids=ids, papers=papers, facets=FACETS)
        yield f"organs/{_slug(organ)}.md", text
    for facet, title in FACETS.items():
        headings = "".join(f"## {term}\n\n" for term in _terms(facet, papers.values()))
        yield f"{facet}.md", f"# {title}\n\n{headings}"


def _terms(facet: str, papers: Iterable[Entry]) -> list[str]:
    return sorted({term for paper in papers for term in paper[facet]})


@cache
def _slug(title: str) -> str:
    """Return the anchor of a heading."""
    return slugify(title, "-")
