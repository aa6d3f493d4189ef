"""What an import has to say of many papers, said once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from paper_atlas.problem import Problem

_LINES, _WORDS = 10, 30


def gathered(problems: Iterable[Problem]) -> list[Problem]:
    """The problems in order; those that differ in nothing but their line are one with its lines,
    and the unknown keywords of a file are one too."""
    grouped: dict[Problem, list[Problem]] = defaultdict(list)
    for problem in problems:
        grouped[_what(problem)].append(problem)
    return sorted(one for what, found in grouped.items() for one in _one(what, found))


def _what(problem: Problem) -> Problem:
    """A problem without what its like may differ in."""
    if problem.code == "not-taken":
        return replace(problem, line=0)
    return replace(problem, line=0, message="") if problem.code == "unknown-keyword" else problem


def _one(what: Problem, found: list[Problem]) -> Iterator[Problem]:
    first = min(found)
    if what.line:
        yield from found
    elif what.message:
        yield replace(first, message=first.message + _lines(sorted(it.line for it in found)))
    else:
        yield replace(first, message=_words(Counter(it.message for it in found)))


def _lines(lines: list[int]) -> str:
    if len(lines) == 1:
        return ""
    shown = ", ".join(map(str, lines[:_LINES]))
    more = f" and {len(lines) - _LINES} more" if len(lines) > _LINES else ""
    return f": {len(lines)} times, in lines {shown}{more}"


def _words(words: Counter[str]) -> str:
    ranked = sorted(words.items(), key=lambda it: (-it[1], it[0]))
    shown = [f"'{it}'" + (f" ({n} times)" if n > 1 else "") for it, n in ranked[:_WORDS]]
    more = f" and {len(ranked) - _WORDS} others" if len(ranked) > _WORDS else ""
    return f"not in the vocabulary, so not taken: {', '.join(shown)}{more}"
