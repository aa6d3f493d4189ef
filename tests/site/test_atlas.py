"""All pages and files of a site, made with a host that is not MkDocs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
import yaml
from helpers.second_host import write_site
from helpers.small import library
from paper_atlas import Library, load
from paper_atlas.folder.cache import Cache
from paper_atlas.site.addresses import Addresses, SiteInfo
from paper_atlas.site.atlas import Atlas, PlannedPage
from paper_atlas.site.collection import Collection, collections_of
from paper_atlas.site.html.renderer import Renderer
from paper_atlas.site.page_template import PageTemplate
from paper_atlas.site.placeholders import ADDRESS, CONTENT, DESCRIPTION, SOURCE, TITLE

from benchmarks.projects import PROJECTS

ROOT = "http://site.test/"
INFO = SiteInfo("An atlas", "", Addresses(root=ROOT))
TEMPLATE = PageTemplate(
    f"<head><title>{TITLE}</title><meta name='d' content='{DESCRIPTION}'></head>"
    f"<body data-at='{ADDRESS}' data-edit='{SOURCE}'>{CONTENT}</body>"
)
COUNT = 350
_HREF = re.compile(r'<a [^>]*?href="([^"#?]*)')
_CARD = re.compile(r'<article class="paper" id="([^"]+)"')
_RELATION = re.compile(r'<link rel="(canonical|prev|next)" href="([^"]*)"')


@dataclass
class WrittenSite:
    """A site in a folder, and the links of its pages."""

    folder: Path
    texts: dict[str, str] = field(default_factory=dict)

    def text(self, path: str) -> str:
        if path not in self.texts:
            self.texts[path] = (self.folder / path / "index.html").read_text(encoding="utf-8")
        return self.texts[path]

    def links(self, path: str) -> set[str]:
        """The pages to which a page links, as paths such as `papers/`."""
        found = (urljoin(ROOT + path, link) for link in _HREF.findall(self.text(path)))
        return {unquote(url.removeprefix(ROOT)) for url in found if url.startswith(ROOT)}

    def relations(self, path: str) -> dict[str, str]:
        return {
            name: urljoin(ROOT + path, link) for name, link in _RELATION.findall(self.text(path))
        }

    def crawl(self, start: str, below: str = "") -> set[str]:
        """The pages that links from a page reach, by way of pages with paths below `below`."""
        reached, waiting = {start}, [start]
        while waiting:
            path = waiting.pop()
            if path == start or path.startswith(below):
                new = {it for it in self.links(path) if it == "" or it.endswith("/")} - reached
                reached |= new
                waiting += new
        return reached


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The library of 350 papers."""
    folder = tmp_path_factory.mktemp("many")
    PROJECTS["paper-atlas"](folder, COUNT)
    found = load(folder / "entries", folder)
    assert len(found.entries) == COUNT
    return found


@pytest.fixture(scope="module")
def atlas(many: Library) -> Atlas:
    return Atlas(many, INFO)


@pytest.fixture(scope="module")
def site(atlas: Atlas, tmp_path_factory: pytest.TempPathFactory) -> WrittenSite:
    folder = tmp_path_factory.mktemp("site")
    write_site(atlas, folder)
    return WrittenSite(folder)


def url_of(papers: Collection) -> str:
    return Addresses().page_url(papers.page)


def planned(atlas: Atlas) -> dict[str, PlannedPage]:
    return {page.path: page for page in atlas.planned_pages()}


def collections(atlas: Atlas) -> Iterator[Collection]:
    """The collections with a page."""
    known = {*planned(atlas), "papers/index.md"}
    return (papers for papers in collections_of(atlas.library) if papers.page in known)


class TestLists:
    def test_every_paper_of_every_list_is_reached_by_links(
        self, atlas: Atlas, site: WrittenSite
    ) -> None:
        for papers in collections(atlas):
            url = url_of(papers)
            reached = site.crawl(url, f"{url}page/")
            expected = {f"papers/{entry.id}/" for entry in papers.entries}
            assert expected <= reached, papers.page

    def test_every_page_is_reached_from_the_home_page(self, site: WrittenSite) -> None:
        pages = {path.parent.relative_to(site.folder) for path in site.folder.rglob("index.html")}
        paths = {"" if path == Path() else f"{path.as_posix()}/" for path in pages}
        assert len(paths) > COUNT + 100
        assert site.crawl("") == paths - {"compare/"}  # the script leads there

    def test_the_pages_of_all_papers_have_100_cards_each(
        self, atlas: Atlas, site: WrittenSite
    ) -> None:
        """The script finds the card of paper number n on page n // 100 + 1."""
        found = [_CARD.findall(site.text(path)) for path in (
            "papers/", "papers/page/2/", "papers/page/3/", "papers/page/4/",
        )]  # fmt: skip
        ids = [entry.id for entry in atlas.library.entries]
        assert found == [ids[:100], ids[100:200], ids[200:300], ids[300:]]
        assert not (site.folder / "papers" / "page" / "5").exists()

    def test_the_pages_of_a_list_name_each_other(self, atlas: Atlas, site: WrittenSite) -> None:
        long = [papers for papers in collections(atlas) if len(papers.entries) > 100]
        assert len(long) > 5
        for papers in long:
            url = ROOT + url_of(papers)
            path, pages = url, []
            while path:
                relations = site.relations(path.removeprefix(ROOT))
                assert relations["canonical"] == path
                assert relations.get("prev") == (pages[-1] if pages else None)
                pages.append(path)
                path = relations.get("next", "")
            assert pages == [url, *(f"{url}page/{n}/" for n in range(2, len(pages) + 1))]
            assert len(pages) > 1

    def test_a_further_page_has_a_title_of_its_own(self, site: WrittenSite) -> None:
        assert "<title>All papers, page 2</title>" in site.text("papers/page/2/")
        assert "<title>All papers</title>" in site.text("papers/")

    def test_no_page_grows_with_the_atlas(self, site: WrittenSite) -> None:
        sizes = [path.stat().st_size for path in site.folder.rglob("*.html")]
        assert max(sizes) < 1_000_000


