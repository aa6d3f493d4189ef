"""The same pages as HTML in Markdown: the floor for a generator that does nothing.

It is the HTML that the Markdown of the cards becomes, so that both sites show the same.
"""

import re
from pathlib import Path

from markdown import Markdown

from benchmarks.projects.cards import EXTENSIONS, pages
from benchmarks.projects.parts import put, site

# MkDocs makes addresses of links to files only where these are in Markdown.
_LINK, _ADDRESS = re.compile(r'href="((?:\.\./)?[\w-]+)\.md'), r'href="../\1/'


def write(folder: Path, count: int) -> None:
    """A Markdown file for each page, all but its title in HTML."""
    docs = site(folder, extensions={"toc": EXTENSIONS["toc"]})
    for name, text in pages(count):
        title, _, rest = text.partition("\n")
        html = _html(rest).replace(f'href="{Path(name).name}#', 'href="./#')
        put(docs / name, f"{title}\n\n{_LINK.sub(_ADDRESS, html)}\n")


def _html(text: str) -> str:
    return Markdown(extensions=[*EXTENSIONS], extension_configs=EXTENSIONS).convert(text)
