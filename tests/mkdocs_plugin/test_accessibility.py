"""Each kind of page, checked by axe-core with all its rules, best practices included.

https://www.deque.com/axe/core-documentation/
"""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from helpers.lists import open_page
from helpers.site_of import Site
from helpers.torture import amount
from playwright.sync_api import Browser, Page, expect

PAGES = (
    *("", "papers/", "organs/", "organs/heart/", "sections/review/", "papers/h-denseunet/"),
    *("datasets/", "datasets/acdc/", "methods/", "methods/u-net/", "lineage/", "charts/"),
    *("help-wanted/", "compare/?ids=u-net,nnu-net", "404.html", "contribute/"),
)
WINDOWS = ((390, "dark"), (1280, "light"), (1280, "dark"), (390, "light"))
# axe takes cards that the browser has not laid out for covered ones.
LAID_OUT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(".pa .paper { content-visibility: visible !important }");
  document.adoptedStyleSheets.push(sheet);
}"""


@pytest.fixture
def address(this_site: Site, server: tuple[Path, str]) -> str:
    """The address of this project's own site."""
    assert this_site.folder == server[0]
    return server[1]


def violations(page: Page) -> set[tuple[str, str]]:
    """Return the violations of a page as (rule, selector of the element)."""
    expect(page.get_by_role("dialog", name="Search")).to_be_attached()  # the script has run
    page.evaluate(LAID_OUT)
    found = Axe().run(page).response["violations"]
    return {(one["id"], str(node["target"][0])) for one in found for node in one["nodes"]}


@pytest.mark.parametrize(("width", "scheme"), WINDOWS[: amount(1, 4)])
def test_no_page_has_a_violation(address: str, browser: Browser, width: int, scheme: str) -> None:
    with open_page(browser, width, scheme) as page:
        for path in PAGES:
            page.goto(address + path)
            assert violations(page) == set(), path


def test_a_violation_is_found(address: str, page: Page) -> None:
    page.goto(address)
    page.evaluate("document.querySelector('h1').after(document.createElement('button'))")
    assert any(rule == "button-name" for rule, _ in violations(page))
