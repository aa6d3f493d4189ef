"""What the tests share: real builds of real projects, and a real browser."""

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))

from chromium import find_chromium
from site_of import Site, build_site

ROOT = Path(__file__).parent.parent
SMALL_ATLAS = Path(__file__).parent / "fixtures" / "atlas"


@pytest.fixture(autouse=True)
def _quiet_theme(monkeypatch: pytest.MonkeyPatch) -> None:
    """Material's notice of its end of life is no warning of ours; no variable of the shell's."""
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    for name in ("SITE_URL", "REPO_URL", "EDIT_URI"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def small_atlas(tmp_path: Path) -> Path:
    """A copy of the small atlas, to be changed."""
    return Path(shutil.copytree(SMALL_ATLAS, tmp_path / "project"))


@pytest.fixture
def whole_atlas(tmp_path: Path) -> Path:
    """A copy of this project's own site, to be changed."""
    project = tmp_path / "project"
    for folder in ("docs", "entries"):
        shutil.copytree(ROOT / folder, project / folder)
    for name in ("mkdocs.yml", "CONTRIBUTING.md", "CHANGELOG.md"):
        shutil.copy(ROOT / name, project)
    return project


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
