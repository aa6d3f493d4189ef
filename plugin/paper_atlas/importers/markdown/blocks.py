"""How the blocks of a page belong together: a title and the list of its links below it, a paragraph
and the papers in it."""

from collections.abc import Iterable, Iterator, Sequence

from bs4.element import Tag

from paper_atlas.importers.markdown.inline import (
    Break,
    Link,
    Part,
    Words,
    joined,
    parts_of,
    text_of,
)
from paper_atlas.importers.markdown.item import is_detail, links_in
from paper_atlas.importers.markdown.links import is_label, is_of_paper
from paper_atlas.importers.markdown.venues import occasion


def below(tag: Tag) -> Tag | None:
    """The next block beside a tag."""
    return next((it for it in tag.next_siblings if isinstance(it, Tag)), None)


def parts_below(tags: Iterable[Tag]) -> Iterator[Part]:
    """The parts of blocks that add to the one above them, each item of a list on a line."""
    for tag in tags:
        for item in tag.find_all("li") if tag.name in ("ul", "ol") else [tag]:
            yield Break()
            yield from parts_of(item)


def has_details(tag: Tag, words: int = 1) -> bool:
    """Whether a list below a tag of so many words has but links, one of them to a paper."""
    details = below(tag)
    if details is None or details.name not in ("ul", "ol") or len(text_of(tag).split()) < words:
        return False
    return is_byline(details) and any(map(is_of_paper, links_in(parts_below([details]))))


def is_byline(tag: Tag) -> bool:
    """Whether a paragraph or a list only adds authors or links to what stands above it."""
    if tag.name in ("ul", "ol"):
        return all(is_detail(list(parts_of(it))) for it in tag.find_all("li"))
    return tag.name == "p" and is_detail(list(parts_of(tag)))


def is_group(own: Sequence[Part], nested: Sequence[Tag]) -> bool:
    """Whether an item without a link is what the papers of the items in it have in common."""
    linked = any(isinstance(part, Link) for part in own)
    return not linked and bool(joined(own)) and any(it.find("a") is not None for it in nested)


def papers_in(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """The papers of a paragraph: a line with a title begins a new one behind links."""
    paper: list[Part] = []
    for line in _lines(parts):
        has_link = any(isinstance(part, Link) and not part.is_image for part in paper)
        if has_link and _begins(line):
            yield paper
            paper = []
        paper += line
    yield paper


def _lines(parts: Iterable[Part]) -> Iterator[list[Part]]:
    line: list[Part] = []
    for part in parts:
        line.append(part)
        if isinstance(part, Break):
            yield line
            line = []
    yield line


def _begins(line: Sequence[Part]) -> bool:
    said = (it for it in line if not isinstance(it, Break))
    first = next((it for it in said if isinstance(it, Link) or it.text.strip(" -*•·.")), None)
    if isinstance(first, Link):
        return not first.is_image and not is_label(first.label) and len(first.label.split()) > 2
    return isinstance(first, Words) and first.bold and not occasion(first.text)
