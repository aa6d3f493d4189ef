"""The tree of the HTML of a page, in which every URL in the text has a tag.

Beautiful Soup takes quadratic time to insert tags, and to close tags after many that have no end.
So this module does both while the tree grows. No tag is deeper than a limit.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag

MAX_TAG_DEPTH = 60
"""The most tags around a tag."""

# The tags that end where another begins inside them: https://html.spec.whatwg.org/#optional-tags
_ENDED_BY = {"p": ("p",), "li": ("li",), "dt": ("dt", "dd"), "dd": ("dt", "dd")}
_ENDED_BY |= {"td": ("td", "th"), "th": ("td", "th"), "tr": ("td", "th", "tr")}

_BARE = r"(?i:https?)://[^\s<>\"'\[\]{}|\\^`，。；、）】》]+"
_BARE_URL = re.compile(_BARE)
# `[[text]] (https://…)` and `[text](https://…` without an end: broken links in Markdown.
_BROKEN_LINK = re.compile(
    rf"\[?\[(?P<text>[^\[\]]+)\]\]?\s*\((?P<url>(?i:https?)://[^\s()<>]+)\)?|(?P<bare>{_BARE})"
)
_TRAILING_PUNCTUATION = ".,;:!?*_~"


@dataclass(frozen=True)
class HiddenUrl:
    """A URL that the rendered page does not show; `place` describes where it is: `in a comment`."""

    url: str
    line: int
    place: str


class PageTree(BeautifulSoup):
    """The tree of a page, and what it does not show.

    `hidden_urls` are those in comments. `deep_line` is the line of the first tag that would be
    deeper than the limit, or None. Such a tag becomes a sibling of the one around it.
    """

    def __init__(self, html: str) -> None:
        self.hidden_urls: list[HiddenUrl] = []
        self.deep_line: int | None = None
        self._line = 1
        # Without this option Beautiful Soup collapses line breaks, and line numbers would be wrong.
        options: dict[str, Any] = {"preserve_whitespace_tags": {"main"}}
        super().__init__(f"<main>{html}</main>", "html.parser", **options)

    def handle_starttag(self, *arguments: Any, **options: Any) -> Tag | None:
        """Add a tag; the parser calls this. It does not have to end those that have no end."""
        self.endData()
        ended = _ENDED_BY.get(arguments[0], ())
        while self.currentTag is not None and self.currentTag.name in ended:
            self.popTag()
        if len(self.tagStack) > MAX_TAG_DEPTH:
            self.popTag()
            self.deep_line = self.deep_line or options.get("sourceline")
        tag = super().handle_starttag(*arguments, **options)
        self._line = options.get("sourceline") or self._line
        if tag is not None and tag.is_empty_element:
            self.popTag()
            return None
        return tag

    def endData(  # noqa: N802 - the name of Beautiful Soup
        self,
        containerClass: type[NavigableString] | None = None,  # noqa: N803
    ) -> None:
        """Add the text since the last tag; a bare URL in it gets a tag. The parser calls this."""
        text = "".join(self.current_data)
        is_hidden = containerClass is not None and issubclass(containerClass, PreformattedString)
        if is_hidden:
            self.hidden_urls += bare_urls(text, self._line, "in a comment")
        elif "://" in text and not self.open_tag_counter.get("a"):
            self.current_data = []
            for part, url, line in _split_at_links(text, self._line):
                if url:
                    super().handle_starttag("a", None, None, {"href": url}, sourceline=line)
                self.current_data = [part]
                super().endData()
                if url:
                    self.popTag()
        super().endData(containerClass)
        self._line += text.count("\n")


def bare_urls(text: str, first_line: int, place: str) -> Iterator[HiddenUrl]:
    """Yield the URLs in a text that begins on `first_line`."""
    line, end = first_line, 0
    for match in _BARE_URL.finditer(text):
        line += text.count("\n", end, match.start())
        end = match.start()
        yield HiddenUrl(_without_punctuation(match[0]), line, place)


def _split_at_links(text: str, line: int) -> Iterator[tuple[str, str, int]]:
    """Yield (text, URL, line) of bare URLs, of broken links, and of text with an empty URL."""
    end = 0
    for match in _BROKEN_LINK.finditer(text):
        url = match["url"] or _without_punctuation(match["bare"])
        yield text[end : match.start()], "", line
        line += text.count("\n", end, match.start())
        yield match["text"] or url, url, line
        end = match.end() if match["url"] else match.start() + len(url)
        line += text.count("\n", match.start(), end)
    yield text[end:], "", line


def _without_punctuation(url: str) -> str:
    """Remove punctuation after a bare URL, and a closing parenthesis without an opening one."""
    closed = url.count(")") - url.count("(")
    end = len(url)
    while end and (url[end - 1] in _TRAILING_PUNCTUATION or (url[end - 1] == ")" and closed > 0)):
        closed -= url[end - 1] == ")"
        end -= 1
    return url[:end]
