"""The plugin class, which connects the atlas to the events of MkDocs and ProperDocs.

`on_config` reads the entries, and `on_files` plans all pages. MkDocs renders the pages in the
navigation. `on_post_build` writes all others, or a preview writes them when they are requested.
"""

from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment
from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from paper_atlas.mkdocs_plugin.build import Build, Source, deferred_files
from paper_atlas.mkdocs_plugin.files import add_to_sitemap, common_folder
from paper_atlas.mkdocs_plugin.preview import DeferredFiles, Preview
from paper_atlas.mkdocs_plugin.theme import set_module
from paper_atlas.site.atlas import STYLESHEET
from paper_atlas.site.files.script import START_MODULE
from paper_atlas.text.paper_links import PaperLinks


class PaperAtlasConfig(Config):
    """The options of the plugin."""

    entries = c.Dir(exists=True, default="entries")


class PaperAtlasPlugin(BasePlugin[PaperAtlasConfig]):
    """Adds the pages of the atlas to a site, and links to papers to its other pages."""

    preview: Preview | None = None
    source: Source | None = None
    site_config: MkDocsConfig | None = None
    builds: list[Build]  # of one site; the last one is the current

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Prepare a preview. MkDocs keeps a plugin with this event for all of its builds."""
        self.preview = Preview() if command == "serve" and not dirty else None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the entries and watch their folder.

        The configuration is the same object as before if another plugin builds the site again, for
        a further language.
        """
        previous = self._end_build(whole=False)
        self.source = Source(config, Path(self.config.entries), previous if self.preview else None)
        if config is not self.site_config:
            self.site_config, self.builds = config, []
            config.markdown_extensions.append(PaperLinks(self.source.titles))  # type: ignore[arg-type]
            config.watch.append(self.config.entries)
            config.extra_css.insert(0, STYLESHEET)
        return config

    @event_priority(-1000)
    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the pages. All other plugins have had their turn, so none of them sees these."""
        assert self.source
        folder = common_folder(files.documentation_pages()) if self.builds else ""
        set_module(config, START_MODULE, folder)
        self.builds.append(Build(self.source, files, config, folder))
        return files

    @event_priority(-75)
    def _add_to_nav(self, nav: Navigation, /, **_: Any) -> Navigation:
        """Add the pages of the atlas to the navigation that MkDocs or a plugin has made."""
        return self.builds[-1].navigation(nav)

    @event_priority(-1000)
    def _add_to_changed_nav(self, nav: Navigation, /, **_: Any) -> Navigation:
        """Add the pages again that a plugin for languages removed."""
        return self.builds[-1].navigation(nav)

    on_nav = CombinedEvent(_add_to_nav, _add_to_changed_nav)

    def on_page_markdown(self, markdown: str, *, page: Page, **_: Any) -> str:
        """Append the papers to a handwritten page."""
        return self.builds[-1].markdown(markdown, page)

    def on_page_content(self, html: str, *, page: Page, **_: Any) -> str:
        """Add links to papers, lists of papers, and the blocks of the pages of the atlas."""
        return self.builds[-1].content(html, page)

    @event_priority(-100)
    def on_env(self, env: Environment, **_: Any) -> Environment:
        """Remember how the theme renders a page."""
        self.builds[-1].theme.environment = env
        return env

    def on_page_context(self, context: TemplateContext, *, page: Page, **_: Any) -> TemplateContext:
        """Give the pages of the atlas a configuration that was not changed for another page."""
        if page.file.src_uri in self.builds[-1].own_files:
            context["config"] = self.builds[-1].theme.config
        return context

    @event_priority(100)
    def on_post_page(self, output: str, *, page: Page, **_: Any) -> str:
        """Add the lines for the head to the finished page."""
        return self.builds[-1].finished_page(output, page)

    def on_post_template(self, output: str, *, template_name: str, **_: Any) -> str:
        """List all pages in the sitemap, from which Material also loads pages."""
        if template_name != "sitemap.xml":
            return output
        return add_to_sitemap(output, chain(*(build.addresses() for build in self.builds)))

    @event_priority(100)
    def _write_files(self, /, **_: Any) -> None:
        """Write all other files, and add records to the search before its index is written."""
        self.builds[-1].add_search_records()
        if not self.preview:
            deferred_files(self.builds[-1:]).write_all()
            self._end_build(whole=True)

    @event_priority(-100)
    def _serve_files(self, /, **_: Any) -> None:
        """Serve all other files, now that no plugin changes finished pages any more."""
        if self.preview and self.source:
            self.source.exit_stack.close()
            self.preview.renew(deferred_files(self.builds))

    on_post_build = CombinedEvent(_write_files, _serve_files)

    def on_build_error(self, **_: Any) -> None:
        """Write the texts so far to the cache, and serve what there is."""
        self._end_build(whole=False)
        if self.preview:
            self.preview.renew(DeferredFiles())

    def on_serve(self, server: Any, *, config: MkDocsConfig, **_: Any) -> Any:
        """Let the preview answer requests. The server is one of the standard library."""
        if self.preview:
            self.preview.wrap(server.get_app(), urlsplit(config.site_url or "/").path)
            server.set_app(self.preview)
        return server

    def on_shutdown(self) -> None:
        """Let requests wait, and close the cache that they use."""
        self._end_build(whole=False)

    def _end_build(self, *, whole: bool) -> Any:
        """Close the cache of the last build and return it. Requests wait from now on."""
        if self.preview:
            self.preview.renew(None)
        if self.source:
            self.source.close(whole=whole)
        return self.source and self.source.cache
