"""Markdown as HTML in which every tag knows its line in the Markdown, and every address is a tag.

Each block's HTML is written on the line on which the block begins in the Markdown, so that the
lines that Beautiful Soup counts are those of the source, inside raw HTML too.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag
from markdown_it import MarkdownIt

URL_ATTRIBUTES = ("href", "src", "srcset")
"""The attributes that hold an address."""

_BARE = r"https?://[^\s<>\"'\[\]{}|\\^`，。；、）】》]+"
_BARE_LINK = re.compile(_BARE)
# [[label]] (https://…), [label](https://… without its end: two halves of a link that came apart.
_BROKEN_LINK = re.compile(
    rf"\[?\[(?P<label>[^\[\]]+)\]\]?\s*\((?P<url>https?://[^\s()<>]+)\)?|(?P<bare>{_BARE})"
)
_FRONT_MATTER = re.compile(r"---\n.*?^---\n", re.DOTALL | re.MULTILINE)
_AFTER_ADDRESS = ".,;:!?*_~"
_WITH_LINES = ("inline", "html_block", "fence", "code_block")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\ufeff]")


@dataclass(frozen=True)
class HiddenUrl:
    """An address that no reader of the page sees: its line, and where it stands."""

    url: str
    line: int
    place: str


@dataclass(frozen=True)
class ParsedPage:
    """The page, and the addresses in its comments and in definitions that nothing refers to."""

    soup: BeautifulSoup
    hidden_urls: tuple[HiddenUrl, ...]


def parse_page(text: str) -> ParsedPage:
    """Read Markdown as https://spec.commonmark.org/0.31.2/ and the tables of GitHub have it.

    Front matter, between lines of three hyphens at the head, is no part of the page.
    """
    env: dict[str, Any] = {}
    front = match[0] if (match := _FRONT_MATTER.match(text)) else ""
    html = _html("\n" * front.count("\n") + text[len(front) :], env)
    # Elsewhere Beautiful Soup makes one line break of several.
    soup = BeautifulSoup(f"<main>{html}</main>", "html.parser", preserve_whitespace_tags={"main"})
    hidden = (*_bare_in(front, 1, "in the front matter"), *_linked(soup))
    return ParsedPage(soup, (*hidden, *_second(soup), *_unused(env, soup)))


def url_of_tag(tag: Tag) -> str:
    """The address that a tag holds, or nothing."""
    return next(iter(_all(tag)), "")


def tags_with_url(soup: BeautifulSoup) -> list[Tag]:
    """Every tag that holds an address, in order."""
    return [tag for tag in soup.find_all(True) if url_of_tag(tag)]


def _all(tag: Tag) -> list[str]:
    found = (str(tag.get(name) or "").strip() for name in URL_ATTRIBUTES)
    return [url for url in found if url]


def _second(soup: BeautifulSoup) -> Iterator[HiddenUrl]:
    """The addresses of tags that hold another one before."""
    for tag in tags_with_url(soup):
        yield from (
            HiddenUrl(url, line_of_tag(tag), "beside another address") for url in _all(tag)[1:]
        )


def line_of_tag(tag: Tag) -> int:
    """The line of a tag in the Markdown."""
    return tag.sourceline or 1


def _html(text: str, env: dict[str, Any]) -> str:
    parser = MarkdownIt("commonmark", {"maxNesting": 200}).enable("table")
    parts: list[str] = []
    line = 0
    for token in parser.parse(_CONTROL.sub("", text), env):
        html = str(parser.renderer.render([token], parser.options, env))
        if token.type not in _WITH_LINES:
            html = html.replace("\n", "")
        missing = (token.map[0] if token.map and token.nesting >= 0 else 0) - line
        parts.append("\n" * missing + html)
        line += parts[-1].count("\n")
    return "".join(parts)


def _linked(soup: BeautifulSoup) -> Iterator[HiddenUrl]:
    """Make a tag of each bare or broken address in the text; those in comments are given."""
    line = 1
    for node in list(soup.descendants):
        if isinstance(node, Tag):
            line = node.sourceline or line
        elif isinstance(node, PreformattedString):
            yield from _bare_in(node, line, "in a comment")
            line += node.count("\n")
        elif isinstance(node, NavigableString):
            if "://" in node and not node.find_parent("a"):
                node.replace_with(*_with_tags(soup, str(node), line))
            line += node.count("\n")


def _bare_in(text: str, line: int, place: str) -> Iterator[HiddenUrl]:
    """The addresses in a text that begins on a line and that nobody sees."""
    for match in _BARE_LINK.finditer(text):
        yield HiddenUrl(_trimmed(match[0]), line + text.count("\n", 0, match.start()), place)


def _with_tags(soup: BeautifulSoup, text: str, line: int) -> Iterator[NavigableString | Tag]:
    end = 0
    for match in _BROKEN_LINK.finditer(text):
        url = match["url"] or _trimmed(match["bare"])
        tag = soup.new_tag("a", href=url)
        tag.string = match["label"] or url
        tag.sourceline = line + text.count("\n", 0, match.start())
        yield NavigableString(text[end : match.start()])
        yield tag
        end = match.end() if match["url"] else match.start() + len(url)
    yield NavigableString(text[end:])


def _trimmed(url: str) -> str:
    """A bare address without the punctuation behind it, and a bracket only with its other half."""
    while url and (
        url[-1] in _AFTER_ADDRESS or (url[-1] == ")" and url.count("(") < url.count(")"))
    ):
        url = url[:-1]
    return url


def _unused(env: Mapping[str, Any], soup: BeautifulSoup) -> Iterator[HiddenUrl]:
    used = {url_of_tag(tag) for tag in tags_with_url(soup)}
    for found in (*env.get("references", {}).values(), *env.get("duplicate_refs", ())):
        if found["href"].strip("#") and found["href"] not in used:
            place = "in a definition that nothing refers to"
            yield HiddenUrl(found["href"], found["map"][0] + 1, place)
