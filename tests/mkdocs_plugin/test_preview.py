"""The preview follows every change, and each page equals that of a fresh build."""

import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from helpers.fresh import differences
from helpers.projects import at_root
from helpers.serving import Served, served
from helpers.site_of import Site
from paper_atlas.mkdocs_plugin.preview import DeferredFiles, Preview
from playwright.sync_api import Browser, expect

NEW = "title: A new paper\nyear: 2031\norgans: [Heart]\nlinks: {doi: 10.1000/182}\n"


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
         "organs/", "All organs &amp; what", True),
        ("a broken vocabulary", lambda: vocabulary.write_text("facets: ["),
         "", "entries/vocabulary.yml:", True),
        ("a mended vocabulary", lambda: vocabulary.write_text(words),
         "organs/", "All organs &amp; what", False),
        ("delete a folder", lambda: shutil.rmtree(entries / "pancreas"),
         "organs/pancreas/", "No paper on Pancreas", True),
    ]  # fmt: skip
    for name, change, page, text, expected in steps:
        epoch = preview.epoch()
        change()
        preview.wait_for_rebuild(epoch)
        assert (text in preview.text(page)) is expected, name
        assert differences(small_atlas, preview, build) == [], name


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


class Server:
    """A server of files like that of MkDocs, whose own application is never asked for files."""

    mount_path = "/atlas/"
    server_address = ("127.0.0.1", 0)

    def __init__(self, builder: Callable[[], None], root: str = "", **_: object) -> None:
        self.builder, self.root = builder, root
        self.application: Callable[..., list[bytes]] = lambda *_: [b"reload"]

    def serve_request(self, environ: WSGIEnvironment, start: StartResponse) -> list[bytes]:
        start(f"200 {environ['PATH_INFO']}", [])
        return [self.root.encode()]

    def get_app(self) -> Callable[..., list[bytes]]:
        return self.application

    def set_app(self, application: Callable[..., list[bytes]]) -> None:
        self.application = application

    def ask(self, path: str) -> str:
        return b"".join(self.application({"PATH_INFO": path}, lambda *_: print)).decode()

    def watch(self, _: str) -> None: ...

    def server_close(self) -> None: ...


class Building:
    """A preview in a folder, of sites with the same deferred files."""

    def __init__(self, folder: Path, writers: Mapping[str, Callable[[], None]] = {}) -> None:
        self.folder, self.writers = folder, writers
        self.closed: list[str] = []
        self.during: Callable[[], None] = lambda: None
        self.builder: Callable[[], None] = self.build
        self.preview, self.server = Preview(), Server(lambda: self.builder())
        self.build()
        self.preview.wrap(self.server)

    def build(self) -> None:
        site = Path(self.preview.folder_below(str(self.folder)))
        site.mkdir()
        self.during()
        late = DeferredFiles()
        for path, write in self.writers.items():
            late.add(path, write)
        self.preview.renew(late, partial(self.closed.append, site.name))

    def sites(self) -> list[str]:
        return sorted(site.name for site in self.folder.iterdir())


def test_requests_during_a_build_get_the_site_before_it(tmp_path: Path) -> None:
    building, answers = Building(tmp_path), list[str]()
    building.during = lambda: answers.append(building.server.ask("/atlas/"))
    building.server.builder()
    assert answers == [str(tmp_path / ".1")]
    assert building.server.ask("/atlas/") == str(tmp_path / ".2")
    assert (building.sites(), building.closed) == ([".2"], [".1"])
    building.preview.close()
    assert (building.sites(), building.closed) == ([], [".1", ".2"])


@pytest.mark.parametrize("failure", [OSError, SystemExit, KeyboardInterrupt])
def test_a_failed_build_leaves_the_site_before_it(
    tmp_path: Path, failure: type[BaseException]
) -> None:
    building = Building(tmp_path)

    def fail() -> None:
        raise failure

    building.during = fail
    for _ in range(2):
        with pytest.raises(failure):
            building.server.builder()
        assert building.server.ask("/atlas/papers/") == str(tmp_path / ".1")
        assert (building.sites(), building.closed) == ([".1"], [])
    building.during = lambda: None
    building.server.builder()
    assert building.server.ask("/atlas/papers/") == str(tmp_path / ".4")


def test_a_site_that_is_refused_after_its_build_is_discarded(tmp_path: Path) -> None:
    """MkDocs counts the warnings of a strict build when all plugins have ended."""
    building = Building(tmp_path)

    def build_and_refuse() -> None:
        building.build()
        raise SystemExit

    building.builder = build_and_refuse
    with pytest.raises(SystemExit):
        building.server.builder()
    assert (building.sites(), building.closed) == ([".1"], [".2"])


