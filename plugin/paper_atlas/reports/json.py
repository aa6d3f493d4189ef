"""Problems as JSON, for programs."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from paper_atlas.problem import Problem

VERSION = 1


def json_list(problems: Sequence[Problem]) -> str:
    """`{"version": 1, "problems": […]}`, each with every field of `Problem`."""
    found = {"version": VERSION, "problems": [asdict(problem) for problem in problems]}
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
