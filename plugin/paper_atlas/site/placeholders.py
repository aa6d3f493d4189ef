"""The three kinds of placeholders in an unfinished page.

1. A marker in the Markdown of a page, for each block of HTML on it: `block_marker`. Neither the
   Markdown parser nor the theme has to understand the block. `Renderer.fill_markers` replaces it.
2. The fields of the page that a theme renders once for many pages: `TITLE`, `DESCRIPTION`,
   `ADDRESS`, `SOURCE` and `CONTENT`. `PageTemplate.fill` replaces them.
3. The mark of a link `[[id]]` in Markdown: `text.paper_links` writes it, and
   `Renderer.link_papers` replaces it.
"""

import re
from collections.abc import Callable

from paper_atlas.text.html import markup

# Letters only, so that neither a theme nor a minifier changes them.
TITLE, DESCRIPTION, ADDRESS, SOURCE = (
    f"PaperAtlas{field}Placeholder" for field in ("Title", "Description", "Address", "Source")
)
# Material adds a heading to a page that has none.
CONTENT = "<h1>PaperAtlasContentPlaceholder</h1>"

# Quotes are optional, because minifiers remove them.
_MARKER = re.compile(r'<div class="?paper-atlas"? data-block="?(\d+)"?></div>')


def block_marker(number: int) -> str:
    """Return the HTML that marks the position of block `number` of a page."""
    return markup('<div class="paper-atlas" data-block="%s"></div>', number)


def replace_markers(text: str, replace: Callable[[int], str]) -> str:
    """Replace the markers in HTML; `replace` returns the HTML of a block by its number."""
    return _MARKER.sub(lambda match: replace(int(match[1])), text)
