"""The title of a paper: the text of a link, bold or quoted text, or the text before the links.

**U-Net** Convolutional Networks. [pdf](…)     → Title("U-Net Convolutional Networks", …)
[CVPR 2021] [A title](https://e.org) [code](…) → Title("A title", link=<that link>, …)
"""

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

_PUNCTUATION = " \t\n*:：–—-|·•,;"
# Text before a linked title: check boxes, years, (MICCAI 2015), Ronneberger et al.
_TEXT_BEFORE_TITLE = re.compile(
    r"[\W\d_]*|\W*\w+\W+(?:19|20)\d\d\W*|\W\w{1,3}\W|.{,60}\bet al\W*", re.DOTALL
)
_BRACKETED = re.compile(r"[\[(【]([^\[\]()【】]*)[\])】]")
_DEAD_LINK = re.compile(r"\s*\[([^\[\]]+)\]\[[^\[\]]*\]")  # its link definition is missing
_NUMBER = re.compile(r"^\d+[.)、]\s+")
_QUOTED = re.compile(r"[“\"«「『《]([^“”\"«»「」『』《》]{10,}?)[,.]?[”\"»」』》]")
_LETTER = re.compile(r"[^\W\d_]")
_SENTENCE_END = re.compile(r"(?<=\w\w[.?!。])\s+|\s+[|]\s+")
_DASH = re.compile(r"\s+[–—-]\s*")


@dataclass(frozen=True)
class Title:
    """A title, and the inline parts next to it.

    `link` is the link whose text is the title. `is_marked` is True if a link, bold text or a search
    URL shows where the title begins and ends. `text` may be empty.
    """

    text: str
    link: InlineLink | None
    is_marked: bool
    other_parts: tuple[InlinePart, ...]


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
        text, facts = _split_facts(first.text)
        return Title(text, first, True, (*lead, *parts[:end], *facts, *parts[end + 1 :]))
    found = _title_in_text(list(parts[:end]))
    if _LETTER.search(found.text) and not is_label(found.text):
        return Title(found.text, None, found.is_marked, (*lead, *found.other_parts, *parts[end:]))
    queries = (scholar_query(part.url) for part in parts if isinstance(part, InlineLink))
    title = next((query for query in queries if query), "")
    return Title(title, None, bool(title), (*lead, *parts))


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
    lead: list[InlinePart] = []
    for index, part in enumerate(parts):
        if isinstance(part, InlineLink):
            is_title = not (part.is_image or is_label(part.text) or _is_bracketed(parts, index))
        else:
            is_title = bool(_LETTER.search(join_text([part])))
        if is_title:
            others = [*_without_closing_bracket(part), *parts[index + 1 :]]
            return (lead, others) if _LETTER.search(join_text(others)) else ([], list(parts))
        lead.append(part)
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


def _title_in_text(parts: list[InlinePart]) -> Title:
    """Return the title in the first line with text: bold text, or the text before the byline."""
    start = next((i for i, part in enumerate(parts) if _has_text(part)), len(parts))
    breaks = (i for i in range(start, len(parts)) if parts[i] == LineBreak())
    end = next(breaks, len(parts))
    line, rest = parts[start:end], [*parts[:start], *parts[end:]]
    bold = _bold_title(line)
    if bold:
        title, beside = bold
        return Title(_clean(title), None, True, (*beside, *rest))
    bylines = (i for i, part in enumerate(line) if i and _begins_byline(part, line[:i]))
    end = next(bylines, len(line))
    text, beside = _split_facts(join_text(line[:end]))
    return Title(text, None, False, (*beside, *line[end:], *rest))


def _has_text(part: InlinePart) -> bool:
    return isinstance(part, TextRun) and bool(re.search(r"\w", part.text))


def _begins_byline(part: InlinePart, before: Sequence[InlinePart]) -> bool:
    """True if an italic part after other text is authors or a venue, not part of the title."""
    italic = isinstance(part, TextRun) and part.italic
    changes_style = join_text(before) and not all(
        run.italic for run in before if isinstance(run, TextRun)
    )
    text = join_text([part])
    is_fact = parse_authors(text, allow_one=True) or parse_venue_year(text)
    return bool(italic and changes_style and is_fact)