class TestPlannedPages:
    def test_each_page_is_planned_once(self, atlas: Atlas) -> None:
        paths = [page.path for page in atlas.planned_pages()]
        own = [page.path for page in atlas.pages]
        assert len({*paths, *own}) == len(paths) + len(own)

    def test_a_page_has_the_path_of_its_plan(self, atlas: Atlas) -> None:
        pages = [*atlas.planned_pages()]
        for page in [*pages[::17], pages[0], pages[-1]]:
            assert page.make().path == page.path

    def test_the_parent_of_a_page_is_in_the_navigation(self, atlas: Atlas) -> None:
        own = {page.path for page in atlas.pages}
        parents = {page.path.partition("/")[0]: page.parent for page in atlas.planned_pages()}
        assert {*parents.values()} <= own
        assert parents["organs"] == parents["sections"] == "organs/index.md"
        assert parents["papers"] == "papers/index.md"

    def test_pages_may_be_made_in_any_order(self, many: Library) -> None:
        forwards, backwards = (planned(Atlas(many, INFO)) for _ in range(2))
        names = [name for name in forwards if not name.startswith("papers/")]
        made = {name: forwards[name].make() for name in names}
        assert {name: backwards[name].make() for name in reversed(names)} == made

    def test_unused_terms_of_a_facet_without_pages_have_no_page(self, tmp_path: Path) -> None:
        found = planned(Atlas(library(tmp_path, {"one": "modalities: [CT]"}), INFO))
        assert "modalities/ct.md" in found
        assert "modalities/mri.md" not in found
        assert "organs/heart.md" in found  # a facet with pages


class TestPageFromTemplate:
    def page(self, atlas: Atlas, path: str) -> str:
        return atlas.page_from_template(planned(atlas)[path].make(), TEMPLATE)

    def test_a_page_has_its_values(self, tmp_path: Path) -> None:
        found = library(tmp_path, {"one": "title: A & <b>\nyear: 2020"})
        atlas = Atlas(found, INFO, edit_url=lambda path: f"https://e.org/edit/{path}")
        text = self.page(atlas, "papers/one.md")
        assert "<title>A &amp; &lt;b&gt;</title>" in text
        assert f"data-at='{ROOT}papers/one/'" in text
        assert "data-edit='https://e.org/edit/entries/one.yml'" in text
        assert '<meta name="citation_title" content="A &amp; &lt;b&gt;">' in text
        assert "Placeholder" not in text
        assert "data-edit='https://e.org/edit/entries/vocabulary.yml'" in self.page(
            atlas, "organs/liver.md"
        )

    def test_a_site_without_an_address_has_no_canonical_one(self, tmp_path: Path) -> None:
        atlas = Atlas(library(tmp_path, {"one": ""}), SiteInfo("A", "", Addresses()))
        text = self.page(atlas, "papers/one.md")
        assert "data-at=''" in text
        assert "data-edit=''" in text

    def test_a_cached_page_equals_a_new_one(self, tmp_path: Path) -> None:
        found = library(tmp_path, {"one": "year: 2020", "two": ""})
        names = ("papers/one.md", "organs/liver.md")
        new = [self.page(Atlas(found, INFO), name) for name in names]
        for _ in range(2):
            cache = Cache(tmp_path / "cache")
            atlas = Atlas(found, INFO, text_cache=cache)
            assert [self.page(atlas, name) for name in names] == new
            cache.close()

    @pytest.mark.parametrize(("code", "is_new"), [(b"one", False), (b"two", True)])
    def test_a_page_is_cached_for_the_same_code_only(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: bytes, is_new: bool
    ) -> None:
        found = library(tmp_path, {"one": ""})
        for used in (b"one", code):
            cache = Cache(tmp_path / "cache")
            cache.code_digest = used
            text = self.page(Atlas(found, INFO, text_cache=cache), "papers/one.md")
            cache.close()
            monkeypatch.setattr(Renderer, "page_html", lambda *_: "rendered again")
        assert ("rendered again" in text) is is_new

    @pytest.mark.parametrize(
        "change",
        [
            {"edit_url": lambda path: f"https://e.org/{path}"},
            {"mentions": {"one": [("A page", "a/")]}},
            {"has_maths": True},
            {"site": SiteInfo("Other", "", Addresses(root="https://other.org/"))},
        ],
        ids=lambda change: next(iter(change)),
    )
    def test_what_a_page_depends_on_changes_a_cached_page(
        self, tmp_path: Path, change: dict[str, object]
    ) -> None:
        cache = Cache(tmp_path / "cache")
        found = library(tmp_path, {"one": "title: On $L^p$"})
        self.page(Atlas(found, INFO, text_cache=cache), "papers/one.md")
        cache.close()
        cache = Cache(tmp_path / "cache")
        values = {"site": INFO, **change}
        expected = self.page(Atlas(found, **values), "papers/one.md")  # type: ignore[arg-type]
        cached = Atlas(found, **values, text_cache=cache)  # type: ignore[arg-type]
        assert self.page(cached, "papers/one.md") == expected

    @pytest.mark.parametrize("changed", ["one", "two", "vocabulary"])
    def test_every_change_of_the_atlas_changes_a_cached_page(
        self, tmp_path: Path, changed: str
    ) -> None:
        cache, papers = Cache(tmp_path / "cache"), {"one": "extends: [two]", "two": "title: Old"}
        path = "papers/one.md"
        before = self.page(Atlas(library(tmp_path, papers), INFO, text_cache=cache), path)
        cache.close()
        cache = Cache(tmp_path / "cache")
        if changed == "vocabulary":
            found = library(tmp_path, papers, (
                "facets: {organs: {title: Body parts, pages: true, terms: [Liver]}}"
            ))  # fmt: skip
        else:
            found = library(tmp_path, {**papers, changed: f"{papers[changed]}\nyear: 1999"})
            if changed == "two":
                found = library(tmp_path, {**papers, "two": "title: New"})
        after = self.page(Atlas(found, INFO, text_cache=cache), path)
        assert after == self.page(Atlas(found, INFO), path) != before


