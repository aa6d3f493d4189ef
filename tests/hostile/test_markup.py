"""Hostile texts in every field of entries and vocabularies, and what a built site has of them.

Each text has a mark, which is an element. No parser may find this element, an event or an address
of it in any output; and each field must be in the output, so that none is left out of the test.
"""

import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import parse_qs

import pytest
import yaml
from bs4 import BeautifulSoup
from helpers.projects import quiet
from helpers.site_of import Site, build_site
from helpers.together import join_pages
from helpers.torture import amount
from helpers.vectors import VECTORS
from paper_atlas import Library, load
from playwright.sync_api import Browser, Page

Build = Callable[..., Site]

MARK = "x-mark"
MARKED = f"<{MARK} onload=alert(1)>\"'&{{{{ 7 * 7 }}}}"
THEMES = ("material", "mkdocs", "readthedocs")[: amount(1, 3)]
MATERIAL = b"mkdocs-material"
LISTS = ("papers/", "papers/page/2/", "papers/page/3/", "papers/page/4/", "papers/page/5/")


def text(field: str, vector: str) -> str:
    """A hostile text on one line that names its field.

    The checks refuse pairs of tags and entities, so these texts have none.
    """
    vector = re.sub(r"</|&\w+;", "<", vector)
    line = " ".join(re.sub(r"[\x00-\x08\x85\u2028\u202e]", "", vector).split())[:200]
    return f"{MARKED}{field}{line}"


def name(field: str, vector: str) -> str:
    """A hostile name without the signs between two names."""
    return re.sub(r"[;,&/|]| and |{{|}}", "", text(field, vector))


def vocabulary(vector: str) -> dict[str, Any]:
    def term(name: str, **more: Any) -> dict[str, Any]:
        return {"id": name, "title": text(f"T{name}", vector), **more}

    liver = term(
        "liver",
        description=text("Tdescription", vector),
        aliases=[text("Talias", vector)],
        links={text("Tlabel", vector): f"https://other.test/?{MARK}=\"'><{MARK}>"},
    )
    section = {"title": text("Stitle", vector), "description": text("Sdescription", vector)}
    facets = {
        "organs": {
            "title": text("Ftitle", vector),
            "description": text("Fdescription", vector),
            "pages": True,
            "sections": [{**section, "id": "part", "terms": [liver, term("lung")]}],
        },
        "methods": {"title": text("Fopen", vector), "open": True},
        "datasets": {"title": text("Fdata", vector), "open": True, "pages": True},
    }
    return {"facets": facets, "metrics": [{"title": text("Mtitle", vector)}]}


def entry(number: int, vector: str) -> dict[str, Any]:
    """An entry with a hostile text in each field that is a text."""
    url = f"https://other.test/{number}?{MARK}=\"'<{MARK}>&{MARKED.replace(' ', '')}"
    result = {
        "dataset": text("Rdataset", vector),
        "split": text("Rsplit", vector),
        "target": text("Rtarget", vector),
        "metric": text("Mtitle", vector),
        "stated": text("Rstated", vector),
    }
    notes = f"{text('Enotes', vector)}\n\n[b](https://other.test/?{MARK}=1) `{MARKED}`\n\n{vector}"
    return {
        "title": text(f"Etitle{number}x", vector),
        "alternative_titles": [text("Ealternative", vector)],
        "authors": [f"Ann {name('Eauthor', vector)}", {"group": name("Egroup", vector)}],
        "year": 1990 + number % 30,
        "venue": text("Evenue", vector),
        "volume": text("Evolume", vector),
        "issue": text("Eissue", vector),
        "pages": text("Epages", vector),
        "links": {"doi": f"10.1000/<{MARK}>{number}", text("Elabel", vector): url, "code": url},
        "organs": ["liver"] if number % 2 else ["lung"],
        "methods": [text("Emethod", vector)],
        "datasets": [text("Rdataset", vector)],
        "results": [{**result, "value": value} for value in (0.9, 0.8)],
        "summary": text("Esummary", vector)[:200],
        "notes": notes[:9_000],
        "added": "2024-03-31",
        **({} if number % 3 else {"retracted": f"https://other.test/retracted?<{MARK}>"}),
        "unverified": ["venue", "methods"],
    }


