"""MkDocs with an atlas that has no page for each paper: to know what those pages cost.

The product has no such option. This replaces a function of it and then is `mkdocs`.
"""

from mkdocs.__main__ import cli
from paper_atlas.mkdocs_plugin import plugin as mkdocs_plugin


def _add_no_papers(plugin: mkdocs_plugin.PaperAtlasPlugin, *_: object) -> list[object]:
    plugin.handwritten_papers, plugin.papers_by_file = {}, {}
    return []


if __name__ == "__main__":
    mkdocs_plugin.PaperAtlasPlugin._add_papers = _add_no_papers
    cli()
