"""What a site asks of other hosts, what it stores, and how it works without a web server."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from helpers.projects import copied, quiet
from helpers.site_of import Site, build_site
from playwright.sync_api import Browser, Page, expect

Build = Callable[..., Site]

PAGES = (
    *("", "papers/", "papers/page/2/", "papers/u-net/", "organs/", "organs/liver/", "charts/"),
    *("sections/abnormalities-segmentation/", "datasets/lits-2017/", "lineage/", "help-wanted/"),
    *("use/", "contribute/", "404.html"),
)
REPOSITORY = {
    "repo_url": "https://github.com/someone/atlas",
    "edit_uri": "edit/main/docs/",
}


@pytest.fixture(scope="module")
def site_with_repository(server: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of this project's site, built with the address of a repository."""
    folder, address = server
    project = copied(tmp_path_factory.mktemp("repository") / "project")
    with pytest.MonkeyPatch.context() as patch:
        quiet(patch)
        patch.chdir(project)
        own = folder / "with-repository"
        options = {"strict": True, "site_url": f"{address}with-repository/", **REPOSITORY}
        assert build_site(project, own, options).warnings == []
    return f"{address}with-repository/"


@contextmanager
def watched_page(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page, and the addresses that it asked for."""
    context = browser.new_context()
    page, asked = context.new_page(), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    yield page, asked
    assert context.cookies() == []
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_no_page_asks_another_host_or_sets_a_cookie(
    path: str, site_with_repository: str, browser: Browser
) -> None:
    with watched_page(browser) as (page, asked):
        page.goto(site_with_repository + path, wait_until="networkidle")
        assert page.evaluate("document.cookie") == ""
        own = urlsplit(site_with_repository).netloc
        assert {urlsplit(url).netloc for url in asked} == {own}
        assert page.locator(".md-source").first.get_attribute("href") == REPOSITORY["repo_url"]
        assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)"
        ) == 0  # fmt: skip


def test_a_reader_who_filters_searches_and_selects_asks_no_other_host(
    site_with_repository: str, browser: Browser
) -> None:
    with watched_page(browser) as (page, asked):
        page.goto(f"{site_with_repository}organs/liver/")
        page.get_by_label("Search these papers").fill("U-Net")
        page.locator(".paper:visible .pick input").first.check()
        page.locator("[data-md-component=search-query]").press_sequentially("lung")
        expect(page.locator(".pa-found a").first).to_be_visible()
        page.locator(".pa-found a").first.click()
        page.wait_for_url("**/papers/**")
        page.wait_for_load_state("networkidle")
        assert {urlsplit(url).netloc for url in asked} == {urlsplit(site_with_repository).netloc}
        stored = page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
        assert stored
        text = (Path(__file__).parents[2] / "docs" / "security.md").read_text(encoding="utf-8")
        names = {re.sub(r"^.*\.|(?<=^paper-atlas) /.*", "", key) for key in stored}
        assert [name for name in names if f"`{name}`" not in text] == []


@pytest.fixture
def offline_site(whole_atlas: Path, build: Build) -> str:
    """The address of this project's site as files, built with Material's plugin for that."""
    site = build(whole_atlas, plugins=["search", "offline", "paper-atlas"])
    return site.folder.as_uri() + "/"


def test_a_site_works_when_it_is_opened_as_files(offline_site: str, browser: Browser) -> None:
    with watched_page(browser) as (page, asked):
        page.goto(f"{offline_site}index.html")
        page.locator(".pa-cards a", has_text="Bladder").click()
        expect(page.locator(".paper")).to_have_count(7)
        expect(page.locator(".pa-note")).to_contain_text("opened as files")
        expect(page.locator(".pa-js:visible")).to_have_count(0)
        page.goto(f"{offline_site}papers/index.html")
        page.locator(".pa-pages a[rel=next]").click()
        expect(page.locator(".pa-rows, .paper").first).to_be_visible()
        page.locator("[data-md-component=search-query]").press_sequentially("H-DenseUNet")
        found = page.locator(".md-search-result a", has_text="Hybrid Densely Connected").first
        found.click()
        expect(page.locator("h1#page_title")).to_contain_text("H-DenseUNet")
        assert {urlsplit(url).scheme for url in asked} <= {"file", "about", "data"}
