"""Problems as values, and how many of them a file reports."""

from itertools import chain

import pytest
from paper_atlas.problem import MAX_PROBLEMS, Problem, Severity, limit_problems


def problems(severity: Severity, count: int) -> list[Problem]:
    return [
        Problem("a.yml", line, 1, "code", "", "wrong", severity=severity)
        for line in range(1, count + 1)
    ]


@pytest.mark.parametrize("count", [0, 1, MAX_PROBLEMS])
def test_a_few_problems_are_all_reported(count: int) -> None:
    assert limit_problems(problems(Severity.ERROR, count)) == problems(Severity.ERROR, count)


@pytest.mark.parametrize("severity", Severity)
def test_the_others_are_counted_at_the_first_of_them(severity: Severity) -> None:
    found = limit_problems(problems(severity, MAX_PROBLEMS + 7)[::-1])
    assert found[:-1] == problems(severity, MAX_PROBLEMS)
    assert str(found[-1]).startswith(f"a.yml:{MAX_PROBLEMS + 1}:1: more-problems: 7 more problems")
    assert found[-1].severity is severity


def test_no_severity_hides_another_one() -> None:
    everything = [*chain.from_iterable(problems(severity, 150) for severity in Severity)]
    found = limit_problems(everything)
    counts = [sum(one.severity is severity for one in found) for severity in Severity]
    assert counts == [MAX_PROBLEMS + 1] * 3
