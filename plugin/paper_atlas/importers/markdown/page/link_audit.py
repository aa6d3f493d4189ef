"""Report every URL of a page that is not imported, so that no link is lost silently.

![badge](b.svg) [home](https://e.org)     →
note `image` for b.svg, note `link-outside` for https://e.org, LinkCount(total=2, imported=0)
"""

from collections.abc import Iterable

from bs4.element import Tag

from paper_atlas.importers.draft import LinkCount
from paper_atlas.importers.markdown.page.html import (
    ParsedPage,
    line_of_tag,
    tags_with_url,
    url_of_tag,
)
from paper_atlas.importers.markdown.page.inline import InlineLink, is_importable_url, tag_text
from paper_atlas.problem import Problem, Severity


class LinkAudit:
    """The tags whose URLs were imported or reported so far, and the notes about a page."""

    def __init__(self, path: str) -> None:
        self.problems: list[Problem] = []
        self._path = path
        self._imported: set[int] = set()  # of id(tag); equal tags are different links
        self._reported: set[int] = set()

    def add_note(self, line: int, code: str, message: str) -> None:
        """Add a note about a line of the page."""
        self.problems.append(
            Problem(self._path, line, 1, code, "", message, severity=Severity.NOTE)
        )

    def mark_imported(self, links: Iterable[InlineLink]) -> None:
        """Record that a draft contains the links."""
        self._imported.update(id(link.tag) for link in links)

    def report_unused(self, tags: Iterable[Tag]) -> None:
        """Report the links of an item that are not imported."""
        for tag in tags:
            url, text = url_of_tag(tag), tag_text(tag)
            if url and id(tag) not in self._imported and tag.name == "a":
                link = f"the link '{text}'" if text and not is_importable_url(text) else "the link"
                self._report(tag, "link-not-taken", f"{link} to '{url}' is not imported")

    def report_page_link(self, tag: Tag) -> None:
        """Report a link to another part of the page."""
        message = f"'{tag_text(tag)}' links to a part of this page, not to a paper"
        self._report(tag, "link-within", message)

    def report_remaining(self, page: ParsedPage) -> LinkCount:
        """Report all other URLs of the page, and count all."""
        tags = tags_with_url(page.soup)
        for tag in tags:
            if id(tag) not in self._imported:
                self._report_outside(tag)
        for hidden in page.hidden_urls:
            message = f"'{hidden.url}' is {hidden.place}, so it is not imported"
            self.add_note(hidden.line, "link-outside", message)
        return LinkCount(len(tags) + len(page.hidden_urls), len(self._imported))

    def _report_outside(self, tag: Tag) -> None:
        url = url_of_tag(tag)
        if tag.name != "a":
            self._report(tag, "image", f"'{url}' is an image, not a link of a paper")
        elif url.startswith("#"):
            self.report_page_link(tag)
        else:
            message = f"'{url}' does not belong to a paper, so it is not imported"
            self._report(tag, "link-outside", message)

    def _report(self, tag: Tag, code: str, message: str) -> None:
        if id(tag) not in self._reported:
            self._reported.add(id(tag))
            self.add_note(line_of_tag(tag), code, message)
