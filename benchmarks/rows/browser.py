"""The pages in the browser of a reader."""

import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from benchmarks.browsing import busy, drawn, opened
from benchmarks.measuring import Cost
from benchmarks.scale import Scale
from benchmarks.table import SCRIPT, WALL, Row

LOAD, SHOW_ALL, FILTER, TOGGLE = "load", "show all", "filter", "a class on every card"
_SEARCH, _FOUND = "input.md-search__input", ".md-search-result__item"
_QUERY = ".paper-filter input[type=search]"
# Both end with a question about the layout, so that the browser cannot put it off.
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
    setTimeout(() => { window.done = true; });  // what comes later is not waited for
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
    task, _ = busy(page, action)
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
    """Something done on a page of so many cards; `draws_all` is without `content-visibility`."""

    action: str
    count: int
    draws_all: bool = False

    @property
    def name(self) -> str:
        """What is done, and how."""
        return f"{self.action}, all drawn" if self.draws_all else self.action

    @property
    def group(self) -> str:
        """All that is done on as many cards."""
        return f"pages of {self.count:,} cards"

    def measure(self, folder: Path) -> Cost:
        """The page is loaded anew, in a new browser."""
        site = drawn(folder, "one-page", self.count, draws_all=self.draws_all)
        largest = max(site.glob("organs/*/index.html"), key=lambda it: it.stat().st_size)
        with opened(site) as (page, address):
            return _ACTIONS[self.action](page, f"{address}organs/{largest.parent.name}/")


@dataclass(frozen=True)
class Keystroke:
    """A letter typed on the page of all papers: the script alone."""

    count: int
    name: str = "a keystroke"
    group: str = "keystrokes"

    def measure(self, folder: Path) -> Cost:
        """The median of the letters of a word."""
        with opened(drawn(folder, "paper-atlas", self.count)) as (page, address):
            page.goto(f"{address}papers/", wait_until="networkidle")
            page.locator(_QUERY).focus()
            scripts = [busy(page, lambda key=key: _press(page, key))[1] for key in "attentive"]
        return Cost(cpu=statistics.median(scripts))


@dataclass(frozen=True)
class First:
    """The first letter on the page of all papers: what is done from its data to the answer.

    Or `parsing`, to make values of that data, which no page can do without.
    """

    count: int
    parsing: bool = False
    group: str = "first letters"

    @property
    def name(self) -> str:
        """What is measured."""
        return "to read the JSON" if self.parsing else "from there to the answer"

    def measure(self, folder: Path) -> Cost:
        """In a new page, whose reading of JSON takes down its times."""
        with opened(drawn(folder, "paper-atlas", self.count)) as (page, address):
            page.add_init_script(_NOTED)
            page.goto(f"{address}papers/", wait_until="networkidle")
            parsed, made = page.evaluate("[window.parsed, window.shown - window.read]")
            answered = page.evaluate(_FILTER, "s")
        return Cost(wall=(parsed if self.parsing else made + answered) / 1000)


@dataclass(frozen=True)
class Search:
    """The search of the theme, asked for the first time: its index is made in the browser."""

    count: int
    name: str = "the first answer"
    group: str = "searches"

    def measure(self, folder: Path) -> Cost:
        """From the first letter to an answer."""
        with opened(drawn(folder, "paper-atlas", self.count)) as (page, address):
            page.goto(f"{address}charts/", wait_until="networkidle")
            start = time.perf_counter()
            page.locator(_SEARCH).focus()
            page.keyboard.type("liver")
            page.wait_for_selector(_FOUND)
            return Cost(wall=time.perf_counter() - start)


def _press(page: Page, key: str) -> None:
    """With time for a script that waits until nothing more is typed."""
    page.keyboard.press(key)
    page.wait_for_timeout(300)


def rows(scale: Scale) -> Iterator[Row]:
    """Against the same cards all drawn."""
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
