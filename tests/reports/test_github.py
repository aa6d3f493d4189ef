"""Annotations of GitHub Actions."""

from paper_atlas import Problem, Severity
from paper_atlas.reports.github import github_report


def test_special_characters_are_escaped() -> None:
    assert (
        github_report(
            [Problem("a,b:c.yml", 1, 2, "x-y", "", "50 %\nmore", severity=Severity.WARNING)]
        )
        == "::warning file=a%2Cb%3Ac.yml,line=1,col=2,title=x-y::50 %25\\nmore\n"
    )
