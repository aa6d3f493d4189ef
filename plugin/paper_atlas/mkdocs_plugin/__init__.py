"""The host: MkDocs and ProperDocs; the one package that imports them."""

from paper_atlas.mkdocs_plugin.plugin import PaperAtlasPlugin

__all__ = ["PaperAtlasPlugin"]
