"""Slugs and ids, keys for comparison, suggestions for misspelt words, and counts with nouns."""

import difflib
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from itertools import chain, count

_METHOD_WORDS = 2  # most words of a method before a colon, as in "Bayesian QuickNAT: …"
_ID_WORDS = 5
_SMALL_WORDS = {
    *("a", "an", "and", "as", "at", "based", "by", "for", "from", "in", "into", "is", "it", "its"),
    *("of", "on", "or", "the", "to", "toward", "towards", "using", "via", "with"),
}


@lru_cache(maxsize=4096)
def slug(text: str) -> str:
    """Return an id for URLs: letters and digits in lower case, joined by hyphens.

    Accents are removed, `+` becomes `plus` (U-Net++ is not U-Net), other scripts are kept.
    """
    return "-".join(re.findall(r"[^\W_]+", _without_accents(text.replace("+", " plus "))))


def can_be_address(title: str) -> bool:
    """True if a term with this title can have a page; `index` is the page of all terms."""
    return slug(title) not in ("", "index")


@lru_cache(maxsize=4096)
def spelling_key(text: str) -> str:
    """Return a key that ignores case, accents, spaces, hyphens and underscores.

    It keeps other characters: T2 and T2* are different words, although their slugs are equal.
    """
    letters = _without_accents(text)
    return "".join(char for char in letters if not char.isspace() and char not in "-‐‑–_")


def _without_accents(text: str) -> str:
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", letters)


def title_key(title: str) -> str:
    """Return a key that ignores case, accents, punctuation and spaces."""
    return slug(title).replace("-", "")


def propose_id(
    title: str, taken: Collection[str], surname: str = "", year: int | None = None
) -> str:
    """Return an entry id for a title that is not in `taken`.

    It is the method if the title starts with one ("H-DenseUNet: …"). Otherwise it is the surname of
    the first author, the year and the first significant word (`roth-2015-pancreas`), or the first
    significant words if surname or year is missing. A number makes it unique.
    """
    words = _significant_words(title)
    method = ascii_slug(method_name(title))
    proposed = method or _author_year_id(words, surname, year) or "-".join(words[:_ID_WORDS])
    return first_free(proposed or "paper", taken, "-")


def method_name(title: str) -> str:
    """Return the method before the colon of a title, otherwise an empty string."""
    name, colon, _ = title.partition(":")
    return name.strip() if colon and len(name.split()) <= _METHOD_WORDS else ""


def _author_year_id(words: list[str], surname: str, year: int | None) -> str:
    name = ascii_slug(surname)
    return f"{name}-{year}-{words[0]}" if name and year and words else ""


def _significant_words(title: str) -> list[str]:
    """Return the words of a title as slugs, without articles, prepositions and the like."""
    words = map(ascii_slug, re.split(r"[\s/:—–]+", title))
    return [word for word in words if word and word not in _SMALL_WORDS]


def ascii_slug(text: str) -> str:
    """Return a slug with only a-z, 0-9 and hyphens; empty if none of these is left."""
    return "-".join(re.findall(r"[a-z0-9]+", re.sub(r"[^a-z0-9-]+", "", slug(text))))


def first_free(name: str, taken: Collection[str], joint: str = " ") -> str:
    """Return `name`, or the first of `name 2`, `name 3`, … that is not in `taken`."""
    numbered = (f"{name}{joint}{number}" for number in count(2))
    return next(free for free in chain([name], numbered) if free not in taken)


def free_label(label: str, value: str, links: Mapping[str, object]) -> str:
    """Return `label`, with a number if `links` has another value under it."""
    return first_free(label, {name for name, other in links.items() if other != value})


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `did you mean 'CT'?` with the nearest known word, or an empty string."""
    near = nearest(word, known)
    return f"did you mean '{near}'?" if near else ""


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """Return the known word with the most similar spelling, or an empty string.

    `cutoff` is the least similarity, from 0 to 1 (equal except for the case).
    """
    by_folded: dict[str, str] = {}
    for name in known:
        by_folded.setdefault(name.casefold(), name)
    near = difflib.get_close_matches(word.casefold(), by_folded, n=1, cutoff=cutoff)
    return by_folded[near[0]] if near else ""


def pluralize(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun; the default plural ends in `s`.

    >>> pluralize(2, "entry", "entries")
    '2 entries'
    """
    return f"{count} {one if count == 1 else many or one + 's'}"


CACHE_SIZE = 1 << 13
"""Size of the caches of functions of texts that many papers share, such as words and venues."""


def one_line(text: str | None) -> str:
    """Replace each run of blanks and line breaks by one blank."""
    return " ".join(text.split()) if text else ""
