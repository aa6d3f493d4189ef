"""Shared parts of the projects: a configuration, and papers as values of their files."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from benchmarks.papers import Paper

Entry = Mapping[str, Any]
"""The values of the YAML file of a paper."""


def site(
    folder: Path,
    *plugins: str | Mapping[str, Any],
    extensions: Sequence[str] | Mapping[str, Any] = (),
) -> Path:
    """Write mkdocs.yml and a home page, and return the folder of hand-written pages."""
    config = {
        "site_name": "Benchmark",
        "theme": {"name": "material", "font": False},
        "plugins": ["search", *plugins],
        "markdown_extensions": extensions or [],
    }
    put(folder / "mkdocs.yml", yaml.dump(config, sort_keys=False))
    put(folder / "docs" / "index.md", "# Benchmark\n\nA home page.\n")
    return folder / "docs"


def put(path: Path, text: str) -> None:
    """Write a file, and create its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def entry(paper: Paper) -> dict[str, Any]:
    """Return the values of a paper by the keys of its YAML file."""
    found: dict[str, Any] = {
        "title": paper.title,
        "authors": [*paper.authors],
        "year": paper.year,
        "venue": paper.venue,
        "links": paper.links,
        **{facet: [term.title for term in terms] for facet, terms in paper.terms.items()},
    }
    if paper.extends:
        found["extends"] = [*paper.extends]
    if paper.notes:
        found["notes"] = paper.notes
    return found
