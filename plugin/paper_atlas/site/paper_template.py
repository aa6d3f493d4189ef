"""The pages of papers, made from one that the theme has rendered.

A theme takes 5 to 10 milliseconds for a page, and thousands of pages of papers differ in few
places. So the site gets one page whose title, description, address and source are stand-ins; when
it is finished, every paper gets a copy of it with words of its own in their places.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

from paper_atlas.site.addresses import paper_path
from paper_atlas.site.page import Fragment, Page, marker_pattern

# Letters alone, which neither Markdown nor a theme nor a minifier writes otherwise.
_STAND_INS = tuple(f"PaperAtlasStandInFor{it}" for it in ("Name", "Title", "Description", "Source"))
NAME, TITLE, DESCRIPTION, SOURCE = _STAND_INS
_BODY = marker_pattern("0")
_PLACE = re.compile(f"({'|'.join(_STAND_INS)}|</head>|{_BODY})")
_ENTRY_OF_SITEMAP = re.compile(rf"\s*<url>(?:(?!</url>).)*{NAME}.*?</url>", re.DOTALL)

STAMP = Page(paper_path(NAME), TITLE, DESCRIPTION, (Fragment("", {}),))
"""The page that is rendered."""


@dataclass(frozen=True)
class Copy:
    """What a paper puts in the places of the stand-ins: texts, and HTML for head and body."""

    name: str
    title: str
    description: str
    source: str
    head: str
    body: str


class Stamp:
    """The finished page with stand-ins, ready for copies."""

    def __init__(self, output: str) -> None:
        self._parts = _PLACE.split(output)
        self._body = next((it for it in self._parts[1::2] if re.fullmatch(_BODY, it)), "")

    def page(self, copy: Copy) -> str:
        """The page of a paper."""
        texts = {
            NAME: copy.name,
            TITLE: html.escape(copy.title),
            DESCRIPTION: html.escape(copy.description),
            SOURCE: html.escape(copy.source),
            "</head>": f"{copy.head}\n</head>",
            self._body: copy.body,
        }
        return "".join(texts.get(part, part) for part in self._parts)


def with_copies(sitemap: str, names: Iterable[str]) -> str:
    """A site map with an entry for each paper in the place of that of the stamp."""
    found = _ENTRY_OF_SITEMAP.search(sitemap)
    if not found:
        return sitemap
    entries = "".join(found[0].replace(NAME, name) for name in names)
    return sitemap[: found.start()] + entries + sitemap[found.end() :]
