"""Where and when a paper came out, as lists write it: `CVPR 2021`, `[MICCAI'20]`, `24 Sep 2022`."""

import re
from dataclasses import dataclass
from functools import lru_cache

from paper_atlas.importers.markdown.word_lists import SMALL_WORDS, VENUES

_WORDS = re.compile(
    r"\b(?:transactions|journal|proceedings|conference|symposium|letters|ieee|acm|arxiv|lancet"
    r"|workshop|magazine|annals|springer|elsevier)\b|会议|期刊|学报",
    re.IGNORECASE,
)
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
# 2021, 2021年, 2021.05.11, 20210511, 202105, '21, and what is left of a date with a month's name.
_YEAR = re.compile(
    r"(?<![\d.])(?P<year>(?:19|20)\d\d)(?:年|[./-][01]?\d(?:[./-][0-3]?\d)?(?!\d)|[01]\d(?:[0-3]\d)?)?"
    r"(?!\.?\d)|['’]\s?(?P<short>\d\d)(?!\d)"
)
_GLUED = re.compile(r"^([A-Za-z]{3,})\s?((?:19|20)?\d\d)$")
_OF_MONTH = r"[0-3]?\d(?:st|nd|rd|th)?"
_DAY = re.compile(
    rf"\b(?:{_OF_MONTH}[\s,.]+)?{_MONTH}(?:\s+{_OF_MONTH})?(?!\w)|[年月日]", re.IGNORECASE
)
_HONOUR = re.compile(
    r"\b(?:oral|spotlight|poster|highlight|best paper(?: award)?|award|accepted(?: by| to| at)?"
    r"|presented at|to appear(?: in)?|preprint|published in|papers?)\b|论文",
    re.IGNORECASE,
)
_AROUND = " \t\n.,;:|/&*_`'’\"“”()[]{}【】（）-–—·•!?"
_LONGEST, _UNKNOWN = 14, 8  # words of a venue's name, and of one that but a year shows to be one


@dataclass(frozen=True)
class VenueYear:
    """The venue and the year of a paper, or one of them."""

    venue: str = ""
    year: int | None = None


@lru_cache(maxsize=4096)
def parse_venue_year(text: str) -> VenueYear | None:
    """What a text says of venue and year, where it says nothing else.

    >>> occasion("[CVPR' 16]")
    Occasion(venue='CVPR', year=2016)
    """
    text = " ".join(_HONOUR.sub(" ", text).strip(_AROUND).split())
    text = re.sub(r"^(?:in|at) ", "", text, flags=re.IGNORECASE)
    glued = _GLUED.match(text)
    if glued and glued[1].casefold() in VENUES:
        text = f"{glued[1]} '{glued[2][-2:]}"
    years = {_full(match) for match in _YEAR.finditer(text)}
    rest = _YEAR.sub(" ", text)
    rest = " ".join((_DAY.sub(" ", rest) if years else rest).split()).strip(_AROUND)
    rest = re.sub(r"^[^\w]+|[^\w)]+$", "", rest)
    if not rest:
        return VenueYear("", years.pop()) if len(years) == 1 else None
    if len(years) > 1 or not re.search(r"[^\W\d_]{2}", rest) or _is_people(rest):
        return None
    if not is_venue(rest) and not (years and _is_name(rest) and len(rest.split()) <= _UNKNOWN):
        return None
    return VenueYear("arXiv" if rest.casefold() == "arxiv" else rest, next(iter(years), None))


def is_award(text: str) -> bool:
    """Whether a text but praises a paper: `(Oral)`."""
    return bool(_HONOUR.search(text)) and not _HONOUR.sub(" ", text).strip(_AROUND)


def is_venue(text: str) -> bool:
    """Whether a text names a place where papers come out, or several: `TPAMI / IJCV`."""
    parts = [re.sub(r"[\s*-]", "", part).casefold() for part in re.split(r"[/,&+]| and ", text)]
    known = all(part.removeprefix("ieee").removeprefix("acm") in {*VENUES, ""} for part in parts)
    return known or (bool(_WORDS.search(text)) and _is_name(text))


def is_venue_or_year(heading: str) -> bool:
    """Whether a heading is but a year, a venue or both, and says nothing of the papers' topic."""
    if not re.search(r"[^\W\d_]", heading):
        return bool(_YEAR.search(heading))
    found = parse_venue_year(heading)
    return found is not None and (not found.venue or is_venue(found.venue))


def _is_people(text: str) -> bool:
    """Whether a venue is but the end of a text, behind people: `Jun Ma, Bo Wang, CVPR`."""
    names, comma, last = text.rpartition(",")
    return bool(comma) and is_venue(last) and not is_venue(names)


def _full(match: re.Match[str]) -> int:
    if match["year"]:
        return int(match["year"])
    short = int(match["short"])
    return short + (1900 if short > 50 else 2000)


def _is_name(text: str) -> bool:
    """Whether every word but the small ones begins like a name."""
    words = text.replace("&", " ").split()
    if len(words) > _LONGEST or words[0].islower() or re.search(r"[.:?!;]\s|\s[–—-]\s", text):
        return False
    return all(
        word.casefold() in SMALL_WORDS or not word.strip(_AROUND)[:1].islower() for word in words
    )
