"""Venue and year of a paper, as lists write them.

parse_venue_year("[MICCAI'20]")    → VenueYear(venue="MICCAI", year=2020)
parse_venue_year("A paper title")  → None
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from paper_atlas.importers.markdown.names import is_person, parse_people
from paper_atlas.importers.markdown.word_lists import NOT_NAMES, SMALL_WORDS, VENUE_WORDS, VENUES

_VENUE_WORDS = re.compile(
    r"\b(?:transactions|journal|proceedings|conference|symposium|letters|ieee|acm|arxiv|lancet"
    r"|workshop|magazine|annals|springer|elsevier)\b|会议|期刊|学报",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"\b(?:transactions|journal|proceedings|conference|symposium|workshops?|congress"
    r"|advances in)\b",
    re.IGNORECASE,
)
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
# 2021, 2021年, 2021.05.11, 20210511, 202105, '21, and the year of a date with a named month.
_YEAR = re.compile(
    r"(?<![\d.])(?P<year>(?:19|20)\d\d)(?:年|[./-][01]?\d(?:[./-][0-3]?\d)?(?!\d)|[01]\d(?:[0-3]\d)?)?"
    r"(?!\.?\d)|['’]\s?(?P<short>\d\d)(?!\d)"
)
_ABBREVIATION_AND_YEAR = re.compile(r"^([A-Za-z]{3,})\s?((?:19|20)?\d\d)$")
_DAY_NUMBER = r"[0-3]?\d(?:st|nd|rd|th)?"
_DAY_AND_MONTH = re.compile(
    rf"\b(?:{_DAY_NUMBER}[\s,.]+)?{_MONTH}(?:\s+{_DAY_NUMBER})?(?!\w)|[年月日]", re.IGNORECASE
)
_STATUS = re.compile(
    r"\b(?:oral|spotlight|poster|highlight|best paper(?: award)?|award|accepted(?: by| to| at)?"
    r"|presented at|available at|to appear(?: in)?|preprint|published in|under review"
    r"|submitted(?: to)?)\b",
    re.IGNORECASE,
)
# Words beside the name of a venue that are not a part of it: `CVPR papers`.
_PAPERS = re.compile(r"\bpapers?\b|论文", re.IGNORECASE)
_ARXIV_NUMBER = re.compile(
    r"\barxiv\b(?:\s+preprint)?(?:\s*arxiv)?\s*[:/.]?\s*"
    r"(?:(?:abs/)?(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?"
    r"(?:\s*\[[\w.-]+\])?)?",
    re.IGNORECASE,
)
_FULL_YEAR = re.compile(r"\(?(?<![\d.–-])\b(?P<year>(?:19|20)\d\d)[a-z]?\b(?![.–-]?\d)\)?")
# `37(12), 2663-2674`, `vol. 3, no. 2, pp. 1–9` or `29.6: 82-97` after the name of a journal.
_PLACE = (
    r"(?:\bvol(?:ume)?\b\.?\s*)?(?P<volume>\d{1,5}[A-Z]?|[A-Z]\d{1,3})\b"
    r"(?:\s*[,.:]?\s*\b(?:no|issue|iss|nr|number)\b\.?\s*(?P<no>\d[\w–-]*)"
    r"|\s*\((?P<bracket>[\w–/ -]+)\)|\.(?P<dot>\d+))?"
    r"(?:\s*[,:;.]*\s*(?:\b(?:pp?|pages?|art(?:icle)?)\b)?\.?\s*"
    r"(?P<pages>[A-Za-z]{0,3}\d[\w.]*?(?:,\d{3})?(?:\s*[–-]+\s*[A-Za-z]{0,3}\d+(?:,\d{3})?)?))?"
    r"[\s,.:;()]*"
)
_PLACE_IN_JOURNAL = re.compile(rf"[\s,.;:(]*{_PLACE}", re.IGNORECASE)
_ABBREVIATED = re.compile(r"(?<=\b[A-Z])\.|(?<=[a-z])\.(?=\s[A-Z&])")  # J. Comput. Phys.
_ONLY_PAGES = re.compile(r"[\s,.;:(]*(?:pp?\b\.?\s*)?(?P<pages>\d+\s*[–-]+\s*\d+)[\s,.:;()]*")
_REFERENCE = re.compile(
    r"(?P<name>[^\W\d][^\d]*?(?:\b\d{1,2}(?:st|nd|rd|th)\b[^\d]*?)?)[\s,.;:]*" + _PLACE,
    re.IGNORECASE,
)
_PUBLISHER_AT_END = re.compile(r"[.,]\s*(?:IEEE|ACM|Springer|Elsevier|PMLR|Wiley|AAAI)\W*$")
# `Front. Comput. Neurosci.`: a word of three letters or more with a full stop inside the name.
_ABBREVIATED_NAME = re.compile(
    r"(?:[A-Z]\w{0,11}\.?\s|&\s|of\s)*[A-Z]\w{2,9}\.\s"
    r"(?:[A-Z]\w{0,11}\.?\s|&\s)*[A-Z]\w{0,11}\.?"
)
_SUBJECT_OF_JOURNAL = re.compile(r"(?:ology|sciences?|medicine|physics|chemistry|materials)$")
# A word after the year that is not a part of the name: `EMNLP 2022 knowledge`.
_AFTER_YEAR = re.compile(
    r"\W*(?!workshops?|track|findings|demo|symposium|challenge|conference|main|long|short)"
    r"[^\W\d_]{3}",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"[A-Z]\w*[A-Z][\w&-]*(?:/[A-Z][\w-]*)*(?: [A-Z]\w+)?")  # ESEC/FSE
_PREPRINT_NUMBER = re.compile(r"(bio|med)rxiv\W*((?:19|20)\d\d)\.\d\d\.\d\d\.\d+\S*", re.IGNORECASE)
_HAS_WORD = re.compile(r"[^\W\d_]{2}|[^\W\d_]&[^\W\d_]")
_AROUND_WORDS = " .,;:|/&*_`'’\"“”–-—·•!?()[]"
_BRACKETS = {"(": ")", "[": "]", "【": "】", "（": "）", "{": "}"}
_BRACKET = re.compile(r"[\[\](){}【】（）]")
_MAX_LENGTH = 240  # of a text that may be a venue
_MAX_WORDS = 14  # in the name of a venue
_MAX_WORDS_WITH_YEAR = 8  # in an unknown name that counts as a venue because a year is next to it


@dataclass(frozen=True)
class VenueYear:
    """The venue and the year of a paper, and its place in a journal; any of them may be missing."""

    venue: str = ""
    year: int | None = None
    volume: str = ""
    issue: str = ""
    pages: str = ""


@lru_cache(maxsize=1 << 14)
def parse_venue_year(text: str) -> VenueYear | None:
    """Parse a text that contains only a venue, a year or both, otherwise return None.

    A status such as `Oral` or `accepted at` and the day and month of a date are ignored.

    >>> parse_venue_year("[CVPR' 16]")
    VenueYear(venue='CVPR', year=2016)
    """
    if len(text) > _MAX_LENGTH:
        return None
    if number := _PREPRINT_NUMBER.fullmatch(text.strip(" []().")):
        return VenueYear(f"{number[1].lower()}Rxiv", int(number[2]))
    text = trim(" ".join(_ARXIV_NUMBER.sub(" arXiv ", text).split()))
    text = trim(re.sub(r"^(?:in|at)\b:? |^in:", "", text, flags=re.IGNORECASE))
    without_status = trim(" ".join(_STATUS.sub(" ", text).split()))
    if found := _parse_reference(without_status):
        return found
    without_papers = trim(" ".join(_PAPERS.sub(" ", without_status).split()))
    found = _parse_name_and_year(without_status)
    if without_papers != without_status and (not found or not _VENUE_WORDS.search(found.venue)):
        bare = _parse_name_and_year(without_papers)
        if bare and is_venue(bare.venue):
            return bare
    return found or _parse_long_name(without_status)


def _parse_name_and_year(text: str) -> VenueYear | None:
    """Parse `CVPR 2016`, `2018 TMI`, `AI Open (2020)`, or a date."""
    joined = _ABBREVIATION_AND_YEAR.match(text)
    if joined and joined[1].casefold() in VENUES:
        text = f"{joined[1]} '{joined[2][-2:]}"
    years = {_four_digits(match) for match in _YEAR.finditer(text)}
    is_year_last = bool(re.search(rf"(?:{_YEAR.pattern})[)\]】\s]*$", text))
    is_year_first = bool(re.fullmatch(r"(?:19|20)\d\d\s[^,.;:]+", text))
    last = max((match.end() for match in _YEAR.finditer(text)), default=len(text))
    if not is_year_first and _AFTER_YEAR.match(text, last):
        return None
    name = _YEAR.sub(" ", text)
    name = _DAY_AND_MONTH.sub(" ", name) if years else name
    name = trim(re.sub(r"[(\[{]\W*[)\]}]", " ", " ".join(name.split())))
    if not name:
        return VenueYear("", years.pop()) if len(years) == 1 else None
    if len(years) > 1 or not _HAS_WORD.search(name) or _is_names_and_venue(name):
        return None
    is_named = (is_year_last or is_year_first) and _is_name_of_venue(name)
    if not is_venue(name) and not is_named:
        return None
    name += "." if _ABBREVIATED_NAME.fullmatch(name) and f"{name}." in text else ""
    return VenueYear(_usual_name(name), next(iter(years), None))


def parse_place(journal: str, text: str) -> VenueYear | None:
    """Parse a volume, a year, or both, after the name of a journal: ` 37(12), 2663-2674, 2018`."""
    year, rest = _take_year(text)
    if pages := _ONLY_PAGES.fullmatch(rest):
        return VenueYear(journal, year, pages=re.sub(r"\s*[–-]+\s*", "-", pages["pages"]))
    if match := _PLACE_IN_JOURNAL.fullmatch(rest):
        return _with_place(journal, year, match)
    return VenueYear(journal, year) if year and not re.search(r"\w", rest) else None


def _parse_reference(text: str) -> VenueYear | None:
    """Parse the name of a journal with a volume: `A Journal 37(12), 2663-2674, 2018`."""
    year, rest = _take_year(text)
    match = _REFERENCE.fullmatch(rest)
    name = trim(match["name"]) if match else ""
    if not match or not _HAS_WORD.search(name):
        return None
    is_number = len(match["volume"]) > 4 and not match["pages"]
    if is_number or not (year or match["pages"]):
        return None
    has_people = _has_person(name) and ("," in name or not match["pages"])
    is_name = _is_proper_name(_ABBREVIATED.sub("", name) if match["pages"] else name)
    if not (is_name or _is_long_name(name)) or has_people:
        return None
    if "." in name and rest[match.end("name") :].startswith("."):
        name += "."
    return _with_place(_usual_name(name), year, match)


def _with_place(name: str, year: int | None, match: re.Match[str]) -> VenueYear:
    issue = match["no"] or match["bracket"] or match["dot"] or ""
    pages = "-".join(re.split(r"\s*[–-]+\s*", match["pages"] or "")).rstrip(".")
    return VenueYear(name, year, match["volume"], issue, pages)


def _parse_long_name(text: str) -> VenueYear | None:
    """Parse `2013 IEEE international conference on folding. IEEE, 2013`."""
    year, rest = _take_year(text)
    name = _PUBLISHER_AT_END.sub("", trim(rest))
    return VenueYear(name, year) if year and _is_long_name(name) else None


def _take_year(text: str) -> tuple[int | None, str]:
    """Return the year in a text, and the text without it; no year if there are several."""
    years = {int(match["year"]) for match in _FULL_YEAR.finditer(text)}
    if len(years) != 1:
        return None, text
    rest = _DAY_AND_MONTH.sub(" ", _FULL_YEAR.sub(" ", text))
    return years.pop(), " ".join(rest.split())


def _usual_name(name: str) -> str:
    return "arXiv" if re.fullmatch(r"(?:arxiv\W*)+", name, re.IGNORECASE) else name


def _is_name_of_venue(name: str) -> bool:
    """True if an unknown name beside a year may be a venue: not a person and not a sentence."""
    if _ABBREVIATED_NAME.fullmatch(name):
        return True
    words = re.findall(r"\w[\w-]*", name.casefold())
    subjects = [word for word in words if word in NOT_NAMES - VENUE_WORDS]
    if len(words) > 4 and len(subjects) > 1 and not _VENUE_WORDS.search(name):
        return False  # rather a title
    short = len(name.split()) <= _MAX_WORDS_WITH_YEAR
    is_name = _is_proper_name(name) or _is_name_in_small_letters(name)
    return short and is_name and not _has_person(name)


def _is_name_in_small_letters(name: str) -> bool:
    """True for `Nature communications` and `Current opinion in neurobiology`."""
    words = [word.casefold() for word in re.findall(r"\w[\w-]*", name)]
    known = any(word in VENUE_WORDS or _SUBJECT_OF_JOURNAL.search(word) for word in words)
    is_title = any(word in NOT_NAMES for word in words) or not name[0].isupper()
    return known and not is_title and len(words) < 7 and not re.search(r"[.:?!;]\s", name)


def _is_long_name(name: str) -> bool:
    """True for `Proceedings of the 3rd international conference on folding`."""
    named = bool(_EVENT.search(name)) and len(name.split()) <= _MAX_WORDS
    is_one = not re.search(r"[.?!;:]\s|\s[–—-]\s", name)
    return named and is_one and (name[0].isupper() or name[0].isdigit())


def _has_person(name: str) -> bool:
    """True if a name, or a part of it between commas, may be that of a person."""
    people = parse_people(name)
    if people and people.is_certain:
        return True
    pieces = [piece.strip() for piece in re.split(r",|&| and ", name)]
    if len(pieces) == 2 and all(re.fullmatch(r"[A-Z][a-z]+", piece) for piece in pieces):
        return True  # Song and Shmatikov
    return any(is_person(piece) and not _has_venue_word(piece) for piece in pieces)


def _has_venue_word(name: str) -> bool:
    words = {word.casefold() for word in re.findall(r"\w+", name)}
    return bool(words & VENUE_WORDS) or is_venue(name)


def trim(text: str) -> str:
    """Remove punctuation around a text, and brackets that are around all of it or have no pair.

    >>> trim("[Nature Methods 18 (2021)], ")
    'Nature Methods 18 (2021)'
    """
    pairs = _bracket_pairs(text)
    closing = set(pairs.values())
    start, end = 0, len(text)
    while True:
        while start < end and not _is_word_or(text[start], "([【（{"):
            start += 1
        while start < end and not _is_word_or(text[end - 1], ")]】）}"):
            end -= 1
        if start < end and pairs.get(start) == end - 1:
            start, end = start + 1, end - 1
        elif start < end and text[start] in _BRACKETS and pairs.get(start, end) >= end:
            start += 1
        elif start < end and text[end - 1] in _BRACKETS.values() and end - 1 not in closing:
            end -= 1
        else:
            return text[start:end]


def _is_word_or(char: str, others: str) -> bool:
    return char.isalnum() or char == "_" or char in others


def _bracket_pairs(text: str) -> dict[int, int]:
    """Return the position of the closing bracket for that of each opening one."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for match in _BRACKET.finditer(text):
        if match[0] in _BRACKETS:
            opened.append(match.start())
        elif opened:
            pairs[opened.pop()] = match.start()
    return pairs


