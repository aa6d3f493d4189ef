"""Problems for those who read them: people, GitHub, and programs.

A report is a function from problems to text; a new one is a module and a line here.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict

from paper_atlas.problem import Problem
from paper_atlas.reports.github import github_report
from paper_atlas.reports.sarif import sarif_report

REPORT_VERSION = 1


def json_report(problems: Sequence[Problem]) -> str:
    """`{"version": 1, "problems": […]}`, each with every field of `Problem`."""
    found = {"version": REPORT_VERSION, "problems": [asdict(problem) for problem in problems]}
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


REPORTS: dict[str, Callable[[Sequence[Problem]], str]] = {
    "github": github_report,
    "json": json_report,
    "sarif": sarif_report,
}
