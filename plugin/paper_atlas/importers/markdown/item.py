"""An item of a list: the paper that it is, or why it is none."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from paper_atlas.importers.draft import Heading
from paper_atlas.importers.markdown.byline import (
    Byline,
    is_byline_text,
    parse_authors,
    parse_byline,
)
from paper_atlas.importers.markdown.inline import InlineLink, InlinePart, TextRun, join_text
from paper_atlas.importers.markdown.links import (
    is_author_profile,
    is_code_link,
    is_known_host,
    is_label,
    is_other_link,
    is_paper_link,
    links_by_kind,
)
from paper_atlas.importers.markdown.title import find_title
from paper_atlas.importers.markdown.venues import VenueYear, is_venue, parse_venue_year
from paper_atlas.importers.markdown.word_lists import SITES

_KEY = re.compile(r"(?:^|(?<=[\s(\[|,;，；]))(?P<key>[^\W\d_][\w -]{0,24}?)\s*[:：]\s*[\[(]*\s*$")
_NO_PAPERS = re.compile(
    r"\b(?:contribut\w+|licen[cs]e|citations?|acknowledge?ments?|star history|courses?"
    r"|tutorials?|talks?|videos?|slides|blogs?|tools?|librar(?:y|ies)|toolbox(?:es)?|frameworks?"
    r"|software|leaderboards?|news|updates?|researchers?|people|groups?|contact|community"
    r"|projects?|lists|repositories|companies|jobs)\b|贡献|博客|教程|课程|工具",
    re.IGNORECASE,
)
_CONTENTS = re.compile(r"\bcontents?\b|目录", re.IGNORECASE)
_UNFINISHED = re.compile(
    r"(?<=\s)(?:and|are|at|by|for|from|here|in|is|of|on|our|see|the|this|to|via|with)$"
)
_PROSE = re.compile(r"\b(?:we|our|you|your|please|see|here|this)\b", re.IGNORECASE)
_SHORT = 2  # words of a title that a link must have to be one without anything else to show it
_LONG = 80  # characters of prose beside a title


@dataclass(frozen=True)
class ListItem:
    """What an item says: the fields of its paper, the links of it that these hold, and the words
    that they do not hold; `link` is the one whose text is the title, and `marked` says whether the
    title stands out."""

    title: str
    fields: dict[str, Any]
    links: tuple[InlineLink, ...]
    unused: tuple[str, ...]
    title_link: InlineLink | None = None
    has_marked_title: bool = True
    has_venue: bool = False

    @property
    def is_surely_paper(self) -> bool:
        """Whether anything shows that it is a paper."""
        return self.has_venue or any(map(is_paper_link, self.links))


def parse_item(
    parts: Sequence[InlinePart], title: str = "", link: InlineLink | None = None
) -> ListItem:
    """Read an item; a column of a table may have given its title already."""
    parts = _labelled(parts)
    marked = True
    if not title:
        found = find_title(parts)
        title, link, marked, parts = (
            found.text,
            found.link,
            found.is_marked,
            list(found.other_parts),
        )
    byline = parse_byline(map(_named, parts))
    kept = importable_links(parts)
    kept = [*kept, link] if link and link.is_importable else kept
    return build_item(title, kept, link, byline, marked)


def importable_links(parts: Iterable[InlinePart]) -> list[InlineLink]:
    """The links of some parts that an entry can have."""
    links = (part for part in map(_named, _labelled(parts)) if isinstance(part, InlineLink))
    return [link for link in links if _is_kept(link)]


def build_item(
    title: str,
    links: Sequence[InlineLink],
    link: InlineLink | None,
    byline: Byline,
    marked: bool = True,
) -> ListItem:
    """The item of a title, its links, and what stands beside them."""
    said = [*byline.venue_years, *_in_labels(links, link)]
    known = replace(byline, venue_years=said)
    facts = {
        "authors": known.authors,
        "year": known.year,
        "venue": known.venue,
        **known.journal_fields,
    }
    fields: dict[str, Any] = {"title": title}
    fields |= {key: value for key, value in facts.items() if value}
    fields["links"] = links_by_kind(links, link)
    untold = tuple(_unsaid(known.unused, title))
    return ListItem(title, fields, tuple(links), untold, link, marked, bool(known.venue))


def _unsaid(texts: Iterable[str], title: str) -> list[str]:
    """Words that say more than the title does: `[DaViT] DaViT: …` does not."""
    said = "".join(re.findall(r"\w", title.casefold()))
    words = {text: "".join(re.findall(r"\w", text.casefold())) for text in texts}
    return [text for text, letters in words.items() if letters not in said]


def reason_not_a_paper(item: ListItem, headings: Sequence[Heading]) -> str:
    """Why an item is no paper, or nothing."""
    if not item.title:
        return "a link has no title"
    if not item.links:
        return f"'{item.title}' has no link"
    if (not item.has_marked_title and _UNFINISHED.search(item.title)) or is_venue(item.title):
        return f"'{item.title}' is no title"
    if item.is_surely_paper:
        return ""
    if under := _of_other_things(headings):
        return f"'{item.title}' stands under '{under}' and has no link to a paper"
    beside = all(map(is_other_link, item.links)) and not any(map(is_code_link, item.links))
    short = item.title_link and item.title.isascii() and len(item.title.split()) < _SHORT
    return f"'{item.title}' has no link to a paper" if beside or short else ""


def _of_other_things(headings: Sequence[Heading]) -> str:
    """The heading, if any, under which no papers are to be expected; not the title of the list."""
    contents = [it.title for it in headings[-1:] if _CONTENTS.search(it.title)]
    others = [it.title for it in headings[1:] if _NO_PAPERS.search(it.title)]
    return next(iter([*contents, *others]), "")


def is_prose(item: ListItem) -> bool:
    """Whether a paragraph is running text with links in it, not a paper and its links."""
    beside = sum(len(text) for text in item.unused)
    plain = not item.has_marked_title and (_PROSE.search(item.title) or len(item.title.split()) < 3)
    own = [it for it in item.links if not is_label(it.text)]
    described = beside > _LONG and (item.title_link or not item.has_marked_title)
    return bool(not item.is_surely_paper or described or plain or len(own) > 1)


def is_detail(parts: Sequence[InlinePart]) -> bool:
    """Whether a nested item only adds to the one above it: `[code](…)`, `Authors: …`."""
    parts = _labelled(parts, any_label=True)
    links = [part for part in parts if isinstance(part, InlineLink)]
    words = join_text(parts).strip(" :：-–")
    plain = not re.search(r"\w", words) or is_label(words) or is_byline_text(words)
    italic = all(it.italic for it in parts if isinstance(it, TextRun) and it.text.strip())
    if not links:
        return bool(words) and (plain or bool(italic and parse_authors(words, sure=True)))
    return plain and all(it.is_image or is_label(it.text) for it in links)


def _is_kept(link: InlineLink) -> bool:
    return (
        link.is_importable
        and not is_author_profile(link.url)
        and not is_known_host(link.url, "badge")
    )


def _named(part: InlinePart) -> InlinePart:
    """The profile of an author is the name of one."""
    if isinstance(part, InlineLink) and not part.is_image:
        person = is_author_profile(part.url) or (part.italic and not is_label(part.text))
        if person and parse_authors(part.text, sure=True):
            return TextRun(part.text, part.bold, part.italic)
    return part


def _labelled(parts: Iterable[InlinePart], any_label: bool = False) -> list[InlinePart]:
    """`Code: https://…` as a link of that label; `any_label` takes unknown words for one too."""
    found: list[InlinePart] = []
    for part in parts:
        last = found[-1] if found else None
        if isinstance(part, InlineLink) and isinstance(last, TextRun) and not part.is_image:
            key = _KEY.search(last.text)
            known = key and is_label(key["key"]) and not parse_venue_year(key["key"])
            if key and (known or (any_label and not part.text)):
                found[-1] = replace(last, text=last.text[: key.start("key")])
                part = part if part.text or not known else replace(part, text=key["key"])
        found.append(part)
    return found


def _in_labels(links: Iterable[InlineLink], title: InlineLink | None) -> Iterator[VenueYear]:
    """Venues that are the text of a link: `[[CVPR 2021]](…)`."""
    for link in links:
        when = None if link.text.casefold() in SITES else parse_venue_year(link.text)
        if when and link is not title:
            yield when
