"""A built site in Chromium, and the time that the main thread of a page takes.

https://chromedevtools.github.io/devtools-protocol/tot/Performance/#method-getMetrics
"""

import functools
import http.server
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Error, Page, sync_playwright

from benchmarks.measuring import FailedError
from benchmarks.subjects import built
from tests.helpers.chromium import find_chromium

_STYLE = Path("assets", "paper-atlas.css")
_SKIPS, _DRAWS = "content-visibility: auto", "content-visibility: visible"
_PAINTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served_site(site: Path) -> Iterator[str]:
    """The address at which a folder is served until the end of the block."""
    handler = functools.partial(_Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextmanager
def opened(site: Path) -> Iterator[tuple[Page, str]]:
    """A page of a new browser, and the address of a site for it."""
    with sync_playwright() as playwright, served_site(site) as address:
        path = find_chromium(playwright.chromium.executable_path)
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(300_000)  # milliseconds; ten thousand cards take their time
        try:
            yield page, address
        except Error as error:
            raise FailedError(str(error)) from error
        finally:
            browser.close()


def drawn(folder: Path, project: str, count: int, *, draws_all: bool = False) -> Path:
    """The site of a project; one that draws all has no cards that cost nothing out of view."""
    site = built(folder, project, count)
    if not draws_all:
        return site
    copy = site.with_name("site-drawn")
    if not copy.exists():
        shutil.copytree(site, copy)
        style = (copy / _STYLE).read_text(encoding="utf-8")
        if _SKIPS not in style:
            raise FailedError(f"{_STYLE} has no {_SKIPS}")
        (copy / _STYLE).write_text(style.replace(_SKIPS, _DRAWS), encoding="utf-8")
    return copy


def busy(page: Page, action: Callable[[], object]) -> tuple[float, float]:
    """The seconds that the main thread is busy, and those of its script, until all is painted."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def metrics() -> dict[str, float]:
        found = session.send("Performance.getMetrics")["metrics"]
        return {metric["name"]: metric["value"] for metric in found}

    before = metrics()
    action()
    page.evaluate(_PAINTED)
    after = metrics()
    task, script = (after[it] - before[it] for it in ("TaskDuration", "ScriptDuration"))
    return task, script
