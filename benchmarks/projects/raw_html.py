"""The same pages as HTML in Markdown: the floor for a generator that does nothing."""

from pathlib import Path

from benchmarks.projects.parts import organ_pages, site


def write(folder: Path, count: int) -> None:
    """A Markdown file for each organ, all but its title in HTML."""
    organ_pages(site(folder), "cards.html.jinja", count)
