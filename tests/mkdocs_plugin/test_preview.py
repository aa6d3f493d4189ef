"""The preview follows every change, and each page equals that of a fresh build."""

import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from helpers.projects import copy_of
from helpers.serving import Served, served
from helpers.site_of import Site
from paper_atlas.mkdocs_plugin.plugin import PaperAtlasPlugin
from paper_atlas.mkdocs_plugin.preview import DeferredFiles, Preview
from playwright.sync_api import Browser, expect

NEW = "title: A new paper\nyear: 2031\norgans: [Heart]\nlinks: {doi: 10.1000/182}\n"


def at_root(project: Path) -> Path:
    """Return the project without the path of its site on its host."""
    config = project / "mkdocs.yml"
    config.write_text(config.read_text().replace("site_url: https://example.org/atlas/\n", ""))
    return project


@pytest.fixture
def preview(small_atlas: Path) -> Iterator[Served]:
    with served(at_root(small_atlas)) as running:
        yield running


def test_each_change_gives_the_pages_of_a_fresh_build(
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
    """Check that every file equals that of a build without cache."""
    copy = copy_of(project, project.with_name("copy"))
    fresh = build(copy, warnings=None, site_url=preview.url)
    shutil.rmtree(copy)
    for path, content in fresh.files.items():
        if path.endswith(".html") and path != "404.html":
            assert preview.text(path) == content.decode(), path
        elif not path.startswith("assets/") and path != "404.html":
            assert preview.content(path) == content, path


def test_no_incomplete_page_is_served(small_atlas: Path, preview: Served) -> None:
    """A request during a rebuild gets a complete page, from before or after it."""
    paths = ("organs/liver/", "papers/h-denseunet/", "papers.bib")
    ended = threading.Event()

    def ask(path: str) -> list[bytes]:
        found = []
        while not ended.is_set():
            found.append(preview.content(path))
        return found

    paper = small_atlas / "entries" / "liver" / "h-denseunet.yml"
    with ThreadPoolExecutor() as pool:
        asked = {path: pool.submit(ask, path) for path in paths}
        try:
            for number in range(3):
                epoch = preview.epoch()
                paper.write_text(paper.read_text().replace("UNet: ", f"UNet: {number} "))
                preview.wait_for_rebuild(epoch)
        finally:
            ended.set()
        for path, answers in asked.items():
            texts = {it.decode() for it in answers.result()}
            assert len(texts) > 2, path
            for text in texts:
                assert "Densely Connected" in text.replace("{", "").replace("}", ""), path
                assert "data-block" not in text, path


def test_a_request_during_a_rebuild_is_repeated() -> None:
    """The server waits for the build, which removes the file that was written for the request."""
    written, closed = list[str](), list[str]()
    late = {name: DeferredFiles() for name in ("before", "after")}
    for name, files in late.items():
        files.add("papers/one/index.html", partial(written.append, name))

    class Answer(list[bytes]):
        def close(self) -> None:
            closed.append("closed")

    def application(_: WSGIEnvironment, start: StartResponse) -> Answer:
        if written == ["before"]:
            preview.renew(None)
            preview.renew(late["after"])
        start(f"200 {written[-1]}", [])
        return Answer([written[-1].encode()])

    preview = Preview()
    preview.wrap(application, "/atlas/")
    preview.renew(late["before"])
    said: list[str] = []
    answer = preview({"PATH_INFO": "/atlas/papers/one"}, lambda *given: said.append(given[0]))  # type: ignore[arg-type]
    assert (said, [*answer]) == (["200 after"], [b"after"])
    assert (written, closed) == (["before", "after"], ["closed"])


@pytest.mark.parametrize(
    "path", ["papers/one", "papers/one/", "/papers//one/", "./papers/x/../one"]
)
def test_a_deferred_file_is_found_by_every_path_that_the_server_accepts(path: str) -> None:
    written, late = list[str](), DeferredFiles()
    late.add("papers/one/index.html", partial(written.append, "page"))
    late.add("index.html", partial(written.append, "home"))

    def application(_: WSGIEnvironment, start: StartResponse) -> list[bytes]:
        start("200 OK", [])
        return [b""]

    preview = Preview()
    preview.wrap(application, "/atlas/")
    preview.renew(late)
    for _ in range(2):
        preview({"PATH_INFO": f"/atlas/{path}"}, lambda *_: print)  # type: ignore[arg-type]
    assert written == ["page"]
    preview({"PATH_INFO": "/atlas/"}, lambda *_: print)  # type: ignore[arg-type]
    assert written == ["page", "home"]


def test_a_failed_write_is_repeated() -> None:
    done, late = list[str](), DeferredFiles()

    def write() -> None:
        done.append("tried")
        if len(done) == 1:
            raise OSError("no room")

    late.add("file", write)
    with pytest.raises(OSError, match="no room"):
        late.write("file")
    late.write("file")
    late.write("file")
    assert done == ["tried", "tried"]


@pytest.mark.parametrize("event", ["on_shutdown", "on_build_error"])
def test_the_cache_closes_after_the_last_request(event: str) -> None:
    done: list[str] = []

    class Witness:
        def renew(self, _: object) -> None:
            done.append("no request any more")

        def close(self, *, whole: bool) -> None:
            assert not whole
            done.append("closed")

    plugin = PaperAtlasPlugin()
    plugin.preview = plugin.source = Witness()  # type: ignore[assignment]
    plugin.source.cache = None  # type: ignore[union-attr]
    getattr(plugin, event)()
    assert done[:2] == ["no request any more", "closed"]


def test_a_dirty_preview_keeps_complete_pages(small_atlas: Path) -> None:
    home, other = (small_atlas / "docs" / name for name in ("index.md", "reading.md"))
    home.write_text("# Home\n")
    other.write_text("# Other\n")
    with served(at_root(small_atlas), "--dirty") as preview:
        for file in (home, other):
            epoch = preview.epoch("organs/")  # and nobody asks for the home page
            file.write_text(f"{file.read_text()}\nMore.\n")
            preview.wait_for_rebuild(epoch)
        assert "data-block" not in preview.text("")
        assert "paper-tiles" in preview.text("")


def test_the_page_in_the_browser_changes(
    small_atlas: Path, preview: Served, browser: Browser
) -> None:
    page = browser.new_page()
    page.goto(f"{preview.url}organs/liver/")
    expect(page.locator("#h-denseunet h3")).to_contain_text("Hybrid")
    paper = small_atlas / "entries" / "liver" / "h-denseunet.yml"
    paper.write_text(paper.read_text().replace("Hybrid", "Changed"))
    expect(page.locator("#h-denseunet h3")).to_contain_text("Changed", timeout=30_000)
    paper.unlink()
    expect(page.locator("#h-denseunet")).to_have_count(0, timeout=30_000)
    page.close()
