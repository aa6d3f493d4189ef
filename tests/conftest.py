"""What the tests share: real builds of real projects, and a real browser."""

import functools
import http.server
import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from helpers.chromium import find_chromium
from helpers.lists import open_page
from helpers.projects import SMALL_ATLAS, copied, copy_of, quiet
from helpers.site_of import Site, build_site
from playwright.sync_api import Browser, Page, sync_playwright


@pytest.fixture(autouse=True)
def _quiet_theme(monkeypatch: pytest.MonkeyPatch) -> None:
    quiet(monkeypatch)


@pytest.fixture(scope="session", autouse=True)
def _own_user_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the key of the cache, and cached answers, away from those of the user."""
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    with pytest.MonkeyPatch.context() as patch:
        if sys.platform == "linux" and "PLAYWRIGHT_BROWSERS_PATH" not in os.environ:
            patch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(caches / "ms-playwright"))
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("user-cache")))
        yield


@pytest.fixture
def small_atlas(tmp_path: Path) -> Path:
    """A copy of the small atlas, to be changed."""
    return copy_of(SMALL_ATLAS, tmp_path / "project")


@pytest.fixture
def whole_atlas(tmp_path: Path) -> Path:
    """A copy of this project's own site, to be changed."""
    return copied(tmp_path / "project")


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A folder, and the address at which it is served."""
    folder = tmp_path_factory.mktemp("served") / "site"
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield folder, f"http://127.0.0.1:{served.server_port}/"
        served.shutdown()


@pytest.fixture(scope="session")
def this_site(server: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Site:
    """This project's own site, built once without a warning and served, to be read only."""
    folder, address = server
    project = copied(tmp_path_factory.mktemp("this") / "project")
    with pytest.MonkeyPatch.context() as patch:
        quiet(patch)
        patch.chdir(project)
        site = build_site(project, folder, {"strict": True, "site_url": address})
    assert site.warnings == []
    return site


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Site]:
    """Build a project for real; a warning that the test does not ask for fails it.

    Keyword arguments are options of mkdocs.yml; `warnings` says how many are expected (None: any).
    """
    count = 0

    def built(project: Path, *, warnings: int | None = 0, **options: object) -> Site:
        nonlocal count
        count += 1
        monkeypatch.chdir(project)  # snippets are looked up from where the build is started
        site = build_site(project, tmp_path / f"site-{count}", options)
        assert warnings is None or len(site.warnings) == warnings, "\n".join(site.warnings)
        return site

    return built


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    with sync_playwright() as playwright:
        path = find_chromium(playwright.chromium.executable_path)
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        chromium = playwright.chromium.launch(executable_path=path, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A wide and light page, on which no script fails."""
    with open_page(browser) as page:
        yield page
