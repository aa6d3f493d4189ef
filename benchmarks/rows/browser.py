"""The pages in the browser of a reader."""

import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from benchmarks.browsing import busy_seconds, open_site, site_for_browser
from benchmarks.measuring import Cost
from benchmarks.scale import Scale
from benchmarks.table import SCRIPT, WALL, Row

LOAD, SHOW_ALL, FILTER, TOGGLE = "load", "show all", "filter", "a class on every card"
_SEARCH, _FOUND = "input.md-search__input", ".md-search-result__item"
_QUERY = ".paper-filter input[type=search]"
# Both read the layout at the end, so that the browser computes it at once.
_FILTER = """(text) => {
  const input = document.querySelector('.paper-filter input[type=search]');
  const start = performance.now();
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  document.body.offsetHeight;
  return performance.now() - start;
}"""
_NOTED = """
  Response.prototype.json = async function () {
    const text = await this.text();
    const start = performance.now();
    const data = JSON.parse(text);
    window.read = performance.now();
    window.parsed = window.read - start;
    setTimeout(() => { window.done = true; });  // later events are ignored
    return data;
  };
  document.addEventListener('ZoteroItemUpdated', () => {
    if (!window.done) window.shown = performance.now();
  });
"""
_TOGGLE = """() => {
  const start = performance.now();
  for (const card of document.querySelectorAll('.paper')) card.classList.toggle('toggled');
  document.body.offsetHeight;
  return performance.now() - start;
}"""


def _timed(page: Page, action: Callable[[], object]) -> Cost:
    start = time.perf_counter()
    task, _ = busy_seconds(page, action)
    return Cost(cpu=task, wall=time.perf_counter() - start)


def _load(page: Page, address: str) -> Cost:
    return _timed(page, lambda: page.goto(address))


def _show_all(page: Page, address: str) -> Cost:
    page.goto(address)
    page.evaluate(_FILTER, "no paper has these words")
    return _timed(page, lambda: page.evaluate(_FILTER, ""))


def _filter(page: Page, address: str) -> Cost:
    page.goto(address)
    texts = ["a", "ab", ""] * 3
    return Cost(wall=statistics.median(page.evaluate(_FILTER, it) for it in texts) / 1000)


def _toggle(page: Page, address: str) -> Cost:
    page.goto(address)
    return Cost(wall=statistics.median(page.evaluate(_TOGGLE) for _ in range(9)) / 1000)


_ACTIONS: Mapping[str, Callable[[Page, str], Cost]] = {
    LOAD: _load,
    SHOW_ALL: _show_all,
    FILTER: _filter,
    TOGGLE: _toggle,
}


@dataclass(frozen=True)
class Cards:
    """An action on a page with `count` cards; `draws_all` is without `content-visibility`."""

    action: str
    count: int
    draws_all: bool = False

    @property
    def name(self) -> str:
        """The action."""
        return f"{self.action}, all drawn" if self.draws_all else self.action

    @property
    def group(self) -> str:
        """All actions on the same number of cards."""
        return f"pages of {self.count:,} cards"

    def measure(self, folder: Path) -> Cost:
        """Load the page in a new browser, and do the action."""
        site = site_for_browser(folder, "one-page", self.count, draws_all=self.draws_all)
        largest = max(site.glob("organs/*/index.html"), key=lambda it: it.stat().st_size)
        with open_site(site) as (page, address):
            return _ACTIONS[self.action](page, f"{address}organs/{largest.parent.name}/")


@dataclass(frozen=True)
class Keystroke:
    """A letter typed on the page of all papers: the time of the script only."""

    count: int
    name: str = "a keystroke"
    group: str = "keystrokes"

    def measure(self, folder: Path) -> Cost:
        """Return the median of the letters of a word."""
        with open_site(site_for_browser(folder, "paper-atlas", self.count)) as (page, address):
            page.goto(f"{address}papers/", wait_until="networkidle")
            page.locator(_QUERY).focus()
            scripts = [
                busy_seconds(page, lambda key=key: _press(page, key))[1] for key in "attentive"
            ]
        return Cost(cpu=statistics.median(scripts))


@dataclass(frozen=True)
class First:
    """The first letter on the page of all papers: the time from the parsed data to the answer.

    With `parsing`, the time to parse the data, which every such page needs.
    """

    count: int
    parsing: bool = False
    group: str = "first letters"

    @property
    def name(self) -> str:
        """The name of the measurement."""
        return "to read the JSON" if self.parsing else "from there to the answer"

    def measure(self, folder: Path) -> Cost:
        """Use a new page that records the times of its JSON parsing."""
        with open_site(site_for_browser(folder, "paper-atlas", self.count)) as (page, address):
            page.add_init_script(_NOTED)
            page.goto(f"{address}papers/", wait_until="networkidle")
            parsed, made = page.evaluate("[window.parsed, window.shown - window.read]")
            answered = page.evaluate(_FILTER, "s")
        return Cost(wall=(parsed if self.parsing else made + answered) / 1000)


@dataclass(frozen=True)
class Search:
    """The first search of the theme, which builds its index in the browser."""

    count: int
    name: str = "the first answer"
    group: str = "searches"

    def measure(self, folder: Path) -> Cost:
        """Return the time from the first letter to an answer."""
        with open_site(site_for_browser(folder, "paper-atlas", self.count)) as (page, address):
            page.goto(f"{address}charts/", wait_until="networkidle")
            start = time.perf_counter()
            page.locator(_SEARCH).focus()
            page.keyboard.type("liver")
            page.wait_for_selector(_FOUND)
            return Cost(wall=time.perf_counter() - start)


def _press(page: Page, key: str) -> None:
    """Press a key, and wait for a script that waits for the end of typing."""
    page.keyboard.press(key)
    page.wait_for_timeout(300)


def rows(scale: Scale) -> Iterator[Row]:
    """Yield rows that compare with the same cards, all drawn."""
    for count, aim in zip(scale.cards, (0.5, 0.35), strict=False):
        subject, against = Cards(LOAD, count), Cards(LOAD, count, draws_all=True)
        yield Row(f"organ page of {count:,} cards, load", subject, against, aim)
    count = scale.cards[0]
    shown, against = Cards(SHOW_ALL, count), Cards(SHOW_ALL, count, draws_all=True)
    yield Row(f"“show all” after a filter, {count:,} cards", shown, against, 0.1)
    what = f"a keystroke in the filter, {count:,} cards"
    yield Row(what, Cards(FILTER, count), Cards(TOGGLE, count), 4, WALL)
    first, data = First(scale.large), First(scale.large, parsing=True)
    what = f"the first letter in `/papers/`, {scale.large:,}, against its JSON"
    yield Row(what, first, data, 4, WALL)
    key = Keystroke(scale.large)
    yield Row(f"a keystroke in `/papers/`, {scale.large:,}", key, None, 16, SCRIPT, unit=" ms")
    search = Search(scale.large)
    yield Row(f"the theme's search, {scale.large:,}", search, None, None, WALL, unit=" s")
