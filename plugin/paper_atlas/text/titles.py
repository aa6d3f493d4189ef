"""Keys of titles, and the rule for nearly equal titles that checks, imports and `enrich` share."""

import re

from rapidfuzz import fuzz

from paper_atlas.text.slug import slug

MIN_TITLE_SIMILARITY = 92.0
"""The least similarity of nearly equal titles: 0 for different ones, 100 for equal ones."""

MAX_YEARS_APART = 2
"""The most years between a preprint and its published version, which may differ in the title."""


def title_key(title: str) -> str:
    """Return a key that ignores case, accents, punctuation and spaces."""
    return slug(title).replace("-", "")


def title_words(title: str) -> str:
    """Return the words of a title in lower case, without punctuation, separated by spaces.

    >>> title_words("U-Net: Convolutional Networks")
    'u net convolutional networks'
    """
    return slug(title).replace("-", " ")


def nearly_equal_words(words: str, others: str) -> bool:
    """Apply the rule of `nearly_equal_titles` to two results of `title_words`."""
    is_similar = fuzz.ratio(words, others, score_cutoff=MIN_TITLE_SIMILARITY) > 0
    return bool(words) and is_similar and _numbers(words) == _numbers(others)


def nearly_equal_titles(title: str, other: str) -> bool:
    """True if two titles have the same numbers, and similar words. Empty titles equal no other.

    The similarity is the normalized InDel similarity of the words, times 100.
    https://rapidfuzz.github.io/RapidFuzz/Usage/fuzz.html#ratio
    """
    return nearly_equal_words(title_words(title), title_words(other))


def _numbers(words: str) -> list[str]:
    return re.findall(r"\d+", words)


RETRACTED_TITLE = "the title says that the paper is retracted; add 'retracted:' with its notice"
"""The note about a title for which `says_retracted` is true."""

_RETRACTED = re.compile(
    r"\W*(?:retracted|withdrawn)\b(?:\s+(?:article|paper))?\s*[:\])]", re.IGNORECASE
)


def says_retracted(title: str) -> bool:
    """True if a title begins like `RETRACTED: A trial`, as publishers write it.

    >>> says_retracted("[Retracted] A trial"), says_retracted("Retracted papers: a survey")
    (True, False)
    """
    return _RETRACTED.match(title) is not None
