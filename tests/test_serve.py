"""The preview follows every change, and each page is as a fresh build makes it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import copy_of
from playwright.sync_api import Browser, expect
from serving import Served, served
from site_of import Site

NEW = "title: A new paper\nyear: 2031\norgans: [Heart]\nlinks: {doi: 10.1000/182}\n"


@pytest.fixture
def preview(small_atlas: Path) -> Iterator[Served]:
    config = small_atlas / "mkdocs.yml"
    config.write_text(config.read_text().replace("site_url: https://example.org/atlas/\n", ""))
    with served(small_atlas) as running:
        yield running


def test_each_change_is_as_a_fresh_build(
    small_atlas: Path, preview: Served, build: Callable[..., Site]
) -> None:
    entries = small_atlas / "entries"
    paper = entries / "liver" / "h-denseunet.yml"
    whole = paper.read_text()
    vocabulary = entries / "vocabulary.yml"
    words = vocabulary.read_text()
    added = entries / "heart" / "new.yml"
    steps: list[tuple[str, Callable[[], object], str, str, bool]] = [
        ("edit", lambda: paper.write_text(whole.replace("Hybrid", "HYBRID")),
         "organs/liver/", "H-DenseUNet: HYBRID", True),
        ("add a folder and a file", lambda: (added.parent.mkdir(), added.write_text(NEW)),
         "organs/heart/", "A new paper", True),
        ("delete", added.unlink, "organs/heart/", "A new paper", False),
        ("break", lambda: paper.write_text("title: [\n" + whole),
         "organs/liver/", "entries/liver/h-denseunet.yml:1:8: yaml-syntax", True),
        ("mend", lambda: paper.write_text(whole),
         "organs/liver/", "yaml-syntax", False),
        ("a word of the vocabulary",
         lambda: vocabulary.write_text(words.replace("Organs & what", "All organs & what")),
         "organs/", "All organs &#38; what", True),
        ("a broken vocabulary", lambda: vocabulary.write_text("facets: ["),
         "", "entries/vocabulary.yml:", True),
        ("a mended vocabulary", lambda: vocabulary.write_text(words),
         "organs/", "All organs &#38; what", False),
        ("delete a folder", lambda: shutil.rmtree(entries / "pancreas"),
         "organs/pancreas/", "No paper on Pancreas", True),
    ]  # fmt: skip
    for name, change, page, text, expected in steps:
        epoch = preview.epoch()
        change()
        preview.wait_for_rebuild(epoch)
        assert (text in preview.text(page)) is expected, name
        assert_fresh(small_atlas, preview, build)


def assert_fresh(project: Path, preview: Served, build: Callable[..., Site]) -> None:
    """Every page as a build makes it that finds nothing kept."""
    copy = copy_of(project, project.with_name("copy"))
    fresh = build(copy, warnings=None, site_url=preview.url)
    shutil.rmtree(copy)
    for path, content in fresh.files.items():
        if path.endswith(".html") and path != "404.html":
            assert preview.text(path) == content.decode(), path


def test_the_page_in_the_browser_changes(
    small_atlas: Path, preview: Served, browser: Browser
) -> None:
    page = browser.new_page()
    page.goto(f"{preview.url}organs/liver/")
    expect(page.locator("#h-denseunet h2")).to_contain_text("Hybrid")
    paper = small_atlas / "entries" / "liver" / "h-denseunet.yml"
    paper.write_text(paper.read_text().replace("Hybrid", "Changed"))
    expect(page.locator("#h-denseunet h2")).to_contain_text("Changed", timeout=30_000)
    paper.unlink()
    expect(page.locator("#h-denseunet")).to_have_count(0, timeout=30_000)
    page.close()
