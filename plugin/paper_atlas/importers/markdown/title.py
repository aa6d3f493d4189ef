"""The title of a paper, and the text before and after it.

The text of an item is one string with styles. `find_title` looks in this order for the text of a
link, the words in quotation marks, bold or italic words, and the words beside the facts (authors,
venue, year).

**U-Net:** Convolutional Networks. [pdf](…)            → Title("U-Net: Convolutional Networks", …)
A. Name. "**A title**." Journal. 2012. [pdf](…)        → Title("A title", before "A. Name.", …)
[CVPR 2021] [A title](https://e.org) [code](…)         → Title("A title", link=<that link>, …)
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from paper_atlas.importers.markdown.byline import is_byline_text, is_reference
from paper_atlas.importers.markdown.links import is_label, is_paper_link
from paper_atlas.importers.markdown.marked_text import HARD_BREAK, MarkedText
from paper_atlas.importers.markdown.names import parse_people
from paper_atlas.importers.markdown.page.inline import (
    InlineLink,
    InlinePart,
    LineBreak,
    TextRun,
    join_text,
)
from paper_atlas.importers.markdown.venues import is_award, is_venue, parse_venue_year
from paper_atlas.text.identifiers import scholar_query

_PUNCTUATION = " \t\n\v*:：–—-|·•,;"
# https://www.unicode.org/charts/nameslist/n_2600.html and the blocks of emoji
_PICTOGRAPH = "[\u2600-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff]"
_PICTOGRAPHS = re.compile(rf"^(?:{_PICTOGRAPH}\s*)+|(?:\s*{_PICTOGRAPH})+$")
_DATE_OF_CITATION = re.compile(r"\((?:19|20)\d\d(?:, [A-Z][a-z]+)?\)\W+(?=\w)")
_TEXT_BEFORE_TITLE = re.compile(
    r"[\W\d_]*|\W*\w+\W+(?:19|20)\d\d\W*|\W\w{1,3}\W|.{,60}\bet al\W*", re.DOTALL
)
_BRACKET = r"[\[(【（](?P<inner>[^\[\]()【】（）]*)[\])】）]"
_LEADING_BRACKET = re.compile(rf"[^\w\[(【（\"“”]*{_BRACKET}[\s:：|–—.-]*(?=\S*\w|[\"“])")
_TRAILING_BRACKET = re.compile(rf"\s*{_BRACKET}[^\w\])】）]*$")
_INNER_BRACKET = re.compile(rf"\s*{_BRACKET}(?=\s*(?:[.,;:：–—|\n\v-]|$))")
_DEAD_LINK = re.compile(r"\s*\[([^\[\]]+)\]\[[^\[\]]*\]")  # its link definition is missing
_NUMBER = re.compile(r"(?i)[\s*]*(?:title\s*[:：]\s*|\d+[.)、]\s+|\[\d+\][.:]?\s*|\(\d+\)\s+)")
_QUOTED = re.compile(r"[“\"«「『《”](?P<title>[^“”\"«»「」『』《》]{10,}?)[\s,.;]*[”\"»」』》“]")
_LETTER = re.compile(r"[^\W\d_]")
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{2}|\w\))[.。]\s+(?=[^a-z\s])|(?<=\w[?!])\s+(?=[^a-z\s])")
_FULL_STOP = re.compile(
    r"(?<=[^\W_]{2}|\w\))(?<!\bvs)(?<!\bal)(?<!\bSt)(?<!\bDr)[.。]\s+(?=[^a-z\s])"
)
_CUT = re.compile(
    r"(?<=\w\w|\w[?!)\]”\"])[.。]?\s+[–—|·•-]+\s*|(?<=\w\w|\w[)\]”\"])[.。]\s+|(?<=[?!])\s+|[,;，]\s*|[:：]\s+"
    r"|\s*[\v\n]\s*|\s{2,}|\s+(?=[(\[【（])"
)
_AFTER_PEOPLE = re.compile(r"[.,:：，]\s+|\s*[\v\n]\s*|\s+[–—|-]\s+|(?<=\))\s+")
_LAST_NAME = re.compile(r"(?:\band|&)\s+[\w.’'-]+(?:\s[\w.’'-]+){0,3}(?:,\s[\w. -]+)?$")
_AFTER_PEOPLE_IN_LINK = re.compile(r"[.]\s+|(?<=\d\))[.,:]?\s+")
_DESCRIPTION = re.compile(
    r"\s+[–—-]+\s+(?=[a-z]|(?:An?|The|This)\s+[a-z])|\s{2,}(?=[A-Z]\w*s\s[a-z])"
)
_YEAR_AT_END = re.compile(r"[\s,]*\(?(?:19|20)\d\d[a-z]?\)?[\s,.:]*$")
_MIN_QUOTED_WORDS = 3
_MAX_NAMES = 200  # places at which authors may end; each initial is one
_MAX_CUTS = 50  # places at which a title may end
_MAX_ALIAS_WORDS = 4


@dataclass(frozen=True)
class Title:
    """A title, and the inline parts before and after it.

    `link` is the link whose text is the title. `is_marked` is True if a link, a style, quotation
    marks or a search URL shows where the title begins and ends. `text` may be empty.
    """

    text: str
    link: InlineLink | None
    is_marked: bool
    before: tuple[InlinePart, ...]
    after: tuple[InlinePart, ...]

    is_quoted: bool = False
    """True if the title is in quotation marks."""

    @property
    def other_parts(self) -> tuple[InlinePart, ...]:
        """The parts before and after the title."""
        return (*self.before, LineBreak(), *self.after)


@dataclass(frozen=True)
class _Split:
    """The title of a text, and the text around it."""

    before: tuple[MarkedText, ...]
    title: str
    after: tuple[MarkedText, ...]
    is_marked: bool
    is_quoted: bool = False

    def with_lead(self, lead: Iterable[MarkedText]) -> "_Split":
        return replace(self, before=(*lead, *self.before))


def find_title(parts: Sequence[InlinePart]) -> Title:
    """Return the title of an item.

    A link text is the title if it is not a label and if it is longer than the text before it, or
    if the text before it is only a year, a venue, a check box or names. Otherwise the title is in
    the text before the first link, otherwise in the query of a link to Google Scholar.
    """
    lead, parts = _split_leading_links(parts)
    links = (part for part in parts if isinstance(part, InlineLink))
    first = next((link for link in links if not link.is_image), None)
    end = parts.index(first) if first else len(parts)
    before = join_text(parts[:end]).strip()
    if first and not is_label(first.text) and _is_title_after(before, first.text):
        split = _split_text(MarkedText.of([TextRun(first.text)]), of_link=True)
        around = (*lead, *parts[:end], LineBreak(), *_parts(split.before))
        return Title(split.title, first, True, around, (*_parts(split.after), *parts[end + 1 :]))
    found = _without_date(_split_lines(MarkedText.of(parts[:end])))
    if _LETTER.search(found.title) and not is_label(found.title):
        after = (*_parts(found.after), *parts[end:])
        before_title = (*lead, *_parts(found.before))
        return Title(found.title, None, found.is_marked, before_title, after, found.is_quoted)
    queries = (scholar_query(part.url) for part in parts if isinstance(part, InlineLink))
    title = next((query for query in queries if query), "")
    return Title(title, None, bool(title), tuple(lead), tuple(parts))


def _without_date(found: _Split) -> _Split:
    """Return the title without the date of a citation: `Example, A. (2017, April). A title`."""
    match = _DATE_OF_CITATION.match(found.title)
    if not match:
        return found
    date = MarkedText.of([TextRun(match[0])])
    return replace(found, title=found.title[match.end() :], before=(*found.before, date))


def _parts(texts: Iterable[MarkedText]) -> Iterator[InlinePart]:
    """Yield the parts of texts, each on a line."""
    for text in texts:
        yield from text.parts()
        yield LineBreak()


def _is_title_after(before: str, link_text: str) -> bool:
    return (
        len(link_text) > len(before)
        or bool(_TEXT_BEFORE_TITLE.fullmatch(before))
        or is_byline_text(before)
    )


def _split_leading_links(
    parts: Sequence[InlinePart],
) -> tuple[list[InlinePart], list[InlinePart]]:
    """Split off links such as `[CVPR](…)` before the title, if text follows them."""
    for index, part in enumerate(parts):
        if isinstance(part, InlineLink):
            is_title = not (part.is_image or is_label(part.text) or _is_bracketed(parts, index))
        else:
            is_title = bool(_LETTER.search(join_text([part])))
        if is_title:
            last = max((i for i in range(index) if isinstance(parts[i], InlineLink)), default=-1)
            lead, others = list(parts[: last + 1]), list(parts[last + 1 :])
            if lead:
                others[:1] = _without_closing_bracket(others[0])
            return (lead, others) if _LETTER.search(join_text(others)) else ([], list(parts))
    return [], list(parts)


def _is_bracketed(parts: Sequence[InlinePart], index: int) -> bool:
    """True if the link at `index` is in brackets before the title: `[[ITSC](…)] A long title`."""
    link, before = parts[index], join_text(parts[:index])
    after = join_text(parts[index + 1 : index + 2])
    known = isinstance(link, InlineLink) and is_paper_link(link)
    return known and before.endswith("[") and after.startswith("]") and len(after.split()) > 2


def _without_closing_bracket(part: InlinePart) -> list[InlinePart]:
    """Remove a closing bracket at the start of a text; it belongs to the link before it."""
    text = part.text if isinstance(part, TextRun) else ""
    return [replace(part, text=text.lstrip("])）】:：| ")) if isinstance(part, TextRun) else part]


def _split_lines(text: MarkedText) -> _Split:
    """Return the title of the first line that has more than facts."""
    lines = [
        line for line in re.finditer(rf"[^{HARD_BREAK}]+", text.text) if _LETTER.search(line[0])
    ]
    for match in lines:
        if match is not lines[-1] and _is_tag_line(match[0]):
            continue
        split = _split_text(text[match.start() : match.end()])
        if split.title:
            split = split.with_lead([text[: match.start()]])
            return replace(split, after=(*split.after, text[match.end() :]))
    return _Split((), "", (text,), is_marked=False)


def _is_tag_line(line: str) -> bool:
    """True for a line such as `[CVPR 2021]` or `[DETR]` above the title."""
    found = parse_venue_year(line)
    is_known = found is not None and (not found.venue or is_venue(found.venue))
    bracket = re.fullmatch(rf"\W*{_BRACKET}\W*", line)
    return is_known or bool(bracket and len(bracket["inner"].split()) <= _MAX_ALIAS_WORDS)


def _split_text(text: MarkedText, of_link: bool = False) -> _Split:
    """Split a line, or the text of a link, into the title and the text around it."""
    lead, text = _split_lead(text)
    for find in (_quoted, _bold, _italic):
        if (span := find(text)) and not (of_link and find is not _quoted):
            before, title, after = text[: span[0]], text[span[0] : span[1]], text[span[1] :]
            inner = _plain(title, of_link=True)
            texts = (*lead, before, *inner.before), inner.title, (*inner.after, after)
            return _Split(*texts, is_marked=True, is_quoted=find is _quoted)
    return _plain(text, of_link).with_lead(lead)


def _split_lead(text: MarkedText) -> tuple[list[MarkedText], MarkedText]:
    """Split off a number, `[2018]`, `[CVPR 2021]`, `[x]`, `[DETR]` and bold facts.

    In `[DETR] code`, with one word after it, the bracket may be the title, so it stays.
    """
    lead: list[MarkedText] = []
    while True:
        if match := _NUMBER.match(text.text):
            text = text[match.end() :]
        elif match := _LEADING_BRACKET.match(text.text):
            after = text.text[match.end() :]
            is_long = len(match["inner"].split()) > 6 and not is_byline_text(match["inner"])
            is_short_title = len(after.split()) < 2 and re.search(r"\w\w", match["inner"])
            if is_long or (is_short_title and not parse_venue_year(match["inner"])):
                return lead, text
            if len(match["inner"].strip()) > 1:
                lead.append(text[match.start("inner") : match.end("inner")])
            text = text[match.end() :]
        elif end := _end_of_bold_facts(text):
            lead.append(text[:end])
            text = text[end:]
        else:
            return lead, text


def _end_of_bold_facts(text: MarkedText) -> int:
    """Return the end of bold text at the start that is a venue or year, or 0."""
    start, end = next(text.spans("bx"), (0, 0))
    fact = text.text[start:end].strip(_PUNCTUATION)
    is_first = not re.search(r"\w", text.text[:start]) and re.search(r"\w{2}", text.text[end:])
    return end if is_first and (parse_venue_year(fact) or is_award(fact)) else 0


def _quoted(text: MarkedText) -> tuple[int, int] | None:
    """Return the span of a title in quotation marks: `**U-Net**: "A title", MICCAI 2015`."""
    for match in _QUOTED.finditer(text.text):
        before, after = text.text[: match.start()], text.text[match.end() :]
        is_after_people = bool(re.search(r"\w", before)) and is_byline_text(before)
        is_short = len(match["title"].split()) < _MIN_QUOTED_WORDS and not is_after_people
        if is_short or re.match(r"\s*[:：]|\w", after) or _is_inside_bold(text, match.span()):
            continue
        is_first = not re.search(r"\w", before)
        is_citation = before.rstrip()[-1:] in tuple(".,:：;-–—") and (
            is_byline_text(after) or is_byline_text(before) or "et al" in before
        )
        is_ended = not re.search(r"\w", after) or after.lstrip()[:1] in tuple(",.;([|-–—")
        is_alone = is_first and (is_ended or is_byline_text(after) or match[0][-2] in ".,?!")
        if is_alone or is_citation or is_after_people or _is_alias(before, text):
            return match.span("title")
    return None


def _is_inside_bold(text: MarkedText, span: tuple[int, int]) -> bool:
    """True if the words in quotation marks are only a part of bold words."""
    return any(
        start <= span[0] and span[1] <= end and re.search(r"\w", text.text[start : span[0]])
        for start, end in text.spans("bx")
    )


def _is_alias(before: str, text: MarkedText) -> bool:
    """True for a short name before a title: `**U-Net**:`, `U-Net -`, or bold words."""
    words = before.split()
    is_bold = all(
        style in "bx" for char, style in zip(before, text.styles, strict=False) if char.isalnum()
    )
    return 0 < len(words) <= _MAX_ALIAS_WORDS and (
        is_bold or before.rstrip()[-1:] in tuple(":：-–—")
    )


def _bold(text: MarkedText) -> tuple[int, int] | None:
    """Return the span of the first bold text that is a whole title.

    In `**U-Net:** Convolutional…` and `**U-Net** Convolutional…` the title continues after it.
    """
    for start, end in text.spans("bx"):
        title, before, after = text.text[start:end], text.text[:start], text.text[end:]
        if not (_is_facts(before) or _is_citation_lead(before)):
            return None
        if _is_fact(title) or is_label(title.strip(_PUNCTUATION)):
            continue
        return (start, end) if _is_whole_title(title, after) else None
    return None


def _is_whole_title(title: str, after: str) -> bool:
    words, after = title.split(), after.strip()
    if len(words) < 2 and len(title) <= 5:
        return False
    if title.rstrip()[-1:] in (":", "：") or after[:1] in (":", "："):
        return False
    if not re.search(r"\w", after) or is_byline_text(after):
        return True
    if title.rstrip()[-1:] in tuple(".?!。") or after[0] in ",.;|[【(（\v":
        return True
    if after[0] in "–—-":
        return not _is_title_case(after) or len(words) > 2
    return after[0].islower() or len(words) > 2


def _is_title_case(text: str) -> bool:
    """True if most words of a text, at least three, begin with a capital letter."""
    words = re.findall(r"[^\W\d_][\w’'-]+", text)
    return len(words) > 2 and sum(word[0].isupper() for word in words) * 2 > len(words)


def _italic(text: MarkedText) -> tuple[int, int] | None:
    """Return the span of italic text that is a title: it is no fact, and only facts are before."""
    for start, end in text.spans("ix"):
        title = text.text[start:end]
        if not _is_facts(text.text[:start]) or _is_fact(title):
            return None
        after = text.text[end:].strip()
        is_ended = not after or after[0] in ",.;|[【(（\v–—-" or is_byline_text(after)
        return (start, end) if len(title.split()) > 2 and is_ended else None
    return None


def _is_facts(text: str) -> bool:
    return not re.search(r"\w", text) or is_byline_text(text)


def _is_citation_lead(text: str) -> bool:
    return "et al" in text and text.rstrip(' "“')[-1:] in tuple(".,:")


def _is_fact(text: str) -> bool:
    text = text.strip(_PUNCTUATION)
    people = parse_people(text)
    return bool(parse_venue_year(text) or is_award(text) or (people and people.is_certain))


def _plain(text: MarkedText, of_link: bool = False) -> _Split:
    """Split a text without a marked title: authors before the title, facts after it."""
    before: list[MarkedText] = []
    if (dead := _DEAD_LINK.search(text.text)) and is_label(dead[1]):
        before.append(text[dead.start() :])
        text = text[: dead.start()]
    start = _end_of_people(text.text, _AFTER_PEOPLE_IN_LINK if of_link else _AFTER_PEOPLE)
    if start:
        before.append(text[:start])
        text = text[start:]
    end = _start_of_facts(text, is_citation=bool(start), of_link=of_link)
    return _Split(tuple(before), _clean(text.text[:end]), (text[end:],), is_marked=False)


def _end_of_people(text: str, delimiter: re.Pattern[str]) -> int:
    """Return the end of the authors, and of the year after them, before a title; otherwise 0."""
    for match in reversed([*islice(delimiter.finditer(text), _MAX_NAMES)]):
        rest = text[match.end() :]
        if len(re.findall(r"\w+", rest)) < 3 or is_byline_text(rest):
            continue
        people = parse_people(_YEAR_AT_END.sub("", text[: match.start()]))
        if not people or not people.is_certain or is_venue(text[: match.start()]):
            continue
        is_listed = bool(_LAST_NAME.search(text[: match.start()])) or not people.is_complete
        if match[0][0] not in ":：" or is_listed:
            return match.end()
    return 0


def _start_of_facts(text: MarkedText, is_citation: bool, of_link: bool) -> int:
    """Return where the title ends."""
    line = text.text
    if bracket := _TRAILING_BRACKET.search(line):
        fact = parse_venue_year(bracket["inner"])
        if fact and fact.venue and fact.year and _can_be_title(line[: bracket.start()]):
            return _start_of_facts(text[: bracket.start()], is_citation, of_link)
    cuts = [match.start() for match in _CUT.finditer(line)]
    cuts += [match.start() for match in _TRAILING_BRACKET.finditer(line)]
    for cut in sorted(cuts)[:_MAX_CUTS]:
        head, tail = line[:cut], line[cut:]
        if head.endswith((" et al", " et al.")) or not re.search(r"\w", tail):
            continue
        if _can_be_title(head) and re.search(r"\w", tail) and _are_facts(tail, line[cut]):
            return cut
    ends = [] if of_link else [*_inner_facts(line), *_italic_facts(text)]
    if is_citation and (found := _SENTENCE_END.search(line)):
        ends.append(found.start())
    if not of_link:
        ends += _ends_before_description(line)
    return min(ends, default=len(line))


def _can_be_title(head: str) -> bool:
    return bool(_LETTER.search(head)) and not _is_facts(head)


def _are_facts(tail: str, first: str) -> bool:
    """True if a text is only facts; after a comma, names count only with initials or a year."""
    if not is_byline_text(tail):
        bracket = _TRAILING_BRACKET.fullmatch(tail)
        return bool(bracket and parse_people(bracket["inner"]))
    if first in ":：":
        return is_reference(tail)
    people = parse_people(tail.strip(_PUNCTUATION))
    if first in ",，" and people and people.is_complete:
        return any(re.search(r"\b\w\.", name) for name in people.names)
    return True


def _inner_facts(line: str) -> Iterator[int]:
    """Yield the start of a bracket with a venue or year in the text: `A title (2016), a note`."""
    for match in _INNER_BRACKET.finditer(line):
        if parse_venue_year(match["inner"]) and _can_be_title(line[: match.start()]):
            yield match.start()


def _italic_facts(text: MarkedText) -> Iterator[int]:
    """Yield the start of italic authors, or of an italic venue, after other text."""
    for start, end in text.spans("ix"):
        fact = text.text[start:end].strip(_PUNCTUATION)
        if (parse_people(fact) or parse_venue_year(fact)) and _can_be_title(text.text[:start]):
            yield start


def _ends_before_description(line: str) -> Iterator[int]:
    """Yield where a sentence or ` - a network that…` begins after a title of a few words."""
    for pattern, words in ((_FULL_STOP, 3), (_DESCRIPTION, 1)):
        for match in pattern.finditer(line):
            head, tail = line[: match.start()], line[match.end() :]
            if len(head.split()) >= words and len(tail.split()) > 3:
                yield match.start()


def _clean(text: str) -> str:
    """Remove the brackets, punctuation, dashes and pictographs around a title."""
    text = _PICTOGRAPHS.sub("", " ".join(text.split()).strip(_PUNCTUATION)).strip(_PUNCTUATION)
    text = re.sub(r"\s*[\[(（【]+$", "", text).strip(_PUNCTUATION).rstrip(".,;。")
    if re.fullmatch(r"\[[^\[\]]*\]|“[^“”]*”|\"[^\"]*\"", text):
        text = text[1:-1].strip(_PUNCTUATION).rstrip(".,;。")
    return text
