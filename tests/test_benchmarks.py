"""The benchmarks: the generated atlases are valid, and the peers show the same papers."""

import sys
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup, Tag
from paper_atlas import Severity, load

from benchmarks.measuring import Cost, run
from benchmarks.papers import Paper, Term, make_papers
from benchmarks.profiling import profile_build
from benchmarks.projects import PROJECTS
from benchmarks.projects.cards import FACETS
from benchmarks.rows import KINDS, rows
from benchmarks.scale import QUICK, WHOLE, Scale
from benchmarks.subjects import CHANGED, Build, first_entry, mkdocs_arguments, number_first_line
from benchmarks.table import Row, table

COUNT, MANY = 20, 100
PEERS = ("cards", "raw-html", "blog", "gen-files", "bibtex")
CARDS = ("cards", "raw-html", "gen-files")
"""The peers that have the cards of an atlas."""
KIND = {"doi": "DOI", "arxiv": "arXiv", "code": "Code"}
ADDRESS = {"doi": "https://doi.org/", "arxiv": "https://arxiv.org/abs/", "code": ""}


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def write(folder: Path, name: str, count: int = COUNT) -> Path:
    PROJECTS[name](folder, count)
    return folder


def test_generated_atlas_is_valid(tmp_path: Path) -> None:
    library = load(write(tmp_path, "paper-atlas", 500) / "entries", tmp_path)
    assert len(library.entries) == 500
    assert [str(it) for it in library.problems if it.severity is not Severity.NOTE] == []


def test_papers_have_the_requested_distribution() -> None:
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
def test_peer_shows_every_paper(name: str, tmp_path: Path) -> None:
    project = write(tmp_path, name)
    cost = run([sys.executable, *mkdocs_arguments(papers=True), "build", "--quiet"], project)
    assert min(cost.cpu, cost.wall, cost.peak) > 0
    pages = sorted((project / "site").rglob("*.html"))
    text = " ".join(
        BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").get_text(" ")
        for path in pages
    )
    for paper in make_papers(COUNT):
        assert paper.title in text, paper.title
        assert paper.authors[0] in text, paper.authors[0]


class Site:
    """The articles of a built site by their paths."""

    def __init__(self, folder: Path) -> None:
        self.pages = {
            f"/{path.parent.relative_to(folder).as_posix()}/": BeautifulSoup(
                path.read_text(encoding="utf-8"), "html.parser"
            ).select_one("article")
            for path in folder.glob("*/**/index.html")
        }

    def organ(self, title: str) -> str:
        """Return the path of the page of an organ."""
        return next(
            address
            for address, page in self.pages.items()
            if address.startswith("/organs/") and words(page.h1) == title
        )

    def target(self, here: str, link: Tag) -> tuple[str, str]:
        """Return the titles of the page and of the heading to which a link leads."""
        address, _, anchor = urljoin(here, link["href"]).partition("#")
        page = self.pages[address]
        heading = page.find(id=anchor) if anchor else page.h1
        assert heading, link
        assert words(heading) == words(link)
        return words(page.h1), words(heading)


def words(tag: Tag) -> str:
    """Return the text of a tag, without the permalink."""
    return " ".join(tag.get_text().replace("¶", "").split())


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Site]:
    """The peers with cards, built without a warning."""
    found = {}
    for name in CARDS:
        project = write(tmp_path_factory.mktemp(name), name, MANY)
        run([sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict"], project)
        found[name] = Site(project / "site")
    return found


@pytest.mark.parametrize("name", CARDS)
def test_peer_has_the_cards_of_an_atlas(name: str, sites: dict[str, Site]) -> None:
    """It is on the page of each organ, with all texts and links of a card of the atlas."""
    papers = {paper.id: paper for paper in make_papers(MANY)}
    assert any(paper.notes for paper in papers.values())
    assert any(len(paper.extends) > 1 for paper in papers.values())
    site = sites[name]
    for paper in papers.values():
        for organ in paper.terms["organs"]:
            here = site.organ(organ.title)
            title = site.pages[here].select_one(f".grid.cards > ul > li > h3#{paper.id}")
            assert title, (paper.id, organ)
            assert words(title) == paper.title
            assert title.select_one("a.headerlink")["href"] == f"#{paper.id}"
            card = title.parent
            source = f"{', '.join(paper.authors)}. {paper.venue}, {paper.year}."
            assert source in map(words, card.select("p"))
            buttons = {link["href"]: words(link) for link in card.select("a.md-button:has(svg)")}
            assert buttons == {ADDRESS[kind] + it: KIND[kind] for kind, it in paper.links.items()}
            links = card.select("a:not(.md-button, .headerlink)")
            assert [site.target(here, link) for link in links] == linked(paper, organ, papers)
            notes = [words(fold.p) for fold in card.select("details.note:not([open])")]
            assert notes == [paper.notes.replace("*", "")] * bool(paper.notes)


def linked(paper: Paper, organ: Term, papers: Mapping[str, Paper]) -> list[tuple[str, str]]:
    """Return page and heading of every link of a card: terms, papers, other organs."""
    others = [papers[it] for it in paper.extends]
    return [
        *((title, term.title) for facet, title in FACETS.items() for term in paper.terms[facet]),
        *((other.organ.title, other.title) for other in others),
        *((it.title, it.title) for it in paper.terms["organs"] if it != organ),
    ]


def test_peers_have_the_same_cards(sites: dict[str, Site]) -> None:
    assert sites["raw-html"].pages == sites["cards"].pages
    assert sites["gen-files"].pages == sites["cards"].pages


def test_atlas_without_pages_of_papers(tmp_path: Path) -> None:
    """All other files have the same bytes, except the sitemap, which lists the pages."""
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


def test_change_is_in_the_next_build(tmp_path: Path) -> None:
    Build("paper-atlas", COUNT, CHANGED).measure(tmp_path)
    project = tmp_path / f"paper-atlas-{COUNT}"
    page = project / "site" / "papers" / first_entry(project).stem / "index.html"
    title = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").h1
    assert title
    assert "(1)" in title.get_text()


def test_change_numbers_the_first_line(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text('title: "A (b) c"\nyear: 2018\n')
    assert [number_first_line(path), number_first_line(path)] == ["(1)", "(2)"]
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
def test_no_row_is_given_twice(scale: Scale) -> None:
    found = rows(KINDS, scale)
    assert len({(row.what, row.against) for row in found}) == len(found)
    assert all(row.subject.name and row.subject.group for row in found)


def test_profile_counts_modules_and_functions(tmp_path: Path) -> None:
    modules, functions = profile_build(write(tmp_path, "paper-atlas"), papers=True)
    assert "mkdocs/structure/pages.py" in modules
    assert functions["mkdocs/commands/build.py: build"] <= modules.total()
    assert functions["paper_atlas/mkdocs_plugin/plugin.py: on_files"] > 0
