"""Problems as SARIF 2.1.0, a format of code hosts and editors.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from paper_atlas import __version__
from paper_atlas.problem import Problem
from paper_atlas.reports.printable import printable_json

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif_report(problems: Sequence[Problem]) -> str:
    """Return a SARIF log of one run; its rules are the codes of the problems."""
    codes = sorted({problem.code for problem in problems})
    driver = {
        "name": "paper-atlas",
        "version": __version__,
        "rules": [{"id": code} for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem) for problem in problems],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return printable_json(json.dumps(log, ensure_ascii=False, indent=2)) + "\n"


def _result(problem: Problem) -> dict[str, Any]:
    location = {
        "artifactLocation": {"uri": quote(problem.path, errors="surrogateescape")},
        "region": {"startLine": problem.line, "startColumn": problem.column},
    }
    return {
        "ruleId": problem.code,
        "level": problem.severity.value,
        "message": {"text": problem.full_message},
        "locations": [{"physicalLocation": location}],
    }
