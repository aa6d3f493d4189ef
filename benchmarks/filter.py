"""How long a filter answers, as a ratio to toggling a class on the same cards.

`make bench`. A page of generated papers is opened in Chromium. In turn, a keystroke in the filter
and a class on every card are measured until the page is laid out again; the median counts.
"""

import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path

from check import make_entries
from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from chromium import find_chromium
from site_of import build_site

# Both end with a question about the layout, so that the browser cannot put it off.
_KEYSTROKE = """(text) => {
  const input = document.querySelector('.paper-filter input[type=search]');
  const start = performance.now();
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  document.body.offsetHeight;
  return performance.now() - start;
}"""
_TOGGLE = """() => {
  const start = performance.now();
  for (const card of document.querySelectorAll('.paper')) card.classList.toggle('toggled');
  document.body.offsetHeight;
  return performance.now() - start;
}"""


def measure(page: Page, runs: int) -> tuple[float, float]:
    """Milliseconds of a keystroke, and of toggling, as medians."""
    typed, toggled = [], []
    for number in range(runs):
        typed.append(page.evaluate(_KEYSTROKE, "abcdefghij"[: number % 3]))
        toggled.append(page.evaluate(_TOGGLE))
    return statistics.median(typed), statistics.median(toggled)


def project(folder: Path, count: int) -> Path:
    """A site of generated papers, all on one page."""
    for name in ("docs", "entries"):
        (folder / name).mkdir()
    make_entries(folder / "entries", count)
    theme = {"name": "material", "font": False}
    config = {"site_name": "A", "theme": theme, "plugins": ["paper-atlas"]}
    (folder / "mkdocs.yml").write_text(json.dumps(config), encoding="utf-8")
    return folder


def main() -> None:
    """Build, measure in turn, and print a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--runs", type=int, default=21)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = build_site(project(Path(folder), arguments.count), Path(folder) / "site", {})
        path = find_chromium(playwright.chromium.executable_path)
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto((site.folder / "papers" / "index.html").as_uri())
        page.locator(".paper-filter output", has_text="papers").wait_for()
        typed, toggled = measure(page, arguments.runs)
        browser.close()
    print(f"{arguments.count} cards, median of {arguments.runs}")
    print("| what | milliseconds | ratio |\n| --- | --- | --- |")
    print(f"| a class on every card | {toggled:.1f} | 1.00 |")
    print(f"| a keystroke in the filter | {typed:.1f} | {typed / toggled:.2f} |")


if __name__ == "__main__":
    main()
