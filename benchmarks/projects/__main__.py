"""Write a project: `python -m benchmarks.projects paper-atlas 1000 FOLDER`."""

import argparse
from pathlib import Path

from benchmarks.projects import PROJECTS


def main() -> None:
    """Write a project."""
    parser = argparse.ArgumentParser(prog="benchmarks.projects")
    parser.add_argument("name", choices=PROJECTS)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    PROJECTS[arguments.name](arguments.folder, arguments.count)


main()
