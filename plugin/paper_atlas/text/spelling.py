"""Spelling: keys that ignore differences, and the nearest known word to a misspelt one."""

import difflib
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Indel

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

_LONG_TEXT = 500
"""The characters of a text whose marks are removed before it is normalized: Python takes quadratic
time to put a run of marks in order."""

# They consist of marks, but Unicode does not call them marks.
_PAIRS_OF_MARKS = "\u0f73\u0f75\u0f81"
_IOTA_BELOW = "\u0345"  # a mark that is a letter in another case

_LONGEST_WORD = 100
"""The characters of a word for which a similar one is searched."""

_ROUNDING = 1e-6

_CANDIDATES = 20
"""The most words that are compared in full with a misspelt one."""


def without_accents(text: str) -> str:
    """Return a text without case and accents; other letters of Latin alphabets become a to z.

    >>> without_accents("Łódź, Øresund, Straße")
    'lodz, oresund, strasse'
    """
    if text.isascii():
        return text.casefold()
    if len(text) > _LONG_TEXT:
        text = "".join(char for char in text if char == _IOTA_BELOW or not _is_mark(char))
    decomposed = unicodedata.normalize("NFKD", text).casefold().translate(_LATIN)
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", letters)


def _is_mark(char: str) -> bool:
    return unicodedata.combining(char) > 0 or char in _PAIRS_OF_MARKS


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

    `cutoff` is the least similarity, from 0 to 1 (equal except for the case). Words that are very
    long have no similar one.
    """
    folded = word.casefold()
    if len(folded) > _LONGEST_WORD:
        return ""
    by_folded: dict[str, str] = {}
    for name in known:
        by_folded.setdefault(name.casefold(), name)
    near = difflib.get_close_matches(folded, _candidates(folded, by_folded, cutoff), 1, cutoff)
    return by_folded[near[0]] if near else ""


def _candidates(word: str, known: Iterable[str], cutoff: float) -> list[str]:
    """Return the words that may be the most similar one; difflib is slow for thousands of words.

    The similarity of difflib is at most that of insertions and deletions.
    """
    similarity = Indel.normalized_similarity
    found = process.extract(
        word, list(known), scorer=similarity, score_cutoff=cutoff - _ROUNDING, limit=_CANDIDATES
    )
    return [name for name, *_ in found]
