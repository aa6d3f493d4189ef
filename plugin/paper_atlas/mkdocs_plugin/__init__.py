"""The plugin for MkDocs and ProperDocs. No other package imports them."""

from paper_atlas.mkdocs_plugin.plugin import PaperAtlasPlugin

__all__ = ["PaperAtlasPlugin"]
