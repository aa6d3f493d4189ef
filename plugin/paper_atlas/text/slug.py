"""Ids from words, the nearest word to a misspelt one, and text on one line."""

import difflib
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from itertools import chain, count

_METHOD_WORDS = 2  # a name before a colon, as in "Bayesian QuickNAT: …", has at most so many
_ID_WORDS = 5
_SMALL_WORDS = {
    *("a", "an", "and", "as", "at", "based", "by", "for", "from", "in", "into", "is", "it", "its"),
    *("of", "on", "or", "the", "to", "toward", "towards", "using", "via", "with"),
}


@lru_cache(maxsize=4096)
def slug(text: str) -> str:
    """An id for a URL: letters and digits in lower case, joined by hyphens.

    Accents go, `+` is spelt out (U-Net++ is not U-Net), letters of other scripts stay.
    """
    return "-".join(re.findall(r"[^\W_]+", _without_accents(text.replace("+", " plus "))))


def can_be_address(title: str) -> bool:
    """Whether a term of that title can have a page; `index` is the page of all terms."""
    return slug(title) not in ("", "index")


@lru_cache(maxsize=4096)
def spelling_key(text: str) -> str:
    """What stays of a word when case, accents, spaces and hyphens do not count.

    Other signs do: T2 and T2* are different words, although they have the same slug.
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
    """What stays of a title when case, accents, punctuation and spacing do not count."""
    return slug(title).replace("-", "")


def propose_id(
    title: str, taken: Collection[str], surname: str = "", year: int | None = None
) -> str:
    """An entry id for a title, not among those `taken`.

    The name of the method where the title starts with one ("H-DenseUNet: …"), otherwise surname of
    the first author, year and first word (`roth-2015-pancreas`) where both are given, otherwise the
    first words that carry meaning; a number is added to a word that is taken.
    """
    words = _significant(title)
    method = ascii_slug(method_name(title))
    proposed = method or _cited(words, surname, year) or "-".join(words[:_ID_WORDS])
    return first_free(proposed or "paper", taken, "-")


def method_name(title: str) -> str:
    """The method that a title names before its colon, or nothing."""
    name, colon, _ = title.partition(":")
    return name.strip() if colon and len(name.split()) <= _METHOD_WORDS else ""


def _cited(words: list[str], surname: str, year: int | None) -> str:
    name = ascii_slug(surname)
    return f"{name}-{year}-{words[0]}" if name and year and words else ""


def _significant(title: str) -> list[str]:
    """The words of a title that carry meaning, as parts of an id."""
    words = map(ascii_slug, re.split(r"[\s/:—–]+", title))
    return [word for word in words if word and word not in _SMALL_WORDS]


def ascii_slug(text: str) -> str:
    """A slug with nothing but small letters a-z, digits and hyphens, or nothing."""
    return "-".join(re.findall(r"[a-z0-9]+", re.sub(r"[^a-z0-9-]+", "", slug(text))))


def first_free(name: str, taken: Collection[str], joint: str = " ") -> str:
    """`name`, or the first of `name 2`, `name 3`, … that is not taken."""
    numbered = (f"{name}{joint}{number}" for number in count(2))
    return next(it for it in chain([name], numbered) if it not in taken)


def free_label(label: str, value: str, links: Mapping[str, object]) -> str:
    """A label for a link: no other link has it, but perhaps one with the same value."""
    return first_free(label, {name for name, it in links.items() if it != value})


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean 'CT'?` for the known word nearest to `word`, or nothing."""
    near = nearest(word, known)
    return f"did you mean '{near}'?" if near else ""


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """The known word that is spelt most like `word`, or nothing; `cutoff` is 1 for the same."""
    spelt: dict[str, str] = {}
    for name in known:
        spelt.setdefault(name.casefold(), name)
    near = difflib.get_close_matches(word.casefold(), spelt, n=1, cutoff=cutoff)
    return spelt[near[0]] if near else ""


def pluralize(count: int, one: str, many: str = "") -> str:
    """A count with its noun.

    >>> number(2, "entry", "entries")
    '2 entries'
    """
    return f"{count} {one if count == 1 else many or one + 's'}"


CACHE_SIZE = 1 << 13
"""How many results are kept of a function of a text that many papers have: a word, a venue."""


def one_line(text: str | None) -> str:
    """Text with every run of blanks and line breaks as one blank."""
    return " ".join(text.split()) if text else ""
