"""A piece of a page laid flat: its words, its links and its line breaks, in their order."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bs4.element import NavigableString, PreformattedString, Tag

from paper_atlas.importers.markdown.html import url_of_tag
from paper_atlas.text.identifiers import is_web_url, split_url

HEADING_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BOLD, _ITALIC = ("b", "strong"), ("i", "em")
_NOT_INLINE = (*HEADING_TAGS, "ul", "ol", "table", "pre", "summary")
_NEW_LINE = ("p", "div", "br", "dd", "dt", "center")
_SHORTCODE = re.compile(r"(?<!\w):[a-z][a-z0-9_+-]*:(?!//)")


@dataclass(frozen=True)
class TextRun:
    """A run of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class InlineLink:
    """A link or an image, with the tag that it is; `label` is its text or what the image says."""

    text: str
    url: str
    tag: Tag
    bold: bool = False
    italic: bool = False

    @property
    def is_image(self) -> bool:
        """Whether the tag shows something instead of leading somewhere."""
        return self.tag.name != "a"

    @property
    def is_importable(self) -> bool:
        """Whether it can be a link of an entry."""
        return not self.is_image and is_importable_url(self.url)


@dataclass(frozen=True)
class LineBreak:
    """The end of a line; a `soft` one is only in the source."""

    soft: bool = False


InlinePart = TextRun | InlineLink | LineBreak


def inline_parts(tag: Tag, bold: bool = False, italic: bool = False) -> Iterator[InlinePart]:
    """The parts of a tag, without those of lists, tables and headings in it."""
    for child in list(tag.children):
        if isinstance(child, PreformattedString):
            continue
        if isinstance(child, NavigableString):
            yield from _words(str(child), bold, italic)
        elif isinstance(child, Tag) and child.name not in _NOT_INLINE:
            yield from _parts_of_child(child, bold or child.name in _BOLD,
                                       italic or child.name in _ITALIC)  # fmt: skip


def _parts_of_child(child: Tag, bold: bool, italic: bool) -> Iterator[InlinePart]:
    url = url_of_tag(child)
    if url or child.has_attr("href"):
        label = tag_text(child).strip("[]【】` ") or str(child.get("alt") or "").strip()
        alt = next((str(it.get("alt") or "") for it in child.find_all("img")), "")
        label = label or " ".join(alt.split())
        style = any(child.find(name) is not None for name in _BOLD)
        yield InlineLink("" if is_web_url(label) else label, url, child, bold or style, italic)
        yield from (
            InlineLink("", url_of_tag(it), it) for it in child.find_all(True) if url_of_tag(it)
        )
        return
    if child.name in _NEW_LINE:
        yield LineBreak()
    yield from inline_parts(child, bold, italic)
    if child.name in _NEW_LINE and child.name != "br":
        yield LineBreak()


def _words(text: str, bold: bool, italic: bool) -> Iterator[InlinePart]:
    lines = _SHORTCODE.sub(" ", text).split("\n")
    for index, line in enumerate(lines):
        if index:
            yield LineBreak(soft=True)
        if line:
            yield TextRun(line, bold, italic)


def join_text(parts: Iterable[InlinePart]) -> str:
    """The words of some parts, a line break as a blank."""
    return " ".join("".join(_shown(part) for part in parts).split())


def _shown(part: InlinePart) -> str:
    return part.text if isinstance(part, TextRun) else " " if isinstance(part, LineBreak) else ""


def tag_text(tag: Tag) -> str:
    """The text in a tag, each blank once."""
    return " ".join(_SHORTCODE.sub(" ", tag.get_text()).split())


def is_importable_url(url: str) -> bool:
    """Whether an address can be a link of an entry."""
    return is_web_url(url) and bool(split_url(url).hostname) and not re.search(r"\s", url)


def split_parts(
    parts: Iterable[InlinePart], at: Callable[[InlinePart], bool]
) -> Iterator[list[InlinePart]]:
    """The parts between those that divide them, which go."""
    piece: list[InlinePart] = []
    for part in parts:
        if at(part):
            yield piece
            piece = []
        else:
            piece.append(part)
    yield piece
