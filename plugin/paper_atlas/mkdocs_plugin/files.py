"""Files of the atlas among those of MkDocs."""

import html
from dataclasses import replace
from pathlib import Path

import yaml
from mkdocs.structure.files import File, Files

from paper_atlas.site.page import Page
from paper_atlas.translation import Translator


class DeferredFile(File):
    """A file that is written late: links can lead to it, and there is nothing to copy."""

    def copy_file(self, dirty: bool = False) -> None:
        """Do nothing."""


def append_file(files: Files, file: File) -> None:
    """Add a generated file in the place of an excluded one at its path."""
    if excluded := files.get_file_from_path(file.src_uri):
        files.remove(excluded)
    files.append(file)


def markdown_file(page: Page, translate: Translator) -> str:
    """The page as a Markdown file.

    Front matter that is not YAML would be printed into the page; themes take titles and
    descriptions for HTML.
    """
    front = {"title": html.escape(page.title), "description": html.escape(page.description)}
    dumped = yaml.safe_dump(front, allow_unicode=True, sort_keys=False)
    heading = replace(page, title=translate.isolate(page.title)).heading
    return f"---\n{dumped}---\n\n{heading}\n\n{page.body}\n"


def remove_page(file: Path) -> None:
    """Remove a page, and its folder where it has one of its own."""
    file.unlink()
    if file.name == "index.html":
        file.parent.rmdir()
