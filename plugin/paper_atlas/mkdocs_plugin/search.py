"""The index of the search plugin of MkDocs or Material."""

import html
from collections.abc import Iterable
from typing import Any

from paper_atlas.site.files.search import SearchRecord

_ISOLATES = dict.fromkeys(map(ord, "\u2068\u2069"))


class SearchIndex:
    """The index of a site's search plugin, to which records can be added directly.

    The plugins have no public interface for that, so this class changes the list of their index. If
    there is no such list, or no search plugin, records are ignored.

    https://github.com/squidfunk/mkdocs-material/blob/9.6.0/src/plugins/search/plugin.py#L125-L190
    https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/contrib/search/search_index.py#L22-L50
    """

    def __init__(self, index: Any) -> None:
        self._html: list[Any] | None = getattr(index, "entries", None)  # Material's
        self._text: list[Any] | None = getattr(index, "_entries", None)  # MkDocs'

    @classmethod
    def from_plugins(cls, plugins: Iterable[tuple[str, Any]]) -> "SearchIndex":
        """Return the index of the search plugin among plugins by name."""
        search = next(
            (plugin for name, plugin in plugins if name.rpartition("/")[2] == "search"), None
        )
        return cls(getattr(search, "search_index", None))

    def replace_records(self, found: Iterable[SearchRecord]) -> None:
        """Replace all records of the pages of the given ones.

        Material treats their texts as HTML, MkDocs as plain text. Both treat the Unicode isolates
        as letters of words, so these are removed from the records of other pages.
        """
        given = {record.location: record for record in found}
        for records in filter(None, (self._html, self._text)):
            records[:] = [
                record for record in records if record["location"].partition("#")[0] not in given
            ]
            for record in records:
                record |= {key: record[key].translate(_ISOLATES) for key in ("title", "text")}
        for record in given.values():
            title, text = record.title, record.text
            if self._html is not None:
                title, text = html.escape(title, quote=False), html.escape(text, quote=False)
                self._html.append({"location": record.location, "title": title, "text": text})
            elif self._text is not None:
                self._text.append({"location": record.location, "title": title, "text": text})
