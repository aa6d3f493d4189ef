"""Measure, and print the table: `python -m benchmarks --rows build,memory`."""

import argparse
import os
import platform
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from benchmarks.measuring import measure_all
from benchmarks.rows import KINDS, rows
from benchmarks.scale import QUICK, WHOLE
from benchmarks.table import table

_VERSIONS = (
    *("mkdocs", "mkdocs-material", "Markdown", "Jinja2", "PyYAML", "pydantic"),
    "mkdocs-gen-files",
)


def main() -> None:
    """Measure the rows that the arguments select."""
    arguments = _parser().parse_args()
    scale = QUICK if arguments.quick else WHOLE
    chosen = rows(arguments.rows.split(","), scale)
    subjects = [it for row in chosen for it in (row.subject, row.against) if it]
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    with tempfile.TemporaryDirectory() as folder:
        costs = measure_all(subjects, arguments.rounds, arguments.folder or Path(folder))
    print("\n".join([*_heading(arguments.rounds), *table(chosen, costs)]))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks")
    parser.add_argument("--rows", default=",".join(KINDS), metavar="KIND,…", help="default: all")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="with up to 2,000 papers")
    parser.add_argument("--folder", type=Path, help="folder of the projects, to use them again")
    return parser


def _heading(rounds: int) -> Iterator[str]:
    versions = ", ".join(f"{name} {version(name)}" for name in _VERSIONS)
    yield f"{os.cpu_count()} cores, Python {platform.python_version()}, {versions}."
    yield f"Medians of {rounds}; CPU time of all processes, and wall time in brackets."
    yield ""


if __name__ == "__main__":
    main()
