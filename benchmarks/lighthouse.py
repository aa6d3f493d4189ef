"""The performance of a page on a phone, by Lighthouse. It needs npx, which is part of Node.js.

https://github.com/GoogleChrome/lighthouse
"""

import json
import os
import shutil
import subprocess

from playwright.sync_api import sync_playwright

from benchmarks.browsing import CHROMIUM_OPTIONS
from benchmarks.measuring import FailedError
from tests.helpers.chromium import find_chromium

LIGHTHOUSE = "lighthouse@12.8.2"  # later versions need Node.js 22


def mobile_performance(address: str) -> float:
    """Return the score from 0 to 100, with Lighthouse's usual phone and network."""
    npx = shutil.which("npx")
    if not npx:
        raise FailedError("Lighthouse needs npx, which is part of Node.js")
    command = [
        *(npx, "--yes", LIGHTHOUSE, address, "--quiet", "--output=json"),
        "--only-categories=performance",
        f"--chrome-flags=--headless=new {' '.join(CHROMIUM_OPTIONS)}",
    ]
    environment = {**os.environ, "CHROME_PATH": _chromium()}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if result.returncode:
        raise FailedError(result.stderr[-2000:])
    score = json.loads(result.stdout)["categories"]["performance"]["score"]
    if score is None:
        raise FailedError("Lighthouse has given no score")
    return float(100 * score)


def _chromium() -> str:
    with sync_playwright() as playwright:
        return find_chromium(playwright.chromium.executable_path)
