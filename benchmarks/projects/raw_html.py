"""The same pages as HTML in Markdown: the least work for a generator.

It is the HTML of the Markdown of the cards, so that both sites show the same.
"""

import re
from pathlib import Path

from markdown import Markdown

from benchmarks.projects.cards import EXTENSIONS, pages
from benchmarks.projects.parts import put, site

# MkDocs resolves links to files only in Markdown.
_LINK, _ADDRESS = re.compile(r'href="((?:\.\./)?[\w-]+)\.md'), r'href="../\1/'


def write(folder: Path, count: int) -> None:
    """Write a Markdown file for each page, in HTML except its title."""
    docs = site(folder, extensions={"toc": EXTENSIONS["toc"]})
    for name, text in pages(count):
        title, _, rest = text.partition("\n")
        html = _html(rest).replace(f'href="{Path(name).name}#', 'href="./#')
        put(docs / name, f"{title}\n\n{_LINK.sub(_ADDRESS, html)}\n")


def _html(text: str) -> str:
    return Markdown(extensions=[*EXTENSIONS], extension_configs=EXTENSIONS).convert(text)
