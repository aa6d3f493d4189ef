"""Makes the pictures in docs/images/: `make screenshots`."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parent))

from chromium import find_chromium
from serving import served

ROOT = Path(__file__).parent.parent
PICTURES = {"liver": "organs/liver/"}


def main() -> None:
    """Serve the site, and take each picture."""
    folder = ROOT / "docs" / "images"
    folder.mkdir(exist_ok=True)
    with sync_playwright() as playwright, served(ROOT) as site:
        path = find_chromium(playwright.chromium.executable_path)
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        for name, address in PICTURES.items():
            page.goto(site.url + address)
            page.screenshot(path=folder / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
