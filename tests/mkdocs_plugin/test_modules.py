"""The script as modules: with any theme, and below any folder."""

import functools
import http.server
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from helpers.projects import THEMES
from helpers.site_of import Site
from playwright.sync_api import Browser, expect

Build = Callable[..., Site]
MOUNT = "/some/atlas/"


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder, and the address below a folder at which it is served."""
    root = tmp_path / "mounted"
    folder = root / MOUNT.strip("/")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(root))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield folder, f"http://127.0.0.1:{served.server_port}{MOUNT}"
        served.shutdown()


@pytest.mark.parametrize("directory_urls", [True, False])
@pytest.mark.parametrize("theme", THEMES)
def test_the_script_works_below_a_folder(
    small_atlas: Path,
    build: Build,
    browser: Browser,
    mounted: tuple[Path, str],
    theme: str,
    directory_urls: bool,
) -> None:
    folder, address = mounted
    site = build(small_atlas, theme={"name": theme}, use_directory_urls=directory_urls)
    folder.parent.mkdir(parents=True)
    site.folder.rename(folder)
    page = browser.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.route("https://**", lambda route: route.abort())  # the code colours of MkDocs' own themes
    end = "/" if directory_urls else ".html"
    page.goto(f"{address}papers/u-net{end}")
    page.get_by_role("button", name="Add to selection").click()
    expect(page.get_by_role("region", name="Selected papers")).to_contain_text("1 selected")
    page.goto(f"{address}papers{end}?ids=u-net".replace("papers.html", "papers/index.html"))
    expect(page.locator(".pa-toolbar .count")).to_have_text("1 of 5 papers")
    page.locator("#u-net h3 a").click()
    page.wait_for_url(f"**/papers/u-net{end}")
    assert [it for it in wrong if "hljs" not in it] == []
    page.close()
