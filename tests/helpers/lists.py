"""The parts of a list of papers in a browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Locator, Page


@contextmanager
def open_page(
    browser: Browser, width: int = 1280, scheme: Literal["light", "dark"] = "light"
) -> Iterator[Page]:
    """Open a page on which no script may fail."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        permissions=["clipboard-read", "clipboard-write"],
    )
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda it: wrong.append(it.text) if it.type == "error" else None)
    yield page
    context.close()
    assert wrong == []


def shown(page: Page) -> list[str]:
    """Return the ids of the visible cards, in order."""
    cards: list[str] = page.locator(".paper:visible").evaluate_all("all => all.map(it => it.id)")
    return cards


def count_of(page: Page) -> Locator:
    """The number of papers that match."""
    return page.locator(".pa-toolbar .count")


def search(page: Page) -> Locator:
    """The search field of the list."""
    return page.get_by_label("Search these papers")


def header_papers(page: Page) -> Locator:
    """The links to papers in the results of the search of the header."""
    return page.locator(".pa-found a[href*='/papers/']:not([href*='?'])")


def choose(page: Page, facet: str, term: str, *, isin: bool = True) -> None:
    """Check or uncheck the box of a term."""
    place = page.locator(f"[data-facet={facet}]")
    if not place.evaluate("it => it.open"):
        place.locator("summary").click()
    place.locator(f"input[value='{term}']").set_checked(isin)


def download(page: Page, name: str) -> str:
    """Save the papers of the list in a format, and return the text."""
    menu = page.locator(".download")
    if not menu.evaluate("it => it.open"):
        menu.locator("summary").click()
    with page.expect_download() as started:
        menu.get_by_role("button", name=name).click()
    return Path(started.value.path()).read_text(encoding="utf-8")
