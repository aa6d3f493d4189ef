"""The pages in the browser of a reader."""

import json
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from benchmarks.browsing import browser_page, script_seconds, served_site, transferred_bytes
from benchmarks.lighthouse import mobile_performance
from benchmarks.measuring import Cost, FailedError
from benchmarks.rows.sizes import compressed_size
from benchmarks.scale import Scale
from benchmarks.subjects import ATLAS, built_site, first_entry
from benchmarks.table import GZIP, SCORE, SCRIPT, Row

_LIST = b'class="pa-browse"'
_FIELD = ".pa-browse form.pa-search input"
_PAUSE = 300  # milliseconds; longer than the script waits after the last key
_LETTERS = "attentive"
_LOADS = 3


@dataclass(frozen=True)
class FirstView:
    """The list with the largest page, loaded with an empty cache."""

    count: int
    name: str = "first view"
    group: str = "first views"
    once: bool = True

    def measure(self, folder: Path) -> Cost:
        """Return the compressed size of all that the browser loads."""
        site = built_site(folder, ATLAS, self.count)
        largest = max(first_pages(site), key=compressed_size, default=None)
        if not largest:
            raise FailedError("no page has a list")
        path = f"{largest.parent.relative_to(site).as_posix()}/"
        return Cost(gzip=transferred_bytes(site, path))


def first_pages(site: Path) -> Iterator[Path]:
    """Yield the first page of each list: of all papers, of sections and of terms."""
    for pattern in ("*/index.html", "*/*/index.html"):
        for path in site.glob(pattern):
            if path.parent.parent.name != "papers" and _LIST in path.read_bytes():
                yield path


@dataclass(frozen=True)
class PhoneLoad:
    """The page of the only organ of an atlas, on a phone."""

    count: int
    name: str = "load on a phone"
    group: str = "loads on a phone"
    once: bool = True

    def measure(self, folder: Path) -> Cost:
        """Return the median score of some loads."""
        site = built_site(folder, "one-organ", self.count)
        organ = first_entry(site.parent).parent.name
        with served_site(site) as server:
            page = f"{server.url}organs/{organ}/"
            return Cost(score=statistics.median(mobile_performance(page) for _ in range(_LOADS)))


@dataclass(frozen=True)
class Keystroke:
    """A letter typed into the search of the list of all papers."""

    count: int
    name: str = "a keystroke"
    group: str = "keystrokes"
    once: bool = False

    def measure(self, folder: Path) -> Cost:
        """Return the median script time of the letters of a word, with all papers loaded."""
        site = built_site(folder, ATLAS, self.count)
        with served_site(site) as server, browser_page() as page:
            page.goto(f"{server.url}papers/", wait_until="networkidle")
            _load_all(page, site)
            scripts = [script_seconds(page, lambda key=key: _press(page, key)) for key in _LETTERS]
        return Cost(cpu=statistics.median(scripts))


def _load_all(page: Page, site: Path) -> None:
    """Type a letter, wait for the last part of the papers, and delete the letter."""
    manifest = json.loads((site / "papers" / "list.json").read_text(encoding="utf-8"))
    with page.expect_request_finished(lambda it: it.url.endswith(manifest["parts"][-1]["file"])):
        page.locator(_FIELD).press("a")
    page.wait_for_load_state("networkidle")
    _press(page, "Backspace")


def _press(page: Page, key: str) -> None:
    """Press a key, and wait for scripts that wait for the end of typing."""
    page.keyboard.press(key)
    page.wait_for_timeout(_PAUSE)


def rows(scale: Scale) -> Iterator[Row]:
    """Yield rows of bytes, scores and milliseconds."""
    what = f"first view of a list, {scale.huge:,} papers, all that is transferred"
    yield Row(what, FirstView(scale.huge), None, 400, GZIP)
    what = f"organ page of {scale.small:,} papers, Lighthouse's score on a phone"
    yield Row(what, PhoneLoad(scale.small), None, 95, SCORE, at_least=True)
    what = f"a keystroke in the filter of `/papers/`, {scale.large:,} papers"
    yield Row(what, Keystroke(scale.large), None, 16, SCRIPT)
