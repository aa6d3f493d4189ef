"""Sites in other languages than English: their texts, and the layout in Arabic."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from bs4.element import PreformattedString
from helpers import ROOT
from helpers.projects import copied, quiet
from helpers.site_of import Site, build_site
from helpers.translations import PLACEHOLDER, catalogue, forms
from paper_atlas import Entry, load
from playwright.sync_api import Browser, Page, Route, expect

PAGES = (
    *("", "organs/", "organs/liver/", "organs/heart/", "datasets/acdc/", "methods/", "papers/"),
    *("papers/h-denseunet/", "papers/lf-segnet/", "charts/", "lineage/", "help-wanted/"),
)
SMALL_PAGES = (
    *("", "organs/", "organs/pancreas/", "papers/", "papers/u-net/"),
    *("charts/", "lineage/", "help-wanted/"),
)
Build = Callable[..., Site]


def all_forms(language: str) -> set[str]:
    """Return every text of a language."""
    return {form for text in catalogue(language).values() for form in forms(text)}


def english(language: str) -> re.Pattern[str]:
    """Return the pattern of every English message.

    Messages are left out if the language, the vocabulary or an entry contains the same text, if
    they are little but values, or if an option of Python-Markdown adds them to headings.
    """
    own = {"Permanent link", "Home", *Entry.model_fields}  # mkdocs.yml names the home page
    for facet in load(ROOT / "entries", ROOT).vocabulary.facets.values():
        own |= {facet.title, facet.title.lower(), facet.singular, facet.singular.lower()}
    messages = {*catalogue(language), *all_forms("en")} - all_forms(language) - own
    long = (it for it in messages if len(re.sub(r"\W", "", PLACEHOLDER.sub("", it))) > 5)
    return re.compile("|".join(map(with_values, sorted(long))))


def with_values(message: str) -> str:
    """Return the pattern of a message, with numbers in the place of a count."""
    pattern = re.escape(message).replace(r"\{count\}", r"\d+")
    return re.sub(r"\\\{\w+\\\}", ".+", pattern)


def words_of(page: BeautifulSoup) -> Iterator[str]:
    """Return the texts that readers see or hear on a page, in parts."""
    for tag in page.find_all(True):
        yield from (str(tag.get(it, "")) for it in ("aria-label", "title", "data-copy", "content"))
    for text in page.find_all(string=True):
        if not isinstance(text, PreformattedString) and text.parent.name not in ("script", "code"):
            yield " ".join(text.split())


def check_words(site: Site, original: Site, paths: Iterable[str], language: str) -> None:
    """Check that no page has an English message, although its original has some."""
    pattern = english(language)
    for path in paths:
        assert [it for it in words_of(site.page(path)) if pattern.fullmatch(it)] == [], path
        assert any(map(pattern.fullmatch, words_of(original.page(path)))), path


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """This project's own site in Arabic."""
    folder = tmp_path_factory.mktemp("arabic")
    project = copied(folder / "project")
    with pytest.MonkeyPatch.context() as patch:
        quiet(patch)
        patch.chdir(project)
        theme = {"name": "material", "font": False, "language": "ar"}
        site = build_site(project, folder / "site", {"strict": True, "theme": theme})
    assert site.warnings == []
    return site


def test_no_english_is_left_in_the_arabic_site(arabic: Site, this_site: Site) -> None:
    check_words(arabic, this_site, PAGES, "ar")


@pytest.mark.parametrize("language", ["fr", "zh"])
def test_no_english_is_left_in_any_language(small_atlas: Path, build: Build, language: str) -> None:
    site = build(small_atlas, theme={"name": "material", "language": language})
    check_words(site, build(small_atlas), SMALL_PAGES, language)


@pytest.mark.parametrize(
    ("theme", "papers"),
    [
        ({"name": "material", "language": "zh-TW"}, "论文"),
        ({"name": "material", "language": "de"}, "Papers"),
        ({"name": "material"}, "Papers"),
        ({"name": "mkdocs", "locale": "fr"}, "Articles"),
    ],
)
def test_the_theme_selects_the_language(
    small_atlas: Path, build: Build, theme: dict[str, str], papers: str
) -> None:
    page = build(small_atlas, theme=theme).page("charts/")
    navigation = page.select_one(".md-nav, .navbar")
    assert navigation
    assert papers in navigation.get_text(" ", strip=True).split(" ")


