"""The text next to a title: authors, venue, year, and text that is none of these.

Olaf Ronneberger, Philipp Fischer. MICCAI 2015. Great figures    →
Byline(authors=["Olaf Ronneberger", "Philipp Fischer"],
       venue_years=[VenueYear("MICCAI", 2015)], unused=["Great figures"])
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import takewhile

from paper_atlas.importers.markdown.names import is_person, may_be_name, parse_authors, parse_people
from paper_atlas.importers.markdown.page.inline import (
    CODE_MARK,
    InlineLink,
    InlinePart,
    LineBreak,
    TextRun,
    split_parts,
)
from paper_atlas.importers.markdown.venues import (
    VenueYear,
    is_award,
    is_journal,
    is_venue,
    parse_place,
    parse_venue_year,
    trim,
)
from paper_atlas.text.identifiers import IDENTIFIERS

_BRACKETED = re.compile(r"[\[(（【]([^\[\]()（）【】]*)[\])）】]")
_CLAUSE_END = re.compile(
    r"(?<=[^\W\d_]{2})[.。!?]+\s+(?=\S)|(?<=\d)[.;]\s+(?=\S)|\s+[|•·–—-]+\s+|\s*\|\s*|;\s+|[\v\x1f]+"
)
# `Authors:` or `Journal Info:` before a value.
_LABEL = re.compile(
    r"\W*(?:(?P<authors>authors?|作者)|journal(?: info)?|venue|conference|published(?: in)?"
    r"|publication|year|date)\s*[:：]\s*",
    re.IGNORECASE,
)
_COMMA = re.compile(r"\s*[,，;、]\s*")
_NO_LETTERS = re.compile(r"[\W_]*")
_YEAR_AT_END = re.compile(r"[\s,]*\(((?:19|20)\d\d)[a-z]?\)[\s.,:\"“]*$")
_WITHOUT_STYLE = re.compile(r"[\W_]*(?:et\.?\s*al\W*|and others\W*)?", re.IGNORECASE)
_MAX_CLAUSES = 4  # that together are one fact: `A Journal. Vol. 14. 2014`
_MAX_FACT = 4000
_MIN_WORDS_OF_TEXT = 16
_MAX_PIECES = 60
_MAX_WORDS_OF_PIECE = 8  # of a name, or of a part of a venue, between commas
_IDENTIFIERS = {
    "arxiv": re.compile(
        r"\barxiv\s*[:/]\s*(?:abs/)?(\d{4}\.\d{4,5}(?:v\d+)?)(?!\d)", re.IGNORECASE
    ),
    "doi": re.compile(
        r"(?:\bdoi\s*[:.]?\s*)?\b(10\.\d{4,9}/[^\s\[\]<>\"]*[^\s\[\]<>\".,;)])", re.I
    ),
}


@dataclass
class Byline:
    """The facts in the text next to a title; `unused` is the rest of the text.

    `unused_before` is the rest of the text before the title.
    `incomplete_authors` are names before `et al.`, and `identifiers` those in the text by kind.
    """

    authors: list[str] = field(default_factory=list)
    venue_years: list[VenueYear] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    unused_before: list[str] = field(default_factory=list)
    incomplete_authors: list[str] = field(default_factory=list)
    identifiers: dict[str, str] = field(default_factory=dict)

    @property
    def year(self) -> int | None:
        """The year beside a venue, otherwise the first year."""
        with_venue = [found for found in self.venue_years if found.venue and found.venue != "arXiv"]
        any_venue = [found for found in self.venue_years if found.venue]
        found = (*with_venue, *any_venue, *self.venue_years)
        return next((one.year for one in found if one.year), None)

    @property
    def venue(self) -> str:
        """The first venue; arXiv only if there is no other."""
        venues = [found.venue for found in self.venue_years if found.venue]
        return next(iter(sorted(venues, key="arXiv".__eq__)), "")

    @property
    def journal_fields(self) -> dict[str, str]:
        """Volume, issue and pages of the venue, by the keys of an entry."""
        found = next((one for one in self.venue_years if one.venue == self.venue), VenueYear())
        values = {"volume": found.volume, "issue": found.issue, "pages": found.pages}
        return {key: value for key, value in values.items() if value}


def parse_byline(parts: Iterable[InlinePart], byline: Byline | None = None) -> Byline:
    """Parse the inline parts next to a title, which links and line breaks separate.

    The facts are added to `byline` if it is given. A single name counts only in italics, or alone
    on a line.
    """
    byline = byline or Byline()
    is_new_line = False
    for is_break, line in _lines(parts):
        runs = list(_runs_by_style(line))
        allow_one = is_new_line and len(runs) == 1
        while runs:
            text, italic = runs.pop(0)
            next_text, next_italic = runs[0] if runs else ("", False)
            if italic and _add_journal(text, next_text, byline):
                runs.pop(0)
            else:
                _add_lines(text, italic or next_italic, allow_one, byline)
        is_new_line = is_break
    return byline


def _lines(parts: Iterable[InlinePart]) -> Iterator[tuple[bool, list[InlinePart]]]:
    """Yield (a line break is at the end, parts) for the parts between links and line breaks."""
    line: list[InlinePart] = []
    for part in parts:
        if part == LineBreak() or isinstance(part, InlineLink):
            yield part == LineBreak(), line
            line = []
        else:
            line.append(part)
    yield True, line


def _add_lines(text: str, italic: bool, allow_one: bool, byline: Byline) -> None:
    """Add the facts of a text; a name may be alone on a line of the source."""
    first, *others = text.split("\v")
    if not others or not any(map(_is_lone_person, others)):
        _add_text(text, italic or (allow_one and _is_lone_person(text)), byline)
        return
    _add_text(first, italic, byline)
    for line in others:
        _add_text(line, italic or _is_lone_person(line), byline)


def _is_lone_person(text: str) -> bool:
    return is_person(text.strip(" .,")) and not parse_venue_year(text)


@lru_cache(maxsize=1 << 14)
def is_byline_text(text: str) -> bool:
    """True if a text contains only authors, venue, year or punctuation."""
    if _is_running_text(text):
        return False
    byline = Byline()
    _add_text(text, False, byline)
    return not byline.unused


def is_reference(text: str) -> bool:
    """True if a text is only the place of a paper in a journal: `Geophysics, 56, 231–241`."""
    byline = Byline()
    _add_text(text, False, byline)
    return not byline.unused and any(found.volume for found in byline.venue_years)


def is_labelled_fact(text: str) -> bool:
    """True for `Authors: A. Name, B. Name` or `Journal: CVPR 2016`."""
    return bool(_LABEL.match(text)) and is_byline_text(text)


def _is_running_text(text: str) -> bool:
    """True if most words of a long text begin with a small letter."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    return len(words) > _MIN_WORDS_OF_TEXT and sum(map(str.islower, words)) * 2 > len(words)


