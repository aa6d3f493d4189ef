"""Parse Markdown into an HTML tree: every tag knows its source line, and every URL has a tag.

    # Papers                            <h1>                           line 1
    - A title https://e.org/1     →     <li>A title <a href="…">…</a>  line 2

`parse_page` writes the HTML of each block on the line on which the block begins in the Markdown.
So the line numbers of Beautiful Soup are those of the source, inside raw HTML too.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag
from markdown_it import MarkdownIt

URL_ATTRIBUTES = ("href", "src", "srcset")
"""The HTML attributes that contain a URL."""

_BARE = r"(?i:https?)://[^\s<>\"'\[\]{}|\\^`，。；、）】》]+"
_BARE_URL = re.compile(_BARE)
# `[text]([https://…](https://…))`: a link as the target of a link.
_LINK_IN_TARGET = re.compile(r"\]\(\[[^\[\]\n]*\]\((?P<url>[^\s()]+)\)\)")
# `[[text]] (https://…)` and `[text](https://…` without an end: broken links in Markdown.
_BROKEN_LINK = re.compile(
    rf"\[?\[(?P<text>[^\[\]]+)\]\]?\s*\((?P<url>(?i:https?)://[^\s()<>]+)\)?|(?P<bare>{_BARE})"
)
# `-[A title](…)` at the start of a line, which is a list item only with a blank after the mark.
_ITEM_WITHOUT_BLANK = re.compile(r"^(\s{0,3}[-+])(?=\[[^\[\]\n]+\]\()", re.MULTILINE)
_SCHEME = re.compile(r"^https?://", re.IGNORECASE)
_FRONT_MATTER = re.compile(r"---\n.*?^---\n", re.DOTALL | re.MULTILINE)
_TRAILING_PUNCTUATION = ".,;:!?*_~"
_MULTILINE_TOKENS = ("inline", "html_block", "fence", "code_block")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\ufeff]")


@dataclass(frozen=True)
class HiddenUrl:
    """A URL that the rendered page does not show; `place` describes where it is: `in a comment`."""

    url: str
    line: int
    place: str


@dataclass(frozen=True)
class ParsedPage:
    """The tree of a page, and its URLs that have no tag or are the second URL of a tag."""

    soup: BeautifulSoup
    hidden_urls: tuple[HiddenUrl, ...]


def parse_page(text: str) -> ParsedPage:
    """Parse Markdown with the tables of GitHub.

    Front matter (from a first line `---` to the next one) is not part of the page, but its URLs
    are hidden URLs. Syntax: https://spec.commonmark.org/0.31.2/ and
    https://github.github.com/gfm/#tables-extension-
    """
    env: dict[str, Any] = {}
    front = match[0] if (match := _FRONT_MATTER.match(text)) else ""
    body = _LINK_IN_TARGET.sub(r"](\g<url>)", text[len(front) :])
    body = _ITEM_WITHOUT_BLANK.sub(r"\1 ", body)
    html = _render("\n" * front.count("\n") + body, env)
    # Without this option Beautiful Soup collapses line breaks, and line numbers would be wrong.
    soup = BeautifulSoup(f"<main>{html}</main>", "html.parser", preserve_whitespace_tags={"main"})
    hidden = (*_bare_urls(front, 1, "in the front matter"), *_wrap_bare_urls(soup))
    return ParsedPage(soup, (*hidden, *_second_urls(soup), *_unused_definitions(env, soup)))


def url_of_tag(tag: Tag) -> str:
    """Return the first URL in the attributes of a tag, or an empty string."""
    return next(iter(_urls_of_tag(tag)), "")


def tags_with_url(soup: BeautifulSoup) -> list[Tag]:
    """Return every tag with a URL, in the order of the page."""
    return [tag for tag in soup.find_all(True) if url_of_tag(tag)]


def line_of_tag(tag: Tag) -> int:
    """Return the line of a tag in the Markdown, from 1."""
    return tag.sourceline or 1


def _urls_of_tag(tag: Tag) -> list[str]:
    values = (_SCHEME.sub(_lower, str(tag.get(name) or "").strip()) for name in URL_ATTRIBUTES)
    return [url for url in values if url]


def _lower(match: re.Match[str]) -> str:
    return match[0].lower()


def _second_urls(soup: BeautifulSoup) -> Iterator[HiddenUrl]:
    for tag in tags_with_url(soup):
        for url in _urls_of_tag(tag)[1:]:
            yield HiddenUrl(url, line_of_tag(tag), "in a tag with another URL")


def _render(text: str, env: dict[str, Any]) -> str:
    """Return HTML in which each block begins on its line of the Markdown.

    `env` receives the link definitions.
    """
    parser = MarkdownIt("commonmark", {"maxNesting": 200}).enable("table")
    parts: list[str] = []
    line = 0
    for token in parser.parse(_CONTROL.sub("", text), env):
        html = str(parser.renderer.render([token], parser.options, env))
        if token.type not in _MULTILINE_TOKENS:
            html = html.replace("\n", "")
        missing = (token.map[0] if token.map and token.nesting >= 0 else 0) - line
        parts.append("\n" * missing + html)
        line += parts[-1].count("\n")
    return "".join(parts)


def _wrap_bare_urls(soup: BeautifulSoup) -> Iterator[HiddenUrl]:
    """Replace bare URLs and broken links in the text by `<a>` tags; yield those in comments."""
    line = 1
    for node in list(soup.descendants):
        if isinstance(node, Tag):
            line = node.sourceline or line
        elif isinstance(node, PreformattedString):
            yield from _bare_urls(node, line, "in a comment")
            line += node.count("\n")
        elif isinstance(node, NavigableString):
            if "://" in node and not node.find_parent("a"):
                node.replace_with(*_text_and_links(soup, str(node), line))
            line += node.count("\n")


def _bare_urls(text: str, first_line: int, place: str) -> Iterator[HiddenUrl]:
    for match in _BARE_URL.finditer(text):
        line = first_line + text.count("\n", 0, match.start())
        yield HiddenUrl(_without_punctuation(match[0]), line, place)


def _text_and_links(
    soup: BeautifulSoup, text: str, first_line: int
) -> Iterator[NavigableString | Tag]:
    end = 0
    for match in _BROKEN_LINK.finditer(text):
        url = match["url"] or _without_punctuation(match["bare"])
        tag = soup.new_tag("a", href=url)
        tag.string = match["text"] or url
        tag.sourceline = first_line + text.count("\n", 0, match.start())
        yield NavigableString(text[end : match.start()])
        yield tag
        end = match.end() if match["url"] else match.start() + len(url)
    yield NavigableString(text[end:])


def _without_punctuation(url: str) -> str:
    """Remove punctuation after a bare URL, and a closing parenthesis without an opening one."""
    while url and (
        url[-1] in _TRAILING_PUNCTUATION or (url[-1] == ")" and url.count("(") < url.count(")"))
    ):
        url = url[:-1]
    return url


def _unused_definitions(env: Mapping[str, Any], soup: BeautifulSoup) -> Iterator[HiddenUrl]:
    """Yield the URLs of link definitions (`[name]: https://…`) that no link uses."""
    used = {url_of_tag(tag) for tag in tags_with_url(soup)}
    for definition in (*env.get("references", {}).values(), *env.get("duplicate_refs", ())):
        url, line = definition["href"], definition["map"][0] + 1
        if url.strip("#") and url not in used:
            yield HiddenUrl(url, line, "in an unused link definition")
