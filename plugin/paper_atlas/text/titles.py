"""Keys of titles, their numbers, generic titles, and the rule for nearly equal titles."""

import re
from functools import lru_cache

from rapidfuzz import fuzz

from paper_atlas.text.lines import CACHE_SIZE
from paper_atlas.text.slug import slug

MIN_TITLE_SIMILARITY = 92.0
"""The least similarity of nearly equal titles: 0 for different ones, 100 for equal ones."""

MAX_YEARS_APART = 2
"""The most years between a preprint and its published version, which may differ in the title."""

_NUMERALS = {
    word: str(number)
    for words in (
        "i|ii|iii|iv|v|vi|vii|viii|ix|x|xi|xii|xiii|xiv|xv|xvi|xvii|xviii|xix|xx",
        "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve",
        "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth",
    )
    for number, word in enumerate(words.split("|"), start=1)
}
_PART = re.compile(
    "act|appendix|article|book|case|chapter|class|episode|experiment|grade|group|level|module|no"
    "|number|paper|part|phase|report|section|series|stage|step|study|task|theorem|type|version"
    "|vol|volume"
)
_GENERIC = re.compile(
    "abstracts?|acknowledge?ments?|announcements?|annual|back|books?|changes?|chairs?|chief"
    "|closing|comment(?:s|ary)?|concluding|conclusions?|contents|contributors|cover|critical"
    "|discussions?|editor(?:s|ial)?|foreword|front|general|guest|highlights|history|index"
    "|interview|introduct(?:ion|ory)|invited|issue|journal|keynote|letters?|list|matter|memoriam"
    "|meeting|message|minutes|news|notes?|obituary|opening|overview|page|panel|perspectives?"
    "|posters?|preface|preliminary|presidents?|program(?:me)?|prologue|epilogue|remarks|reports?"
    "|research|reviews?|reviewers|science|section|session|short|special|study|summary"
    "|supplement(?:ary)?|survey|symposium|tables?|talks?|title|today|treasurers?|tutorials?"
    "|viewpoint|volume|welcome|workshop"
)
_ABOUT_ANOTHER = re.compile(
    "addend(?:um|a)|comments?|corrigend(?:um|a)|corrections?|errat(?:um|a)|expression|reply"
    "|response|retract(?:ed|ion)|withdraw(?:n|al)"
)
_FILL_WORD = re.compile("an?|and|by|for|from|in|of|on|our|s|the|their|this|to|with|\\d+")
_HAS_SPACES = re.compile(r"[A-Za-zÀ-ʯͰ-ϿЀ-ӿԱ-֏א-ת؀-ۿऀ-ॿ가-힣]")
_MIN_LETTERS = 6
"""The least letters of a title in a script without spaces that is not generic."""


def capitalized(text: str) -> str:
    """Return a text with a capital letter at its start.

    >>> capitalized("left atrium"), capitalized("")
    ('Left atrium', '')
    """
    return text[:1].upper() + text[1:]


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
    return _are_similar(words, others) and re.findall(r"\d+", words) == re.findall(r"\d+", others)


def nearly_equal_titles(title: str, other: str, *, numbers: bool = True) -> bool:
    """True if two titles have similar words. Empty titles equal no other.

    `numbers` means that their digits must be the same. The similarity is the normalized InDel
    similarity of the words, times 100.
    https://rapidfuzz.github.io/RapidFuzz/Usage/fuzz.html#ratio
    """
    words, others = title_words(title), title_words(other)
    return nearly_equal_words(words, others) if numbers else _are_similar(words, others)


def _are_similar(words: str, others: str) -> bool:
    return bool(words) and fuzz.ratio(words, others, score_cutoff=MIN_TITLE_SIMILARITY) > 0


@lru_cache(CACHE_SIZE)
def title_numbers(title: str) -> tuple[str, ...]:
    """Return the numbers of a title in any form: digits, Roman numerals, words, and letters.

    A letter counts after a word for a part, or at the end. So does the Roman numeral I.

    >>> title_numbers("GPT-3.5: the second report, Part IV"), title_numbers("Grade B")
    (('3', '5', '2', '4'), ('b',))
    """
    words = title_words(title).split()
    before = ["", *words]
    found: list[str] = []
    for position, word in enumerate(words):
        is_label = bool(_PART.fullmatch(before[position])) or position == len(words) - 1 > 0
        if word in _NUMERALS and (len(word) > 1 or is_label):
            found.append(_NUMERALS[word])
        elif len(word) == 1 and word.isalpha() and is_label:
            found.append(word)
        else:
            found += [number.lstrip("0") or "0" for number in re.findall(r"\d+", word)]
    return (*found, *re.findall(r"(?<=\w)[*#]", title))


@lru_cache(CACHE_SIZE)
def is_generic_title(title: str) -> bool:
    """True for a title that many papers have, such as *Editorial* or *Reply to …*, and one word.

    >>> is_generic_title("Guest Editorial"), is_generic_title("Deep Learning")
    (True, False)
    """
    words = title_words(title).split()
    if not _HAS_SPACES.search(title):
        return len(title_key(title)) < _MIN_LETTERS
    rest = [word for word in words if not _FILL_WORD.fullmatch(word)]
    is_about_another = bool(rest and _ABOUT_ANOTHER.fullmatch(rest[0]))
    return len(rest) < 2 or is_about_another or all(map(_GENERIC.fullmatch, rest))


def without_retraction_mark(title: str) -> str:
    """Return the title without the mark that publishers put before one of a retracted paper.

    >>> without_retraction_mark("RETRACTED ARTICLE: A trial of hearts")
    'A trial of hearts'
    """
    mark = _RETRACTED.match(title)
    return title[mark.end() :] or title if mark else title


RETRACTED_TITLE = "the title says that the paper is retracted; add 'retracted:' with its notice"
"""The note about a title for which `says_retracted` is true."""

_RETRACTED = re.compile(
    r"\W*(?:retracted|withdrawn)\b(?:\s+(?:article|paper))?\s*[:\])]\W*", re.IGNORECASE
)


def says_retracted(title: str) -> bool:
    """True if a title begins like `RETRACTED: A trial`, as publishers write it.

    >>> says_retracted("[Retracted] A trial"), says_retracted("Retracted papers: a survey")
    (True, False)
    """
    return _RETRACTED.match(title) is not None
