"""What depends on the theme and on the configuration of a site."""

import os
import posixpath
from collections.abc import Mapping
from copy import copy, deepcopy
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from paper_atlas.mkdocs_plugin.nav import short_nav
from paper_atlas.site.page_template import PageTemplate
from paper_atlas.site.placeholders import ADDRESS, CONTENT, DESCRIPTION, SOURCE, TITLE

_ARITHMATEX = "pymdownx.arithmatex"


def set_module(config: MkDocsConfig, path: str, folder: str) -> None:
    """Let all pages load the ES module at a path below a folder, instead of that of another one."""
    script = ExtraScriptValue(folder + path)
    script.type = "module"
    others = [one for one in config.extra_javascript if not str(one).endswith(path)]
    config.extra_javascript = [*others, script]


def edit_url(config: MkDocsConfig, path: Path) -> str | None:
    """Return the address where a file can be edited, as MkDocs does for a page of `docs/`.

    Returns None if the configuration has no such address.
    https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/structure/pages.py#L166-L198
    """
    template = config.edit_uri_template or config.edit_uri
    if not template:
        return None
    relative = Path(os.path.relpath(path, config.docs_dir)).as_posix()
    if config.edit_uri_template:
        uri = template.format(path=relative, path_noext=posixpath.splitext(relative)[0])
    else:
        uri = template + relative
    return urljoin(f"{(config.repo_url or '').rstrip('/')}/", uri)


def has_maths(config: MkDocsConfig) -> bool:
    """True if the site uses the Markdown extension Arithmatex in its generic mode.

    https://facelessuser.github.io/pymdown-extensions/extensions/arithmatex/#options
    """
    options = config.mdx_configs.get(_ARITHMATEX, {})
    return _ARITHMATEX in config.markdown_extensions and bool(options.get("generic"))


class Theme:
    """The theme of a site, which renders the pages outside of the navigation.

    These pages are no files of the site, so no other plugin sees them. `config` is a copy of the
    configuration, because plugins change it for single pages, or for the next language.
    """

    def __init__(self, config: MkDocsConfig, files: Files) -> None:
        self.config = copy(config)
        self.config.theme = deepcopy(config.theme)
        self.config.extra = deepcopy({**config.extra})  # type: ignore[assignment]
        self._files = files
        self._templates: dict[tuple[str, str], PageTemplate] = {}
        self.nav = Navigation([], [])
        self.environment = Environment()

    def template(self, path: str, base: str, active: str) -> PageTemplate:
        """Return the template of the pages with the same `base` as the page in the file at `path`.

        `active` is the source path of the page that the navigation shows as the current one.
        """
        key = (active, base)
        if key not in self._templates:
            self._templates[key] = self._render(path, active)
        return self._templates[key]

    def _render(self, path: str, active: str) -> PageTemplate:
        config = self.config
        file = File("page.md", None, config.site_dir, config.use_directory_urls, dest_uri=path)
        page = Page(TITLE, file, config)
        page.meta = {"title": TITLE, "description": DESCRIPTION, "hide": ["navigation", "toc"]}
        page.content = CONTENT
        page.toc = get_toc([{"level": 1, "id": "page_title", "name": TITLE, "children": []}])
        page.canonical_url = page.abs_url = ADDRESS if config.site_url else None
        page.edit_url = SOURCE if edit_url(config, Path()) else None
        context = get_context(short_nav(self.nav, active), self._files, config, page)
        template = self.environment.get_template("main.html")
        return PageTemplate(template.render(_without_pages(context)))


def _without_pages(context: Any) -> Mapping[str, Any]:
    """Return the context of a template; a theme that lists all pages gets no list."""
    return {**context, "pages": []}
