"""`mkdocs` with an atlas without pages of papers, to measure the cost of those pages.

The package has no such option, so this script replaces a function of the plugin.
"""

from mkdocs.__main__ import cli
from paper_atlas.mkdocs_plugin import plugin as mkdocs_plugin


def _add_no_papers(plugin: mkdocs_plugin.PaperAtlasPlugin, *_: object) -> list[object]:
    plugin.handwritten_papers, plugin.papers_by_file = {}, {}
    return []


if __name__ == "__main__":
    mkdocs_plugin.PaperAtlasPlugin._add_papers = _add_no_papers
    cli()
