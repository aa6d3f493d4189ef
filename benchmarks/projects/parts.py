"""What the projects have in common: a configuration, and papers as templates take them."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from benchmarks.papers import Paper, make_papers

Entry = Mapping[str, Any]
"""A paper as its YAML file has it."""


def site(folder: Path, *plugins: str | Mapping[str, Any], extensions: Iterable[str] = ()) -> Path:
    """Write mkdocs.yml and a home page, and return the folder of hand-written pages."""
    config = {
        "site_name": "Benchmark",
        "theme": {"name": "material", "font": False},
        "plugins": ["search", *plugins],
        "markdown_extensions": [*extensions],
    }
    text = json.dumps(config, indent=2)  # which is YAML
    put(folder / "mkdocs.yml", text)
    put(folder / "docs" / "index.md", "# Benchmark\n\nA home page.\n")
    return folder / "docs"


def put(path: Path, text: str) -> None:
    """Write a file, and make its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def entry(paper: Paper) -> dict[str, Any]:
    """A paper by the keys of its YAML file."""
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


def by_organ(count: int) -> dict[str, dict[str, list[tuple[str, Entry]]]]:
    """The id and the entry of each paper, newest first, by the id and the title of its organ."""
    found: dict[str, dict[str, list[tuple[str, Entry]]]] = defaultdict(lambda: defaultdict(list))
    for paper in reversed([*make_papers(count)]):
        found[paper.organ.id][paper.organ.title].append((paper.id, entry(paper)))
    return found


def organ_pages(docs: Path, name: str, count: int) -> None:
    """Write a page for each organ, made from a template of this folder."""
    loader = FileSystemLoader(Path(__file__).parent)
    template = Environment(loader=loader, trim_blocks=True, lstrip_blocks=True).get_template(name)
    for organ, titled in by_organ(count).items():
        for title, papers in titled.items():
            put(docs / "organs" / f"{organ}.md", template.render(organ=title, papers=papers))
