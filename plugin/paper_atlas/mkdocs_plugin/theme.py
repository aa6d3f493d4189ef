"""What depends on the theme and on the configuration of a site."""

import os
import posixpath
import re
from collections.abc import Mapping
from copy import copy, deepcopy
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from jinja2 import Environment, Template
from mkdocs.commands.build import get_context
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from paper_atlas.mkdocs_plugin.content_policy import with_policy
from paper_atlas.mkdocs_plugin.nav import short_nav
from paper_atlas.site.page_template import PageTemplate
from paper_atlas.site.placeholders import ADDRESS, CONTENT, DESCRIPTION, SOURCE, TITLE
from paper_atlas.text.html import markup
from paper_atlas.text.identifiers import is_web_url

_ARITHMATEX = "pymdownx.arithmatex"
_OFFLINE = ("offline", "material/offline")
_FRAME_WORKER = "iframe-worker"  # the name by which Material knows such a script
_NOT_FOUND = (
    "{% extends theme_page %}{% block htmltitle %}{{ paper_title }}{% endblock %}"
    "{% block content %}{{ paper_content }}{% endblock %}"
)
_COUNTED_SOURCE = re.compile(r""" data-md-component=(["']?)source\1(?=[\s>])""")


def set_module(config: MkDocsConfig, path: str, folder: str) -> None:
    """Let all pages load the ES module at a path below a folder, instead of that of another one."""
    script = ExtraScriptValue(folder + path)
    script.type = "module"
    others = [one for one in config.extra_javascript if not str(one).endswith(path)]
    config.extra_javascript = [*others, script]


def is_offline(config: MkDocsConfig) -> bool:
    """True if Material's plugin for pages that are opened as files is on."""
    found = [plugin for name, plugin in config.plugins.items() if name in _OFFLINE]
    return any(plugin.config.get("enabled", True) for plugin in found)


def set_file_scripts(config: MkDocsConfig, from_file: str, search: str) -> None:
    """Let all pages load the scripts for pages that are opened as files.

    The one for the search takes the place of that of Material, which is on another host:
    https://github.com/squidfunk/mkdocs-material/blob/9.6.0/src/plugins/offline/plugin.py#L42-L47
    """
    polyfills = map(str, config.extra.get("polyfills", ()))
    others = [one for one in polyfills if not (_FRAME_WORKER in one and is_web_url(one))]
    has_own = any(_FRAME_WORKER in one for one in others)
    config.extra["polyfills"] = others if has_own else [*others, search]
    name = posixpath.basename(from_file)
    scripts = [one for one in config.extra_javascript if not str(one).endswith(f"/{name}")]
    config.extra_javascript = [*scripts, ExtraScriptValue(from_file)]


def without_counts(output: str) -> str:
    """Return a page of Material whose link to the repository asks no other host for its stars.

    https://github.com/squidfunk/mkdocs-material/blob/9.6.0/src/templates/partials/source.html
    """
    return _COUNTED_SOURCE.sub("", output)


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
    configuration, because plugins change it for single pages, or for the next language. `protect`
    adds the policy to a page if the site has one.
    """

    def __init__(self, config: MkDocsConfig, files: Files, *, has_policy: bool = False) -> None:
        self.protect = with_policy if has_policy else str
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

    def not_found_template(self, template: Template, title: str, content: str) -> Template:
        """Return the page for addresses without a page with a title and a content.

        It keeps the frame of the theme. A page that the site itself has instead stays as it is.
        """
        own = self.config.theme.custom_dir
        if own and template.filename and Path(template.filename).is_relative_to(own):
            return template
        head = markup("<title>%s - %s</title>", title, self.config.site_name)
        values = {"theme_page": template, "paper_title": head, "paper_content": content}
        return self.environment.from_string(_NOT_FOUND, globals=values)

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
        output = without_counts(template.render(_without_pages(context)))
        return PageTemplate(self.protect(output))


def _without_pages(context: Any) -> Mapping[str, Any]:
    """Return the context of a template; a theme that lists all pages gets no list."""
    return {**context, "pages": []}