def write_project(folder: Path, entries: int, seed: int, theme: str) -> None:
    """Write a project whose entries have hostile texts in all fields."""
    random = Random(seed)
    (folder / "entries").mkdir(parents=True)
    (folder / "docs").mkdir()
    own = "# A page\n\n[[paper-0]]\n\n<!-- papers: organs=liver view=table -->\n"
    (folder / "docs" / "own.md").write_text(own)
    config = {
        "site_name": "An atlas",
        "site_url": "https://site.test/",
        "theme": {"name": theme, **({"font": False} if theme == "material" else {})},
        "plugins": ["search", "paper-atlas"],
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config))
    words = vocabulary(random.choice(VECTORS))
    (folder / "entries" / "vocabulary.yml").write_text(yaml.safe_dump(words))
    for number in range(entries):
        one = entry(number, VECTORS[number % len(VECTORS)])
        if number:
            one["extends"] = [f"paper-{random.randrange(number)}"]
        path = folder / "entries" / f"paper-{number}.yml"
        path.write_text(yaml.safe_dump(one, allow_unicode=True), encoding="utf-8")


@pytest.fixture(scope="module", params=THEMES)
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Site, Library]:
    """A built site of hostile entries."""
    folder = tmp_path_factory.mktemp(request.param)
    write_project(folder, amount(len(VECTORS) + 5, 600), 1, request.param)
    with pytest.MonkeyPatch.context() as patch:
        quiet(patch)
        patch.chdir(folder)
        built = build_site(folder, folder / "site", {})
    return built, load(folder / "entries", folder)


