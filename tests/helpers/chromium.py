"""Find Chromium, or install it: with apt if possible, otherwise with Playwright."""

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
    """Return the path of Chromium; without it tests fail, they are not skipped.

    Tests run in several processes: one installs it, and the others wait.
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
