"""Text that a terminal and the log of a build server show, and never obey.

Entries, file names, lists and servers may contain anything. What a command prints for people goes
through these functions, so that each hostile character is seen.
"""

import re

# Control characters (C0 and C1), marks that reorder, break or hide text, and halves of characters.
# The joiners U+200C and U+200D stay, because the words of some languages need them.
_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff]"
    r"|[\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
_SERVER_COMMAND = re.compile(r"^\s*::|##(?=\w*\[)")
"""The start of a command in a line of a log: `::error::`, or `##[error]` and `##vso[…]` anywhere.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
"""


def printable(text: str) -> str:
    r"""Return a text with a visible escape sequence for each character that could do harm.

    >>> print(printable("\x1b[31mred\n"))
    \x1b[31mred\n
    """
    return _UNSAFE.sub(_escape, text)


def printable_line(text: str) -> str:
    r"""Return the same for a line of a log, which a build server reads too.

    >>> print(printable_line("::error::no ##[group]no"))
    :\x3aerror::no #\x23[group]no
    """
    return _SERVER_COMMAND.sub(_escape_last, printable(text))


def printable_lines(text: str) -> str:
    """Return the same for a text of several lines, with its tabs."""
    lines = ("\t".join(map(printable, line.split("\t"))) for line in text.split("\n"))
    return "\n".join(_SERVER_COMMAND.sub(_escape_last, line) for line in lines)


def printable_json(text: str) -> str:
    """Return a JSON text of the same value, with escape sequences of JSON for these characters."""
    lines = text.split("\n")
    escaped = (_UNSAFE.sub(lambda match: _json_escape(match[0]), line) for line in lines)
    return "\n".join(_SERVER_COMMAND.sub(_json_escape_last, line) for line in escaped)


def _escape(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")


def _escape_last(match: re.Match[str]) -> str:
    return f"{match[0][:-1]}\\x{ord(match[0][-1]):02x}"


def _json_escape_last(match: re.Match[str]) -> str:
    return f"{match[0][:-1]}{_json_escape(match[0][-1])}"


def _json_escape(char: str) -> str:
    """Return a character as one or two UTF-16 units. https://www.rfc-editor.org/rfc/rfc8259#section-7"""
    units = char.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[start : start + 4]}" for start in range(0, len(units), 4))
