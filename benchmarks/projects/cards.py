"""Plain MkDocs and Material: a page for each organ, with grid cards written by hand.

https://squidfunk.github.io/mkdocs-material/reference/grids/#using-card-grids
"""

from pathlib import Path

from benchmarks.projects.parts import by_organ, put, site, template

EXTENSIONS = ("attr_list", "md_in_html")


def write(folder: Path, count: int) -> None:
    """A Markdown file for each organ."""
    docs = site(folder, extensions=EXTENSIONS)
    page = template("cards.md.jinja")
    for organ, titled in by_organ(count).items():
        for title, papers in titled.items():
            text = page.render(organ=title, papers=papers)
            put(docs / "organs" / f"{organ}.md", text)
