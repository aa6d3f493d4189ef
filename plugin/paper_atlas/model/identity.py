"""When two descriptions are one paper. Check, import, `new` and `enrich` share this rule.

`compare` says for two fingerprints whether they are

- SAME: one paper,
- MISLABELLED: two papers with one identifier, which is wrong in one of them,
- SIMILAR: probably one paper; only a person can decide,
- DIFFERENT: two papers.

Two papers count as one only if that is certain, because a merge writes the facts of one into the
file of the other:

- An identifier in common is enough, unless the titles and something else contradict each other.
- Without one, the titles must be equal, and nothing may contradict. Generic titles (*Editorial*)
  need an identifier, a URL in common, or the same author, year and place of publication.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Any
from urllib.parse import unquote, urlsplit

from rapidfuzz import fuzz

from paper_atlas.model.entry import MAX_TITLES, Entry
from paper_atlas.model.fields import can_be_author, parse_year
from paper_atlas.model.publication import is_preprint_venue
from paper_atlas.model.validation import MAX_TEXT_LENGTH
from paper_atlas.text.html import plain_text
from paper_atlas.text.identifiers import identifiers_in
from paper_atlas.text.latex import LatexError, latex_to_text
from paper_atlas.text.names import AuthorName, Group, compatible_names
from paper_atlas.text.page_ranges import first_page
from paper_atlas.text.slug import slug
from paper_atlas.text.spelling import spelling_key
from paper_atlas.text.titles import (
    MAX_YEARS_APART,
    is_generic_title,
    nearly_equal_titles,
    title_key,
    title_numbers,
    title_words,
    without_retraction_mark,
)

_YEARS_OF_ONE_VERSION = 1
"""The most years between two dates of one version, such as online and in print."""

_MIN_SHARED_WORDS = 85.0
"""The least similarity, from 0 to 100, of two titles that one paper can have."""

# The venue and its year behind a title: "A title (MICCAI 2018)".
_VENUE_IN_TITLE = re.compile(r"(?<!\s)\s*[(\[][^()\[\]]*\b(?:19|20)\d\d\s*[)\]]\W*$")
_MARKUP = re.compile(r"[\\{}$&<]")

IdentityKey = tuple[str, str]
"""A kind of key, such as `doi`, `title` or `url`, and the key."""


class Match(Enum):
    """The result of a comparison of two papers."""

    SAME = "same"
    MISLABELLED = "mislabelled"
    SIMILAR = "similar"
    DIFFERENT = "different"


@dataclass(frozen=True)
class Fingerprint:
    """The facts by which a paper is recognised.

    `titles` are the title and the alternative titles, `links` the links by kind, `author` is the
    first author. What is unknown is empty.
    """

    titles: tuple[str, ...]
    links: Mapping[str, str]
    author: AuthorName = ""
    year: int | None = None
    venue: str = ""
    volume: str = ""
    pages: str = ""

    @cached_property
    def identifiers(self) -> frozenset[IdentityKey]:
        """The identifiers in the links, as (kind, key)."""
        return frozenset(identifiers_in(self.links))

    @cached_property
    def urls(self) -> frozenset[str]:
        """The keys of the URLs of the paper and of its PDF, without home pages."""
        keys = (url_key(self.links[kind]) for kind in ("url", "pdf") if kind in self.links)
        return frozenset(filter(is_page, keys))

    @cached_property
    def plain_titles(self) -> tuple[str, ...]:
        """The titles without markup, marks of retraction, and a venue in brackets at the end."""
        return tuple(map(_plain_title, self.titles))

    @cached_property
    def is_preprint(self) -> bool:
        """True if the venue says so, or if the only identifiers are those of an archive."""
        if self.venue:
            return is_preprint_venue(self.venue)
        kinds = {kind for kind, _ in self.identifiers}
        return "arxiv" in kinds and "doi" not in kinds

    def lookup_keys(self) -> Iterator[IdentityKey]:
        """Yield the keys of identifiers, titles and URLs; papers that may be the same share one."""
        yield from sorted(self.identifiers)
        yield from (("title", title_key(title)) for title in self.plain_titles if title_key(title))
        yield from (("url", url) for url in sorted(self.urls))


def fingerprint_of_entry(entry: Entry) -> Fingerprint:
    """Return the fingerprint of the paper of an entry."""
    author = entry.authors[0] if entry.authors else ""
    place = (entry.venue or "", entry.volume or "", entry.pages or "")
    return Fingerprint(entry.all_titles, entry.links.by_kind(), author, entry.year, *place)


def fingerprint_of_fields(fields: Mapping[str, Any]) -> Fingerprint:
    """Return the fingerprint of a paper whose fields are not validated yet.

    Values of a wrong type or length are ignored, and so are authors that an entry cannot have.
    """
    titles = [fields.get("title"), *_as_list(fields.get("alternative_titles"))[:MAX_TITLES]]
    links = fields.get("links")
    authors, year = _as_list(fields.get("authors")), str(fields.get("year") or "")
    sound = (author for author in map(_author_of_value, authors) if can_be_author(author))
    return Fingerprint(
        tuple(
            title
            for title in titles
            if isinstance(title, str) and 0 < len(title) <= MAX_TEXT_LENGTH
        ),
        _short_links(links) if isinstance(links, dict) else {},
        next(sound, ""),
        parse_year(year),
        *(_short_text(fields.get(key)) for key in ("venue", "volume", "pages")),
    )


def _short_text(value: Any) -> str:
    text = str(value or "")
    return text if len(text) <= MAX_TEXT_LENGTH else ""


def _short_links(links: Mapping[str, Any]) -> dict[str, str]:
    values = {kind: str(value) for kind, value in links.items()}
    return {kind: value for kind, value in values.items() if len(value) <= MAX_TEXT_LENGTH}


def _author_of_value(value: Any) -> AuthorName:
    """Return an author as in an entry file; the name of a mapping is that of a group."""
    if isinstance(value, dict):
        return Group(str(value.get("group") or ""))
    return value if isinstance(value, Group) else str(value)


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def compare(one: Fingerprint, other: Fingerprint) -> Match:
    """Return whether two fingerprints are of one paper; the order does not matter."""
    if one.identifiers & other.identifiers:
        return Match.MISLABELLED if _is_mislabelled(one, other) else Match.SAME
    is_equal = have_equal_title(one, other) and not contradict(one, other)
    is_generic = _is_generic(one) or _is_generic(other)
    if is_equal and (not is_generic or _have_common_place(one, other)):
        return Match.SAME
    return Match.SIMILAR if is_similar(one, other) else Match.DIFFERENT


def is_similar(one: Fingerprint, other: Fingerprint) -> bool:
    """True if papers by one author in nearly the same year have nearly equal titles.

    Without authors, the titles must be equal. With a generic title, nothing may contradict.
    """
    has_authors = bool(one.author and other.author)
    if _is_generic(one) or _is_generic(other):
        return has_authors and have_equal_title(one, other) and not contradict(one, other)
    if _years_apart(one, other) > MAX_YEARS_APART or not compatible_names(one.author, other.author):
        return False
    if not has_authors:
        return have_equal_title(one, other)
    return any(nearly_equal_titles(*pair) for pair in _title_pairs(one, other))


def contradict(one: Fingerprint, other: Fingerprint) -> bool:
    """True if two papers contradict each other in any fact but the title."""
    return any(_contradictions(one, other))


def _is_mislabelled(one: Fingerprint, other: Fingerprint) -> bool:
    """True if two papers with a common identifier cannot be one.

    Their titles and anything else contradict: the first authors, or else, because programs write
    the identifier of a whole journal or book into its parts, another fact.
    """
    return not _is_same_title(one, other) and contradict(one, other)


def _is_same_title(one: Fingerprint, other: Fingerprint) -> bool:
    """True if some pair of titles can be two titles of one paper."""
    return any(
        _is_part(title, its) or _is_part(its, title) or _have_same_words(title, its)
        for title, its in _title_pairs(one, other)
    )


def _have_same_words(title: str, other: str) -> bool:
    """True if two titles have the same numbers, and most of their words in common."""
    if title_numbers(title) != title_numbers(other):
        return False
    return fuzz.token_sort_ratio(title_words(title), title_words(other)) >= _MIN_SHARED_WORDS


def _is_part(title: str, other: str) -> bool:
    """True if a title consists of words of the other one, such as a short name."""
    words = title_words(title).split()
    return bool(words) and set(words) <= set(title_words(other).split())


def have_equal_title(one: Fingerprint, other: Fingerprint) -> bool:
    """True if a title of each is the same, apart from case, accents, punctuation and markup."""
    return any(
        title_key(title) == title_key(its) != "" and title_numbers(title) == title_numbers(its)
        for title, its in _title_pairs(one, other)
    )


def _title_pairs(one: Fingerprint, other: Fingerprint) -> Iterator[tuple[str, str]]:
    return ((title, its) for title in one.plain_titles for its in other.plain_titles)


def _is_generic(paper: Fingerprint) -> bool:
    return all(map(is_generic_title, paper.plain_titles))


def _have_common_place(one: Fingerprint, other: Fingerprint) -> bool:
    return bool(one.urls & other.urls) or _have_same_place(one, other)


def adds_nothing(one: Fingerprint, other: Fingerprint) -> bool:
    """True if `other` has all facts of `one`, apart from its titles."""
    given = [fact for fact in _place(one) if fact]
    return set(given) <= set(_place(other)) and one.links.items() <= other.links.items()


def _have_same_place(one: Fingerprint, other: Fingerprint) -> bool:
    """True if first author, year, venue, volume and pages are the same, or missing in both."""
    return _place(one) == _place(other)


def _place(paper: Fingerprint) -> tuple[Any, ...]:
    place = map(slug, (paper.venue, paper.volume, paper.pages))
    return str(paper.author), paper.year, *place


def _contradictions(one: Fingerprint, other: Fingerprint) -> Iterator[bool]:
    """Yield for each kind of fact whether the two papers contradict each other in it."""
    yield not compatible_names(one.author, other.author)
    yield have_other_identifier(one, other)
    is_one_version = not (one.is_preprint or other.is_preprint)
    yield is_one_version and _years_apart(one, other) > _YEARS_OF_ONE_VERSION
    yield is_one_version and _differ(one.volume, other.volume)
    yield is_one_version and _differ(first_page(one.pages), first_page(other.pages))
    yield from (_are_other_pages(one, other, kind) for kind in ("url", "pdf"))


def have_other_identifier(one: Fingerprint, other: Fingerprint) -> bool:
    """True if two papers have identifiers of one kind, and none of that kind in common."""
    mine, others = one.identifiers - other.identifiers, other.identifiers - one.identifiers
    common = {kind for kind, _ in one.identifiers & other.identifiers}
    return bool({kind for kind, _ in mine} & {kind for kind, _ in others} - common)


def _years_apart(one: Fingerprint, other: Fingerprint) -> int:
    return abs(one.year - other.year) if one.year and other.year else 0


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and spelling_key(one) != spelling_key(other)


def _are_other_pages(one: Fingerprint, other: Fingerprint, kind: str) -> bool:
    """True if the links of a kind are two pages of one host; identifiers in them do not count."""
    urls = [paper.links.get(kind, "") for paper in (one, other)]
    if not all(urls) or any(identifiers_in({kind: url}) for url in urls):
        return False
    mine, its = map(url_key, urls)
    is_one_host = mine.partition("/")[0] == its.partition("/")[0]
    return is_one_host and is_page(mine) and is_page(its) and mine != its


def url_key(url: str) -> str:
    """Return a key that ignores the scheme, `www.`, escapes, an anchor and a slash at the end.

    A fragment with a value, such as `#page=82`, is a part of the key.

    >>> url_key("HTTPS://www.Example.org/a%20b/#top")
    'example.org/a b'
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return url.strip()
    query = f"?{parts.query}" if parts.query else ""
    fragment = f"#{parts.fragment}" if "=" in parts.fragment else ""
    return f"{host}{unquote(parts.path).rstrip('/')}{query}{fragment}"


def is_page(key: str) -> bool:
    """True if the key of a URL is that of a page, not of a host, which many papers share."""
    return "/" in key or "?" in key


def _without_markup(title: str) -> str:
    plain = plain_text(title)
    try:
        return latex_to_text(plain)
    except LatexError:
        return plain


def _plain_title(title: str) -> str:
    if _MARKUP.search(title):
        title = _without_markup(title) or title
    return _VENUE_IN_TITLE.sub("", without_retraction_mark(title)) or title
