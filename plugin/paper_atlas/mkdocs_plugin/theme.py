"""Properties of pages that depend on the theme, and corrections of Material's HTML."""

import html
import os
import posixpath
from pathlib import Path
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page as SitePage

from paper_atlas.translation import Translator

_ARITHMATEX = "pymdownx.arithmatex"


def base_of_page(page: SitePage) -> str:
    """Return the relative path from a page to the root of the site."""
    return "../" * page.url.count("/")


def path_from_docs(config: MkDocsConfig, path: Path) -> str:
    """Return a path relative to the folder of handwritten pages."""
    return Path(os.path.relpath(path, config.docs_dir)).as_posix()


def edit_url(config: MkDocsConfig, path: Path) -> str | None:
    """Return the address where a file can be edited, as MkDocs does for a page of `docs/`.

    Returns None if the configuration has no such address.
    https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/structure/pages.py#L166-L198
    """
    template = config.edit_uri_template or config.edit_uri
    if not template:
        return None
    relative = path_from_docs(config, path)
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


def add_missing_labels(output: str, translate: Translator) -> str:
    """Return a page of Material with the parts that its templates omit.

    The label of the table of contents needs a control, which Material adds only to pages in the
    navigation. The search dialog needs an accessible name.
    https://github.com/squidfunk/mkdocs-material/blob/9.6.0/src/templates/partials/toc.html
    https://github.com/squidfunk/mkdocs-material/blob/9.6.0/src/templates/partials/search.html
    """
    label = '<label class="md-nav__title" for="__toc">'
    if 'id="__toc"' not in output:
        control = '<input class="md-nav__toggle md-toggle" type="checkbox" id="__toc">'
        output = output.replace(label, control + label, 1)
    dialog = 'data-md-component="search" role="dialog"'
    return output.replace(dialog, f'{dialog} aria-label="{html.escape(translate("Search"))}"', 1)
