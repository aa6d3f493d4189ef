"""Names of people in the text of a list.

parse_people("Example, Alice, Bob Sample, et al.")  → People(("Alice Example", "Bob Sample"), False)
parse_people("Object Detection and Tracking")       → None
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from paper_atlas.importers.markdown.word_lists import (
    NOT_NAMES,
    PARTICLES,
    SMALL_WORDS,
    VENUE_WORDS,
    VENUES,
)

_ET_AL = re.compile(
    r"[\s,;]*(?:(?:and|&)\s+)?(?:\bet\.?\s*al(?:ii|ia)?\b\.?|\bothers\b|等|…|\.{3})[\s.,:;]*$",
    re.IGNORECASE,
)
_LEADING_LABEL = re.compile(
    r"^(?:authors?|by|with|作者)(?:\s*[:：]\s*|\s+)|^[^\w(]+", re.IGNORECASE
)
_FOOTNOTE_MARKS = re.compile(r"[\s*†‡§¶♯#✉\d,^]+$|^\W+")
_BETWEEN_NAMES = re.compile(
    r"\s*[,;，；、]\s*(?:(?:and|&|und|et)\s+)?|\s+(?:and|&|und|·|•|\|)\s+|\s*·\s*"
)
_SURNAME_FIRST = re.compile(r"[^,]+, [^,]+")
_INITIALS = re.compile(r"(?:[A-Z\u00c0-\u00de\u0100-\u017f]\.?[-‐ ]?){1,4}")
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV)\.?")
_WORD = re.compile(r"(?:[dDlLOT][’'`])?[^\W\d_](?:[\w’'`‐‑-]|\.(?=[^\W\d_]))*\.?")
_HAN_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u30a0-\u30ff・]{3,}|[\uac00-\ud7af]{2,4}")
# Endings of words that no name has: `Registration`, `Biology`.
_SUBJECT = re.compile(r"(?:[ts]ions?|tional|ology|ments|works?|ization|ware)$")
_CAPITALS_AT_END = re.compile(r"(?P<family>\D*[^\W\d_]{2}\S*) (?P<initials>[A-Z]{1,3})\.?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MAX_WORDS = 4  # in a name, without initials and particles


@dataclass(frozen=True)
class People:
    """The names in a text; `is_complete` is False if it ends with `et al.`"""

    names: tuple[str, ...]
    is_complete: bool = True
    is_certain: bool = True
    """True for several names, or for one with initials or `et al.`"""


@lru_cache(maxsize=1 << 14)
def parse_people(text: str) -> People | None:
    """Parse a text that contains only names, `Given Surname` or `Surname, Given`, else None.

    One name in small letters does not cost the others.
    """
    text = _LEADING_LABEL.sub("", " ".join(text.split())).strip(" :：")
    text = text.strip(' "“”[](')
    bare = _ET_AL.sub("", text)
    is_complete = bare == text and not re.search(r"…|\.{3}", bare)
    bare = re.sub(r"(?<=[^\W\d_]{2})[*†‡§¶\d,]*\.$", "", bare).strip(" ,;")
    is_readable = bare and not _YEAR.search(bare) and not _are_bare_words(bare)
    names = list(_split_names(bare)) if is_readable else []
    if not names or not _are_names(names, is_complete):
        return None
    has_initials = bool(re.search(r"\b[^\W\d_](?:\.|\b)(?![\w’'])", names[0]))
    is_certain = len(names) > 1 or not is_complete or has_initials
    return People(tuple(names), is_complete, is_certain)


def _are_bare_words(text: str) -> bool:
    """True for `Example, Other, Sample, Third`: surnames only, or surnames and given names."""
    parts = re.split(r" (?:and|&) ", text)
    if re.search("[;；]", text) or len(parts) > 2 or all(map(_SURNAME_FIRST.fullmatch, parts)):
        return False
    pieces = _BETWEEN_NAMES.split(text)
    are_words = all(_WORD.fullmatch(piece) and not _HAN_NAME.fullmatch(piece) for piece in pieces)
    return len(pieces) > 2 and are_words and not any(map(_INITIALS.fullmatch, pieces))


def parse_authors(text: str, allow_one: bool = False) -> list[str]:
    """Return the names in a text that contains only names, otherwise an empty list.

    A single name could be any text, so it is accepted only with `allow_one`. A list that ends with
    `et al.` is incomplete, so it is not accepted.
    """
    people = parse_people(text)
    if not people or not people.is_complete or not (allow_one or len(people.names) > 1):
        return []
    return list(people.names)


def is_person(text: str) -> bool:
    """True if a text may be the name of one person: `Cai Thirdname`, `A. Example`."""
    name = text.strip(" .:;")
    return "," not in name and _is_name(name) and not _has_subject([name])


def may_be_name(text: str) -> bool:
    """True if a text beside names may be a name too, although it is not written like one."""
    words = text.split()
    return 0 < len(words) < 4 and all(map(_WORD.fullmatch, words)) and not _has_subject([text])


def _split_names(text: str) -> Iterator[str]:
    if ";" in text or "；" in text:
        pieces = re.split(r"\s*[;；]\s*(?:(?:and|&)\s+)?", text)
    else:
        pieces = re.split(r"\s+(?:and|&)\s+", text)
    if len(pieces) > 1 and all(_SURNAME_FIRST.fullmatch(piece) for piece in pieces if piece):
        yield from (_in_usual_order(*piece.split(", ")) for piece in pieces if piece)
        return
    cleaned = (_without_marks(piece) for piece in _BETWEEN_NAMES.split(text))
    yield from _join_inverted([piece for piece in cleaned if re.search(r"[^\W\d_]", piece)])


def _without_marks(name: str) -> str:
    return _FOOTNOTE_MARKS.sub("", _FOOTNOTE_MARKS.sub("", name.strip())).strip()


def _join_inverted(pieces: Sequence[str]) -> Iterator[str]:
    """Yield names; `Example`, `Alice` and `Sample`, `B. C.` are surnames with given names."""
    short = [_CAPITALS_AT_END.fullmatch(piece) for piece in pieces]
    if len(short) > 1 and all(short):  # Smith J, Doe AB
        yield from (f"{match['initials']} {match['family']}" for match in short if match)
        return
    index = 0
    while index < len(pieces):
        name, following = pieces[index], pieces[index + 1] if index + 1 < len(pieces) else ""
        if following and _SUFFIX.fullmatch(following):
            yield f"{name} {following}"
            index += 2
        elif following and _is_surname(name) and _is_given(following, name):
            yield _in_usual_order(name, following)
            index += 2
        else:
            yield name
            index += 1


def _is_surname(text: str) -> bool:
    words = [word for word in text.split() if word not in PARTICLES]
    if _HAN_NAME.fullmatch(text):
        return False
    return 0 < len(words) <= 2 and not _INITIALS.fullmatch(words[-1]) and all(map(_is_word, words))


def _is_given(text: str, surname: str) -> bool:
    """True if `text` is the given name of a surname: initials, or one word and initials."""
    first, *others = text.split()
    if _INITIALS.fullmatch(text):
        return True
    family = [word for word in surname.split() if word not in PARTICLES]
    return len(family) == 1 and _is_word(first) and all(map(_INITIALS.fullmatch, others))


def _in_usual_order(surname: str, given: str) -> str:
    """Return `Given Surname`, or `Surname, Given` if the surname has several words."""
    surname, given = _without_marks(surname), given.strip(" *†‡")
    return f"{surname}, {given}" if " " in surname else f"{given} {surname}"


def _are_names(names: Sequence[str], is_complete: bool) -> bool:
    """True if all names, or most of them, are written like names."""
    if not is_complete and len(names) == 1 and _is_surname(names[0]):
        return not _has_subject(names)
    if _has_subject(names) or (len(names) > 1 and any(map(_is_journal, names[1:]))):
        return False
    good = [name for name in names if _is_name(name)]
    return len(good) == len(names) or (
        len(good) * 3 >= len(names) * 2 > 3
        and names[0] in good
        and all(_is_almost_name(name) for name in names if name not in good)
    )


def _is_journal(text: str) -> bool:
    """True for `Chemical Reviews`, which may follow the names: words in the names of journals."""
    words = [word.casefold() for word in text.split()]
    return words[0] in VENUE_WORDS or words[-1] in VENUE_WORDS


def _has_subject(names: Iterable[str]) -> bool:
    words = [word.strip(".,") for name in names for word in name.split()]
    return any(
        word.casefold() in NOT_NAMES
        or word in SMALL_WORDS - PARTICLES
        or (word.isupper() and len(word) > 2 and word.casefold() in VENUES)
        or (len(word) > 6 and _SUBJECT.search(word))
        for word in words
    )


def _is_name(text: str) -> bool:
    """True for two to six words with capital letters, except particles, or a name in Han."""
    words = text.replace(",", "").split()
    if _HAN_NAME.fullmatch(text):
        return True
    if words and (words[0] == "The" or words[-1].endswith(("’s", "'s"))):
        return False
    full = [word for word in words if word not in PARTICLES and not _INITIALS.fullmatch(word)]
    if len(words) < 2 or not 0 < len(full) <= _MAX_WORDS:
        return False
    if any(word.isupper() and len(word) > 3 for word in full) and not text.isupper():
        return False
    return all(word in PARTICLES or _is_word(word) for word in words)


def _is_almost_name(text: str) -> bool:
    """True for a name with a word in small letters: `Cai sun`."""
    words = text.split()
    small = [word for word in words if not _is_word(word) and word not in PARTICLES]
    return 1 < len(words) < 4 and len(small) < 2 and all(map(_WORD.fullmatch, words))


def _is_word(word: str) -> bool:
    """True for a word with a capital letter, or of a script without capital letters."""
    if _INITIALS.fullmatch(word):
        return True
    if not _WORD.fullmatch(word) or (len(word) > 5 and word.endswith(".")):
        return False
    return word[:1].isupper() or not word[:1].isascii() or bool(re.match(r"[dlo][’'`][A-Z]", word))
