"""A built site, served as a host would, and Chromium with an empty cache.

https://chromedevtools.github.io/devtools-protocol/tot/Performance/#method-getMetrics
"""

import functools
import gzip
import http.server
import io
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from playwright.sync_api import Error, Page, sync_playwright

from benchmarks.measuring import FailedError
from tests.helpers.chromium import find_chromium

_IDLE = 2_000  # milliseconds without a response, after which the network is idle
_TEXTS = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt"}
_PAINTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
CHROMIUM_OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


class SiteServer(http.server.ThreadingHTTPServer):
    """Serves a folder on a free port; `sent` has the size of each response without its headers."""

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), functools.partial(_Handler, directory=str(folder)))
        self.url = f"http://127.0.0.1:{self.server_port}/"
        self.sent: list[int] = []

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Print other errors than that of a browser that has closed a connection."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Compresses texts by gzip, and keeps connections."""

    protocol_version = "HTTP/1.1"
    server: SiteServer

    def send_head(self) -> BinaryIO | None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if self.path.partition("?")[0].endswith("/") else path
        if path.suffix not in _TEXTS or not path.is_file():
            return super().send_head()
        body = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)

    def copyfile(self, source: Any, outputfile: Any) -> None:
        body = source.read()
        self.server.sent.append(len(body))
        outputfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served_site(site: Path) -> Iterator[SiteServer]:
    """Serve a folder until the end of the block."""
    with SiteServer(site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@contextmanager
def browser_page() -> Iterator[Page]:
    """Yield a page of a new browser."""
    with sync_playwright() as playwright:
        path = find_chromium(playwright.chromium.executable_path)
        browser = playwright.chromium.launch(executable_path=path, args=[*CHROMIUM_OPTIONS])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        try:
            yield page
        except Error as error:
            raise FailedError(str(error)) from error
        finally:
            browser.close()


def transferred_bytes(site: Path, path: str) -> int:
    """Load a page until the network is idle, and return the size of all that was sent.

    The server counts, because the browser does not tell the size of the script of a worker.
    """
    with served_site(site) as server, browser_page() as page:
        page.goto(server.url + path)
        before = 0
        while before < len(server.sent):
            before = len(server.sent)
            page.wait_for_timeout(_IDLE)
        return sum(server.sent)


def script_seconds(page: Page, action: Callable[[], object]) -> float:
    """Return the CPU seconds of the scripts of a page, until the result of an action is painted."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def scripts() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return next(float(it["value"]) for it in metrics if it["name"] == "ScriptDuration")

    before = scripts()
    action()
    page.evaluate(_PAINTED)
    return scripts() - before
