"""The pages of the atlas in a navigation."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup
from helpers.site_of import Site
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section, get_navigation
from mkdocs.structure.pages import Page
from paper_atlas.mkdocs_plugin.nav import add_to_nav, short_nav

Build = Callable[..., Site]
ITEMS = [
    ("Papers", "papers/index.md"),
    ("Organs", "organs/index.md"),
    ("More", [("Methods", "methods/index.md"), ("Lineage", "lineage/index.md")]),
]
OWN = ["papers/index.md", "organs/index.md", "methods/index.md", "lineage/index.md"]


def configured(nav: Sequence[Any] | None = None) -> MkDocsConfig:
    config = MkDocsConfig()
    config.load_dict({"site_name": "A", "nav": nav})
    assert config.validate()[0] == []
    config.plugins._current_plugin = "paper-atlas"  # as in an event
    return config


class Nav:
    """The navigation of a site with handwritten pages, and with those of the atlas."""

    def __init__(self, nav: Sequence[Any] | None, *handwritten: str) -> None:
        config = configured(nav)
        not_in_nav = InclusionLevel.NOT_IN_NAV
        pages = [
            File.generated(config, path, content=f"# {Path(path).stem.title()}\n")
            for path in handwritten
        ]
        own = [
            File.generated(config, path, content="", inclusion=not_in_nav)
            for path in ("index.md", *OWN)
            if path not in handwritten
        ]
        files = Files([*pages, *own])
        before = get_navigation(files, config)
        for file in files:
            file.page = file.page or Page(None, file, config)
            file.page.read_source(config)
        found = {path: files.src_uris[path] for path in ("index.md", *OWN)}
        self.nav = add_to_nav(before, ITEMS, found, ("Home", files.src_uris["index.md"]))


def tree(items: Sequence[Any]) -> list[Any]:
    """The titles of items, with those of sections as a pair."""
    return [
        (item.title, tree(item.children)) if isinstance(item, Section) else item.title
        for item in items
    ]


ATLAS = ["Papers", "Organs", ("More", ["Methods", "Lineage"])]


@pytest.mark.parametrize(
    ("nav", "handwritten", "expected"),
    [
        (None, [], ATLAS),
        (None, ["guide.md"], [*ATLAS, "Guide"]),
        ([{"Start": "index.md"}, {"Read": "guide.md"}], ["index.md", "guide.md"],
         ["Start", *ATLAS, "Read"]),
        ([{"Read": "guide.md"}], ["guide.md"], [*ATLAS, "Read"]),
        ([{"Read": "guide.md"}, {"Start": "index.md"}], ["index.md", "guide.md"],
         ["Read", "Start", *ATLAS]),
        ([{"Read": "guide.md"}, {"All": "papers/index.md"}], ["guide.md"],
         ["Organs", ("More", ["Methods", "Lineage"]), "Read", "All"]),
        ([{"Own": [{"M": "methods/index.md"}]}], [],
         ["Papers", "Organs", ("More", ["Lineage"]), ("Own", ["M"])]),
        ([{"Own": [{"M": "methods/index.md"}, {"L": "lineage/index.md"}]}], [],
         ["Papers", "Organs", ("Own", ["M", "L"])]),
    ],
    ids=[
        "nothing else", "a page", "a written navigation", "without a home page", "home page later",
        "names a page", "names a page in a section", "names a whole section",
    ],
)  # fmt: skip
def test_the_pages_come_first_or_follow_the_home_page(
    nav: Sequence[Any] | None, handwritten: list[str], expected: list[Any]
) -> None:
    assert tree(Nav(nav, *handwritten).nav.items) == expected


def test_pages_are_connected_in_order() -> None:
    pages = Nav([{"Start": "index.md"}, {"Read": "guide.md"}], "index.md", "guide.md").nav.pages
    assert [page.file.src_uri for page in pages] == ["index.md", *OWN, "guide.md"]
    assert [page.previous_page for page in pages] == [None, *pages[:-1]]
    assert [page.next_page for page in pages] == [*pages[1:], None]


def test_pages_know_their_section() -> None:
    nav = Nav(None).nav
    section = nav.items[-1]
    assert isinstance(section, Section)
    assert [child.parent for child in section.children] == [section, section]
    assert nav.pages[-1].ancestors == [section]
    assert nav.items[0].parent is None


def test_titles_are_escaped() -> None:
    config = configured()
    file = File.generated(config, "a.md", content="")
    Page(None, file, config)
    nav = add_to_nav(Navigation([], []), [("<b>", [("A & B", "a.md")])], {"a.md": file}, ("", file))
    assert "<" not in nav.items[-1].title
    assert "&" in str(nav.pages[0].title)
    assert "& " not in str(nav.pages[0].title)


class TestShortNav:
    def test_each_item_at_the_top_is_one_link(self) -> None:
        nav = short_nav(Nav(None, "guide.md").nav, "")
        assert [(item.title, item.url) for item in nav.items] == [
            ("Papers", "papers/"), ("Organs", "organs/"), ("More", "methods/"),
            ("Guide", "guide/"),
        ]  # fmt: skip
        assert nav.pages == []

    @pytest.mark.parametrize(
        ("active", "title"),
        [("organs/index.md", ["Organs"]), ("lineage/index.md", ["More"]), ("other.md", [])],
    )
    def test_the_item_with_the_active_page_is_active(self, active: str, title: list[str]) -> None:
        nav = short_nav(Nav(None).nav, active)
        assert [item.title for item in nav.items if item.active] == title

    def test_a_section_without_pages_is_left_out_and_a_link_stays(self) -> None:
        nav = Nav([{"Links": [{"Out": "https://e.org/"}]}, {"Source": "https://e.org/"}]).nav
        titles = [item.title for item in short_nav(nav, "").items]
        assert titles[-1] == "Source"
        assert "Links" not in titles


def nav_titles(page: BeautifulSoup) -> list[str]:
    return [tag.get_text(strip=True) for tag in page.select(".md-tabs__link")]


TABS = [
    "A small atlas",
    "Papers",
    "Organs",
    "Data sets",
    "Methods",
    "Charts",
    "Help wanted",
    "Reading list",
]


def test_the_tab_of_a_page_outside_of_the_navigation_is_active(
    small_atlas: Path, build: Build
) -> None:
    theme = {"name": "material", "features": ["navigation.tabs"]}
    site = build(small_atlas, theme=theme)
    for path, title in (
        ("organs/liver/", "Organs"),
        ("sections/abnormalities/", "Organs"),
        ("methods/u-net/", "Methods"),
        ("papers/u-net/", "Papers"),
        ("papers/", "Papers"),
    ):
        page = site.page(path)
        assert nav_titles(page) == TABS
        active = page.select(".md-tabs__item--active")
        assert [tag.get_text(strip=True) for tag in active] == [title], path


def test_terms_and_papers_are_not_in_the_menu(small_atlas: Path, build: Build) -> None:
    site = build(small_atlas)
    for path in ("index.html", "organs/liver/", "papers/u-net/", "reading/"):
        links = [str(link.get("href")) for link in site.page(path).select("nav.md-nav--primary a")]
        assert not [link for link in links if "organs/liver" in link or "papers/u-net" in link]


def test_a_term_that_the_configuration_names_is_in_the_navigation(
    small_atlas: Path, build: Build
) -> None:
    config = small_atlas / "mkdocs.yml"
    nav = [{"Start": "index.md"}, {"Read": "reading.md"}, "organs/pancreas.md",
           {"My liver": "organs/liver.md"}]  # fmt: skip
    config.write_text(yaml.safe_dump({**yaml.safe_load(config.read_text()), "nav": nav}))
    site = build(small_atlas, strict=True)
    links = {
        tag.get_text(strip=True): tag["href"]
        for tag in site.page("reading/").select("nav.md-nav--primary a[href]")
    }
    assert links["My liver"] == "../organs/liver/"
    assert links["Pancreas"] == "../organs/pancreas/"
    assert list(site.dead_links("/atlas/")) == []
