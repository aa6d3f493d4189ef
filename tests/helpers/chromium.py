"""Finds Chromium, or installs it: Debian's where one may, elsewhere Playwright's own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


def find_chromium(playwrights_own: str) -> str:
    """The path of a Chromium that can be started; without one there is an error, not a skip.

    Tests run in several processes, of which one installs it while the others wait.
    """
    with Path(__file__).open() as file:
        if fcntl:
            fcntl.flock(file, fcntl.LOCK_EX)
        return _found(playwrights_own)


def _found(playwrights_own: str) -> str:
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found or Path(playwrights_own).exists():
        return found or playwrights_own
    if shutil.which("apt-get") and os.geteuid() == 0:
        install = ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"]
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "--quiet"], check=True)
        subprocess.run(install, check=True, env=environment)
        return str(shutil.which("chromium"))
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)
    return playwrights_own
