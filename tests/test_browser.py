"""The site in a real browser: search, chips, anchors, light and dark, wide and narrow."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from site_of import Site


@pytest.fixture
def address(this_site: Site, server: tuple[Path, str]) -> str:
    """Where this project's own site is served."""
    assert this_site.folder == server[0]
    return server[1]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on which no script fails and no request goes elsewhere."""
    page = browser.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda it: wrong.append(it.text) if it.type == "error" else None)
    yield page
    page.close()
    assert wrong == []


def test_the_search_leads_to_the_card(address: str, page: Page) -> None:
    page.goto(address)
    page.keyboard.press("/")
    page.keyboard.type("H-DenseUNet")
    hits = page.locator(".md-search-result__item a[href*='#h-denseunet']")
    expect(hits).to_have_count(1)
    expect(hits).to_contain_text("Hybrid Densely Connected")
    hits.click()
    expect(page.locator("#h-denseunet")).to_be_in_viewport()
    assert "/organs/liver/" in page.url
    assert page.url.endswith("#h-denseunet")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_window(
    address: str, browser: Browser, width: int, scheme: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    for path in (
        *("", "organs/", "organs/liver/", "organs/heart/", "papers/", "help-wanted/"),
        *("lineage/", "datasets/", "datasets/lits-2017/", "methods/"),
    ):
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.close()


def test_a_tile_leads_to_its_organ_without_a_reload(address: str, page: Page) -> None:
    page.goto(address)
    page.evaluate("window.stayed = true")
    page.locator(".paper-tiles a", has_text="Bladder").click()
    expect(page.locator("article.paper").first).to_be_visible()
    assert page.url.endswith("/organs/bladder/")
    assert page.evaluate("window.stayed")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_doubt_explains_itself_to_mouse_and_keyboard(
    address: str, browser: Browser, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(address + "organs/lung/#lf-segnet")
    mark = page.locator("#lf-segnet .paper-authors .paper-mark")
    tip = mark.locator(".paper-tip")

    def shown() -> bool:
        box = tip.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        return box["width"] > 100

    assert not shown()
    mark.hover()
    assert shown()
    assert tip.inner_text().startswith("Nobody has confirmed the authors.")
    page.mouse.move(0, 0)
    page.locator("#lf-segnet .headerlink").focus()
    assert not shown()
    page.keyboard.press("Tab")
    assert shown()
    page.keyboard.press("Enter")
    page.wait_for_url("**/help-wanted/#unverified_facts")
    page.close()


def test_the_lineage_needs_no_script(address: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "lineage/")
    page.locator("svg a", has_text="nnU-Net").first.click()
    assert page.url.endswith("/organs/multi-organ/#nnu-net")
    context.close()


def test_the_search_finds_a_paper_by_its_other_title(address: str, page: Page) -> None:
    page.goto(address)
    page.keyboard.press("/")
    page.keyboard.type("is a data diversity problem, not a methodology problem")
    hit = page.locator(
        ".md-search-result__item a[href*='#automatic-lung-segmentation-routine-imaging']"
    )
    expect(hit).to_have_count(1)
