"""Pages that are filled into one page that the theme renders.

A theme takes 5 to 10 milliseconds for a page, and thousands of pages differ in few places. So the
theme renders one page for each folder, whose title, description, address, source and content are
placeholders. Each page gets a copy with its own values.
"""

import html
import re
from dataclasses import dataclass
from hashlib import blake2b

from paper_atlas.site.placeholders import ADDRESS, CONTENT, DESCRIPTION, SOURCE, TITLE

_HEAD_END = "</head>"
_SEARCH_FIELD = 'data-md-component="search-query"'
_SPLIT = re.compile(f"({TITLE}|{DESCRIPTION}|{ADDRESS}|{SOURCE}|{CONTENT}|{_HEAD_END})")
# Templates of themes are full of them. No text around the content keeps its line breaks.
_INDENTATION = re.compile(r"\n\s+")


@dataclass(frozen=True)
class TemplateValues:
    """The values of a page: plain texts, and HTML for the end of the head and for the content.

    `address` is the full address of the page, or empty. `source` is the address where the source of
    the page can be edited, or empty.
    """

    title: str
    description: str
    address: str
    source: str
    head: str
    content: str


class PageTemplate:
    """A page of a theme with placeholders. `digest` is that of its head.

    `has_search` is true if it has a field for search to which the script adds papers.
    """

    def __init__(self, output: str) -> None:
        output = _INDENTATION.sub("\n", output)
        self._head = output.partition(_HEAD_END)[0]
        self.has_content = CONTENT in output
        self.has_search = _SEARCH_FIELD in output
        self.digest = blake2b(self._head.encode(), digest_size=8).hexdigest()
        self._parts = _SPLIT.split(output)

    def head_of(self, description: str) -> str:
        """Return the head of a page with a description, up to the end tag."""
        return self._head.replace(DESCRIPTION, html.escape(description))

    def fill(self, values: TemplateValues) -> str:
        """Return the page with these values."""
        texts = {
            TITLE: html.escape(values.title),
            DESCRIPTION: html.escape(values.description),
            ADDRESS: html.escape(values.address),
            SOURCE: html.escape(values.source),
            CONTENT: values.content,
            _HEAD_END: f"{values.head}{_HEAD_END}",
        }
        return "".join([texts.get(part, part) for part in self._parts])
