"""The index of the search plugin of MkDocs or Material."""

import html
from collections.abc import Iterable
from typing import Any

from paper_atlas.site.files.search import SearchRecord

_ISOLATES = dict.fromkeys(map(ord, "\u2068\u2069"))


class SearchIndex:
    """The index of a site's search plugin, to which records can be added directly.

    The plugins have no interface for that; their index is a list of an attribute's. Where there
    is none, `takes_records` is False and the cards have to be in what the plugin parses. Where
    there is no search at all, records go nowhere.

    https://github.com/squidfunk/mkdocs-material/blob/9.6.0/src/plugins/search/plugin.py#L125-L190
    https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/contrib/search/search_index.py#L22-L50
    """

    def __init__(self, found: bool, index: Any) -> None:
        self._html: list[Any] | None = getattr(index, "entries", None)  # Material's
        self._text: list[Any] | None = getattr(index, "_entries", None)  # MkDocs'
        self.takes_records = not found or self._html is not None or self._text is not None

    @classmethod
    def from_plugins(cls, plugins: Iterable[tuple[str, Any]]) -> "SearchIndex":
        """The index of the search plugin among named plugins."""
        search = next((it for name, it in plugins if name.rpartition("/")[2] == "search"), None)
        return cls(search is not None, getattr(search, "search_index", None))

    def remove_page(self, location: str) -> None:
        """Take away all that stands at an address."""
        for known in filter(None, (self._html, self._text)):
            known[:] = [it for it in known if it["location"].partition("#")[0] != location]

    def replace_records(self, found: Iterable[SearchRecord]) -> None:
        """Put records in the place of all that stand at their addresses.

        Material takes their words for HTML, MkDocs for text. Both take the signs for letters that
        isolate a text from one of another direction, so the other records lose them.
        """
        given = {record.location: record for record in found}
        for known in filter(None, (self._html, self._text)):
            known[:] = [it for it in known if it["location"].partition("#")[0] not in given]
            for record in known:
                record |= {key: record[key].translate(_ISOLATES) for key in ("title", "text")}
        for record in given.values():
            title, text = record.title, record.text
            if self._html is not None:
                title, text = html.escape(title, quote=False), html.escape(text, quote=False)
                self._html.append({"location": record.location, "title": title, "text": text})
            elif self._text is not None:
                self._text.append({"location": record.location, "title": title, "text": text})
