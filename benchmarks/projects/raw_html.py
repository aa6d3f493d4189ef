"""The same pages as HTML in Markdown: the floor for a generator that does nothing."""

from pathlib import Path

from benchmarks.projects.parts import by_organ, put, site, template


def write(folder: Path, count: int) -> None:
    """A Markdown file for each organ, all but its title in HTML."""
    docs = site(folder)
    page = template("cards.html.jinja")
    for organ, titled in by_organ(count).items():
        for title, papers in titled.items():
            text = page.render(organ=title, papers=papers)
            put(docs / "organs" / f"{organ}.md", text)
