"""Problems for those who read them: people, GitHub, and programs.

A report is a function from problems to text; a new one is a module and a line here.
"""

from collections.abc import Callable, Sequence

from paper_atlas.problem import Problem
from paper_atlas.reports.github import github
from paper_atlas.reports.json import json_list
from paper_atlas.reports.sarif import sarif

REPORTS: dict[str, Callable[[Sequence[Problem]], str]] = {
    "github": github,
    "json": json_list,
    "sarif": sarif,
}
