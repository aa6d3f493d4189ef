"""MkDocs with an atlas that has no page for each paper: to know what those pages cost.

The product has no such option. This replaces a function of it and then is `mkdocs`.
"""

from mkdocs.__main__ import cli
from paper_atlas.mkdocs_plugin import plugin as mkdocs_plugin


def _no_place(plugin: mkdocs_plugin.PaperAtlasPlugin, *_: object) -> list[object]:
    plugin.papers, plugin.copies = {}, {}
    return []


if __name__ == "__main__":
    mkdocs_plugin.PaperAtlasPlugin._place_papers = _no_place
    cli()
