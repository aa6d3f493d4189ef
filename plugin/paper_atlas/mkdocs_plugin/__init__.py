"""The plugin for MkDocs and ProperDocs. Other packages do not import MkDocs."""

from paper_atlas.mkdocs_plugin.plugin import PaperAtlasPlugin

__all__ = ["PaperAtlasPlugin"]
