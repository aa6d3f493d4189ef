"""A built site in Chromium, and the CPU time of the main thread of a page.

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
from benchmarks.subjects import build_site
from tests.helpers.chromium import find_chromium

_STYLE = Path("assets", "paper-atlas.css")
_SKIPS, _DRAWS = "content-visibility: auto", "content-visibility: visible"
_PAINTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served_site(site: Path) -> Iterator[str]:
    """Serve a folder until the end of the block, and yield its URL."""
    handler = functools.partial(_Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextmanager
def open_site(site: Path) -> Iterator[tuple[Page, str]]:
    """Yield a page of a new browser, and the URL of a site."""
    with sync_playwright() as playwright, served_site(site) as address:
        path = find_chromium(playwright.chromium.executable_path)
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(300_000)  # milliseconds; ten thousand cards are slow
        try:
            yield page, address
        except Error as error:
            raise FailedError(str(error)) from error
        finally:
            browser.close()


def site_for_browser(folder: Path, project: str, count: int, *, draws_all: bool = False) -> Path:
    """Return the site of a project; `draws_all` removes the style that skips invisible cards."""
    site = build_site(folder, project, count)
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


def busy_seconds(page: Page, action: Callable[[], object]) -> tuple[float, float]:
    """Return the CPU seconds of the main thread and of its scripts, until all is painted."""
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
