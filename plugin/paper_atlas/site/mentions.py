"""The papers that a page mentions."""

import html
import re
from collections.abc import Mapping

from markdown import Markdown

from paper_atlas.text.markdown import blank_fences
from paper_atlas.text.paper_links import PaperLinks, resolve_links

# Blocks of other extensions whose text is indented like that of an admonition.
_BLOCK = re.compile(r"^([ \t]*)(?:\?\?\?\+?|===[!+]?) [^\n]*", re.MULTILINE)
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def mentioned_papers(text: str, titles: Mapping[str, str]) -> tuple[str, list[str]]:
    """Return the first heading of a Markdown text, and the ids that it mentions as `[[id]]`.

    `titles` are those of the known papers by id; other ids are left out, and so is code.
    """
    if "[[" not in text:
        return "", []
    names: dict[str, None] = {}

    def address(name: str) -> str:
        names[name] = None
        return ""

    markdown = Markdown(extensions=["extra", "admonition", PaperLinks(titles)])
    rendered = markdown.convert(_BLOCK.sub(r"\1!!! note", blank_fences(text)))
    rendered, _ = resolve_links(rendered, address)
    heading = _HEADING.search(rendered)
    title = html.unescape(_TAG.sub("", heading[1])) if heading else ""
    return title.strip(), [name for name in names if name in titles]
