"""Markdown text without what is code in it, for those who look for marks in the text."""

import re

_FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,})[^`\n]*\n.*?^[ \t>]*\1[`~]*[ \t]*$", re.DOTALL | re.M)
_CODE = re.compile(r"(?<![`\\])(`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)\1(?!`)", re.DOTALL)


def without_fences(text: str) -> str:
    """The text with blanks in the place of fenced code; every line and column stays."""
    return _FENCE.sub(_blank, text)


def without_code(text: str) -> str:
    """The text with blanks in the place of fenced and inline code."""
    return _CODE.sub(_blank, without_fences(text))


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])
