"""The account of the links of a page: each is kept in a draft, or told with its line and why."""

from collections.abc import Iterable

from bs4.element import Tag

from paper_atlas.importers.draft import LinkCount
from paper_atlas.importers.markdown.html import (
    ParsedPage,
    line_of_tag,
    tags_with_url,
    url_of_tag,
)
from paper_atlas.importers.markdown.inline import InlineLink, is_importable_url, tag_text
from paper_atlas.problem import Problem, Severity


class LinkAudit:
    """What was kept and what was told of the page at `path`, so far."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._kept: set[int] = set()
        self._told: set[int] = set()
        self.problems: list[Problem] = []

    def mark_imported(self, links: Iterable[InlineLink]) -> None:
        """Count links that a draft has."""
        self._kept.update(id(link.tag) for link in links)

    def add_note(self, line: int, code: str, message: str) -> None:
        """Tell something of a line."""
        place = (self._path, line, 1)
        self.problems.append(Problem(*place, code, "", message, severity=Severity.NOTE))

    def report_unused(self, links: Iterable[Tag]) -> None:
        """Tell the links of an item that no draft has."""
        for tag in links:
            url, text = url_of_tag(tag), tag_text(tag)
            if url and id(tag) not in self._kept and tag.name == "a":
                named = "the link" if is_importable_url(text) else f"the link '{text}'"
                self._tell(tag, "link-not-taken", f"{named} to '{url}' is not taken")

    def report_page_link(self, link: Tag) -> None:
        """Tell a link that leads to another place of the page."""
        self._tell(link, "link-within", f"'{tag_text(link)}' leads within the list, not to a paper")

    def report_remaining(self, page: ParsedPage) -> LinkCount:
        """Tell every address that is in no item, and count all."""
        found = tags_with_url(page.soup)
        for tag in found:
            if id(tag) not in self._kept:
                self._tell_outside(tag)
        for hidden in page.hidden_urls:
            message = f"'{hidden.url}' stands {hidden.place}, so it is not taken"
            self.add_note(hidden.line, "link-outside", message)
        return LinkCount(len(found) + len(page.hidden_urls), len(self._kept))

    def _tell_outside(self, tag: Tag) -> None:
        url = url_of_tag(tag)
        if tag.name != "a":
            self._tell(tag, "image", f"'{url}' is an image, not a link of a paper")
        elif url.startswith("#"):
            self.report_page_link(tag)
        else:
            message = f"'{url}' stands in no item of a list, so it is not taken"
            self._tell(tag, "link-outside", message)

    def _tell(self, tag: Tag, code: str, message: str) -> None:
        if id(tag) not in self._told:
            self._told.add(id(tag))
            self.add_note(line_of_tag(tag), code, message)
