"""Shorter reports for people.

Similar messages about many papers are combined into one. For each kind of problem, a few are shown
in full. For the others, only the lines are listed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from textwrap import wrap

from paper_atlas.problem import Problem

_MAX_LINES, _MAX_KEYWORDS = 10, 30


def combine_similar(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems in order, with similar ones combined.

    Problems with the code `not-taken` that differ only in their line become one that lists the
    lines. The unknown keywords of a file become one problem that lists them.
    """
    groups: dict[Problem, list[Problem]] = defaultdict(list)
    for problem in problems:
        groups[_group_key(problem)].append(problem)
    return sorted(problem for key, group in groups.items() for problem in _combine(key, group))


def _group_key(problem: Problem) -> Problem:
    """Return the problem without the parts in which similar problems differ."""
    if problem.code == "not-taken":
        return replace(problem, line=0)
    return replace(problem, line=0, message="") if problem.code == "unknown-keyword" else problem


def _combine(key: Problem, group: list[Problem]) -> Iterator[Problem]:
    first = min(group)
    if key.line:
        yield from group
    elif key.message:
        lines = sorted(problem.line for problem in group)
        yield replace(first, message=first.message + _line_list(lines))
    else:
        yield replace(first, message=_keyword_list(Counter(problem.message for problem in group)))


def _line_list(lines: list[int]) -> str:
    if len(lines) == 1:
        return ""
    shown = ", ".join(map(str, lines[:_MAX_LINES]))
    more = f" and {len(lines) - _MAX_LINES} more" if len(lines) > _MAX_LINES else ""
    return f": {len(lines)} times, on lines {shown}{more}"


def _keyword_list(keywords: Counter[str]) -> str:
    ranked = sorted(keywords.items(), key=lambda pair: (-pair[1], pair[0]))
    shown = [
        f"'{keyword}'" + (f" ({count} times)" if count > 1 else "")
        for keyword, count in ranked[:_MAX_KEYWORDS]
    ]
    more = f" and {len(ranked) - _MAX_KEYWORDS} others" if len(ranked) > _MAX_KEYWORDS else ""
    return f"not in the vocabulary, so not imported: {', '.join(shown)}{more}"


_MAX_IN_FULL = 10  # If a file has more problems of one kind,
_SHOWN = 3  # only the first ones are shown in full.
_WIDTH = 100


def shorten_report(problems: Sequence[Problem]) -> tuple[list[Problem], list[str]]:
    """Return the problems to show in full, and lines of text that summarize the others."""
    kinds: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        kinds[problem.path, problem.code].append(problem)
    others = {kind: group[_SHOWN:] for kind, group in kinds.items() if len(group) > _MAX_IN_FULL}
    omitted = {id(problem) for group in others.values() for problem in group}
    in_full = [problem for problem in problems if id(problem) not in omitted]
    return in_full, [line for kind, group in others.items() for line in _summary(*kind, group)]


def _summary(path: str, code: str, problems: Sequence[Problem]) -> Iterator[str]:
    places = ", ".join(_ranges(problem.line for problem in problems))
    text = f"{path}: {code}: {len(problems)} more, on lines {places}"
    yield from wrap(text, _WIDTH, subsequent_indent="    ", break_on_hyphens=False)


def _ranges(lines: Iterable[int]) -> Iterator[str]:
    """Yield `3-5` and `8 (2 times)` for the lines 3, 4, 5, 8, 8."""
    counts = sorted(Counter(lines).items())
    start = 0
    for index, (one, other) in enumerate([*pairwise(counts), (counts[-1], (0, 0))]):
        if other[0] != one[0] + 1 or other[1] != one[1]:
            first, last = counts[start][0], one[0]
            times = f" ({one[1]} times)" if one[1] > 1 else ""
            yield f"{first}{f'-{last}' if last > first else ''}{times}"
            start = index + 1
