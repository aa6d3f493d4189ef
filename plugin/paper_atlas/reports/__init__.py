"""Reports of problems for people, for GitHub and for programs.

A report is a function from problems to text. To add one, write a module and add a line to
`REPORTS`.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict

from paper_atlas.problem import Problem
from paper_atlas.reports.github import github_report
from paper_atlas.reports.printable import printable_json
from paper_atlas.reports.sarif import sarif_report

REPORT_VERSION = 1


def json_report(problems: Sequence[Problem]) -> str:
    """Return `{"version": 1, "problems": […]}`; each problem has every field of `Problem`."""
    report = {"version": REPORT_VERSION, "problems": [asdict(problem) for problem in problems]}
    return printable_json(json.dumps(report, ensure_ascii=False, indent=2)) + "\n"


REPORTS: dict[str, Callable[[Sequence[Problem]], str]] = {
    "github": github_report,
    "json": json_report,
    "sarif": sarif_report,
}
"""The reports by the name that `paper-atlas check --output` takes."""
