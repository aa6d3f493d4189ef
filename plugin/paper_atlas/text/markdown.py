"""Markdown text: escaped, without its code, and the part of a file between two marks.

A mark is an HTML comment on a line of its own, outside of code. The program replaces the part
between two marks; the rest of the file is a person's.
"""

import html
import re

from paper_atlas.text.slug import one_line

_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
# Python-Markdown does not support a backslash before "~", "$" and "|".
_ESCAPES = {ord(sign): f"\\{sign}" for sign in "\\`*_[]{}"} | {
    ord(sign): f"&#{ord(sign)};" for sign in "~$|"
}
_SPECIAL = re.compile(r"[&<>\\`*_\[\]{}~$|]")
_FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,})[^`\n]*\n.*?^[ \t>]*\1[`~]*[ \t]*$", re.DOTALL | re.M)
_CODE = re.compile(r"(?<![`\\])(`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)\1(?!`)", re.DOTALL)


def escape_punctuation(text: str) -> str:
    """Escape a text so that neither HTML nor any Markdown extension interprets it.

    Every ASCII punctuation mark becomes a character reference.
    """
    return _PUNCTUATION.sub(lambda match: f"&#{ord(match[0])};", text)


def escape_markdown(text: str) -> str:
    """Return text on one line, escaped so that Markdown shows it unchanged.

    Escapes no more than necessary: people read the file, too.
    """
    line = one_line(text)
    return html.escape(line, quote=False).translate(_ESCAPES) if _SPECIAL.search(line) else line


def blank_fences(text: str) -> str:
    """The text with blanks in the place of fenced code; every line and column stays."""
    return _FENCE.sub(_blank, text)


def blank_code(text: str) -> str:
    """The text with blanks in the place of fenced and inline code."""
    return _CODE.sub(_blank, blank_fences(text))


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


BEGIN_MARKER, END_MARKER = "<!-- paper-atlas: begin -->", "<!-- paper-atlas: end -->"
_MARK = re.compile(
    r"^\ufeff?[ \t]*<!--[ \t]*paper-atlas:[ \t]*(begin|end)[ \t]*-->[ \t]*\r?(?:\n|\Z)", re.M
)


class MarkerError(ValueError):
    """A text without one pair of marks; the message says what is wrong with them."""


def replace_marked_part(text: str, part: str) -> str:
    """A text with `part` between its marks, in the line ends of the text.

    Raises MarksError unless there is one mark of each kind, in their order.
    """
    begin, end = _marks(text)
    line_end = "\r\n" if begin[0].endswith("\r\n") else "\n"
    lines = ["", *part.split("\n"), ""] if part else [""]
    made = "".join(f"{line}{line_end}" for line in lines)
    return text[: begin.end()] + made + text[end.start() :]


def _marks(text: str) -> tuple[re.Match[str], re.Match[str]]:
    found = list(_MARK.finditer(blank_fences(text)))
    for name, mark in (("begin", BEGIN_MARKER), ("end", END_MARKER)):
        places = [text.count("\n", 0, it.start()) + 1 for it in found if it[1] == name]
        if not places:
            both = f"'{BEGIN_MARKER}' and '{END_MARKER}'"
            hint = f"write {both}, each on a line of its own, where the list belongs"
            raise MarkerError(f"there is no line '{mark}'; {hint}")
        if len(places) > 1:
            lines = " and ".join(map(str, places))
            raise MarkerError(f"'{mark}' stands in lines {lines}; keep one of them")
    begin, end = found
    if begin[1] == "end":
        raise MarkerError(f"'{END_MARKER}' stands before '{BEGIN_MARKER}'; exchange them")
    return begin, end
