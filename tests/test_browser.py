"""The site in a real browser: search, chips, anchors, light and dark, wide and narrow."""

import functools
import http.server
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from site_of import Site


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def address(whole_atlas: Path, tmp_path: Path, build: Callable[..., Site]) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(tmp_path / "site-1"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        address = f"http://127.0.0.1:{server.server_port}/"
        assert build(whole_atlas, strict=True, site_url=address).folder == tmp_path / "site-1"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield address
        server.shutdown()


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
    expect(hits).to_contain_text("hybrid densely connected")
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
    for path in ("", "organs/", "organs/liver/", "organs/heart/", "papers/"):
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
