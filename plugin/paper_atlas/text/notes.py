"""Render the notes of an entry: Markdown to sanitized HTML."""

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
# One line of words without punctuation that Markdown or HTML may interpret, except asterisks around
# words. It begins with a letter and does not end with a blank.
# https://spec.commonmark.org/0.31.2/#ascii-punctuation-character
_SIGN = r"""[\w .,:;()%'"/-]"""
_EMPHASIS = rf"(?P<stars>\*\*?)(?P<words>\w(?:{_SIGN}*\w)?)(?P=stars)(?!\*)"
_PLAIN = re.compile(rf"(?![^_]*_)[^\W\d]{_SIGN}*(?:{_EMPHASIS}{_SIGN}*)*(?<! )")
_EMPHASIZED = re.compile(_EMPHASIS)
_HTML_OF_STARS = {"*": r"<em>\g<words></em>", "**": r"<strong>\g<words></strong>"}


class NotesRenderer:
    """A renderer of notes; `titles` are the titles of papers by the id in `[[id]]`.

    Tags and attributes outside a short list are removed, and so are URLs that are neither relative
    nor http(s). Most notes have no markup but emphasis: they skip the parser, which takes a hundred
    times as long.
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
        """Return the HTML of notes; `resolve_links` replaces the links to papers in it."""
        if not _PLAIN.fullmatch(notes):
            return self.render_markdown(notes)
        return f"<p>{_EMPHASIZED.sub(_emphasized, notes)}</p>"

    def render_markdown(self, notes: str) -> str:
        """Like `render`, but parses all notes."""
        return str(self._cleaner.clean(self._markdown.reset().convert(notes)))


def _emphasized(match: re.Match[str]) -> str:
    return match.expand(_HTML_OF_STARS[match["stars"]])