@pytest.fixture
def page(arabic: Site, browser: Browser) -> Iterator[Page]:
    """A page of the Arabic site, without a server."""

    def answer(route: Route) -> None:
        file = arabic.folder / urlsplit(route.request.url).path.strip("/")
        route.fulfill(path=file / "index.html" if file.is_dir() else file)

    page = browser.new_page(base_url="http://arabic.test")
    page.route("http://arabic.test/**", answer)
    yield page
    page.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_an_arabic_page_is_right_to_left(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for path in PAGES:
        page.goto(f"/{path}")
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).direction") == "rtl"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_the_filter_is_in_arabic(page: Page) -> None:
    page.goto("/organs/bladder/")
    count = page.locator(".pa-toolbar .count")
    expect(count).to_contain_text("7")
    page.get_by_role("checkbox", name=re.compile("^MRI")).check()
    expect(count).to_have_text(re.compile(r"^الأوراق: \W*4\W* من .*7"))
    page.get_by_role("button", name=re.compile(r"^إزالة .*MRI\W*$")).click()
    expect(count).not_to_contain_text("4")


def place(page: Page, selector: str, text: str) -> dict[str, float]:
    """Return the position of a text within the first element of a selector."""
    script = """([selector, text]) => {
      const walker = document.createTreeWalker(document.querySelector(selector), 4);
      while (walker.nextNode()) {
        const start = walker.currentNode.data.indexOf(text);
        if (start < 0) continue;
        const range = document.createRange();
        range.setStart(walker.currentNode, start);
        range.setEnd(walker.currentNode, start + text.length);
        const { left, right } = range.getBoundingClientRect();
        return { left, right };
      }
    }"""
    found: dict[str, float] = page.evaluate(script, [selector, text])
    return found


def test_latin_punctuation_stays_with_its_text(page: Page) -> None:
    """The last character of a name is at its right, the text after the name at its left."""
    page.goto("/datasets/acdc/")
    heading = "#results_3"
    assert place(page, heading, "split")["right"] <= place(page, heading, ")")["left"] + 1
    page.goto("/papers/h-denseunet/")
    source = ".pa-paper .source"
    assert place(page, source, "2018")["right"] < place(page, source, "2663")["left"]
    assert place(page, source, "2663")["right"] <= place(page, source, "2674")["left"]


def test_charts_and_citations_stay_left_to_right(page: Page) -> None:
    page.goto("/lineage/")
    lineage = ".pa-lineage"
    assert place(page, lineage, "2015")["left"] < place(page, lineage, "2024")["left"]
    root = page.locator(".pa-lineage .node[data-id=u-net]").bounding_box()
    child = page.locator(".pa-lineage .node[data-id=attention-u-net]").bounding_box()
    assert root
    assert child
    assert root["x"] < child["x"]
    page.goto("/papers/h-denseunet/")
    block = page.locator(".pa-cite pre").first.bounding_box()
    assert block
    assert place(page, ".pa-cite pre", "Li, X.")["left"] < block["x"] + 40


def test_the_search_finds_isolated_words(arabic: Site) -> None:
    titles = {record["location"]: record["title"] for record in arabic.records}
    assert titles["organs/liver/"] == "Liver"
    assert "\u2068" in arabic.page("organs/liver/").select("h1")[0].get_text()
    assert not re.search("[\u2068\u2069]", json.dumps(arabic.records, ensure_ascii=False))


def test_the_script_gets_translated_messages(arabic: Site) -> None:
    module = arabic.files["assets/paper-atlas/site-data.js"].decode()
    data = json.loads(module.removeprefix("export default ").removesuffix(";\n"))
    words = data["words"]
    assert data["allPapers"] == "papers/"
    texts = (re.sub("[\u2068\u2069]", "", text) for it in words.values() for text in forms(it))
    assert {*texts} <= all_forms("ar")
    assert catalogue("ar")["Code"] in arabic.files["papers/list.json"].decode()


def test_the_navigation_has_titles_in_the_language(small_atlas: Path, build: Build) -> None:
    (small_atlas / "docs" / "index.md").unlink()
    site = build(small_atlas, theme={"name": "mkdocs", "locale": "fr"})
    titles = [link.get_text(strip=True) for link in site.page("charts/").select(".navbar-nav a")]
    assert titles[0] == catalogue("fr")["Papers"]
