"""Links to papers in Markdown: `[[id]]` and `[[id|words]]`.

A Python-Markdown extension replaces each link by a placeholder, but not in code. Later
`resolve_links` replaces the placeholders by links with URLs, which depend on the page.
"""

import html
import re
from collections.abc import Callable, Iterator, Mapping
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from paper_atlas.text.html import markup, vetted

# With a target after it, it is an ordinary link with brackets in its text: [[paper]](https://…).
# In a table the bar is escaped: \|
_REFERENCE = r"\[\[([^\[\]|\\\n]+)(?:\\?\|([^\[\]\n]+))?\]\](?![(\[])"
# The part of a link before a bar that the table extension took for the border of a cell.
_CUT = re.compile(r"<t[dh][^>]*>[^<]*?(\[\[[a-z0-9-]+)</t[dh]>")
# MkDocs expects that every <a> has a URL, so the placeholder is another element.
_PLACEHOLDER = re.compile(r'<span data-paper="([^"]*)">([^<]*)</span>')
_HEADING_ID = re.compile(r"(?<!\s)\s*\{:?\s*#([\w-]+)\s*\}\s*$")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


class PaperLinks(Extension):
    """Python-Markdown extension for links to papers; `titles` are the titles of papers by id.

    Without words, the text of a link is the title of the paper. The extension also supports
    `## Heading {: #anchor }`, because the pages of an atlas need fixed anchors, and a site may not
    use `attr_list`.
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
                self._set_id(heading)

    def _set_id(self, heading: Element) -> None:
        text = (heading[-1].tail if len(heading) else heading.text) or ""
        match = _HEADING_ID.search(text)
        if not match:
            return
        heading.set("id", match[1])
        if len(heading):
            heading[-1].tail = text[: match.start()]
        else:
            heading.text = text[: match.start()]


def resolve_links(html_text: str, find_url: Callable[[str], str | None]) -> tuple[str, list[str]]:
    """Replace the placeholders of links in HTML by links.

    `find_url` returns the URL of a paper by id, None if there is no such paper. Returns the HTML,
    and the source of the links that have no paper (`[[id]]`), which the HTML then contains as text.
    """
    unresolved: list[str] = []

    def link(match: re.Match[str]) -> str:
        paper = html.unescape(match[1])
        url = find_url(paper)
        if url is None:
            unresolved.append(paper)
            return html.escape(paper, quote=False)
        return markup('<a href="%s">%s</a>', url, vetted(match[2]))

    return _PLACEHOLDER.sub(link, html_text), unresolved


def links_cut_by_cells(text: str) -> list[str]:
    """Return the beginnings of links (`[[id`) that a table has split into two cells."""
    return _CUT.findall(text)


def linked_id(reference: str) -> str:
    """Return the id in the source of a link.

    >>> linked_id("[[u-net|the original]]")
    'u-net'

    In a table the bar is escaped: `[[u-net\\|the original]]`.
    """
    return reference.strip("[]").partition("|")[0].removesuffix("\\").strip()


def find_link(text: str, reference: str) -> Iterator[tuple[int, int]]:
    """Yield line and column, from 1, of each occurrence of the source of a link."""
    for number, line in enumerate(text.splitlines(), start=1):
        for match in re.finditer(re.escape(reference), line):
            yield number, match.start() + 1