class TestMarkdown:
    def test_the_front_matter_is_yaml(self, tmp_path: Path) -> None:
        atlas = Atlas(library(tmp_path, {}), SiteInfo("A: <b> & 'c'", "", Addresses()))
        _, front, body = atlas.markdown(atlas.pages[0]).split("---\n", 2)
        values = yaml.safe_load(front)
        assert values["title"] == "A: &lt;b&gt; &amp; &#x27;c&#x27;"
        assert values["search"] == {"exclude": True}
        assert body.strip().startswith("# ")

    def test_finish_replaces_links_lists_and_markers_in_a_handwritten_page(
        self, tmp_path: Path
    ) -> None:
        atlas = Atlas(library(tmp_path, {"one": "title: One", "two": "year: 1999"}), INFO)
        page = atlas.pages[1]
        text = f"<!-- papers: year=1999 -->{page.body}"
        html, finished, problems = atlas.finish(page, text, "../")
        assert "data-block" not in html
        assert finished.card_ids == {"one", "two"}
        assert problems == []


class TestFiles:
    def test_paths_are_unique_and_written(self, atlas: Atlas, tmp_path: Path) -> None:
        files = [*atlas.files()]
        paths = [file.path for file in files]
        assert len({*paths}) == len(paths)
        for file in files:
            file.write(tmp_path)
            assert (tmp_path / file.path).is_file(), file.path

    @pytest.mark.parametrize(
        "taken",
        [
            {"papers.bib", "organs/liver/papers.ris"},
            {"papers.sqlite", "papers/list.json"},
            {"assets/paper-atlas.css", "feed.xml"},
        ],
        ids=["downloads", "data", "assets"],
    )
    def test_handwritten_files_are_never_written(self, tmp_path: Path, taken: set[str]) -> None:
        atlas = Atlas(library(tmp_path, {"one": "added: 2024-03-31"}), INFO)
        folder = tmp_path / "site"
        for path in taken:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text("mine")
        for file in atlas.files(taken):
            file.write(folder)
        assert {(folder / path).read_text() for path in taken} == {"mine"}
        assert (folder / "papers.csv").is_file()

    def test_a_former_id_has_a_page_that_redirects(self, tmp_path: Path) -> None:
        atlas = Atlas(library(tmp_path, {"one": "formerly: [old]"}), INFO)
        assert "papers/old/index.html" in [file.path for file in atlas.files()]


@pytest.mark.parametrize(("has_own_search", "papers"), [(True, False), (False, True)])
def test_papers_are_in_the_search_of_a_theme_without_the_script(
    tmp_path: Path, has_own_search: bool, papers: bool
) -> None:
    atlas = Atlas(library(tmp_path, {"one": ""}), INFO)
    records = atlas.search_records(atlas.pages, has_own_search=has_own_search)
    found = {record.location for record in records}
    assert ("papers/one/" in found) == papers
    assert {"", "papers/", "organs/liver/", "charts/"} <= found
