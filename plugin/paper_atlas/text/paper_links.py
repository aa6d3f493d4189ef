"""`[[id]]` and `[[id|words]]`: links from any Markdown to the card of a paper.

A Python-Markdown extension, so that code stays code. It marks the links, and `resolve` gives
them their addresses once the page is known on which they stand.
"""

import html
import re
from collections.abc import Callable, Iterator, Mapping
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

# Followed by a target it is an ordinary link with bracketed words: [[paper]](https://…).
# In a table the bar is written \|, as any bar is.
_REFERENCE = r"\[\[([^\[\]|\\\n]+)(?:\\?\|([^\[\]\n]+))?\]\](?![(\[])"
# MkDocs takes every <a> of a page to have an address already, so the mark is another element.
# What a table leaves of a reference whose bar it took for the border of a cell.
_CUT = re.compile(r"<t[dh][^>]*>[^<]*?(\[\[[a-z0-9-]+)</t[dh]>")
_MARKED = re.compile(r'<span data-paper="([^"]*)">([^<]*)</span>')
_HEADING_ID = re.compile(r"\s*\{#([\w-]+)\}\s*$")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


class PaperLinks(Extension):
    """Marks `[[id]]`, with the title of the paper for words where none are given.

    `## Heading {#anchor}` gives a heading its anchor, as `attr_list` does, which a site need not
    have: the pages of terms need anchors that are known before they are rendered.
    """

    def __init__(self, titles: Mapping[str, str]) -> None:
        super().__init__()
        self._titles = titles

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register between code (190) and escapes (180), and before the table of contents (5)."""
        md.inlinePatterns.register(_Reference(_REFERENCE, md, self._titles), "paper", 185)
        md.treeprocessors.register(_HeadingIds(md), "paper-heading-ids", 7)


class _Reference(InlineProcessor):
    def __init__(self, pattern: str, md: Markdown, titles: Mapping[str, str]) -> None:
        super().__init__(pattern, md)
        self._titles = titles

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str  # noqa: ARG002
    ) -> tuple[Element, int, int]:  # fmt: skip
        paper = m[1].strip()
        element = Element("span", {"data-paper": paper if paper in self._titles else m[0]})
        element.text = AtomicString((m[2] or "").strip() or self._titles.get(paper, m[0]))
        return element, m.start(0), m.end(0)


class _HeadingIds(Treeprocessor):
    def run(self, root: Element) -> None:
        for heading in root.iter():
            if heading.tag in _HEADINGS:
                self._give_id(heading)

    def _give_id(self, heading: Element) -> None:
        text = (heading[-1].tail if len(heading) else heading.text) or ""
        match = _HEADING_ID.search(text)
        if not match:
            return
        heading.set("id", match[1])
        if len(heading):
            heading[-1].tail = text[: match.start()]
        else:
            heading.text = text[: match.start()]


def resolve_links(text: str, address: Callable[[str], str | None]) -> tuple[str, list[str]]:
    """Give each marked reference in HTML its address, which `address` knows by id.

    Returns the HTML, and the references that lead nowhere as they were written; of those the
    written form stays in the text.
    """
    lost: list[str] = []

    def link(match: re.Match[str]) -> str:
        paper = html.unescape(match[1])
        target = address(paper)
        if target is None:
            lost.append(paper)
            return html.escape(paper, quote=False)
        return f'<a href="{html.escape(target)}">{match[2]}</a>'

    return _MARKED.sub(link, text), lost


def links_cut_by_cells(text: str) -> list[str]:
    """The beginnings of references that the cells of a table have cut in two."""
    return _CUT.findall(text)


def linked_id(reference: str) -> str:
    """The id in a reference as it was written.

    >>> named("[[u-net|the original]]")
    'u-net'
    """
    return reference.strip("[]").partition("|")[0].strip()


def find_link(text: str, reference: str) -> Iterator[tuple[int, int]]:
    """Line and column, from 1, of each place where `reference` is written."""
    for number, line in enumerate(text.splitlines(), start=1):
        for match in re.finditer(re.escape(reference), line):
            yield number, match.start() + 1
