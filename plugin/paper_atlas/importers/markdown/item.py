"""A list item (or table row, heading, paragraph) as a paper, or the reason why it is not one.

- [A title](https://e.org/1) CVPR 2021 [code](https://github.com/a/b)     →
ListItem("A title", {"title": "A title", "year": 2021, "venue": "CVPR", "links": {…}}, …)
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from paper_atlas.importers.draft import Heading
from paper_atlas.importers.markdown.byline import Byline, is_byline_text, parse_byline
from paper_atlas.importers.markdown.links import (
    is_author_profile,
    is_badge,
    is_code_link,
    is_label,
    is_other_link,
    is_paper_link,
    links_by_kind,
)
from paper_atlas.importers.markdown.names import is_person, parse_authors
from paper_atlas.importers.markdown.page.inline import (
    InlineLink,
    InlinePart,
    LineBreak,
    TextRun,
    join_text,
)
from paper_atlas.importers.markdown.title import Title, find_title
from paper_atlas.importers.markdown.venues import VenueYear, is_journal, is_venue, parse_venue_year
from paper_atlas.importers.markdown.word_lists import SITES

# `Code:` or `(Paper: [` at the end of the text before a link.
_LABEL_BEFORE_LINK = re.compile(
    r"(?:^|(?<=[\s(\[|,;，；]))(?P<label>[^\W\d_][\w -]{0,24}?)\s*[:：]\s*[\[(]*\s*$"
)
# Headings under which links usually do not lead to papers.
_OTHER_HEADING = re.compile(
    r"\b(?:contribut\w+|licen[cs]e|citations?|acknowledge?ments?|star history|courses?"
    r"|tutorials?|talks?|videos?|slides|blogs?|tools?|librar(?:y|ies)|toolbox(?:es)?|frameworks?"
    r"|software|leaderboards?|news|updates?|researchers?|people|groups?|contact|community"
    r"|projects?|lists|repositories|companies|jobs)\b|贡献|博客|教程|课程|工具",
    re.IGNORECASE,
)
_MAX_LABEL = 100  # characters at the end of a text in which a label is searched
_CONTENTS_HEADING = re.compile(r"\bcontents?\b|目录", re.IGNORECASE)
_ENDS_WITH_SMALL_WORD = re.compile(
    r"(?<=\s)(?:and|are|at|by|for|from|here|in|is|of|on|our|see|the|this|to|via|with)$"
)
_PROSE_WORDS = re.compile(r"\b(?:we|our|you|your|please|see|here|this)\b", re.IGNORECASE)
_LEADING_YEAR = re.compile(r"\s*((?:19|20)\d\d)\s*\|\s*")
BEFORE_TITLE, AFTER_TITLE = "the words before the title", "the words after the title"
INCOMPLETE_AUTHORS = "incomplete lists of authors"
_MIN_TITLE_WORDS_WITHOUT_LINK = 3
_MIN_TITLE_WORDS = 2  # of a linked title, if nothing else shows that the item is a paper
_MAX_UNUSED_CHARACTERS = 80  # of text next to a title; longer text is prose


_MAX_LENGTH, _MAX_LINKS = 4_000, 100
"""The most characters and links of an item that is parsed: its title is searched at each comma."""


@dataclass(frozen=True)
class ListItem:
    """The content of an item, parsed like a paper. It may be something else.

    `fields` has the keys of an entry. `links` are the links in `fields["links"]`, and `source` and
    `byline` are the parts from which the fields come.
    """

    fields: dict[str, Any]
    links: tuple[InlineLink, ...]
    source: Title
    byline: Byline
    is_too_long: bool = False

    @property
    def title(self) -> str:
        """The title, or an empty string."""
        return self.source.text

    @property
    def title_link(self) -> InlineLink | None:
        """The link whose text is the title."""
        return self.source.link

    @property
    def has_marked_title(self) -> bool:
        """True if a style shows where the title begins and ends; see `Title.is_marked`."""
        return self.source.is_marked

    @property
    def is_surely_paper(self) -> bool:
        """True if a venue or a link shows that the item is a paper."""
        return bool(self.byline.venue or self.byline.identifiers) or any(
            map(is_paper_link, self.links)
        )

    @property
    def is_citation(self) -> bool:
        """True if the item has a title of several words, authors, a venue and a year."""
        has_facts = {"authors", "venue", "year"} <= self.fields.keys()
        return has_facts and len(self.title.split()) >= _MIN_TITLE_WORDS_WITHOUT_LINK

    @property
    def unused(self) -> dict[str, list[str]]:
        """The text that no field contains, by its place."""
        incomplete = [] if self.byline.authors else self.byline.incomplete_authors
        texts = {
            BEFORE_TITLE: _not_in_title(self.byline.unused_before, self.title),
            AFTER_TITLE: _not_in_title(self.byline.unused, self.title),
            INCOMPLETE_AUTHORS: incomplete,
        }
        return {place: found for place, found in texts.items() if found}


def parse_item(parts: Sequence[InlinePart]) -> ListItem:
    """Parse the inline parts of an item: its title, fields and links.

    An item that is too long has none.
    """
    if is_too_long(parts):
        return ListItem({}, (), Title("", None, False, (), ()), Byline(), is_too_long=True)
    year, parts = _split_leading_year(parts)
    title = find_title(_with_labels(parts))
    byline = parse_byline(map(_author_link_as_text, (*year, *title.before)))
    byline.unused, byline.unused_before = [], byline.unused
    byline = parse_byline(map(_author_link_as_text, title.after), byline)
    links = importable_links(title.other_parts)
    if title.link and title.link.is_importable:
        links.append(title.link)
    return build_item(title, links, byline)


def is_too_long(parts: Iterable[InlinePart]) -> bool:
    """True if inline parts have more text or links than a paper in a list has."""
    parts = list(parts)
    links = [part for part in parts if isinstance(part, InlineLink)]
    length = sum(len(part.text) for part in parts if not isinstance(part, LineBreak))
    return length > _MAX_LENGTH or len(links) > _MAX_LINKS or len(parts) > _MAX_LENGTH


def _split_leading_year(
    parts: Sequence[InlinePart],
) -> tuple[Sequence[InlinePart], Sequence[InlinePart]]:
    """Return the year before a citation, and the citation, of an item `2017 | Example, A. …`."""
    first = parts[0] if parts else None
    match = _LEADING_YEAR.match(first.text) if isinstance(first, TextRun) else None
    if not match or not isinstance(first, TextRun):
        return (), parts
    rest = replace(first, text=first.text[match.end() :])
    return (replace(first, text=match[1]), LineBreak()), (rest, *parts[1:])


def importable_links(parts: Iterable[InlinePart]) -> list[InlineLink]:
    """Return the links that an entry can store, without badges and author profiles."""
    return [
        part
        for part in map(_author_link_as_text, _with_labels(parts))
        if isinstance(part, InlineLink)
        and part.is_importable
        and not is_author_profile(part.url)
        and not is_badge(part.url)
    ]


def build_item(title: Title, links: Sequence[InlineLink], byline: Byline) -> ListItem:
    """Build an item from its parts; a link text that is a venue is added to the byline."""
    byline.venue_years += _venues_in_link_texts(links, title.link)
    kinds = {**byline.identifiers, **links_by_kind(links, title.link)}
    facts = {"authors": byline.authors, "year": byline.year, "venue": byline.venue}
    fields: dict[str, Any] = {"title": title.text}
    fields |= {key: value for key, value in (facts | byline.journal_fields).items() if value}
    fields["links"] = kinds
    return ListItem(fields, tuple(links), title, byline)


def _not_in_title(texts: Iterable[str], title: str) -> list[str]:
    """Return the texts that are not in the title, unlike `DaViT` in `[DaViT] DaViT: …`."""
    title_letters = "".join(re.findall(r"\w", title.casefold()))
    letters = {text: "".join(re.findall(r"\w", text.casefold())) for text in texts}
    return [text for text, own_letters in letters.items() if own_letters not in title_letters]


def reason_not_a_paper(item: ListItem, headings: Sequence[Heading]) -> str:
    """Return why an item is not a paper, or an empty string if it is one.

    `headings` are the open headings, the outermost first.
    """
    if item.is_too_long:
        return f"the item has more than {_MAX_LENGTH} characters or {_MAX_LINKS} links"
    if not item.title:
        return "the item has no title"
    if not item.links and not item.is_citation:
        return f"'{item.title}' has no link"
    is_cut_off = not item.has_marked_title and _ENDS_WITH_SMALL_WORD.search(item.title)
    if is_cut_off or is_venue(item.title):
        return f"'{item.title}' is not a title"
    if item.is_surely_paper:
        return ""
    if heading := _heading_without_papers(headings):
        return f"'{item.title}' is under '{heading}' and has no link to a paper"
    only_other = all(map(is_other_link, item.links)) and not any(map(is_code_link, item.links))
    is_short = len(item.title.split()) < _MIN_TITLE_WORDS and item.title.isascii()
    if only_other or (item.title_link and is_short):
        return f"'{item.title}' has no link to a paper"
    return ""


def may_be_paper_without_link(item: ListItem, in_title_column: bool = False) -> bool:
    """True if an item without a link is described like a paper.

    It has a title of several words and authors, a venue or a year, or quotation marks around the
    title, or it is in the column of titles.
    """
    is_title = len(item.title.split()) >= _MIN_TITLE_WORDS_WITHOUT_LINK and not is_venue(item.title)
    if item.links or not is_title or _PROSE_WORDS.search(item.title):
        return False
    has_facts = bool({"venue", "year"} & item.fields.keys()) or item.source.is_quoted
    has_facts = has_facts or len(item.fields.get("authors", ())) > 1
    if item.title_link and len(item.title.split()) > _MIN_TITLE_WORDS_WITHOUT_LINK:
        has_facts = has_facts or not item.title_link.url or item.title_link.url.endswith(".pdf")
    return (has_facts or in_title_column) and _unused_length(item) <= _MAX_UNUSED_CHARACTERS


def may_be_paper_beside_others(item: ListItem, parts: Sequence[InlinePart]) -> bool:
    """True if a paragraph is only a title of several words and links such as `Project`.

    The title is marked, or the links are on a line of their own.
    """
    is_title = len(item.title.split()) > _MIN_TITLE_WORDS_WITHOUT_LINK and not item.title_link
    is_prose_like = _PROSE_WORDS.search(item.title) or _ENDS_WITH_SMALL_WORD.search(item.title)
    has_labels = all(link.text and is_label(link.text) for link in item.links)
    is_set_off = item.has_marked_title or _has_links_on_own_line(parts)
    is_clear = is_set_off and not is_prose_like and not item.unused
    return is_title and has_labels and is_clear and bool(item.links)


def _has_links_on_own_line(parts: Sequence[InlinePart]) -> bool:
    before = takewhile(lambda part: not isinstance(part, InlineLink), _with_labels(parts))
    written = [part for part in before if not isinstance(part, TextRun) or part.text.strip()]
    return bool(written) and isinstance(written[-1], LineBreak)


def _unused_length(item: ListItem) -> int:
    """Return the number of characters of text that is neither in a field nor names."""
    places = (BEFORE_TITLE, AFTER_TITLE)
    return sum(len(text) for place in places for text in item.unused.get(place, ()))


def _heading_without_papers(headings: Sequence[Heading]) -> str:
    """Return a heading such as `Tools` or `Contents`, or an empty string.

    `Contents` counts as the innermost heading. The others do not count as the outermost heading,
    which is the title of the list.
    """
    contents = [h.title for h in headings[-1:] if _CONTENTS_HEADING.search(h.title)]
    others = [h.title for h in headings[1:] if _OTHER_HEADING.search(h.title)]
    return next(iter([*contents, *others]), "")


def is_prose(item: ListItem) -> bool:
    """True if a paragraph is running text with links, not a paper with its links."""
    if not item.is_surely_paper:
        return True
    unused_length = _unused_length(item)
    is_clear = item.has_marked_title and not item.title_link
    if unused_length > _MAX_UNUSED_CHARACTERS and not is_clear:
        return True
    if not item.has_marked_title:
        is_sentence = _PROSE_WORDS.search(item.title) or len(item.title.split()) < 3
        if is_sentence:
            return True
    return not is_clear and len([link for link in item.links if not is_label(link.text)]) > 1


def is_detail(parts: Sequence[InlinePart]) -> bool:
    """True if a nested item only adds to the item above it: `[code](…)`, `Authors: …`."""
    if is_too_long(parts):
        return False
    parts = _with_labels(parts, any_text=True)
    links = [part for part in parts if isinstance(part, InlineLink)]
    text = join_text(parts).strip(" :：-–")
    only_facts = not re.search(r"\w", text) or is_label(text) or is_byline_text(text)
    if links:
        return only_facts and all(link.is_image or is_label(link.text) for link in links)
    italic = all(run.italic for run in parts if isinstance(run, TextRun) and run.text.strip())
    is_author = (italic or is_person(text)) and bool(parse_authors(text, allow_one=True))
    return bool(text) and (only_facts or is_author)


def _author_link_as_text(part: InlinePart) -> InlinePart:
    """Replace a link to the profile of an author by the name of the author."""
    if isinstance(part, InlineLink) and not part.is_image:
        may_be_author = is_author_profile(part.url) or (part.italic and not is_label(part.text))
        if may_be_author and parse_authors(part.text, allow_one=True):
            return TextRun(part.text, part.bold, part.italic)
    return part


def _with_labels(parts: Iterable[InlinePart], any_text: bool = False) -> list[InlinePart]:
    """Move the label before a bare URL (`Code: https://…`) into the text of the link.

    With `any_text`, remove unknown text before a bare URL too.
    """
    labelled: list[InlinePart] = []
    for part in parts:
        last = labelled[-1] if labelled else None
        if isinstance(part, InlineLink) and isinstance(last, TextRun) and not part.is_image:
            match = _LABEL_BEFORE_LINK.search(last.text, max(0, len(last.text) - _MAX_LABEL))
            known = match and is_label(match["label"]) and not parse_venue_year(match["label"])
            if match and (known or (any_text and not part.text)):
                labelled[-1] = replace(last, text=last.text[: match.start("label")])
                part = part if part.text or not known else replace(part, text=match["label"])
        labelled.append(part)
    return labelled


def _venues_in_link_texts(
    links: Iterable[InlineLink], title_link: InlineLink | None
) -> Iterator[VenueYear]:
    """Yield the venues that are the text of a link: `[[CVPR 2021]](…)`."""
    for link in links:
        if link is title_link or link.text.casefold() in SITES:
            continue
        found = parse_venue_year(link.text)
        if found or (is_paper_link(link) and not is_label(link.text) and is_journal(link.text)):
            yield found or VenueYear(link.text)