def test_a_build_for_each_language_is_one_site(tmp_path: Path) -> None:
    building, answers = Building(tmp_path), list[str]()

    def build_twice() -> None:
        building.build()
        building.preview.renew(DeferredFiles(), partial(building.closed.append, "of all languages"))
        answers.append(building.server.ask("/atlas/"))

    building.builder = build_twice
    building.server.builder()
    assert answers == [str(tmp_path / ".1")]
    assert building.closed == [".2", ".1"]
    assert building.server.ask("/atlas/") == str(tmp_path / ".2")


def test_a_site_is_kept_until_its_requests_are_answered(tmp_path: Path) -> None:
    asked, answered = threading.Event(), threading.Event()

    def write() -> None:
        asked.set()
        assert answered.wait(60)

    building = Building(tmp_path, {"papers.bib": write})
    with ThreadPoolExecutor() as pool:
        slow = pool.submit(building.server.ask, "/atlas/papers.bib")
        assert asked.wait(60)
        rebuilt = pool.submit(building.server.builder)
        while building.server.ask("/atlas/") == str(tmp_path / ".1"):
            pass
        assert building.sites() == [".1", ".2"]
        assert not building.closed
        answered.set()
        assert slow.result() == str(tmp_path / ".1")
        rebuilt.result()
    assert (building.sites(), building.closed) == ([".2"], [".1"])


def test_a_request_for_a_written_file_does_not_wait_for_others(tmp_path: Path) -> None:
    asked, answered = threading.Event(), threading.Event()

    def write() -> None:
        asked.set()
        assert answered.wait(60)

    building = Building(tmp_path, {"papers.sqlite": write})
    with ThreadPoolExecutor() as pool:
        slow = pool.submit(building.server.ask, "/atlas/papers.sqlite")
        assert asked.wait(60)
        assert building.server.ask("/atlas/assets/paper-atlas.css")
        assert not slow.done()
        answered.set()


def test_a_site_without_the_plugin_is_served_too(tmp_path: Path) -> None:
    """MkDocs writes it to the folder itself, where it first deletes all names without a dot."""
    building = Building(tmp_path)
    building.builder = (tmp_path / "index.html").touch
    building.server.builder()
    assert building.server.ask("/atlas/") == str(tmp_path / ".2")
    assert (building.sites(), building.closed) == ([".2"], [".1"])
    assert (tmp_path / ".2" / "index.html").exists()
    building.builder = building.build
    building.server.builder()
    assert building.server.ask("/atlas/") == str(tmp_path / ".3")
    assert building.sites() == [".3"]


def test_requests_for_the_next_site_go_to_the_server(tmp_path: Path) -> None:
    assert Building(tmp_path).server.ask("/livereload/1/2") == "reload"


@pytest.mark.parametrize(
    "path", ["papers/one", "papers/one/", "/papers//one/", "./papers/x/../one"]
)
def test_a_deferred_file_is_found_by_every_path_that_the_server_accepts(
    path: str, tmp_path: Path
) -> None:
    written = list[str]()
    files = {"papers/one/index.html": "page", "index.html": "home"}
    writers = {file: partial(written.append, name) for file, name in files.items()}
    server = Building(tmp_path, writers).server
    for _ in range(2):
        server.ask(f"/atlas/{path}")
    assert written == ["page"]
    server.ask("/atlas/")
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


def test_a_site_without_reloads_has_all_files(small_atlas: Path) -> None:
    """MkDocs then asks no plugin how to serve the site, so nothing could be written later."""
    with served(at_root(small_atlas), "--no-livereload") as preview:
        assert "H-DenseUNet" in preview.text("papers/h-denseunet/")
        assert preview.content("papers.bib")


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
        assert "pa-cards" in preview.text("")


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


def test_only_a_published_page_has_a_policy(small_atlas: Path, build: Callable[..., Site]) -> None:
    """The server of MkDocs adds a script to pages, which a policy would stop."""
    config = small_atlas / "mkdocs.yml"
    plugin = "  - paper-atlas:\n      content_security_policy: true\n"
    assert b"Content-Security-Policy" not in build(small_atlas).files["index.html"]
    config.write_text(config.read_text().replace("  - paper-atlas\n", plugin))
    assert b"Content-Security-Policy" in build(small_atlas).files["index.html"]
    with served(at_root(small_atlas)) as preview:
        assert "Content-Security-Policy" not in preview.text("")
