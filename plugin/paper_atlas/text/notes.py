"""The notes of an entry: Markdown in, harmless HTML out."""

import re
from collections.abc import Mapping

import nh3
from markdown import Markdown

from paper_atlas.text.paper_links import PaperLinks

_TAGS = {
    *(
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "code",
        "del",
        "em",
        "i",
        "p",
        "pre",
        "s",
        "span",
        "strong",
    ),
    *("li", "ol", "ul", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "abbr": {"title"}, "span": {"data-paper"}}
# One line of words, from a letter to no blank, with signs that neither Markdown nor HTML knows.
# https://spec.commonmark.org/0.31.2/#ascii-punctuation-character lists those that it may know.
_PLAIN = re.compile(r"""(?![^_]*_)[^\W\d][\w .,:;()%'"/-]*(?<! )""")


class NotesRenderer:
    """Renders notes; `titles` are the papers that `[[id]]` can name.

    What is not in a short list of tags and attributes is removed, and so is every address that
    is neither relative nor http(s). Notes without any markup, as most are, are made at once: the
    parser takes a hundred times as long to find none.
    """

    def __init__(self, titles: Mapping[str, str]) -> None:
        self._markdown = Markdown(extensions=[PaperLinks(titles), "fenced_code", "tables"])
        self._cleaner = nh3.Cleaner(
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            url_schemes={"http", "https"},
            link_rel=None,
        )

    def render(self, notes: str) -> str:
        """The HTML of notes, with `[[id]]` marked for `references.resolve`."""
        return f"<p>{notes}</p>" if _PLAIN.fullmatch(notes) else self.render_markdown(notes)

    def render_markdown(self, notes: str) -> str:
        """The HTML of notes, as the parser of Markdown makes it of any."""
        return str(self._cleaner.clean(self._markdown.reset().convert(notes)))
