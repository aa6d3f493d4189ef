"""Plain MkDocs and Material: a page for each organ, with grid cards written by hand.

https://squidfunk.github.io/mkdocs-material/reference/grids/#using-card-grids
"""

from pathlib import Path

from benchmarks.projects.parts import organ_pages, site

EXTENSIONS = ("attr_list", "md_in_html")


def write(folder: Path, count: int) -> None:
    """A Markdown file for each organ."""
    organ_pages(site(folder, extensions=EXTENSIONS), "cards.md.jinja", count)
