"""The benchmarks: the generated atlases are valid, and the peers show the same papers."""

import gzip
import statistics
import sys
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup, Tag
from paper_atlas import Severity, load

from benchmarks import lighthouse
from benchmarks.browsing import served_site
from benchmarks.measuring import Cost, FailedError, measure_all, run
from benchmarks.papers import Paper, Term, make_papers
from benchmarks.profiling import profile_build
from benchmarks.projects import PROJECTS
from benchmarks.projects.cards import FACETS
from benchmarks.rows import KINDS, rows
from benchmarks.rows.browser import first_pages
from benchmarks.rows.sizes import LargestPage, PaperPage, WholeSite, compressed_size
from benchmarks.scale import QUICK, WHOLE, Scale
from benchmarks.subjects import ATLAS, WARM, Build, InMemory, number_first_line
from benchmarks.table import CPU, FILES, GZIP, MEGABYTES, SCORE, Row, table

COUNT, MANY = 20, 100
PEERS = ("cards", "gen-files")
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
    """The peers, built without a warning."""
    found = {}
    for name in PEERS:
        project = write(tmp_path_factory.mktemp(name), name, MANY)
        run([sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict"], project)
        found[name] = Site(project / "site")
    return found


@pytest.mark.parametrize("name", PEERS)
def test_peer_has_a_card_of_every_paper(name: str, sites: dict[str, Site]) -> None:
    """It is on the page of each organ, with all texts and links of the paper."""
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
    assert sites["gen-files"].pages == sites["cards"].pages


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small atlas that is built."""
    folder = tmp_path_factory.mktemp("benchmarks")
    cost = Build(ATLAS, COUNT).measure(folder)
    assert min(cost.cpu, cost.wall, cost.peak) > 0
    return folder


@pytest.fixture
def site(folder: Path) -> Path:
    return folder / f"{ATLAS}-{COUNT}" / "site"


def test_site_has_all_files(folder: Path, site: Path) -> None:
    contents = [*files(site).values()]
    expected = Cost(size=sum(map(len, contents)), files=len(contents))
    assert WholeSite(COUNT).measure(folder) == expected


def test_largest_page_may_be_another_when_it_is_compressed(folder: Path, site: Path) -> None:
    pages = [content for name, content in files(site).items() if name.endswith(".html")]
    packed = max(len(gzip.compress(page, 6)) for page in pages)
    assert LargestPage(COUNT).measure(folder) == Cost(size=max(map(len, pages)), gzip=packed)


def test_page_of_a_paper(folder: Path, site: Path) -> None:
    pages = [site / "papers" / paper.id / "index.html" for paper in make_papers(COUNT)]
    sizes, packed = [it.stat().st_size for it in pages], [compressed_size(it) for it in pages]
    median = PaperPage(ATLAS, COUNT, statistics.median).measure(folder)
    assert median == Cost(size=statistics.median(sizes), gzip=statistics.median(packed))
    assert PaperPage(ATLAS, COUNT, max).measure(folder) == Cost(size=max(sizes), gzip=max(packed))


def test_lists_are_first_pages(site: Path) -> None:
    found = {path.parent.relative_to(site).as_posix() for path in first_pages(site)}
    organs = {f"organs/{term.id}" for it in make_papers(COUNT) for term in it.terms["organs"]}
    assert {"papers", *organs} <= found
    assert not found & {f"papers/{paper.id}" for paper in make_papers(COUNT)}
    assert {it.split("/")[0] for it in found} == {"papers", "sections", "organs", *FACETS}


def test_build_after_no_change_keeps_the_cache(folder: Path, site: Path) -> None:
    cache = site.parent / ".cache"
    kept = {path for path in cache.rglob("*") if path.is_file()}
    before = files(site)
    Build(ATLAS, COUNT, WARM).measure(folder)
    assert files(site) == before
    assert kept <= {path for path in cache.rglob("*") if path.is_file()}


def test_build_in_memory_leaves_no_files(tmp_path: Path) -> None:
    assert InMemory(Build("empty", 3)).measure(tmp_path).cpu > 0
    assert [*tmp_path.iterdir()] == []


def test_server_compresses_texts_and_counts_them(tmp_path: Path) -> None:
    html, image = b"<p>word</p>" * 100, bytes(range(256))
    (tmp_path / "index.html").write_bytes(html)
    (tmp_path / "a.png").write_bytes(image)
    with served_site(tmp_path) as server:
        with urllib.request.urlopen(server.url) as answer:
            assert answer.headers["Content-Encoding"] == "gzip"
            packed = answer.read()
        with urllib.request.urlopen(f"{server.url}a.png") as answer:
            assert answer.headers["Content-Encoding"] is None
            assert answer.read() == image
    assert gzip.decompress(packed) == html
    assert server.sent == [len(packed), len(image)]


def test_lighthouse_is_not_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lighthouse.shutil, "which", lambda _: None)
    with pytest.raises(FailedError, match=r"Node\.js"):
        lighthouse.mobile_performance("http://127.0.0.1/")


@dataclass(frozen=True)
class Counted:
    """A subject whose cost grows with each measurement."""

    name: str
    costs: tuple[Cost, ...]
    once: bool = False
    group: str = "tests"

    def measure(self, folder: Path) -> Cost:
        with (folder / self.name).open("a") as file:
            file.write(".")
            return self.costs[file.tell() - 1]


def test_medians(tmp_path: Path) -> None:
    costs = (Cost(cpu=1, gzip=7), Cost(cpu=3, gzip=9), Cost(cpu=2, gzip=8))
    often, once = Counted("often", costs), Counted("once", costs, once=True)
    found = measure_all([often, once, replace(once)], 3, tmp_path)
    assert found == {often: Cost(cpu=2, gzip=8), once: costs[0]}


def test_change_numbers_the_first_line(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text('title: "A (b) c"\nyear: 2018\n')
    assert [number_first_line(path), number_first_line(path)] == ["(1)", "(2)"]
    assert path.read_text() == 'title: "A (b) c (2)"\nyear: 2018\n'


OURS, PEER = Build(ATLAS, 1_000), Build("cards", 1_000)
COSTS = {OURS: Cost(1.2, 1.3, 90, 2.5e6, 96_400, 1_660, 95), PEER: Cost(2.0, 2.5, 40)}
TABLE = {
    "ratio": (
        Row("it", OURS, PEER, 0.5),
        "1.20 s (1.30 s) | cards in Markdown: 2.00 s (2.50 s) | 0.60 | ≤ 0.5 | **no**",
    ),
    "quantity alone": (Row("it", OURS, None, 1.2, CPU), "1.20 s (1.30 s) | – | – | ≤ 1.2 | yes"),
    "with a unit": (Row("it", OURS, None, 280, MEGABYTES), "2.5 MB | – | – | ≤ 280 MB | yes"),
    "large number": (Row("it", OURS, None, 1_500, FILES), "1,660 | – | – | ≤ 1,500 | **no**"),
    "compressed": (Row("it", OURS, None, 150, GZIP), "96.4 kB | – | – | ≤ 150 kB | yes"),
    "smallest": (Row("it", OURS, None, 95, SCORE, at_least=True), "95.0 | – | – | ≥ 95 | yes"),
    "too small": (Row("it", OURS, None, 96, SCORE, at_least=True), "95.0 | – | – | ≥ 96 | **no**"),
    "not measured": (
        Row("it", Build(ATLAS, 7), None, 95, SCORE, at_least=True),
        "not measured | – | – | ≥ 95 | –",
    ),
    "peer not measured": (
        Row("it", OURS, Build("gen-files", 7), 0.1),
        "not measured | – | – | ≤ 0.1 | –",
    ),
}


@pytest.mark.parametrize(("row", "line"), TABLE.values(), ids=TABLE)
def test_row_of_the_table(row: Row, line: str) -> None:
    assert [*table([row], COSTS)][2:] == [f"| it | {line} |"]


@pytest.mark.parametrize("scale", [WHOLE, QUICK], ids=["whole", "quick"])
def test_no_row_is_given_twice(scale: Scale) -> None:
    found = rows(KINDS, scale)
    assert len({row.what for row in found}) == len(found)
    assert all(row.subject.name and row.subject.group for row in found)


def test_profile_counts_modules_and_functions(tmp_path: Path) -> None:
    modules, functions = profile_build(write(tmp_path, "paper-atlas"))
    assert "mkdocs/structure/pages.py" in modules
    assert functions["mkdocs/commands/build.py: build"] <= modules.total()
    assert functions["paper_atlas/mkdocs_plugin/plugin.py: on_files"] > 0