def _runs_by_style(line: Sequence[InlinePart]) -> Iterator[tuple[str, bool]]:
    """Yield (text, is italic) for each stretch of one style.

    Parts without letters belong to the stretch before them.
    """
    stretch: list[InlinePart] = []
    italic = False
    for part in line:
        has_style = isinstance(part, TextRun) and not _WITHOUT_STYLE.fullmatch(part.text)
        style = part.italic if isinstance(part, TextRun) and has_style else italic
        if style != italic and stretch:
            yield _text_of(stretch), italic
            stretch = []
        italic = style
        stretch.append(part)
    if stretch:
        yield _text_of(stretch), italic


def _text_of(parts: Sequence[InlinePart]) -> str:
    """Return the text of parts; a soft break stays a break."""
    lines = split_parts(parts, lambda part: isinstance(part, LineBreak))
    texts = ("".join(run.text for run in line if isinstance(run, TextRun)) for line in lines)
    return "\v".join(re.sub(r"[^\S\x1f]+", " ", text).strip() for text in texts)


def _add_journal(name: str, next_text: str, byline: Byline) -> bool:
    """Add `*A Journal* 37(12), 2663-2674, 2018.` and return True, or return False."""
    name = trim(name)
    if parse_authors(name) or not re.search(r"[^\W\d_]{2}", name):
        return False
    found = parse_place(name, next_text)
    if found and is_person(name) and not (found.volume or found.pages or is_journal(name)):
        return False
    byline.venue_years += [found] if found else []
    return found is not None