class _Parser(HTMLParser):
    """Collects what a hostile text could have made, and all texts."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.texts: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if tag.startswith("x-") or tag in ("iframe", "object", "embed", "base", "mglyph"):
            self.wrong.append(tag)
        self.wrong += [f"{tag} {name}" for name in names if re.match(r"on|x-|srcdoc", name)]
        for name, value in attrs:
            self.texts.append(value or "")
            if name in ("href", "src", "xlink:href", "action", "content", "formaction"):
                scheme = re.match(r"[\s\x00-\x1f]*([a-z]+)[\s\x00-\x1f]*:", value or "", re.I)
                is_address = name != "content" and scheme
                if is_address and scheme and scheme[1].lower() not in ("http", "https", "data"):
                    self.wrong.append(f"{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def html_pages(site: Site) -> Iterator[tuple[str, str]]:
    return (
        (name, content.decode()) for name, content in site.files.items() if name.endswith(".html")
    )


def test_no_page_has_an_element_an_event_or_an_address_of_a_text(
    site: tuple[Site, Library],
) -> None:
    built, library = site
    assert len(library.entries) > amount(35, 480)
    pages = 0
    for name, source in html_pages(built):
        parser = _Parser(source)
        assert parser.wrong == [], name
        heads = re.findall(r"<script\b([^>]*)>[^<]*alert\(1\)", source)
        assert all("application/ld+json" in head for head in heads), name
        assert "'&49" not in source, name  # no template engine saw it
        pages += 1
    assert pages > 80


FIELDS = (
    *("Etitle1x", "Ealternative", "Eauthor", "Egroup", "Evenue", "Evolume", "Eissue", "Epages"),
    *("Elabel", "Emethod", "Rdataset", "Rsplit", "Rtarget", "Mtitle", "Rstated"),
    *("Ftitle", "Fopen", "Fdata", "Tliver", "Tdescription", "Tlabel", "Stitle", "Sdescription"),
)


def test_each_field_is_on_a_page_as_it_was_written(site: tuple[Site, Library]) -> None:
    built, _ = site
    texts = "\n".join("".join(_Parser(source).texts) for _, source in html_pages(built))
    names = {field: name(field, "") for field in ("Eauthor", "Egroup")}
    marked = {field: names.get(field, MARKED + field) for field in FIELDS}
    assert [field for field, expected in marked.items() if expected not in texts] == []
    assert "Esummary" in texts
    assert "Enotes" not in texts


def test_data_in_pages_is_data(site: tuple[Site, Library]) -> None:
    """JSON-LD is JSON with the title, the COinS have it in one field, and so do meta elements."""
    built, library = site
    first = library.entries_by_id["paper-1"]
    page = built.page("papers/paper-1/")
    (data,) = [json.loads(tag.string or "") for tag in page.select("script[type*=ld]")]
    assert data["headline"] == first.title
    (title,) = [tag["content"] for tag in page.select("meta[name=citation_title]")]
    assert title == first.title
    card = next(filter(None, (built.cards(path).get("paper-1") for path in LISTS)))
    fields = parse_qs(str(card.select_one(".Z3988")["title"]))  # type: ignore[index]
    assert fields["rft.jtitle"] == [first.venue]


def test_files_beside_the_pages_have_no_markup_of_a_text(site: tuple[Site, Library]) -> None:
    built, library = site
    xml = [name for name in built.files if name.endswith(".xml")]
    assert len(xml) > 2
    for name in xml:
        root = ElementTree.fromstring(built.files[name])
        assert not [node.tag for node in root.iter() if MARK in node.tag], name
        assert not [node for node in root.iter() if node.get("type") in ("html", "xhtml")], name
    for record in built.records:
        assert not re.search("[<>\"'{]", record["location"])
        if MATERIAL in built.files["index.html"]:  # its search treats texts as HTML
            assert not BeautifulSoup(record["title"] + record["text"], "html.parser").select(MARK)
    for name in built.files:
        if name.endswith(".json"):
            json.loads(built.files[name])
    assert len(json.loads(built.files["papers.json"])["papers"]) == len(library.entries)


@pytest.fixture
def page(site: tuple[Site, Library], browser: Browser) -> Iterator[Page]:
    """A page of the built site, with an alarm for all that a text could do."""
    built, _ = site
    context = browser.new_context()
    page, alarms = context.new_page(), list[str]()
    page.add_init_script("window.alert = () => console.error('alarm: script')")

    def answer(route: Any) -> None:
        url = route.request.url
        path = url.removeprefix("https://site.test/").partition("?")[0].partition("#")[0]
        name = f"{path}index.html" if not path or path.endswith("/") else path
        if url.startswith("https://site.test/") and (built.folder / name).is_file():
            route.fulfill(path=built.folder / name)
        else:
            if not url.startswith("https://site.test/"):
                alarms.append(url)
            route.abort()

    page.route("**/*", answer)
    page.on("dialog", lambda it: (alarms.append(it.message), it.dismiss()))
    page.on("console", lambda it: alarms.append(it.text) if "alarm" in it.text else None)
    page.on("pageerror", lambda error: alarms.append(str(error)))
    yield page
    context.close()
    assert alarms == []


def opened_pages(site: Site) -> list[str]:
    """Return pages that show all papers and terms, most of them together with others."""
    if not amount(0, 1):
        return ["index.html", "papers/paper-1/index.html", "organs/liver/index.html"]
    names = sorted(name for name in site.files if name.endswith("index.html"))
    many = [name for name in names if name.count("/") == 2]
    return [*(set(names) - set(many)), *many[::20], *join_pages(site.folder, many)]


def test_a_browser_that_shows_filters_and_searches_the_texts_runs_none(
    site: tuple[Site, Library], page: Page
) -> None:
    built, _ = site
    for path in opened_pages(built):
        page.goto(f"https://site.test/{path.removesuffix('index.html')}")
        assert page.locator(MARK).count() == 0, path
        pages = page.locator("meta[name=viewport]").count()
        if "/together-" in path:
            assert page.locator("meta[name=pages]").get_attribute("content") == str(pages), path
    page.goto("https://site.test/papers/?text=alert")
    page.wait_for_selector(".pa-toolbar .count:has-text('of')")
    assert page.locator(".paper").count() > 0
    assert page.locator(MARK).count() == 0
    if MATERIAL in built.files["index.html"]:
        page.locator("[data-md-component=search-query]").press_sequentially("alert")
        page.wait_for_selector(".pa-found a")
        page.wait_for_timeout(500)
        assert page.locator(MARK).count() == 0
