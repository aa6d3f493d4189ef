"""What stands beside a title: authors, venue and year, and words that are none of these."""

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

_BRACKETS = re.compile(r"[\[(（【]([^\[\]()（）【】]*)[\])）】]")
_NAME = re.compile(r"[^\W\d_][\w.'’`‐‑-]*(?: [\w.'’`‐‑-]+){1,6}|[\u4e00-\u9fff]{2,4}")
_MARKS = re.compile(r"[*†‡§¶♯#✉\d,]+$|^\W+")
_BETWEEN_NAMES = re.compile(r"\s*[,;，；、·]\s*(?:and\s+|&\s*)?|\s+(?:and|&)\s+")
_LAST_FIRST = re.compile(r"[^,]+, [^,]+")
_LEADING = re.compile(r"^(?:authors?|by|作者)(?:\s*[:：]\s*|\s+)|^\W+", re.IGNORECASE)
_OTHERS = re.compile(r"[,;]?\s*(?:and\s+)?(?:\bet\.? al\b\.?|\bothers\b|等)", re.IGNORECASE)
_CLAUSE = re.compile(r"(?<=\w\w[.。!?])\s+(?=\S)|\s+[|•·–—-]+\s+|\s*\|\s*")
# 37(12), 2663-2674, 2018 behind the name of a journal; each part may be missing.
_VOLUME = re.compile(
    r"(?:,?\s*(?P<volume>(?!(?:19|20)\d\d\b)[A-Z]?\d+))?(?:\s*\((?P<issue>[^()]+)\))?"
    r"(?:,\s*(?P<pages>\w*\d[\w.]*(?:[-–]\w+)?))??(?:,?\s*\(?(?P<year>(?:19|20)\d\d)\)?)?[\s.,]*"
)
_EMPTY = re.compile(r"[\W_]*")


@dataclass
class Byline:
    """The facts that were found, and the words that are no facts."""

    authors: list[str] = field(default_factory=list)
    venue_years: list[VenueYear] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    journal_fields: dict[str, str] = field(default_factory=dict)

    @property
    def year(self) -> int | None:
        """The year of the venue, else the first that is said."""
        with_venue = [it for it in self.venue_years if it.venue]
        return next((it.year for it in (*with_venue, *self.venue_years) if it.year), None)

    @property
    def venue(self) -> str:
        """The first venue; of a preprint and a meeting the meeting."""
        venues = sorted((it.venue for it in self.venue_years if it.venue), key="arXiv".__eq__)
        return next(iter(venues), "")


def parse_byline(parts: Iterable[InlinePart]) -> Byline:
    """Read what stands beside a title."""
    found = Byline()
    for line in split_parts(parts, lambda it: it == LineBreak() or isinstance(it, InlineLink)):
        runs = list(_runs(line))
        while runs:
            text, italic = runs.pop(0)
            follows = runs[0] if runs else ("", False)
            if not (italic and _take_journal(text, follows[0], found)):
                _read(text, italic or follows[1], found)
            elif runs:
                runs.pop(0)
    return found


def parse_authors(text: str, sure: bool = False) -> list[str]:
    """The names that a text lists, where it lists nothing else; `sure` takes a single name too."""
    text = _LEADING.sub("", " ".join(text.split())).strip(" :：")
    text = re.sub(r"(?<=\w\w)\.$", "", text)
    if _OTHERS.search(text) or not text:
        return []
    pieces = re.split(r"\s+and\s+", text)
    if not (len(pieces) > 1 and all(_LAST_FIRST.fullmatch(piece) for piece in pieces)):
        pieces = [piece for piece in _BETWEEN_NAMES.split(text) if piece]
    names = [_MARKS.sub("", _MARKS.sub("", piece.strip())).strip() for piece in pieces]
    enough = len(names) > 1 or sure
    said = {word.casefold() for name in names for word in name.split()}
    return names if enough and all(map(_is_name, names)) and not said & SUBJECTS else []


def is_byline_text(text: str) -> bool:
    """Whether a text is nothing but authors, venue, year or signs."""
    found = Byline()
    _read(text, False, found)
    return not found.unused


def _is_name(text: str) -> bool:
    if not _NAME.fullmatch(text.replace(",", "")):
        return False
    words = text.replace(",", "").split()
    return all(word[:1].isupper() or word in PARTICLES or not word.isascii() for word in words)


def _runs(line: Sequence[InlinePart]) -> Iterator[tuple[str, bool]]:
    """The words of a line, those in italics apart; what is no word joins what is before it."""
    run: list[InlinePart] = []
    italic = False
    for part in line:
        style = (
            part.italic if isinstance(part, TextRun) and not _EMPTY.fullmatch(part.text) else italic
        )
        if style != italic and run:
            yield join_text(run), italic
            run = []
        italic = style
        run.append(part)
    if run:
        yield join_text(run), italic


def _take_journal(name: str, behind: str, found: Byline) -> bool:
    """Take `*A Journal* 37(12), 2663-2674, 2018.`"""
    match = _VOLUME.fullmatch(behind)
    said = {key: value for key, value in match.groupdict().items() if value} if match else {}
    if not said or parse_authors(name) or not re.search(r"[^\W\d_]{2}", name):
        return False
    year = said.pop("year", "")
    found.venue_years.append(VenueYear(name, int(year) if year else None))
    found.journal_fields = said
    return True


def _read(text: str, italic: bool, found: Byline) -> None:
    """Take what is known from a text; the rest is untold."""
    if _take(text, italic, found):
        return
    for clause in _CLAUSE.split(text):
        if _EMPTY.fullmatch(clause) or _take(clause, italic, found):
            continue
        outside = _BRACKETS.sub(" ", clause)
        inside = [match[1] for match in _BRACKETS.finditer(clause)]
        for piece in [*_pieces(outside), *inside] if inside else _pieces(clause):
            if not _EMPTY.fullmatch(piece) and not _take(piece, italic, found):
                found.unused.append(" ".join(piece.split()).strip(" ,;:|.–—-[](){}"))


def _take(text: str, italic: bool, found: Byline) -> bool:
    if when := parse_venue_year(text):
        found.venue_years.append(when)
    if when or is_award(text):
        return True
    names = parse_authors(text, italic)
    if found.authors and not italic:
        return names == found.authors
    found.authors += [name for name in names if name not in found.authors]
    return bool(names)


def _pieces(text: str) -> Iterator[str]:
    """`Liu et al., CVPR 2021` and `Jun Ma, Bo Wang, CVPR 2021` apart, where the end is a venue."""
    others = list(_OTHERS.finditer(text))
    cut = others[-1].end() if others else None
    if cut is None:
        commas = [match.start() for match in re.finditer(r"[,，]", text)]
        cut = next((it for it in commas if parse_venue_year(text[it:])), None)
    yield from (text,) if cut is None else (text[:cut], text[cut:].strip(" ,，."))
