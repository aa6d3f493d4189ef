"""The blog of Material: a post for each paper, its organs as categories.

https://squidfunk.github.io/mkdocs-material/plugins/blog/
"""

from pathlib import Path

import yaml

from benchmarks.papers import Paper, make_papers
from benchmarks.projects.parts import put, site


def write(folder: Path, count: int) -> None:
    """Write a Markdown file for each paper."""
    docs = site(folder, "blog")
    put(docs / "blog" / "index.md", "# Papers\n")
    for paper in make_papers(count):
        put(docs / "blog" / "posts" / f"{paper.id}.md", _post(paper))


def _post(paper: Paper) -> str:
    front = {
        "date": f"{paper.year}-01-01",
        "slug": paper.id,
        "categories": [term.title for term in paper.terms["organs"]],
    }
    links = " · ".join(f"[{kind}]({_address(kind, it)})" for kind, it in paper.links.items())
    words = " · ".join(term.title for terms in paper.terms.values() for term in terms)
    extends = f"Extends {', '.join(paper.extends)}.\n\n" if paper.extends else ""
    lines = yaml.dump(front, Dumper=yaml.CSafeDumper, sort_keys=False).replace("'", "")
    return (
        f"---\n{lines}---\n\n# {paper.title}\n\n"
        f"{', '.join(paper.authors)}. *{paper.venue}*, {paper.year}.\n\n<!-- more -->\n\n"
        f"{links}\n\n{words}\n\n{extends}{paper.notes}\n"
    )


def _address(kind: str, value: str) -> str:
    return {"doi": "https://doi.org/", "arxiv": "https://arxiv.org/abs/"}.get(kind, "") + value
