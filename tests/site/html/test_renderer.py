"""The HTML of blocks and pages."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from helpers.small import library
from markdown import markdown
from paper_atlas import Library
from paper_atlas.folder.cache import Cache
from paper_atlas.site.addresses import Addresses, SiteInfo
from paper_atlas.site.blocks import Cards, Rows
from paper_atlas.site.html.renderer import Renderer
from paper_atlas.site.page import Page
from paper_atlas.site.pages.home import home_page
from paper_atlas.site.pages.terms import term_page
from paper_atlas.text.paper_links import PaperLinks
from paper_atlas.translation import ENGLISH

SITE = SiteInfo("Atlas", "", Addresses())

FIGURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">'
    '<g id="trunk"><rect width="1" height="1"/></g></svg>'
)


@pytest.fixture
def atlas(tmp_path: Path) -> Library:
    return library(tmp_path, {"one": "title: One", "two": "title: Two"})


def parsed(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("authors: [Ada]", "Title Ada"),
        ("authors: [Ada, Ben]", "Title Ada et al."),
        ("retracted: 10.1000/7\nauthors: [Ada]", "Title (retracted) Ada"),
    ],
)
def test_a_row_has_the_first_author_and_a_retraction(tmp_path: Path, text: str, shown: str) -> None:
    renderer = Renderer(found := library(tmp_path, {"one": f"title: Title\n{text}"}), Addresses())
    html = renderer.html(Rows(found.entries), renderer.links_from("../"))
    (row,) = parsed(html).select("li")
    assert " ".join(row.get_text(" ").split()) == shown


def test_markers_are_filled_with_the_blocks_of_the_page(atlas: Library) -> None:
    one, two = atlas.entries
    page = Page("a.md", "A", "", ("Text", Rows([one]), "More", Cards([two])))
    renderer = Renderer(atlas, Addresses())
    found = parsed(renderer.fill_markers(page, markdown(page.body), "../"))
    assert [link["href"] for link in found.select("li a")] == ["../papers/one/"]
    assert [card["id"] for card in found.select("article.paper")] == ["two"]
    assert next(tag.text for tag in found.select("p")) == "Text"


@pytest.mark.parametrize("number", [1, 7], ids=["text", "unknown"])
def test_a_marker_without_a_block_is_removed(atlas: Library, number: int) -> None:
    page = Page("a.md", "A", "", (Rows([]), "text"))
    marker = f'<div class="paper-atlas" data-block="{number}"></div>'
    assert Renderer(atlas, Addresses()).fill_markers(page, f"a{marker}b", "") == "ab"


def test_a_page_of_blocks_has_its_title_once(atlas: Library) -> None:
    renderer = Renderer(atlas, Addresses())
    plain = Page("a.md", "A <b>", "", (Rows([]),))
    assert '<h1 id="page_title">A &lt;b&gt;</h1>' in renderer.page_html(plain, "")
    liver = atlas.vocabulary.facets["organs"].terms[0]
    term = term_page(atlas, ENGLISH, "organs", liver)
    titles = parsed(renderer.page_html(term, "../../")).select("h1")
    assert [title.text for title in titles] == ["Liver"]


def test_ids_in_brackets_become_links(atlas: Library) -> None:
    html = markdown("[[one]] and [[nothing]]", extensions=[PaperLinks({"one": "One"})])
    text, lost = Renderer(atlas, Addresses()).link_papers(html, "../")
    assert parsed(text).a.attrs["href"] == "../papers/one/"
    assert lost == ["[[nothing]]"]


def test_each_card_is_rendered_once_for_each_base(atlas: Library) -> None:
    made = []

    def text_cache(kind: str, key: str, _: object) -> str:
        made.append((kind, key))
        return "<article></article>"

    renderer = Renderer(atlas, Addresses(), text_cache=text_cache)
    for base in ("../", "../../", "../"):
        renderer.html(Cards(atlas.entries), renderer.links_from(base))
    assert made == [
        ("cards", f"{base} {name}") for base in ("../", "../../") for name in ("one", "two")
    ]


def test_a_cached_card_is_the_same(atlas: Library) -> None:
    cache = Cache()
    renderers = [Renderer(atlas, Addresses(), text_cache=cache.get_text) for _ in range(2)]
    first, second = (
        renderer.card(atlas.entries[0], renderer.links_from("../")) for renderer in renderers
    )
    assert first == second


def test_a_region_of_the_figure_links_to_the_term_with_most_papers_and_names_all_used(
    tmp_path: Path,
) -> None:
    regions = (
        "[{title: Unused, region: trunk}, {title: Liver, region: trunk}, "
        "{title: Lung, region: trunk}]"
    )
    words = f"figure: map.svg\nfacets: {{organs: {{title: O, pages: true, terms: {regions}}}}}"
    (tmp_path / "entries").mkdir()
    (tmp_path / "entries" / "map.svg").write_text(FIGURE)
    found = library(tmp_path, {"one": "", "two": "organs: [Lung]"}, words)
    renderer = Renderer(found, Addresses())
    page = home_page(found, ENGLISH, SITE, [])
    html = parsed(renderer.page_html(page, ""))
    (region,) = html.select("svg .region")
    assert region["data-region"] == "trunk"
    labels = html.select(".pa-figure li a")
    assert [(label["href"], label.get_text()) for label in labels] == [
        ("organs/liver/", "Liver\xa01"), ("organs/lung/", "Lung 1"),
    ]  # fmt: skip
