"""The papers as an atlas."""

import shutil
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from benchmarks.papers import VOCABULARY, Paper, make_papers
from benchmarks.projects.parts import entry, put, site

_REPOSITORY = Path(__file__).parents[2]


def write(folder: Path, count: int) -> None:
    """Write an entry for each paper, on 25 organs."""
    _write(folder, make_papers(count))


def write_one_organ(folder: Path, count: int) -> None:
    """Write all papers on one organ."""
    _write(folder, make_papers(count, organs=1))


def copy_this(folder: Path, _: int) -> None:
    """Copy the atlas of this repository."""
    for name in ("docs", "entries"):
        shutil.copytree(_REPOSITORY / name, folder / name)
    for name in ("mkdocs.yml", "CONTRIBUTING.md", "CHANGELOG.md"):
        shutil.copy(_REPOSITORY / name, folder)


def _write(folder: Path, papers: Iterable[Paper]) -> None:
    site(folder, "paper-atlas")
    put(folder / "docs" / "about.md", "# About\n\nA page written by hand.\n")
    for paper in papers:
        put(folder / "entries" / paper.organ.id / f"{paper.id}.yml", _yaml(paper))
    shutil.copy(VOCABULARY, folder / "entries" / "vocabulary.yml")


def _yaml(paper: Paper) -> str:
    """Return an entry as YAML, without PyYAML, which takes a millisecond for each."""
    return "".join(chain.from_iterable(_lines(*item) for item in entry(paper).items()))


def _lines(key: str, value: object) -> Iterable[str]:
    if isinstance(value, list):
        yield f"{key}: [{', '.join(value)}]\n"
    elif isinstance(value, dict):
        yield f"{key}:\n"
        yield from (f'  {name}: "{text}"\n' for name, text in value.items())
    else:
        yield f"{key}: {value}\n" if isinstance(value, int) else f'{key}: "{value}"\n'
