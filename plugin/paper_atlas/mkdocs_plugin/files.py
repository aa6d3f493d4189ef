"""Files of the atlas among those of MkDocs."""

import html
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import replace
from pathlib import Path

import yaml
from mkdocs.structure.files import File, Files

from paper_atlas.site.page import Page
from paper_atlas.site.paper_template import NAME_PLACEHOLDER, TEMPLATE_PAGE
from paper_atlas.translation import Translator


class DeferredFile(File):
    """A file that is written after the build of the pages. Links can lead to it."""

    def copy_file(self, dirty: bool = False) -> None:
        """Do nothing: there is no source to copy."""


def append_file(files: Files, file: File) -> None:
    """Add a generated file. It replaces an excluded file with the same path."""
    if excluded := files.get_file_from_path(file.src_uri):
        files.remove(excluded)
    files.append(file)


def markdown_file(page: Page, translate: Translator) -> str:
    """Return a page as the text of a Markdown file.

    The front matter is valid YAML, otherwise MkDocs prints it on the page. Themes treat titles and
    descriptions as HTML, so they are escaped.
    """
    front = {"title": html.escape(page.title), "description": html.escape(page.description)}
    dumped = yaml.safe_dump(front, allow_unicode=True, sort_keys=False)
    heading = replace(page, title=translate.isolate(page.title)).heading
    return f"---\n{dumped}---\n\n{heading}\n\n{page.body}\n"


def with_papers(files: Iterable[File], names: Sequence[str]) -> Iterator[File]:
    """Replace the paper template among the pages of a sitemap by one file for each paper."""
    for file in files:
        if file.src_uri == TEMPLATE_PAGE.path:
            yield from (_file_of_paper(file, name) for name in names)
        else:
            yield file


def _file_of_paper(file: File, name: str) -> File:
    """Return a copy of the template's file whose page has the addresses of a paper."""
    paper_file, page = copy(file), copy(file.page)
    if page:
        page.canonical_url = (page.canonical_url or "").replace(NAME_PLACEHOLDER, name) or None
        page.abs_url = (page.abs_url or "").replace(NAME_PLACEHOLDER, name) or None
    paper_file.page = page
    return paper_file


def remove_page(file: Path) -> None:
    """Remove a page, and its folder if it has its own."""
    file.unlink()
    if file.name == "index.html":
        file.parent.rmdir()
