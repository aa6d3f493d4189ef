"""The title of a paper: the text of a link, bold or quoted words, or the words before the links."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from paper_atlas.importers.markdown.byline import is_fact, names_in
from paper_atlas.importers.markdown.inline import Break, Link, Part, Words, joined
from paper_atlas.importers.markdown.links import is_label, is_of_paper
from paper_atlas.importers.markdown.venues import occasion
from paper_atlas.text.identifiers import scholar_title

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
    link: Link | None
    marked: bool
    rest: tuple[Part, ...]


def title_of(parts: Sequence[Part]) -> Title:
    """The title of an item, which may be nothing.

    The text of a link is the title where it is no label, and longer than what stands before it,
    or where that is but a tag: a year, a venue, a check box, names.
    """
    lead, parts = _led(parts)
    first = next((it for it in parts if isinstance(it, Link) and not it.is_image), None)
    end = parts.index(first) if first else len(parts)
    before = joined(parts[:end]).strip()
    if first and not is_label(first.label) and _is_longer(first.label, before):
        text, facts = _stripped(first.label)
        return Title(text, first, True, (*lead, *parts[:end], *facts, *parts[end + 1 :]))
    found = _in_words(list(parts[:end]))
    if _LETTER.search(found.text) and not is_label(found.text):
        return Title(found.text, None, found.marked, (*lead, *found.rest, *parts[end:]))
    searched = (scholar_title(it.url) for it in parts if isinstance(it, Link))
    title = next((title for title in searched if title), "")
    return Title(title, None, bool(title), (*lead, *parts))


def _is_longer(label: str, before: str) -> bool:
    return len(label) > len(before) or bool(_TAG.fullmatch(before)) or is_fact(before)


def _led(parts: Sequence[Part]) -> tuple[list[Part], list[Part]]:
    """Links such as `[CVPR](…)` before the title, and what follows them."""
    lead: list[Part] = []
    for index, part in enumerate(parts):
        said = _LETTER.search(joined([part])) if isinstance(part, Words) else None
        tag = isinstance(part, Link) and (is_label(part.label) or _is_bracketed(parts, index))
        labelled = isinstance(part, Link) and (part.is_image or tag)
        if said or (isinstance(part, Link) and not labelled):
            follows = [*_opened(part), *parts[index + 1 :]]
            return (lead, follows) if _LETTER.search(joined(follows)) else ([], list(parts))
        lead.append(part)
    return [], list(parts)


def _is_bracketed(parts: Sequence[Part], index: int) -> bool:
    """Whether a link is a tag: `[[ITSC](…)] Title`."""
    link, before = parts[index], joined(parts[:index])
    after = joined(parts[index + 1 : index + 2])
    known = isinstance(link, Link) and is_of_paper(link)
    return known and before.endswith("[") and after.startswith("]") and len(after.split()) > 2


def _opened(part: Part) -> list[Part]:
    """Words without the end of a bracket that a link before them began."""
    text = part.text if isinstance(part, Words) else ""
    return [replace(part, text=text.lstrip("])）】:：| ")) if isinstance(part, Words) else part]


def _in_words(parts: list[Part]) -> Title:
    """The title in the words of the first line that has any."""
    start = next((i for i, it in enumerate(parts) if _says(it)), len(parts))
    breaks = (i for i in range(start, len(parts)) if parts[i] == Break())
    end = next(breaks, len(parts))
    line, rest = parts[start:end], [*parts[:start], *parts[end:]]
    bold = _emphasised(line)
    if bold:
        title, beside = bold
        return Title(_clean(title), None, True, (*beside, *rest))
    end = next((i for i, it in enumerate(line) if i and _is_byline(it, line[:i])), len(line))
    text, beside = _stripped(joined(line[:end]))
    return Title(text, None, False, (*beside, *line[end:], *rest))


def _says(part: Part) -> bool:
    return isinstance(part, Words) and bool(re.search(r"\w", part.text))


def _is_byline(part: Part, before: Sequence[Part]) -> bool:
    """Whether words in italics behind others are authors or a venue, not words of the title."""
    italic = isinstance(part, Words) and part.italic
    opened = joined(before) and not all(it.italic for it in before if isinstance(it, Words))
    text = joined([part])
    return bool(italic and opened and (names_in(text, sure=True) or occasion(text)))


def _emphasised(line: Sequence[Part]) -> tuple[str, list[Part]] | None:
    """Bold words that are a title by themselves, and what is beside them."""
    start = next((i for i, it in enumerate(line) if _says(it)), len(line))
    end = start
    while end < len(line) and (_bold(line[end]) or line[end] == Break(soft=True)):
        end += 1
    text, after = joined(line[start:end]), joined(line[end:]).strip()
    whole = len(text.split()) > 1 or len(text) > 5
    if not whole or is_label(text) or _BRACKETED.fullmatch(text.strip(" .:|")):
        return None
    closed = not after or text[-1] in ".?!。" or after[0] in ",.;|[【"
    if text.endswith(":") or not (closed or (after[0] in "(（–—-" and len(text.split()) > 2)):
        return None
    return text, [*line[:start], *line[end:]]


def _bold(part: Part) -> bool:
    return isinstance(part, Words) and part.bold


def _stripped(text: str) -> tuple[str, list[Part]]:
    """A title without tags before it and facts behind it, and these."""
    quoted = _QUOTED.search(text)
    if quoted and len(quoted[1].split()) > 2 and is_fact(text[: quoted.start()]):
        return _clean(quoted[1]), [
            Words(text[: quoted.start()]),
            Break(),
            Words(text[quoted.end() :]),
        ]
    lead, text = _leading_tags(_NUMBER.sub("", text))
    first, *others = re.split(r"(?<=\w\w)\.\s+", text, maxsplit=1)
    if others and names_in(first) and len(others[0].split()) > 2:
        lead, text = [*lead, Words(first), Break()], others[0]
    if (dead := _DEAD_LINK.search(text)) and is_label(dead[1]):
        lead, text = [*lead, Words(text[dead.start() :]), Break()], text[: dead.start()]
    text, trail = _trailing_facts(text)
    return _clean(text), [*lead, *trail]


def _leading_tags(text: str) -> tuple[list[Part], str]:
    """`[2018]`, `[CVPR 2021]`, `[x]` or `[DETR]` before a title of more words than one."""
    tags: list[Part] = []
    while match := re.match(rf"^\W*?{_BRACKETED.pattern}[\s:：|–—-]*(?=\S*\w)", text):
        behind = text[match.end() :]
        if len(behind.split()) < 2 and not occasion(match[1]) and re.search(r"\w\w", match[1]):
            break
        tags += [Words(match[1]), Break()] if len(match[1].strip()) > 1 else []
        text = behind
    return tags, text


def _trailing_facts(text: str) -> tuple[str, list[Part]]:
    """`(TPAMI)`, `| CVPR 2016` or `. Jun Ma, Bo Wang. AI Open 2020.` behind a title."""
    facts: list[Part] = []
    while match := re.search(rf"(?P<end>[.?!]?)\s*{_BRACKETED.pattern}[^\w\])）】]*$", text):
        begun = match["end"] or text[: match.start()].endswith("]")
        if not (occasion(match[2]) or begun) or not text[: match.start()]:
            break
        facts += [Words(match[2]), Break()]
        text = text[: match.end("end")]
    cuts = [match.span() for match in _SENTENCE.finditer(text)]
    cuts = [it for it in cuts if all(map(is_fact, _SENTENCE.split(text[it[1] :])))]
    cuts += [it.span() for it in _DASH.finditer(text) if _is_dated(text[it.end() :])]
    if cuts and re.search(r"\w", text[min(cuts)[1] :]) and not is_fact(text[: min(cuts)[0]]):
        facts.append(Words(text[min(cuts)[1] :]))
        text = text[: min(cuts)[0]]
    return text, facts


def _is_dated(text: str) -> bool:
    return all(occasion(piece) for piece in re.split(_DASH, text))


def _clean(text: str) -> str:
    """A title without the brackets, marks and dashes around it; those within it stay."""
    text = " ".join(text.split()).strip(_AROUND)
    text = re.sub(r"\s*[\[(（【]+$", "", text).strip(_AROUND).rstrip(".,;。")
    return text[1:-1].strip(_AROUND) if re.fullmatch(r"\[[^\[\]]*\]", text) else text
