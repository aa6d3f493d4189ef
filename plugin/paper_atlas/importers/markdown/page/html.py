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
from bs4.element import Tag

from paper_atlas.importers.markdown.page.parser import PAGE_LIMITS, markdown_parser
from paper_atlas.importers.markdown.page.tree import MAX_TAG_DEPTH, HiddenUrl, PageTree, bare_urls

URL_ATTRIBUTES = ("href", "src", "srcset")
"""The HTML attributes that contain a URL."""

# `[text]([https://…](https://…))`: a link as the target of a link.
_LINK_IN_TARGET = re.compile(r"\]\(\[[^\[\]\n]*\]\((?P<url>[^\s()]+)\)\)")
# `-[A title](…)` at the start of a line, which is a list item only with a blank after the mark.
_ITEM_WITHOUT_BLANK = re.compile(r"^(\s{0,3}[-+])(?=\[[^\[\]\n]+\]\()", re.MULTILINE)
_SCHEME = re.compile(r"^https?://", re.IGNORECASE)
_FRONT_MATTER = re.compile(r"---\n.*?^---\n", re.DOTALL | re.MULTILINE)
_MULTILINE_TOKENS = ("inline", "html_block", "fence", "code_block")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\ufeff]")


@dataclass(frozen=True)
class ParsedPage:
    """The tree of a page, and its URLs that have no tag or are the second URL of a tag.

    `limits` has (line, message) for each limit that the page exceeds.
    """

    soup: BeautifulSoup
    hidden_urls: tuple[HiddenUrl, ...]
    limits: tuple[tuple[int, str], ...] = ()


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
    tree = PageTree(_render("\n" * front.count("\n") + body, env))
    hidden = (*bare_urls(front, 1, "in the front matter"), *tree.hidden_urls)
    hidden = (*hidden, *_second_urls(tree), *_unused_definitions(env, tree))
    return ParsedPage(tree, hidden, tuple(_exceeded_limits(env, tree)))


def _exceeded_limits(env: Mapping[str, Any], tree: PageTree) -> Iterator[tuple[int, str]]:
    yield from env.get(PAGE_LIMITS, ())
    if tree.deep_line is not None:
        message = (
            f"HTML is nested more than {MAX_TAG_DEPTH} tags deep, so the deepest are not nested"
        )
        yield tree.deep_line, message


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
    parser = markdown_parser()
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


def _unused_definitions(env: Mapping[str, Any], soup: BeautifulSoup) -> Iterator[HiddenUrl]:
    """Yield the URLs of link definitions (`[name]: https://…`) that no link uses."""
    used = {url_of_tag(tag) for tag in tags_with_url(soup)}
    for definition in (*env.get("references", {}).values(), *env.get("duplicate_refs", ())):
        url, line = definition["href"], definition["map"][0] + 1
        if url.strip("#") and url not in used:
            yield HiddenUrl(url, line, "in an unused link definition")