def is_award(text: str) -> bool:
    """True if the text contains only a status or an award, such as `(Oral)` or `best paper`."""
    return bool(_STATUS.search(text)) and not trim(_STATUS.sub(" ", text))


def is_venue(text: str) -> bool:
    """True if the text is a known venue, several (`TPAMI / IJCV`), or has a word like `journal`."""
    parts = [re.sub(r"[\s*-]", "", part).casefold() for part in re.split(r"[/,&+]| and ", text)]
    known = all(part.removeprefix("ieee").removeprefix("acm") in {*VENUES, ""} for part in parts)
    return known or (bool(_VENUE_WORDS.search(text)) and _is_proper_name(text))


def is_journal(text: str) -> bool:
    """True if the text of a link to a paper, without a year, is the name of a journal."""
    known = _has_venue_word(text) or _SUBJECT_OF_JOURNAL.search(text.casefold())
    if not re.match(r"\W*[^\W\d_]", text) or re.search(r"(?i)\b(?:library|online|page|web)", text):
        return False
    return bool(known) and len(text.split()) < _MAX_WORDS_WITH_YEAR and _is_proper_name(text)


def is_venue_or_year(heading: str) -> bool:
    """True if a heading is only a venue, a year or both, so it is not a topic."""
    if not re.search(r"[^\W\d_]", heading):
        return bool(_YEAR.search(heading))
    found = parse_venue_year(heading)
    if found is None or not found.venue or is_venue(found.venue):
        return found is not None
    return found.year is not None and bool(_ACRONYM.fullmatch(found.venue))


def _is_names_and_venue(text: str) -> bool:
    """True for `Jun Ma, Bo Wang, CVPR`, where only the last part is a venue."""
    names, comma, last = text.rpartition(",")
    return bool(comma) and is_venue(last) and not is_venue(names)


def _four_digits(match: re.Match[str]) -> int:
    if match["year"]:
        return int(match["year"])
    short = int(match["short"])
    return short + (1900 if short > 50 else 2000)


def _is_proper_name(text: str) -> bool:
    """True if every word begins with a capital letter, except the small words."""
    words = text.replace("&", " ").split()
    if len(words) > _MAX_WORDS or words[0].islower() or re.search(r"[.:?!;]\s|\s[–—-]\s", text):
        return False
    return all(
        word.casefold() in SMALL_WORDS or not word.strip(_AROUND_WORDS)[:1].islower()
        for word in words
    )
