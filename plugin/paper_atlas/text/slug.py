"""Slugs, ids of entries, and names that are not taken yet."""

import html
import re
from collections.abc import Container, Mapping
from functools import lru_cache

from paper_atlas.text.spelling import without_accents

_METHOD_WORDS = 2  # most words of a method before a colon, as in "Bayesian QuickNAT: …"
_ID_WORDS = 5
_NUMBERS_IN_TURN = 100
_SMALL_WORDS = {
    *("a", "an", "and", "as", "at", "based", "by", "for", "from", "in", "into", "is", "it", "its"),
    *("of", "on", "or", "the", "to", "toward", "towards", "using", "via", "with"),
}
# What is no word of a title: the mark of a retraction, tags, and commands of LaTeX.
_RETRACTED = re.compile(
    r"\W*(?:retracted|retraction|withdrawn|removed)(?:\s+(?:article|paper))?\s*[:\])]\W*",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|\\[a-zA-Z]+|[{}$]")
# https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file#naming-conventions
_DEVICE = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]")

PAGES_OF_LISTS = frozenset({"index", "page"})
"""The page of a list, and the folder of its further pages: `page/2/`, `page/3/`, …"""

MAX_NAME_BYTES = 200
"""The most bytes of a name that becomes a file or a folder. File systems take 255, with the suffix
of the file and with what other programs append to it."""

_MAX_PROPOSED_ID = 100  # characters of a proposed id, without the number that makes it unique


@lru_cache(maxsize=4096)
def slug(text: str) -> str:
    """Return an id for URLs: letters and digits in lower case, joined by hyphens.

    Accents are removed, `+` becomes `plus` (U-Net++ is not U-Net), other scripts are kept.
    """
    return "-".join(re.findall(r"[^\W_]+", without_accents(text.replace("+", " plus "))))


def can_be_address(title: str) -> bool:
    """True if the slug of a title can be the name of a page and of a folder; see `is_reserved`."""
    name = slug(title)
    return bool(name) and not is_reserved(name) and not is_long(name)


def is_long(name: str) -> bool:
    """True for a name that is too long for a file or a folder; see `MAX_NAME_BYTES`."""
    return len(name.encode(errors="replace")) > MAX_NAME_BYTES


def shorten_name(name: str, limit: int = 60) -> str:
    """Return the beginning of a long name for messages, with an ellipsis.

    >>> shorten_name("abcdefgh", 5)
    'abcde…'
    """
    return name if len(name) <= limit else f"{name[:limit]}…"


def propose_id(
    title: str, taken: Container[str], surname: str = "", year: int | None = None
) -> str:
    """Return an entry id for a title that is not in `taken`.

    It is the method if the title starts with one ("H-DenseUNet: …"). Otherwise it is the surname of
    the first author, the year and the first significant word (`roth-2015-pancreas`), or the first
    significant words if surname or year is missing. A number makes it unique. Marks of retractions
    and markup do not count as words.
    """
    title = _MARKUP.sub("", html.unescape(html.unescape(title)))
    words = _significant_words(title[_mark_length(title) :])
    method = ascii_slug(method_name(title))
    proposed = method or _author_year_id(words, surname, year) or "-".join(words[:_ID_WORDS])
    proposed = proposed[:_MAX_PROPOSED_ID].rstrip("-")
    proposed = f"{proposed}-paper" if is_reserved(proposed) else proposed
    return first_free(proposed or "paper", taken, "-")


def is_reserved(name: str) -> bool:
    """True for a name that no paper, term, section or facet can have.

    These are `index`, `page`, and the devices of Windows: a file there cannot have the name of a
    device, such as `con`, whatever its extension.
    """
    return name in PAGES_OF_LISTS or _DEVICE.fullmatch(name) is not None


def method_name(title: str) -> str:
    """Return the method before the colon of a title, otherwise an empty string."""
    name, colon, _ = title[_mark_length(title) :].partition(":")
    return name.strip() if colon and len(name.split()) <= _METHOD_WORDS else ""


def _mark_length(title: str) -> int:
    mark = _RETRACTED.match(title)
    return mark.end() if mark else 0


def _author_year_id(words: list[str], surname: str, year: int | None) -> str:
    name = "-".join(part for part in ascii_slug(surname).split("-") if not part.isdigit())
    return f"{name}-{year}-{words[0]}" if name and year and words else ""


def _significant_words(title: str) -> list[str]:
    """Return the words of a title as slugs, without articles, prepositions and the like."""
    words = map(ascii_slug, re.split(r"[\s/:—–]+", title))
    return [word for word in words if word and word not in _SMALL_WORDS]


def ascii_slug(text: str) -> str:
    """Return a slug with only a-z, 0-9 and hyphens; empty if none of these is left."""
    return "-".join(re.findall(r"[a-z0-9]+", re.sub(r"[^a-z0-9-]+", "", slug(text))))


def first_free(name: str, taken: Container[str], joint: str = " ") -> str:
    """Return `name`, or the first of `name 2`, `name 3`, … that is not in `taken`.

    After a hundred names that are taken, numbers in between may be left out: thousands of papers
    can have the same title.
    """
    if name not in taken:
        return name
    low, step = 1, 1
    while f"{name}{joint}{low + step}" in taken:
        low += step
        step *= 2 if low > _NUMBERS_IN_TURN else 1
    while step > 1:
        step //= 2
        low += step if f"{name}{joint}{low + step}" in taken else 0
    return f"{name}{joint}{low + 1}"


def free_label(label: str, value: str, links: Mapping[str, object]) -> str:
    """Return `label`, with a number if `links` has another value under it."""
    return first_free(label, {name for name, other in links.items() if other != value})
