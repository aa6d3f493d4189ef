"""Makes the pictures in docs/images/: `make screenshots`."""

import functools
import http.server
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))

from helpers import ROOT
from helpers.chromium import find_chromium
from helpers.site_of import build_site

WIDE, NARROW = (1280, 800), (390, 800)
# Where, how wide and high, light or dark, and what has to be there first.
PICTURES = {
    "home": ("", WIDE, "light", ".pa-figure"),
    "liver": ("organs/liver/", WIDE, "light", "article.paper"),
    "filter": ("papers/?modalities=mri&has=code&organs=heart", WIDE, "light", ".pa-chip--on"),
    "paper": ("papers/h-denseunet/", WIDE, "light", ".pa-cite.tabs"),
    "data-set": ("datasets/acdc/", WIDE, "light", ".pa-table"),
    "charts": ("charts/", WIDE, "dark", ".pa-chart"),
    "lineage": ("lineage/", WIDE, "light", ".pa-lineage"),
    "help-wanted": ("help-wanted/", WIDE, "light", ".pa-gaps"),
    "phone": ("organs/heart/", NARROW, "dark", "article.paper"),
}


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served() -> Iterator[str]:
    """The address of the built site."""
    with tempfile.TemporaryDirectory() as folder:
        build_site(ROOT, Path(folder), {})
        handler = functools.partial(_Quiet, directory=folder)
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield f"http://127.0.0.1:{server.server_port}/"
            server.shutdown()


def take(browser: Browser, address: str, name: str) -> None:
    """One picture."""
    path, (width, height), scheme, first = PICTURES[name]
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
    page.goto(address + path)
    expect(page.locator(first).first).to_be_visible()
    page.screenshot(path=ROOT / "docs" / "images" / f"{name}.png")
    page.close()


def main() -> None:
    """Build and serve the site, and take each picture."""
    (ROOT / "docs" / "images").mkdir(exist_ok=True)
    with sync_playwright() as playwright, served() as address:
        path = find_chromium(playwright.chromium.executable_path)
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for name in PICTURES:
            take(browser, address, name)
        browser.close()


if __name__ == "__main__":
    main()
