"""The title of a paper: the text of a link, bold or quoted words, or the words before the links."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from paper_atlas.importers.markdown.byline import is_byline_text, parse_authors
from paper_atlas.importers.markdown.inline import (
    InlineLink,
    InlinePart,
    LineBreak,
    TextRun,
    join_text,
)
from paper_atlas.importers.markdown.links import is_label, is_paper_link
from paper_atlas.importers.markdown.venues import parse_venue_year
from paper_atlas.text.identifiers import scholar_query

_AROUND = " \t\n*:：–—-|·•,;"
# Check boxes, years, (MICCAI 2015), Ronneberger et al.
_TAG = re.compile(r"[\W\d_]*|\W*\w+\W+(?:19|20)\d\d\W*|\W\w{1,3}\W|.{,60}\bet al\W*", re.DOTALL)
_BRACKETED = re.compile(r"[\[(【]([^\[\]()【】]*)[\])】]")
_DEAD_LINK = re.compile(r"\s*\[([^\[\]]+)\]\[[^\[\]]*\]")  # its definition is missing
_NUMBER = re.compile(r"^\d+[.)、]\s+")
_QUOTED = re.compile(r"[“\"«「『《]([^“”\"«»「」『』《》]{10,}?)[,.]?[”\"»」』》]")
_LETTER = re.compile(r"[^\W\d_]")
_SENTENCE = re.compile(r"(?<=\w\w[.?!。])\s+|\s+[|]\s+")
_DASH = re.compile(r"\s+[–—-]\s*")


@dataclass(frozen=True)
class Title:
    """A title, the link whose text it is, whether it is marked as one, and the parts beside it."""

    text: str
    link: InlineLink | None
    is_marked: bool
    other_parts: tuple[InlinePart, ...]


def find_title(parts: Sequence[InlinePart]) -> Title:
    """The title of an item, which may be nothing.

    The text of a link is the title where it is no label, and longer than what stands before it,
    or where that is but a tag: a year, a venue, a check box, names.
    """
    lead, parts = _led(parts)
    first = next((it for it in parts if isinstance(it, InlineLink) and not it.is_image), None)
    end = parts.index(first) if first else len(parts)
    before = join_text(parts[:end]).strip()
    if first and not is_label(first.text) and _is_longer(first.text, before):
        text, facts = _stripped(first.text)
        return Title(text, first, True, (*lead, *parts[:end], *facts, *parts[end + 1 :]))
    found = _in_words(list(parts[:end]))
    if _LETTER.search(found.text) and not is_label(found.text):
        return Title(found.text, None, found.is_marked, (*lead, *found.other_parts, *parts[end:]))
    searched = (scholar_query(it.url) for it in parts if isinstance(it, InlineLink))
    title = next((title for title in searched if title), "")
    return Title(title, None, bool(title), (*lead, *parts))


def _is_longer(label: str, before: str) -> bool:
    return len(label) > len(before) or bool(_TAG.fullmatch(before)) or is_byline_text(before)


def _led(parts: Sequence[InlinePart]) -> tuple[list[InlinePart], list[InlinePart]]:
    """Links such as `[CVPR](…)` before the title, and what follows them."""
    lead: list[InlinePart] = []
    for index, part in enumerate(parts):
        said = _LETTER.search(join_text([part])) if isinstance(part, TextRun) else None
        tag = isinstance(part, InlineLink) and (is_label(part.text) or _is_bracketed(parts, index))
        labelled = isinstance(part, InlineLink) and (part.is_image or tag)
        if said or (isinstance(part, InlineLink) and not labelled):
            follows = [*_opened(part), *parts[index + 1 :]]
            return (lead, follows) if _LETTER.search(join_text(follows)) else ([], list(parts))
        lead.append(part)
    return [], list(parts)


def _is_bracketed(parts: Sequence[InlinePart], index: int) -> bool:
    """Whether a link is a tag: `[[ITSC](…)] Title`."""
    link, before = parts[index], join_text(parts[:index])
    after = join_text(parts[index + 1 : index + 2])
    known = isinstance(link, InlineLink) and is_paper_link(link)
    return known and before.endswith("[") and after.startswith("]") and len(after.split()) > 2


def _opened(part: InlinePart) -> list[InlinePart]:
    """Words without the end of a bracket that a link before them began."""
    text = part.text if isinstance(part, TextRun) else ""
    return [replace(part, text=text.lstrip("])）】:：| ")) if isinstance(part, TextRun) else part]


def _in_words(parts: list[InlinePart]) -> Title:
    """The title in the words of the first line that has any."""
    start = next((i for i, it in enumerate(parts) if _says(it)), len(parts))
    breaks = (i for i in range(start, len(parts)) if parts[i] == LineBreak())
    end = next(breaks, len(parts))
    line, rest = parts[start:end], [*parts[:start], *parts[end:]]
    bold = _emphasised(line)
    if bold:
        title, beside = bold
        return Title(_clean(title), None, True, (*beside, *rest))
    end = next((i for i, it in enumerate(line) if i and _is_byline(it, line[:i])), len(line))
    text, beside = _stripped(join_text(line[:end]))
    return Title(text, None, False, (*beside, *line[end:], *rest))


def _says(part: InlinePart) -> bool:
    return isinstance(part, TextRun) and bool(re.search(r"\w", part.text))


def _is_byline(part: InlinePart, before: Sequence[InlinePart]) -> bool:
    """Whether words in italics behind others are authors or a venue, not words of the title."""
    italic = isinstance(part, TextRun) and part.italic
    opened = join_text(before) and not all(it.italic for it in before if isinstance(it, TextRun))
    text = join_text([part])
    return bool(italic and opened and (parse_authors(text, sure=True) or parse_venue_year(text)))


def _emphasised(line: Sequence[InlinePart]) -> tuple[str, list[InlinePart]] | None:
    """Bold words that are a title by themselves, and what is beside them."""
    start = next((i for i, it in enumerate(line) if _says(it)), len(line))
    end = start
    while end < len(line) and (_bold(line[end]) or line[end] == LineBreak(soft=True)):
        end += 1
    text, after = join_text(line[start:end]), join_text(line[end:]).strip()
    whole = len(text.split()) > 1 or len(text) > 5
    if not whole or is_label(text) or _BRACKETED.fullmatch(text.strip(" .:|")):
        return None
    closed = not after or text[-1] in ".?!。" or after[0] in ",.;|[【"
    if text.endswith(":") or not (closed or (after[0] in "(（–—-" and len(text.split()) > 2)):
        return None
    return text, [*line[:start], *line[end:]]


def _bold(part: InlinePart) -> bool:
    return isinstance(part, TextRun) and part.bold


def _stripped(text: str) -> tuple[str, list[InlinePart]]:
    """A title without tags before it and facts behind it, and these."""
    quoted = _QUOTED.search(text)
    if quoted and len(quoted[1].split()) > 2 and is_byline_text(text[: quoted.start()]):
        return _clean(quoted[1]), [
            TextRun(text[: quoted.start()]),
            LineBreak(),
            TextRun(text[quoted.end() :]),
        ]
    lead, text = _leading_tags(_NUMBER.sub("", text))
    first, *others = re.split(r"(?<=\w\w)\.\s+", text, maxsplit=1)
    if others and parse_authors(first) and len(others[0].split()) > 2:
        lead, text = [*lead, TextRun(first), LineBreak()], others[0]
    if (dead := _DEAD_LINK.search(text)) and is_label(dead[1]):
        lead, text = [*lead, TextRun(text[dead.start() :]), LineBreak()], text[: dead.start()]
    text, trail = _trailing_facts(text)
    return _clean(text), [*lead, *trail]


def _leading_tags(text: str) -> tuple[list[InlinePart], str]:
    """`[2018]`, `[CVPR 2021]`, `[x]` or `[DETR]` before a title of more words than one."""
    tags: list[InlinePart] = []
    while match := re.match(rf"^\W*?{_BRACKETED.pattern}[\s:：|–—-]*(?=\S*\w)", text):
        behind = text[match.end() :]
        if (
            len(behind.split()) < 2
            and not parse_venue_year(match[1])
            and re.search(r"\w\w", match[1])
        ):
            break
        tags += [TextRun(match[1]), LineBreak()] if len(match[1].strip()) > 1 else []
        text = behind
    return tags, text


def _trailing_facts(text: str) -> tuple[str, list[InlinePart]]:
    """`(TPAMI)`, `| CVPR 2016` or `. Jun Ma, Bo Wang. AI Open 2020.` behind a title."""
    facts: list[InlinePart] = []
    while match := re.search(rf"(?P<end>[.?!]?)\s*{_BRACKETED.pattern}[^\w\])）】]*$", text):
        begun = match["end"] or text[: match.start()].endswith("]")
        if not (parse_venue_year(match[2]) or begun) or not text[: match.start()]:
            break
        facts += [TextRun(match[2]), LineBreak()]
        text = text[: match.end("end")]
    cuts = [match.span() for match in _SENTENCE.finditer(text)]
    cuts = [it for it in cuts if all(map(is_byline_text, _SENTENCE.split(text[it[1] :])))]
    cuts += [it.span() for it in _DASH.finditer(text) if _is_dated(text[it.end() :])]
    if cuts and re.search(r"\w", text[min(cuts)[1] :]) and not is_byline_text(text[: min(cuts)[0]]):
        facts.append(TextRun(text[min(cuts)[1] :]))
        text = text[: min(cuts)[0]]
    return text, facts


def _is_dated(text: str) -> bool:
    return all(parse_venue_year(piece) for piece in re.split(_DASH, text))


def _clean(text: str) -> str:
    """A title without the brackets, marks and dashes around it; those within it stay."""
    text = " ".join(text.split()).strip(_AROUND)
    text = re.sub(r"\s*[\[(（【]+$", "", text).strip(_AROUND).rstrip(".,;。")
    return text[1:-1].strip(_AROUND) if re.fullmatch(r"\[[^\[\]]*\]", text) else text
