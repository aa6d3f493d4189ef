"""Escape Markdown, blank out its code, and replace the part of a file between two markers.

A marker is an HTML comment on a line of its own, outside of code. Only the part between the
markers is generated; the rest of the file is written by hand.
"""

import html
import re
from collections.abc import Sequence

from paper_atlas.text.lines import one_line

_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
# Python-Markdown does not support a backslash before "~", "$" and "|".
_ESCAPES = {ord(sign): f"\\{sign}" for sign in "\\`*_[]{}"} | {
    ord(sign): f"&#{ord(sign)};" for sign in "~$|"
}
_SPECIAL = re.compile(r"[&<>\\`*_\[\]{}~$|]")
_FENCE_START = re.compile(r"[ \t>]*(`{3,}+|~{3,}+)[^`\n]*+\n")
_FENCE_END = re.compile(r"[ \t>]*(`{3,}+|~{3,}+)[`~]*+[ \t]*\r?$")
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
    """Replace fenced code by blanks, so that lines and columns stay the same.

    A fence is as long as the one that it closes, or longer. A fence without an end is text.
    """
    if "```" not in text and "~~~" not in text:
        return text
    lines = re.split(r"(?<=\n)", text)
    longest = _longest_fences(lines)
    opened = ""
    for number, line in enumerate(lines):
        start, end = _FENCE_START.match(line), _FENCE_END.match(line)
        if opened:
            lines[number] = _blanked(line)
            opened = "" if end and end[1].startswith(opened) else opened
        elif start and len(start[1]) <= longest[number + 1][start[1][0]]:
            opened = start[1]
            lines[number] = _blanked(line)
    return "".join(lines)


def _longest_fences(lines: Sequence[str]) -> list[dict[str, int]]:
    """Return the longest fence of each sign that can end code, for each line and those below."""
    longest = [{"`": 0, "~": 0}]
    for line in reversed(lines):
        end, known = _FENCE_END.match(line), longest[-1]
        if end and len(end[1]) > known[end[1][0]]:
            known = known | {end[1][0]: len(end[1])}
        longest.append(known)
    return longest[::-1]


def blank_code(text: str) -> str:
    """Replace fenced and inline code by blanks."""
    return _CODE.sub(lambda match: _blanked(match[0]), blank_fences(text))


def _blanked(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


BEGIN_MARKER, END_MARKER = "<!-- paper-atlas: begin -->", "<!-- paper-atlas: end -->"
_MARKER = re.compile(
    r"^\ufeff?[ \t]*<!--[ \t]*paper-atlas:[ \t]*(begin|end)[ \t]*-->[ \t]*\r?(?:\n|\Z)", re.M
)


class MarkerError(ValueError):
    """A text without exactly one pair of markers; the message contains the reason and the fix."""


def replace_marked_part(text: str, part: str) -> str:
    """Return the text with `part` between its markers; line endings are those of the text.

    Raises:
        MarkerError: If the text has not exactly one begin and one end marker, in this order.
    """
    begin, end = _find_markers(text)
    line_end = "\r\n" if begin[0].endswith("\r\n") else "\n"
    lines = ["", *part.split("\n"), ""] if part else [""]
    replacement = "".join(f"{line}{line_end}" for line in lines)
    return text[: begin.end()] + replacement + text[end.start() :]


def _find_markers(text: str) -> tuple[re.Match[str], re.Match[str]]:
    found = list(_MARKER.finditer(blank_fences(text)))
    for name, marker in (("begin", BEGIN_MARKER), ("end", END_MARKER)):
        line_numbers = [text.count("\n", 0, m.start()) + 1 for m in found if m[1] == name]
        if not line_numbers:
            both = f"'{BEGIN_MARKER}' and '{END_MARKER}'"
            hint = f"write {both}, each on a line of its own, where the list belongs"
            raise MarkerError(f"there is no line '{marker}'; {hint}")
        if len(line_numbers) > 1:
            lines = " and ".join(map(str, line_numbers))
            raise MarkerError(f"'{marker}' is in lines {lines}; keep one of them")
    begin, end = found
    if begin[1] == "end":
        raise MarkerError(f"'{END_MARKER}' is before '{BEGIN_MARKER}'; swap them")
    return begin, end