def _bold_title(line: Sequence[InlinePart]) -> tuple[str, list[InlinePart]] | None:
    """Return the bold text at the start of a line and the other parts, or None.

    The bold text must be a whole title. In `**U-Net:** Convolutional…`, the title continues after
    it, so the result is None.
    """
    start = next((i for i, part in enumerate(line) if _has_text(part)), len(line))
    end = start
    while end < len(line) and (_is_bold(line[end]) or line[end] == LineBreak(soft=True)):
        end += 1
    text, after = join_text(line[start:end]), join_text(line[end:]).strip()
    long_enough = len(text.split()) > 1 or len(text) > 5
    if not long_enough or is_label(text) or _BRACKETED.fullmatch(text.strip(" .:|")):
        return None
    ended = not after or text[-1] in ".?!。" or after[0] in ",.;|[【"
    if text.endswith(":") or not (ended or (after[0] in "(（–—-" and len(text.split()) > 2)):
        return None
    return text, [*line[:start], *line[end:]]


def _is_bold(part: InlinePart) -> bool:
    return isinstance(part, TextRun) and part.bold


def _split_facts(text: str) -> tuple[str, list[InlinePart]]:
    """Return a title without the facts before and after it, and these facts as parts."""
    quoted = _QUOTED.search(text)
    if quoted and len(quoted[1].split()) > 2 and is_byline_text(text[: quoted.start()]):
        before, after = text[: quoted.start()], text[quoted.end() :]
        return _clean(quoted[1]), [TextRun(before), LineBreak(), TextRun(after)]
    lead, text = _split_leading_tags(_NUMBER.sub("", text))
    first, *others = re.split(r"(?<=\w\w)\.\s+", text, maxsplit=1)
    if others and parse_authors(first) and len(others[0].split()) > 2:
        lead, text = [*lead, TextRun(first), LineBreak()], others[0]
    if (dead := _DEAD_LINK.search(text)) and is_label(dead[1]):
        lead, text = [*lead, TextRun(text[dead.start() :]), LineBreak()], text[: dead.start()]
    text, trail = _split_trailing_facts(text)
    return _clean(text), [*lead, *trail]


def _split_leading_tags(text: str) -> tuple[list[InlinePart], str]:
    """Split `[2018]`, `[CVPR 2021]`, `[x]` or `[DETR]` off a title.

    In `[DETR] code`, with one word after it, the bracket may be the title, so it stays.
    """
    tags: list[InlinePart] = []
    while match := re.match(rf"^\W*?{_BRACKETED.pattern}[\s:：|–—-]*(?=\S*\w)", text):
        tag, after = match[1], text[match.end() :]
        if len(after.split()) < 2 and not parse_venue_year(tag) and re.search(r"\w\w", tag):
            break
        tags += [TextRun(tag), LineBreak()] if len(tag.strip()) > 1 else []
        text = after
    return tags, text


def _split_trailing_facts(text: str) -> tuple[str, list[InlinePart]]:
    """Split `(TPAMI)`, `| CVPR 2016` or `. Jun Ma, Bo Wang. AI Open 2020.` off a title."""
    facts: list[InlinePart] = []
    while match := re.search(rf"(?P<end>[.?!]?)\s*{_BRACKETED.pattern}[^\w\])）】]*$", text):
        is_separate = match["end"] or text[: match.start()].endswith("]")
        if not (parse_venue_year(match[2]) or is_separate) or not text[: match.start()]:
            break
        facts += [TextRun(match[2]), LineBreak()]
        text = text[: match.end("end")]
    cuts = [match.span() for match in _SENTENCE_END.finditer(text)]
    cuts = [cut for cut in cuts if all(map(is_byline_text, _SENTENCE_END.split(text[cut[1] :])))]
    cuts += [dash.span() for dash in _DASH.finditer(text) if _is_venues(text[dash.end() :])]
    start, end = min(cuts, default=(len(text), len(text)))
    if re.search(r"\w", text[end:]) and not is_byline_text(text[:start]):
        facts.append(TextRun(text[end:]))
        text = text[:start]
    return text, facts


def _is_venues(text: str) -> bool:
    return all(parse_venue_year(piece) for piece in _DASH.split(text))


def _clean(text: str) -> str:
    """Remove the brackets, punctuation and dashes around a title."""
    text = " ".join(text.split()).strip(_PUNCTUATION)
    text = re.sub(r"\s*[\[(（【]+$", "", text).strip(_PUNCTUATION).rstrip(".,;。")
    return text[1:-1].strip(_PUNCTUATION) if re.fullmatch(r"\[[^\[\]]*\]", text) else text
