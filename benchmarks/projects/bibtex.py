"""mkdocs-bibtex: one .bib file, and a page for each organ that cites all its papers.

It uses the default style, which needs no pandoc. https://github.com/shyamd/mkdocs-bibtex
"""

from collections import defaultdict
from pathlib import Path

from benchmarks.papers import Paper, make_papers
from benchmarks.projects.parts import Entry, entry, put, site


def write(folder: Path, count: int) -> None:
    """Write a list of citations for each organ."""
    docs = site(folder, {"bibtex": {"bib_file": "papers.bib"}}, extensions=["footnotes"])
    put(folder / "papers.bib", "\n".join(map(_record, make_papers(count))))
    for organ, titled in _by_organ(count).items():
        for title, papers in titled.items():
            lines = "".join(f"- {paper['title']} [@{name}]\n" for name, paper in papers)
            put(docs / "organs" / f"{organ}.md", f"# {title}\n\n{lines}\n\\bibliography\n")


def _by_organ(count: int) -> dict[str, dict[str, list[tuple[str, Entry]]]]:
    """Return id and entry of each paper, newest first, by id and title of its organ."""
    found: dict[str, dict[str, list[tuple[str, Entry]]]] = defaultdict(lambda: defaultdict(list))
    for paper in reversed([*make_papers(count)]):
        found[paper.organ.id][paper.organ.title].append((paper.id, entry(paper)))
    return found


def _record(paper: Paper) -> str:
    doi = f"  doi = {{{paper.links['doi']}}},\n" if "doi" in paper.links else ""
    return (
        f"@article{{{paper.id},\n  title = {{{paper.title}}},\n"
        f"  author = {{{' and '.join(paper.authors)}}},\n"
        f"  journal = {{{paper.venue}}},\n{doi}  year = {{{paper.year}}}\n}}\n"
    )
