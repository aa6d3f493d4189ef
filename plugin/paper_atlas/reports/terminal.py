"""Problems for a terminal: each with its line of the file and a caret below it."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from paper_atlas.problem import Problem, Severity
from paper_atlas.reports.printable import printable
from paper_atlas.source.files import MAX_LIST_BYTES, FileError, read_file

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}
_WIDTH = 100


def terminal_report(problems: Sequence[Problem], base: Path) -> str:
    """Return the problems in colour; `base` is the folder that their paths are relative to."""
    return "".join(f"{line}\n" for problem in problems for line in _lines(problem, base))


def _lines(problem: Problem, base: Path) -> Iterator[str]:
    position = printable(f"{problem.path}:{problem.line}:{problem.column}")
    code = _in_colour(_COLOURS[problem.severity], printable(problem.code))
    yield f"{_in_colour('1', position)}: {code}: {printable(problem.full_message)}"
    lines = _file_lines(base / problem.path)
    if problem.line <= len(lines) and lines[problem.line - 1].strip():
        yield from _excerpt(lines[problem.line - 1], problem)


def _excerpt(line: str, problem: Problem) -> Iterator[str]:
    """Yield the part of a long line around the column, and the caret."""
    start = max(0, problem.column - 1 - _WIDTH * 3 // 4)
    before = _same_width(line[start : problem.column - 1])
    after = _same_width(line[problem.column - 1 : start + _WIDTH])
    margin = f"{problem.line:>5} | "
    yield f"{margin}{before}{after}"
    caret = _in_colour(_COLOURS[problem.severity], "^")
    yield f"{' ' * (len(margin) + _columns(before))}{caret}"


def _columns(text: str) -> int:
    """Return the width of a text in columns of a terminal."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def _same_width(text: str) -> str:
    """Replace characters that could move the cursor or hide text."""
    return re.sub(r"[^\S ]", " ", "".join(c if c.isprintable() or c == "\t" else "�" for c in text))


@lru_cache(maxsize=16)
def _file_lines(path: Path) -> tuple[str, ...]:
    """Return the lines of a file, none of a link, which may lead to a file that nobody may see."""
    try:
        content = b"" if path.is_symlink() else read_file(path, MAX_LIST_BYTES)
    except FileError:
        return ()
    return tuple(content.decode("utf-8-sig", errors="replace").splitlines())


def _in_colour(colour: str, text: str) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m"
