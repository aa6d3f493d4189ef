"""The page for addresses without a page, in every theme."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers.site_of import Site

Build = Callable[..., Site]
THEMES = ("material", "mkdocs", "readthedocs")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("site_url", "root"), [("https://e.org/a/b/", "/a/b/"), ("", "/")])
def test_it_leads_on_from_any_address(
    small_atlas: Path, build: Build, theme: str, site_url: str, root: str
) -> None:
    site = build(small_atlas, theme={"name": theme}, site_url=site_url)
    text = (site.folder / "404.html").read_text()
    assert text.count("This page does not exist</h1>") == 1
    assert f'action="{root}papers/"' in text
    part = text[text.index("data-missing") :]
    links = re.findall(r'<a href="([^"]*)">(?:Home|All papers|Add a missing paper)<', part)
    assert links[:2] == [root, f"{root}papers/"]
    assert re.search(r"<title>\s*This page does not exist - ", text)
    assert f'src="{root}assets/paper-atlas/start.js"' in text


def test_readers_learn_where_to_add_a_paper(small_atlas: Path, build: Build) -> None:
    words = "Add a missing paper"
    assert (
        words not in (build(small_atlas, repo_url="", edit_uri="").folder / "404.html").read_text()
    )
    repository = "https://code.test/a/b"
    site = build(small_atlas, repo_url=repository)
    assert f'href="{repository}">{words}' in (site.folder / "404.html").read_text()
    (small_atlas / "docs" / "contribute.md").write_text("# Contribute\n")
    site = build(small_atlas, repo_url=repository, use_directory_urls=False)
    assert f'href="/atlas/contribute.html">{words}' in (site.folder / "404.html").read_text()


def test_a_page_of_the_site_itself_stays(small_atlas: Path, build: Build) -> None:
    (small_atlas / "own").mkdir()
    (small_atlas / "own" / "404.html").write_text("Ours")
    site = build(small_atlas, theme={"name": "material", "custom_dir": "own"})
    assert (site.folder / "404.html").read_text() == "Ours"
