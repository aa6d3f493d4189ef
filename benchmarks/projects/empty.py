"""A site of empty pages: the cost of MkDocs, Material and the preview without papers."""

from pathlib import Path

from benchmarks.projects.parts import put, site


def write(folder: Path, count: int) -> None:
    """Write `count` pages, each with a title."""
    docs = site(folder)
    for number in range(1, count):
        put(docs / f"page-{number}.md", f"# Page {number}\n")
