"""Hostile strings in every field, in parameters and in stored values, in a real browser.

A site of hostile entries is opened page by page. An alarm is a script, a request that no page of
an atlas makes, a dialog or a navigation, and an element or attribute that could cause one.
"""

import functools
import http.server
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import pytest
from helpers.hostile import FAMILIES, PRODUCT, SECRET, hostile_strings
from helpers.hostile_atlas import HostileAtlas
from helpers.site_of import Site
from helpers.together import join_pages
from helpers.torture import amount
from paper_atlas import load
from paper_atlas.cli import main
from playwright.sync_api import Browser, Page, Request

PARTS = amount(1, 20)
COUNT = amount(10, 500)  # of strings for each field, in each part
STATES = amount(50, 10_000)  # for each parameter, and for each field in which readers type
TOOL = Path(__file__).with_name("strings.js")
AT_ONCE = 100  # pages in the frames of one page
OPEN_FACETS = ("modalities/", "methods/", "targets/", "datasets/")
START = "hostile-start.html"
INDEX, NO_RECORDS = "search/search_index.json", "search/no-records.json"
WAIT = amount(20, 100)  # milliseconds for the scripts of a page
KEYS = ("text", "from", "to", "sort", "view", "ids", "has", "ask", "q", "organs", "-organs", "x")
SET_ALARMS = """
const report = (text) => {
  try { top.report(`script: ${text} in ${location}`); } catch { window.alarms = [text]; }
};
for (const name of ["alarm", "ALARM", "alert", "confirm", "prompt", "open", "print"]) {
  window[name] = (...values) => report(`${name} ${values}`);
}
"""


class _Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass

    def copyfile(self, source: Any, outputfile: Any) -> None:
        with suppress(ConnectionError):  # the page is closed already
            super().copyfile(source, outputfile)


class _WithoutSearch(_Handler):
    """Serves an index without records to all pages but the start page; each page asks for one."""

    def translate_path(self, path: str) -> str:
        has_all = self.headers.get("Referer", "").endswith(START)
        return super().translate_path(path if has_all else path.replace(INDEX, NO_RECORDS))


