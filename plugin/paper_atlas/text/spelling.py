"""Spelling: keys that ignore differences, and the nearest known word to a misspelt one."""

import difflib
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# Letters of Latin alphabets that Unicode does not decompose into a letter and an accent.
_LATIN = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "n",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ĳ": "ij",
        "ƒ": "f",
        "ɓ": "b",
        "ɗ": "d",
        "ƙ": "k",
    }
)


def without_accents(text: str) -> str:
    """Return a text without case and accents; other letters of Latin alphabets become a to z.

    >>> without_accents("Łódź, Øresund, Straße")
    'lodz, oresund, strasse'
    """
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text).casefold().translate(_LATIN)
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", letters)


@lru_cache(maxsize=4096)
def spelling_key(text: str) -> str:
    """Return a key that ignores case, accents, spaces, hyphens and underscores.

    It keeps other characters: T2 and T2* are different words, although their slugs are equal.
    """
    letters = without_accents(text)
    return "".join(char for char in letters if not char.isspace() and char not in "-‐‑–_")


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
