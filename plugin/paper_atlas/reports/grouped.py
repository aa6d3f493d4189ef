"""A long report for people: of each kind of problem a few, and of the others the lines."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from textwrap import wrap

from paper_atlas.problem import Problem

_MOST = 10  # problems of a kind in a file that are all told in full
_SHOWN = 3  # of more than these
_WIDTH = 100


def grouped(problems: Sequence[Problem]) -> tuple[list[Problem], list[str]]:
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