def _add_text(text: str, italic: bool, byline: Byline) -> None:
    """Add the facts of a text: first as a whole, then by clauses, then by pieces of a clause."""
    text = _take_identifiers(text, byline)
    if _NO_LETTERS.fullmatch(text) or _add_clause(text, italic, byline):
        return
    spans = [span for span in _clauses(text) if not _NO_LETTERS.fullmatch(text[slice(*span)])]
    index = 0
    while index < len(spans):
        ends = [end for _, end in spans[index : index + _MAX_CLAUSES]]
        index += _add_longest(text, spans[index][0], ends, italic, byline)


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each clause."""
    start = 0
    for match in _CLAUSE_END.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _take_identifiers(text: str, byline: Byline) -> str:
    """Move the identifiers of a text into the byline; `arXiv:1505.04597` is a venue too."""
    for kind, pattern in _IDENTIFIERS.items():
        for match in pattern.finditer(text):
            if bare := IDENTIFIERS[kind].parse(match[1]):
                byline.identifiers.setdefault(kind, bare)
    return _IDENTIFIERS["doi"].sub(" ", text)


def _add_longest(text: str, start: int, ends: Sequence[int], italic: bool, byline: Byline) -> int:
    """Add the first clause, with those after it that belong to it; return their number."""
    for count in range(len(ends), 0, -1):
        if _add_clause(text[start : ends[count - 1]], italic, byline):
            return count
    clause = text[start : ends[0]]
    if _is_running_text(clause):
        byline.unused.append(_without_punctuation(clause))
        return 1
    inside = [match[1] for match in _BRACKETED.finditer(clause)]
    outside = _BRACKETED.sub(" , ", clause)
    for text in (outside, *inside):
        _add_pieces([piece for piece in _COMMA.split(text) if piece.strip()], italic, byline)
    return 1


def _add_pieces(pieces: Sequence[str], italic: bool, byline: Byline) -> None:
    """Add the facts among pieces that commas separate; neighbours without a fact stay together.

    Names beside an unknown piece that may be a name too are incomplete.
    """
    unknown: list[str] = []
    index = 0
    while index < len(pieces):
        others = list(byline.authors)
        ends = range(index + _short_pieces(pieces[index:]), index, -1)
        end = next(
            (end for end in ends if _add_fact(", ".join(pieces[index:end]), italic, byline)), None
        )
        if end is None:
            unknown.append(pieces[index])
        else:
            beside = [*unknown[-1:], *pieces[end : end + 1]]
            if len(byline.authors) > len(others) and any(map(_may_be_author, beside)):
                byline.authors = others
                byline.incomplete_authors.append(", ".join(pieces[index:end]))
            byline.unused += [_without_punctuation(", ".join(unknown))] if unknown else []
            unknown = []
        index = end or index + 1
    text = _without_punctuation(", ".join(unknown))
    byline.unused += [text] if re.search(r"\w", text) else []


def _may_be_author(text: str) -> bool:
    return may_be_name(text) and not parse_venue_year(text) and not is_journal(text)


def _add_clause(text: str, italic: bool, byline: Byline) -> bool:
    """Add a clause, which may go over several lines, but not beyond words in code."""
    if len(text) > _MAX_FACT or CODE_MARK in text.strip():
        return False
    return _add_fact(text.replace("\v", " "), italic, byline)


def _short_pieces(pieces: Sequence[str]) -> int:
    """Return how many pieces at the start can be one fact together, at least one."""
    short = takewhile(lambda piece: len(piece.split()) <= _MAX_WORDS_OF_PIECE, pieces)
    return max(1, min(len(list(short)), _MAX_PIECES))


def _without_punctuation(text: str) -> str:
    return " ".join(text.split()).strip(' ,;:|.–—-[](){}"“”')


def _add_fact(text: str, allow_one: bool, byline: Byline) -> bool:
    """Add a venue, a year, an award or a list of authors; return False for any other text."""
    if _NO_LETTERS.fullmatch(text):
        return True
    if label := _LABEL.match(text):
        text, allow_one = text[label.end() :], allow_one or label["authors"] is not None
    venue_year = parse_venue_year(text)
    if venue_year:
        byline.venue_years.append(venue_year)
    if venue_year or is_award(text) or text.strip(" .,:").casefold() in ("in", "and"):
        return True
    return _add_people(text, allow_one, byline)


def _add_people(text: str, allow_one: bool, byline: Byline) -> bool:
    year = _YEAR_AT_END.search(text)
    people = parse_people(text[: year.start()] if year else text)
    if not people or is_venue(text) or not (allow_one or people.is_certain):
        return False
    names = list(people.names)
    byline.venue_years += [VenueYear("", int(year[1]))] if year else []
    if not people.is_complete:
        byline.incomplete_authors += [text.strip(" ,.;:()[]")] if not byline.authors else []
        return True
    if byline.authors and not allow_one:
        return names == byline.authors
    known = set(byline.authors)
    byline.authors += [name for name in names if name not in known]
    return True
