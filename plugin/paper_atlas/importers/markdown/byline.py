"""The text next to a title: authors, venue, year, and text that is none of these.

Olaf Ronneberger, Philipp Fischer. MICCAI 2015. Great figures    →
Byline(authors=["Olaf Ronneberger", "Philipp Fischer"],
       venue_years=[VenueYear("MICCAI", 2015)], unused=["Great figures"])
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from paper_atlas.importers.markdown.inline import (
    InlineLink,
    InlinePart,
    LineBreak,
    TextRun,
    join_text,
    split_parts,
)
from paper_atlas.importers.markdown.venues import VenueYear, is_award, parse_venue_year
from paper_atlas.importers.markdown.word_lists import PARTICLES, SUBJECTS

_BRACKETED = re.compile(r"[\[(（【]([^\[\]()（）【】]*)[\])）】]")
_NAME = re.compile(r"[^\W\d_][\w.'’`‐‑-]*(?: [\w.'’`‐‑-]+){1,6}|[\u4e00-\u9fff]{2,4}")
_FOOTNOTE_MARKS = re.compile(r"[*†‡§¶♯#✉\d,]+$|^\W+")
_BETWEEN_NAMES = re.compile(r"\s*[,;，；、·]\s*(?:and\s+|&\s*)?|\s+(?:and|&)\s+")
_SURNAME_FIRST = re.compile(r"[^,]+, [^,]+")
_LEADING_LABEL = re.compile(r"^(?:authors?|by|作者)(?:\s*[:：]\s*|\s+)|^\W+", re.IGNORECASE)
_ET_AL = re.compile(r"[,;]?\s*(?:and\s+)?(?:\bet\.? al\b\.?|\bothers\b|等)", re.IGNORECASE)
_CLAUSE_END = re.compile(r"(?<=\w\w[.。!?])\s+(?=\S)|\s+[|•·–—-]+\s+|\s*\|\s*")
# `37(12), 2663-2674, 2018` after the name of a journal; each part may be missing.
_VOLUME_AND_PAGES = re.compile(
    r"(?:,?\s*(?P<volume>(?!(?:19|20)\d\d\b)[A-Z]?\d+))?(?:\s*\((?P<issue>[^()]+)\))?"
    r"(?:,\s*(?P<pages>\w*\d[\w.]*(?:[-–]\w+)?))??(?:,?\s*\(?(?P<year>(?:19|20)\d\d)\)?)?[\s.,]*"
)
_NO_LETTERS = re.compile(r"[\W_]*")


@dataclass
class Byline:
    """The facts in the text next to a title; `unused` is the rest of the text.

    `journal_fields` has the keys `volume`, `issue` and `pages`, if the text gives them.
    """

    authors: list[str] = field(default_factory=list)
    venue_years: list[VenueYear] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    journal_fields: dict[str, str] = field(default_factory=dict)

    @property
    def year(self) -> int | None:
        """The year beside a venue, otherwise the first year."""
        with_venue = [found for found in self.venue_years if found.venue]
        years = (found.year for found in (*with_venue, *self.venue_years) if found.year)
        return next(years, None)

    @property
    def venue(self) -> str:
        """The first venue; arXiv only if there is no other."""
        venues = [found.venue for found in self.venue_years if found.venue]
        return next(iter(sorted(venues, key="arXiv".__eq__)), "")


def parse_byline(parts: Iterable[InlinePart]) -> Byline:
    """Parse the inline parts next to a title, which links and line breaks separate."""
    byline = Byline()
    for line in split_parts(
        parts, lambda part: part == LineBreak() or isinstance(part, InlineLink)
    ):
        runs = list(_runs_by_style(line))
        while runs:
            text, italic = runs.pop(0)
            next_text, next_italic = runs[0] if runs else ("", False)
            if not (italic and _add_journal(text, next_text, byline)):
                _add_text(text, italic or next_italic, byline)
            elif runs:
                runs.pop(0)
    return byline


def parse_authors(text: str, allow_one: bool = False) -> list[str]:
    """Return the names in a text that contains only names of people, otherwise an empty list.

    A single name could be any text, so it is accepted only with `allow_one`. A list that ends with
    `et al.` is incomplete, so it is not accepted.
    """
    text = _LEADING_LABEL.sub("", " ".join(text.split())).strip(" :：")
    text = re.sub(r"(?<=\w\w)\.$", "", text)
    if _ET_AL.search(text) or not text:
        return []
    pieces = re.split(r"\s+and\s+", text)
    if not (len(pieces) > 1 and all(_SURNAME_FIRST.fullmatch(piece) for piece in pieces)):
        pieces = [piece for piece in _BETWEEN_NAMES.split(text) if piece]
    names = [
        _FOOTNOTE_MARKS.sub("", _FOOTNOTE_MARKS.sub("", piece.strip())).strip() for piece in pieces
    ]
    words = {word.casefold() for name in names for word in name.split()}
    is_enough = len(names) > 1 or allow_one
    return names if is_enough and all(map(_is_name, names)) and not words & SUBJECTS else []


def is_byline_text(text: str) -> bool:
    """True if a text contains only authors, venue, year or punctuation."""
    byline = Byline()
    _add_text(text, False, byline)
    return not byline.unused


def _is_name(text: str) -> bool:
    if not _NAME.fullmatch(text.replace(",", "")):
        return False
    words = text.replace(",", "").split()
    return all(word[:1].isupper() or word in PARTICLES or not word.isascii() for word in words)


def _runs_by_style(line: Sequence[InlinePart]) -> Iterator[tuple[str, bool]]:
    """Yield (text, is italic) for each stretch of one style.

    Parts without letters belong to the stretch before them.
    """
    stretch: list[InlinePart] = []
    italic = False
    for part in line:
        has_style = isinstance(part, TextRun) and not _NO_LETTERS.fullmatch(part.text)
        style = part.italic if isinstance(part, TextRun) and has_style else italic
        if style != italic and stretch:
            yield join_text(stretch), italic
            stretch = []
        italic = style
        stretch.append(part)
    if stretch:
        yield join_text(stretch), italic


def _add_journal(name: str, next_text: str, byline: Byline) -> bool:
    """Add `*A Journal* 37(12), 2663-2674, 2018.` and return True, or return False."""
    match = _VOLUME_AND_PAGES.fullmatch(next_text)
    values = {key: value for key, value in match.groupdict().items() if value} if match else {}
    if not values or parse_authors(name) or not re.search(r"[^\W\d_]{2}", name):
        return False
    year = values.pop("year", "")
    byline.venue_years.append(VenueYear(name, int(year) if year else None))
    byline.journal_fields = values
    return True


def _add_text(text: str, italic: bool, byline: Byline) -> None:
    """Add the facts of a text, first as a whole, then by clauses, then by pieces of a clause."""
    if _add_fact(text, italic, byline):
        return
    for clause in _CLAUSE_END.split(text):
        if _NO_LETTERS.fullmatch(clause) or _add_fact(clause, italic, byline):
            continue
        outside = _BRACKETED.sub(" ", clause)
        inside = [match[1] for match in _BRACKETED.finditer(clause)]
        for piece in [*_names_and_venue(outside), *inside] if inside else _names_and_venue(clause):
            if not _NO_LETTERS.fullmatch(piece) and not _add_fact(piece, italic, byline):
                byline.unused.append(" ".join(piece.split()).strip(" ,;:|.–—-[](){}"))


def _add_fact(text: str, italic: bool, byline: Byline) -> bool:
    """Add a venue, a year, an award or a list of authors; return False for any other text."""
    venue_year = parse_venue_year(text)
    if venue_year:
        byline.venue_years.append(venue_year)
    if venue_year or is_award(text):
        return True
    names = parse_authors(text, allow_one=italic)
    if byline.authors and not italic:
        return names == byline.authors
    byline.authors += [name for name in names if name not in byline.authors]
    return bool(names)


def _names_and_venue(text: str) -> Iterator[str]:
    """Split `Liu et al., CVPR 2021` and `Jun Ma, Bo Wang, CVPR 2021` before the venue."""
    et_al = list(_ET_AL.finditer(text))
    cut = et_al[-1].end() if et_al else None
    if cut is None:
        commas = [match.start() for match in re.finditer(r"[,，]", text)]
        cut = next((comma for comma in commas if parse_venue_year(text[comma:])), None)
    yield from (text,) if cut is None else (text[:cut], text[cut:].strip(" ,，."))