@contextmanager
def served(folder: Path, handler: type[_Handler] = _Handler) -> Iterator[str]:
    serve = functools.partial(handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextmanager
def watched_page(browser: Browser, folder: Path, address: str) -> Iterator[tuple[Page, list[str]]]:
    """Open the start page, and list all that should not happen."""
    (folder / START).write_text(
        f"<!doctype html><title>Start</title><script>{TOOL.read_text()}</script>"
    )
    context = browser.new_context(service_workers="block")
    alarms: list[str] = []

    def check(request: Request) -> None:
        if fault := _fault_of(request.url, folder, address):
            alarms.append(f"{fault}: {request.url} from {request.frame.url}")

    context.on("request", check)
    context.on("dialog", lambda it: (alarms.append(f"dialog: {it.message}"), it.dismiss()))
    context.on(
        "page", lambda it: alarms.append(f"window: {it.url}") if len(context.pages) > 1 else None
    )
    context.add_init_script(SET_ALARMS)
    page = context.new_page()
    page.set_default_timeout(0)
    page.on("pageerror", lambda it: alarms.append(f"error: {it}"))
    page.goto(address + START)
    yield page, alarms
    if page.url != address + START:
        alarms.append(f"navigation: {page.url}")
    context.close()


def _fault_of(url: str, folder: Path, address: str) -> str:
    if not url.startswith(address):
        return "other host"
    path = folder / unquote(urlsplit(url).path).lstrip("/")
    return "" if path.is_file() or (path / "index.html").is_file() else "no such file"


@pytest.mark.parametrize("part", range(PARTS))
def test_no_string_of_an_entry_a_vocabulary_or_a_list_runs(
    part: int, tmp_path: Path, build: Callable[..., Site], browser: Browser,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    atlas = HostileAtlas(tmp_path / "project", part, COUNT)
    atlas.write()
    monkeypatch.chdir(atlas.folder)
    for path in sorted((atlas.folder / "lists").iterdir()):
        assert main(["import", f"lists/{path.name}"]) in (0, 1)
    assert min(map(len, atlas.strings.values())) == COUNT
    library = load("entries")
    assert library.vocabulary_errors == ()
    assert len(library.entries) >= 1.4 * COUNT
    assert len(library.broken_entries) > COUNT / 20
    site = build(atlas.folder, warnings=None, site_url="")
    assert templates_that_ran(site) == []
    index = json.loads(site.files[INDEX])
    (site.folder / NO_RECORDS).write_text(json.dumps({**index, "docs": []}))
    with (
        served(site.folder, _WithoutSearch) as address,
        watched_page(browser, site.folder, address) as (page, alarms),
    ):
        paths = [*map(quote, opened_pages(site))]
        alarms += open_all(page, paths)
        records = page.evaluate("lookAtRecords()")
        alarms += page.evaluate("alarms")
    print(f"part {part}: {len(atlas.strings)} fields, {len(paths)} pages, {records} records")
    assert alarms == []


def open_all(page: Page, paths: list[str]) -> list[str]:
    """Open pages, and return the alarms. Chromium frees the memory of frames with their page."""
    alarms = []
    for start in range(0, len(paths), AT_ONCE):
        page.goto(page.url)
        some = paths[start : start + AT_ONCE]
        alarms += page.evaluate("([paths, time]) => openAll(paths, time)", [some, WAIT])
    return alarms


def opened_pages(site: Site) -> Iterator[str]:
    """Yield pages that show all papers and terms: together with others, and some also alone.

    Of open facets, whose terms are also on other pages, it is one page of ten.
    """
    every = [path for path in site.files if path.endswith(".html")]
    many = [path for path in every if path.count("/") == 2]
    shown = [path for path in many if not path.startswith(OPEN_FACETS)]
    shown += [path for path in many if path.startswith(OPEN_FACETS)][::10]
    yield from (path for path in every if path.count("/") != 2)
    yield from shown[::20]
    yield from join_pages(site.folder, shown)


def templates_that_ran(site: Site) -> list[str]:
    """Return the pages in which a template was calculated, or a file was included."""
    texts = ((path, content.decode()) for path, content in site.files.items() if _is_text(path))
    return [path for path, text in texts if PRODUCT in text or SECRET in text]


def _is_text(path: str) -> bool:
    return re.search(r"\.(html|json|xml|txt|bib|ris|csv)$", path) is not None


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site for parameters: its own strings are hostile too."""
    from helpers.site_of import build_site

    folder = tmp_path_factory.mktemp("parameters")
    HostileAtlas(folder / "project", 99, 20).write()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder / "project")
        return build_site(folder / "project", folder / "site", {"site_url": ""}).folder


def test_no_parameter_typed_text_or_stored_value_runs(hostile_site: Path, browser: Browser) -> None:
    with (
        served(hostile_site) as address,
        watched_page(browser, hostile_site, address) as (page, alarms),
    ):
        alarms += page.evaluate(
            "([queries, each]) => openStates('papers/', queries, each)", [[*queries(STATES)], 200]
        )
        typed = [*islice(hostile_strings("typed"), STATES)]
        fields, more = page.evaluate("([texts]) => typeAll('papers/', texts, 100)", [typed])
        assert fields >= 2
        stored = [*islice(hostile_strings("stored"), amount(2, 200))]
        more += page.evaluate("([texts]) => storeAll('papers/', texts)", [stored])
        opened = [f"papers/{query}" for query in islice(queries(STATES, "opened"), amount(3, 500))]
        more += open_all(page, opened)
    assert [*alarms, *more] == []


def queries(count: int, seed: str = "query") -> Iterator[str]:
    """Yield queries in which each parameter has a hostile string, then a hostile fragment."""
    strings = [hostile_strings(f"{seed} {key}") for key in (*KEYS, "name", "fragment")]
    for values in islice(zip(*strings, strict=True), count):
        *texts, name, fragment = (text.encode("utf-8", "replace") for text in values)
        pairs = "&".join(f"{key}={quote(text)}" for key, text in zip(KEYS, texts, strict=True))
        yield f"?{pairs}&{quote(name)}={quote(name)}#{quote(fragment)}"


FAULTS = (
    *("<script>alarm(1)</script>", "<img src=x onerror=alarm(1)>", "<img src=nowhere.png>"),
    *("<a href=javascript:alarm(1)>x</a>", "<a href='//other.test' onclick=alarm(1)>x</a>"),
    *("<iframe></iframe>", "<style>*{background:url(//hostile.test)}</style>", "<base href=/x/>"),
    *("<link rel=stylesheet href=//hostile.test/a.css>", "<script>alert(1)</script>"),
    *("<meta http-equiv=refresh content='0;url=/other.html'>", "<x autofocus tabindex=1>"),
)


VIEWPORT = "<!doctype html><meta name=viewport>"


def test_every_alarm_works(tmp_path: Path, browser: Browser) -> None:
    pages = {f"page-{number}.html": text for number, text in enumerate(FAULTS)}
    for name, text in {
        **pages,
        "other.html": "",
        "harmless.html": "<a href=//x.test>x</a>",
    }.items():
        (tmp_path / name).write_text(VIEWPORT + text)
    with served(tmp_path) as address, watched_page(browser, tmp_path, address) as (page, alarms):
        alarms += page.evaluate("paths => openAll(paths, 50)", [*pages, "harmless.html"])
    silent = [text for name, text in pages.items() if not any(name in alarm for alarm in alarms)]
    assert silent == []
    assert "harmless" not in str(alarms)


def test_every_alarm_works_in_pages_that_are_opened_together(
    tmp_path: Path, browser: Browser
) -> None:
    shown = {str(number): (f"<p>{text}", "<p>x") for number, text in enumerate(FAULTS)}
    shown |= {"harmless": ("<p>x", "<p>y"), "swallowed": ("<textarea>", "<p>x")}
    for name, texts in shown.items():
        for number, text in enumerate(texts):
            (path := tmp_path / name / f"page-{number}" / "index.html").parent.mkdir(parents=True)
            path.write_text(VIEWPORT + text)
    names = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.html")]
    (tmp_path / "other.html").touch()
    together = [*join_pages(tmp_path, sorted(names))]
    assert len(together) == len(shown)
    with served(tmp_path) as address, watched_page(browser, tmp_path, address) as (page, alarms):
        alarms += page.evaluate("paths => openAll(paths, 50)", together)
    silent = [name for name in shown if not any(f"{name}/together-0" in it for it in alarms)]
    assert silent == ["harmless"]


def test_a_record_of_the_search_with_an_element_is_an_alarm(
    tmp_path: Path, browser: Browser
) -> None:
    texts = ["x", "<b>x</b> &lt;img onerror=alarm(1)>", FAULTS[0], FAULTS[1], FAULTS[3], FAULTS[5]]
    docs = [
        {"location": f"page-{number}/", "title": "x", "text": text}
        for number, text in enumerate(texts)
    ]
    (tmp_path / INDEX).parent.mkdir()
    (tmp_path / INDEX).write_text(json.dumps({"docs": docs}))
    with served(tmp_path) as address, watched_page(browser, tmp_path, address) as (page, alarms):
        assert page.evaluate("lookAtRecords()") == len(docs)
        alarms += page.evaluate("alarms")
    assert {alarm.split("/")[0] for alarm in alarms} == {f"search: page-{n}" for n in range(2, 6)}


def test_strings_differ_and_every_family_occurs() -> None:
    assert len({*islice(hostile_strings("all"), 10_000)}) == 10_000
    for family in FAMILIES:
        assert len({*islice(hostile_strings("one", family), 100)}) == 100
