"""Venue and year of a paper, as lists write them.

parse_venue_year("[MICCAI'20]")    → VenueYear(venue="MICCAI", year=2020)
parse_venue_year("A paper title")  → None
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from paper_atlas.importers.markdown.word_lists import SMALL_WORDS, VENUES

_VENUE_WORDS = re.compile(
    r"\b(?:transactions|journal|proceedings|conference|symposium|letters|ieee|acm|arxiv|lancet"
    r"|workshop|magazine|annals|springer|elsevier)\b|会议|期刊|学报",
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
    r"|presented at|to appear(?: in)?|preprint|published in|papers?)\b|论文",
    re.IGNORECASE,
)
_PUNCTUATION = " \t\n.,;:|/&*_`'’\"“”()[]{}【】（）-–—·•!?"
_MAX_WORDS = 14  # in the name of a venue
_MAX_WORDS_WITH_YEAR = 8  # in an unknown name that counts as a venue because a year is next to it


@dataclass(frozen=True)
class VenueYear:
    """The venue and the year of a paper; one of them may be missing."""

    venue: str = ""
    year: int | None = None


@lru_cache(maxsize=4096)
def parse_venue_year(text: str) -> VenueYear | None:
    """Parse a text that contains only a venue, a year or both, otherwise return None.

    A status such as `Oral` or `accepted at` and the day and month of a date are ignored.

    >>> parse_venue_year("[CVPR' 16]")
    VenueYear(venue='CVPR', year=2016)
    """
    text = " ".join(_STATUS.sub(" ", text).strip(_PUNCTUATION).split())
    text = re.sub(r"^(?:in|at) ", "", text, flags=re.IGNORECASE)
    joined = _ABBREVIATION_AND_YEAR.match(text)
    if joined and joined[1].casefold() in VENUES:
        text = f"{joined[1]} '{joined[2][-2:]}"
    years = {_four_digits(match) for match in _YEAR.finditer(text)}
    name = _YEAR.sub(" ", text)
    name = " ".join((_DAY_AND_MONTH.sub(" ", name) if years else name).split()).strip(_PUNCTUATION)
    name = re.sub(r"^[^\w]+|[^\w)]+$", "", name)
    if not name:
        return VenueYear("", years.pop()) if len(years) == 1 else None
    if len(years) > 1 or not re.search(r"[^\W\d_]{2}", name) or _is_names_and_venue(name):
        return None
    is_named = years and _is_proper_name(name) and len(name.split()) <= _MAX_WORDS_WITH_YEAR
    if not is_venue(name) and not is_named:
        return None
    return VenueYear("arXiv" if name.casefold() == "arxiv" else name, next(iter(years), None))


def is_award(text: str) -> bool:
    """True if the text contains only a status or an award, such as `(Oral)` or `best paper`."""
    return bool(_STATUS.search(text)) and not _STATUS.sub(" ", text).strip(_PUNCTUATION)


def is_venue(text: str) -> bool:
    """True if the text is a known venue, several (`TPAMI / IJCV`), or has a word like `journal`."""
    parts = [re.sub(r"[\s*-]", "", part).casefold() for part in re.split(r"[/,&+]| and ", text)]
    known = all(part.removeprefix("ieee").removeprefix("acm") in {*VENUES, ""} for part in parts)
    return known or (bool(_VENUE_WORDS.search(text)) and _is_proper_name(text))


def is_venue_or_year(heading: str) -> bool:
    """True if a heading is only a venue, a year or both, so it is not a topic."""
    if not re.search(r"[^\W\d_]", heading):
        return bool(_YEAR.search(heading))
    found = parse_venue_year(heading)
    return found is not None and (not found.venue or is_venue(found.venue))


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
        word.casefold() in SMALL_WORDS or not word.strip(_PUNCTUATION)[:1].islower()
        for word in words
    )
