"""The plugin class, which connects the atlas to the events of MkDocs and ProperDocs.

`on_config` reads the entries, and `on_files` plans all pages. MkDocs renders the pages in the
navigation. `on_post_build` writes all others, or a preview writes them when they are requested.
"""

from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import click
from jinja2 import Environment, Template
from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from paper_atlas.folder.cache import Cache
from paper_atlas.mkdocs_plugin.build import Build, Source, deferred_files
from paper_atlas.mkdocs_plugin.files import add_to_sitemap, common_folder, reported_write_errors
from paper_atlas.mkdocs_plugin.preview import Preview
from paper_atlas.mkdocs_plugin.theme import is_offline, set_file_scripts, set_module, without_counts
from paper_atlas.site.atlas import STYLESHEET
from paper_atlas.site.files.script import FILE_SEARCH, FROM_FILE, START_MODULE
from paper_atlas.text.paper_links import PaperLinks


class PaperAtlasConfig(Config):
    """The options of the plugin."""

    entries = c.Dir(exists=True, default="entries")
    content_security_policy = c.Type(bool, default=False)


class PaperAtlasPlugin(BasePlugin[PaperAtlasConfig]):
    """Adds the pages of the atlas to a site, and links to papers to its other pages."""

    preview: Preview | None = None
    is_served = False
    source: Source | None = None  # of the build that runs
    last_cache: Cache | None = None  # of the last build of a preview
    site_config: MkDocsConfig | None = None
    builds: list[Build]  # of one site; the last one is the current

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Prepare a preview. MkDocs keeps a plugin with this event for all of its builds."""
        self.is_served = command == "serve"
        self.preview = Preview() if self.is_served and not dirty and _reloads() else None

    @event_priority(1000)
    def _set_folder(self, config: MkDocsConfig) -> MkDocsConfig:
        """Give each site of a preview a folder of its own, before a plugin looks at the folder."""
        if self.preview and config is not self.site_config:
            config.site_dir = self.preview.folder_below(config.site_dir)
        return config

    def _read_entries(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the entries and watch their folder.

        The configuration is the same object as before if another plugin builds the site again, for
        a further language.
        """
        self._end_build(whole=False)
        self.source = Source(config, Path(self.config.entries), self.last_cache)
        if config is not self.site_config:
            self.site_config, self.builds = config, []
            config.markdown_extensions.append(PaperLinks(self.source.titles))  # type: ignore[arg-type]
            config.watch.append(self.config.entries)
            config.extra_css.insert(0, STYLESHEET)
        return config

    on_config = CombinedEvent(_set_folder, _read_entries)

    @event_priority(-1000)
    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the pages. All other plugins have had their turn, so none of them sees these."""
        assert self.source
        folder = common_folder(files.documentation_pages()) if self.builds else ""
        set_module(config, START_MODULE, folder)
        if is_offline(config):
            set_file_scripts(config, folder + FROM_FILE, folder + FILE_SEARCH)
        # The server of MkDocs adds a script to each page. Browsers disagree on policies of files.
        is_published = not self.is_served and not is_offline(config)
        has_policy = self.config.content_security_policy and is_published
        with reported_write_errors():
            build = Build(self.source, files, config, folder, has_policy=has_policy)
        self.builds.append(build)
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
    def _finish_page(self, output: str, /, *, page: Page, **_: Any) -> str:
        """Add the lines for the head to the finished page."""
        return self.builds[-1].finished_page(output, page)

    @event_priority(-1000)
    def _protect_page(self, output: str, /, **_: Any) -> str:
        """Add the policy, now that no plugin changes scripts any more."""
        return self.builds[-1].theme.protect(output)

    on_post_page = CombinedEvent(_finish_page, _protect_page)

    def on_pre_template(self, template: Template, *, template_name: str, **_: Any) -> Template:
        """Let the page for addresses without a page lead on."""
        if template_name == "404.html":
            return self.builds[-1].not_found_template(template)
        return template

    def on_post_template(self, output: str, *, template_name: str, **_: Any) -> str:
        """List all pages in the sitemap, from which Material also loads pages."""
        if template_name == "sitemap.xml":
            return add_to_sitemap(output, chain(*(build.addresses() for build in self.builds)))
        if template_name.endswith(".html"):
            return self.builds[-1].theme.protect(without_counts(output))
        return output

    @event_priority(100)
    def _write_files(self, /, **_: Any) -> None:
        """Write all other files, and add records to the search before its index is written."""
        self.builds[-1].add_search_records()
        if not self.preview:
            with reported_write_errors():
                deferred_files(self.builds[-1:]).write_all()
            self._end_build(whole=True)

    @event_priority(-100)
    def _serve_files(self, /, **_: Any) -> None:
        """Serve all other files, now that no plugin changes finished pages any more."""
        if self.preview and (source := self._take_source()):
            source.exit_stack.close()
            self.preview.renew(deferred_files(self.builds), partial(source.close, whole=False))

    on_post_build = CombinedEvent(_write_files, _serve_files)

    def on_build_error(self, **_: Any) -> None:
        """Write the texts so far to the cache."""
        self._end_build(whole=False)

    @event_priority(-1000)
    def on_serve(self, server: Any, **_: Any) -> Any:
        """Let the preview answer requests. All other plugins have had their turn."""
        if self.preview:
            self.preview.wrap(server)
        return server

    def on_shutdown(self) -> None:
        """Close the caches of the preview."""
        self._end_build(whole=False)
        if self.preview:
            self.preview.close()

    def _end_build(self, *, whole: bool) -> None:
        """Close the source of the build that runs."""
        if source := self._take_source():
            source.close(whole=whole)

    def _take_source(self) -> Source | None:
        """Return the source of the build that runs, and forget it except for what it remembers."""
        source, self.source = self.source, None
        if self.preview and source:
            self.last_cache = source.cache
        return source


def _reloads() -> bool:
    """Return False if pages do not reload. Then MkDocs asks no plugin how to serve them."""
    context = click.get_current_context(silent=True)
    return not context or bool(context.params.get("livereload", True))
