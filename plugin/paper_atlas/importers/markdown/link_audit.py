"""The account of the links of a page: each is kept in a draft, or told with its line and why."""

from collections.abc import Iterable

from bs4.element import Tag

from paper_atlas.importers.draft import LinkCount
from paper_atlas.importers.markdown.html import (
    ParsedPage,
    address_of_tag,
    line_of,
    tags_with_address,
)
from paper_atlas.importers.markdown.inline import InlineLink, is_address, tag_text
from paper_atlas.problem import Problem, Severity


class LinkAudit:
    """What was kept and what was told of the page at `path`, so far."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._kept: set[int] = set()
        self._told: set[int] = set()
        self.problems: list[Problem] = []

    def keep(self, links: Iterable[InlineLink]) -> None:
        """Count links that a draft has."""
        self._kept.update(id(link.tag) for link in links)

    def note(self, line: int, code: str, message: str) -> None:
        """Tell something of a line."""
        place = (self._path, line, 1)
        self.problems.append(Problem(*place, code, "", message, severity=Severity.NOTE))

    def tell_rest(self, links: Iterable[Tag]) -> None:
        """Tell the links of an item that no draft has."""
        for tag in links:
            url, text = address_of_tag(tag), tag_text(tag)
            if url and id(tag) not in self._kept and tag.name == "a":
                named = "the link" if is_address(text) else f"the link '{text}'"
                self._tell(tag, "link-not-taken", f"{named} to '{url}' is not taken")

    def tell_within(self, link: Tag) -> None:
        """Tell a link that leads to another place of the page."""
        self._tell(link, "link-within", f"'{tag_text(link)}' leads within the list, not to a paper")

    def close(self, page: ParsedPage) -> LinkCount:
        """Tell every address that is in no item, and count all."""
        found = tags_with_address(page.soup)
        for tag in found:
            if id(tag) not in self._kept:
                self._tell_outside(tag)
        for hidden in page.hidden:
            message = f"'{hidden.url}' stands {hidden.place}, so it is not taken"
            self.note(hidden.line, "link-outside", message)
        return LinkCount(len(found) + len(page.hidden), len(self._kept))

    def _tell_outside(self, tag: Tag) -> None:
        url = address_of_tag(tag)
        if tag.name != "a":
            self._tell(tag, "image", f"'{url}' is an image, not a link of a paper")
        elif url.startswith("#"):
            self.tell_within(tag)
        else:
            message = f"'{url}' stands in no item of a list, so it is not taken"
            self._tell(tag, "link-outside", message)

    def _tell(self, tag: Tag, code: str, message: str) -> None:
        if id(tag) not in self._told:
            self._told.add(id(tag))
            self.note(line_of(tag), code, message)
