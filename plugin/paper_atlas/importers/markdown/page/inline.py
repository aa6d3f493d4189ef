"""The inline content of an HTML tag as a flat sequence of text runs, links and line breaks.

<li>A title <b><a href="https://e.org/1">pdf</a></b><br></li>   →
TextRun("A title "), InlineLink("pdf", "https://e.org/1", bold=True), LineBreak()
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bs4.element import NavigableString, PreformattedString, Tag

from paper_atlas.importers.markdown.page.html import url_of_tag
from paper_atlas.text.identifiers import is_web_url, split_url

HEADING_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6")
"""The tags of headings."""

CODE_MARK = "\x1f"
"""Stands before and after words in code; it counts as a blank."""

_BOLD, _ITALIC = ("b", "strong"), ("i", "em")
_SKIPPED_BLOCKS = (*HEADING_TAGS, "ul", "ol", "table", "pre", "summary")
_TAGS_ON_A_NEW_LINE = ("p", "div", "br", "dd", "dt", "center")
_EMOJI_SHORTCODE = re.compile(r"(?<!\w):[a-z][a-z0-9_+-]*:(?!//)")


@dataclass(frozen=True)
class TextRun:
    """Text in one style."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class InlineLink:
    """A link or an image.

    `text` is the link text, or the alternative text of an image. It is empty if it is a URL.
    """

    text: str
    url: str
    tag: Tag
    bold: bool = False
    italic: bool = False

    @property
    def is_image(self) -> bool:
        """True if the tag shows its URL instead of linking to it."""
        return self.tag.name != "a"

    @property
    def is_importable(self) -> bool:
        """True if an entry can store the link."""
        return not self.is_image and is_importable_url(self.url)


@dataclass(frozen=True)
class LineBreak:
    """The end of a line; a `soft` one is only in the source, and browsers show it as a space."""

    soft: bool = False


InlinePart = TextRun | InlineLink | LineBreak


def inline_parts(tag: Tag, bold: bool = False, italic: bool = False) -> Iterator[InlinePart]:
    """Yield the inline parts of a tag, without those of lists, tables and headings inside it.

    `bold` and `italic` are the style around the tag.
    """
    found: list[InlinePart] = []
    _collect_parts(tag, bold, italic, found)
    return iter(found)


def _collect_parts(tag: Tag, bold: bool, italic: bool, found: list[InlinePart]) -> None:
    """Add the inline parts of a tag. Generators in each other would take quadratic time."""
    for child in tag.contents:
        if isinstance(child, PreformattedString):
            continue
        if isinstance(child, NavigableString):
            found += _text_runs(str(child), bold, italic)
        elif isinstance(child, Tag) and child.name not in _SKIPPED_BLOCKS:
            style = bold or child.name in _BOLD, italic or child.name in _ITALIC
            if (url := url_of_tag(child)) or child.has_attr("href"):
                found += _links_of_child(child, url, *style)
            else:
                _collect_parts_of_child(child, *style, found)


def _links_of_child(child: Tag, url: str, bold: bool, italic: bool) -> Iterator[InlineLink]:
    text = _link_text(child)
    has_bold = any(child.find(name) is not None for name in _BOLD)
    yield InlineLink("" if is_web_url(text) else text, url, child, bold or has_bold, italic)
    for inner in child.find_all(True):
        if inner_url := url_of_tag(inner):
            yield InlineLink("", inner_url, inner)


def _collect_parts_of_child(child: Tag, bold: bool, italic: bool, found: list[InlinePart]) -> None:
    if child.name in _TAGS_ON_A_NEW_LINE:
        found.append(LineBreak())
    around = [TextRun(CODE_MARK, bold, italic)] if child.name == "code" else []
    found += around
    _collect_parts(child, bold, italic, found)
    found += around
    if child.name in _TAGS_ON_A_NEW_LINE and child.name != "br":
        found.append(LineBreak())


def _link_text(link: Tag) -> str:
    """Return the text of a link, otherwise the alternative text of the link or an image in it."""
    text = tag_text(link).strip("[]【】` ") or str(link.get("alt") or "").strip()
    image_text = next((str(image.get("alt") or "") for image in link.find_all("img")), "")
    return text or " ".join(image_text.split())


def _text_runs(text: str, bold: bool, italic: bool) -> Iterator[InlinePart]:
    for index, line in enumerate(_EMOJI_SHORTCODE.sub(" ", text).split("\n")):
        if index:
            yield LineBreak(soft=True)
        if line:
            yield TextRun(line, bold, italic)


def join_text(parts: Iterable[InlinePart]) -> str:
    """Return the text of the text runs, with single blanks, also for line breaks."""
    return " ".join("".join(_plain_text(part) for part in parts).split())


def _plain_text(part: InlinePart) -> str:
    return part.text if isinstance(part, TextRun) else " " if isinstance(part, LineBreak) else ""


def tag_text(tag: Tag) -> str:
    """Return all text inside a tag, with single blanks and without emoji shortcodes."""
    return " ".join(_EMOJI_SHORTCODE.sub(" ", tag.get_text()).split())


def is_importable_url(url: str) -> bool:
    """True if an entry can store the URL: an absolute web URL without blanks."""
    return is_web_url(url) and bool(split_url(url).hostname) and not re.search(r"\s", url)


def split_parts(
    parts: Iterable[InlinePart], is_separator: Callable[[InlinePart], bool]
) -> Iterator[list[InlinePart]]:
    """Yield the lists of parts between the separators; a list may be empty."""
    piece: list[InlinePart] = []
    for part in parts:
        if is_separator(part):
            yield piece
            piece = []
        else:
            piece.append(part)
    yield piece
