"""The benchmarks measure what they say: sound atlases, and peers that show the same papers."""

import sys
from itertools import islice
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from paper_atlas.library import load
from paper_atlas.problem import Severity

from benchmarks.measuring import Cost, run
from benchmarks.papers import make_papers
from benchmarks.profiling import profiled
from benchmarks.projects import PROJECTS
from benchmarks.rows import KINDS, rows
from benchmarks.scale import QUICK, WHOLE, Scale
from benchmarks.subjects import CHANGED, Build, an_entry, builder, change
from benchmarks.table import Row, table

COUNT = 20
PEERS = ("cards", "raw-html", "blog", "gen-files", "bibtex")


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def write(folder: Path, name: str, count: int = COUNT) -> Path:
    PROJECTS[name](folder, count)
    return folder


def test_a_generated_atlas_is_sound(tmp_path: Path) -> None:
    library = load(write(tmp_path, "paper-atlas", 500) / "entries", tmp_path)
    assert len(library.entries) == 500
    assert [str(it) for it in library.problems if it.severity is not Severity.NOTE] == []


def test_the_papers_are_as_asked_for() -> None:
    papers = [*make_papers(2_000)]
    assert len({paper.id for paper in papers}) == len({paper.title for paper in papers}) == 2_000
    assert len({paper.organ for paper in papers}) == 25
    assert {len(paper.authors) for paper in papers} == set(range(3, 13))
    assert 0.37 < sum(bool(paper.notes) for paper in papers) / 2_000 < 0.43
    assert 0.17 < sum(bool(paper.extends) for paper in papers) / 2_000 < 0.23
    lengths = [len(paper.notes.split()) for paper in papers if paper.notes]
    assert (min(lengths), max(lengths)) == (40, 90)


def test_the_same_seed_gives_the_same_files(tmp_path: Path) -> None:
    first, second = (files(write(tmp_path / name, "paper-atlas")) for name in ("a", "b"))
    assert first == second
    assert [*make_papers(5, seed=2)] != [*islice(make_papers(5), 5)]


@pytest.mark.parametrize("name", PEERS)
def test_a_peer_shows_every_paper(name: str, tmp_path: Path) -> None:
    project = write(tmp_path, name)
    cost = run([sys.executable, *builder(papers=True), "build", "--quiet"], project)
    assert min(cost.cpu, cost.wall, cost.peak) > 0
    pages = sorted((project / "site").rglob("*.html"))
    text = " ".join(
        BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").get_text(" ")
        for path in pages
    )
    for paper in make_papers(COUNT):
        assert paper.title in text, paper.title
        assert paper.authors[0] in text, paper.authors[0]


def test_an_atlas_without_pages_of_papers(tmp_path: Path) -> None:
    """All that it has otherwise is there, byte for byte, but for what the pages are listed in."""
    for papers in (True, False):
        Build("paper-atlas", COUNT, papers=papers).measure(tmp_path)
    whole, without = (
        files(tmp_path / f"paper-atlas-{COUNT}{it}" / "site") for it in ("", "-without")
    )
    papers = {f"papers/{paper.id}/index.html" for paper in make_papers(COUNT)}
    assert set(whole) - set(without) == papers
    assert {name for name in without if without[name] != whole[name]} <= {
        "sitemap.xml",
        "sitemap.xml.gz",
    }


def test_a_change_is_in_the_build_after_it(tmp_path: Path) -> None:
    Build("paper-atlas", COUNT, CHANGED).measure(tmp_path)
    project = tmp_path / f"paper-atlas-{COUNT}"
    page = project / "site" / "papers" / an_entry(project).stem / "index.html"
    title = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").h1
    assert title
    assert "(1)" in title.get_text()


def test_a_change_numbers_the_first_line(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text('title: "A (b) c"\nyear: 2018\n')
    assert [change(path), change(path)] == ["(1)", "(2)"]
    assert path.read_text() == 'title: "A (b) c (2)"\nyear: 2018\n'


def test_the_table() -> None:
    ours, peer = Build("paper-atlas", 1_000), Build("cards", 1_000)
    found = [Row("a build", ours, peer, 0.5), Row("a build", ours, Build("blog", 1_000), 0.1)]
    lines = [*table(found, {ours: Cost(1.2, 1.3, 90), peer: Cost(2.0, 2.5, 40)})]
    assert lines[2:] == [
        "| a build | 1.20 s (1.30 s) | (a): 2.00 s (2.50 s) | 0.60 | ≤ 0.5 | **no** |",
        "| a build | failed | – | – | ≤ 0.1 | – |",
    ]


@pytest.mark.parametrize("scale", [WHOLE, QUICK], ids=["whole", "quick"])
def test_no_row_stands_twice(scale: Scale) -> None:
    found = rows(KINDS, scale)
    assert len({(row.what, row.against) for row in found}) == len(found)
    assert all(row.subject.name and row.subject.group for row in found)


def test_a_profile_says_where_the_time_goes(tmp_path: Path) -> None:
    modules, functions = profiled(write(tmp_path, "paper-atlas"), papers=True)
    assert "mkdocs/structure/pages.py" in modules
    assert functions["mkdocs/commands/build.py: build"] <= modules.total()
    assert functions["paper_atlas/mkdocs_plugin.py: on_files"] > 0
