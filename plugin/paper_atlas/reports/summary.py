"""Long reports, shortened for people.

Similar messages about many papers become one; of each kind of problem a few are shown, with the
lines of the others.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from textwrap import wrap

from paper_atlas.problem import Problem

_LINES, _WORDS = 10, 30


def combine_similar(problems: Iterable[Problem]) -> list[Problem]:
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


_MOST = 10  # problems of a kind in a file that are all told in full
_SHOWN = 3  # of more than these
_WIDTH = 100


def shorten_report(problems: Sequence[Problem]) -> tuple[list[Problem], list[str]]:
    """The problems to be told in full, in their order, and the lines of those like them."""
    kinds: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        kinds[problem.path, problem.code].append(problem)
    others = {kind: found[_SHOWN:] for kind, found in kinds.items() if len(found) > _MOST}
    left = {id(problem) for found in others.values() for problem in found}
    in_full = [problem for problem in problems if id(problem) not in left]
    return in_full, [line for kind, found in others.items() for line in _others(*kind, found)]


def _others(path: str, code: str, problems: Sequence[Problem]) -> Iterator[str]:
    places = ", ".join(_ranges(problem.line for problem in problems))
    text = f"{path}: {code}: {len(problems)} more, on lines {places}"
    yield from wrap(text, _WIDTH, subsequent_indent="    ", break_on_hyphens=False)


def _ranges(lines: Iterable[int]) -> Iterator[str]:
    """`3-5, 8 (2 times)` for 3, 4, 5, 8, 8."""
    counts = sorted(Counter(lines).items())
    start = 0
    for index, (one, other) in enumerate([*pairwise(counts), (counts[-1], (0, 0))]):
        if other[0] != one[0] + 1 or other[1] != one[1]:
            first, last = counts[start][0], one[0]
            times = f" ({one[1]} times)" if one[1] > 1 else ""
            yield f"{first}{f'-{last}' if last > first else ''}{times}"
            start = index + 1
