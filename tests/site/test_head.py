"""The lines in the head of pages."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import feedparser
import pytest
from bs4 import BeautifulSoup
from helpers import ROOT
from helpers.metadata import json_ld, meta_tags
from helpers.site_of import Site
from helpers.small import library
from paper_atlas import Library, load
from paper_atlas.site.addresses import Addresses, SiteInfo
from paper_atlas.site.atlas import Atlas
from paper_atlas.site.head import HeadBuilder
from paper_atlas.site.page import Page

Build = Callable[..., Site]


HOST = "https://example.org/atlas/"


@pytest.fixture(scope="module")
def small() -> Library:
    return load(ROOT / "tests" / "fixtures" / "atlas" / "entries")


def feeds(page: BeautifulSoup) -> dict[str, str]:
    return {tag["href"]: tag["title"] for tag in page.select("head link[type*=atom]")}


def test_pages_link_to_feeds(small_atlas: Path, build: Build) -> None:
    site = build(small_atlas)
    title = "A small atlas"
    assert feeds(site.page("index.html")) == {"feed.xml": title}
    assert feeds(site.page("papers/h-denseunet/")) == {"../../feed.xml": title}
    assert feeds(site.page("organs/pancreas/")) == {
        "../../organs/pancreas/feed.xml": f"{title}: Pancreas",
        "../../feed.xml": title,
    }
    assert feeds(site.page("organs/liver/")) == {"../../feed.xml": title}  # nothing was added
    assert "organs/liver/feed.xml" not in site.files
    parsed = feedparser.parse(site.files["organs/pancreas/feed.xml"])
    assert not parsed.bozo
    assert [entry.id for entry in parsed.entries] == [f"{HOST}papers/attention-u-net/"]
    assert parsed.feed.id == f"{HOST}organs/pancreas/feed.xml"
    links = {link["rel"]: link["href"] for link in parsed.feed.links}
    assert links == {"self": parsed.feed.id, "alternate": f"{HOST}organs/pancreas/"}


def test_a_site_without_address_has_no_full_addresses(small_atlas: Path, build: Build) -> None:
    site = build(small_atlas, site_url="", use_directory_urls=False)
    assert "feed.xml" not in site.files
    page = site.page("organs/liver.html")
    assert feeds(page) == {}
    assert "og:url" not in meta_tags(page)
    first = json_ld(page)["ItemList"]["itemListElement"][0]
    assert first["@id"] == "../papers/h-denseunet.html"
    assert "](papers.bib)" in site.files["llms.txt"].decode()


def test_tags_of_another_plugin_are_not_repeated(small: Library) -> None:
    atlas = Atlas(small, SiteInfo("A", "", Addresses(root=HOST)))
    page = next(it.make() for it in atlas.planned_pages() if it.path == "organs/liver.md")
    present = '<meta property="og:title" content="B"><meta name="description" content="C">'
    found = atlas.head_lines(page, present, "../../")
    assert "og:" not in found
    assert 'name="description"' not in found
    assert "ItemList" in found


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_the_head_in_other_themes(small_atlas: Path, build: Build, theme: str) -> None:
    page = build(small_atlas, theme={"name": theme}).page("organs/liver/")
    assert meta_tags(page)["description"] == "2 papers on Liver."
    assert len(page.select("link[rel=canonical]")) == 1
    assert set(json_ld(page)) == {"ItemList"}


SITE = SiteInfo('An "atlas"', "", Addresses(root="https://e.org/"))
PRESENT = '<meta name="description" content="Present &amp; &quot;more&quot;">'


def head(atlas: Library, path: str, present: str = "", site: SiteInfo = SITE, **values: Any) -> str:
    """The head of a page with the title `Title` and the description `A <b>`."""
    page = Page(path, "Title", "A <b>", (), **values)
    return HeadBuilder(atlas, site).head_lines(page, present, "../")


def test_the_page_of_a_paper_is_an_article_and_other_pages_are_websites(tmp_path: Path) -> None:
    atlas = library(tmp_path, {"one": ""})
    article = head(atlas, "papers/one.md", subject=atlas.entries[0])
    assert '<meta property="og:type" content="article">' in article
    assert '<meta name="citation_title" content="Paper one">' in article
    website = head(atlas, "organs/liver.md")
    assert '<meta property="og:type" content="website">' in website
    assert "citation_" not in website


@pytest.mark.parametrize(
    ("neighbours", "lines"),
    [
        (("", ""), []),
        (("", "papers/page/2.md"), ['<link rel="next" href="../papers/page/2/">']),
        (
            ("papers/index.md", "papers/page/3.md"),
            ['<link rel="prev" href="../papers/">', '<link rel="next" href="../papers/page/3/">'],
        ),
    ],
    ids=["alone", "first", "second"],
)
def test_pages_of_a_list_link_to_each_other(
    tmp_path: Path, neighbours: tuple[str, str], lines: list[str]
) -> None:
    found = head(library(tmp_path, {}), "papers/index.md", neighbours=neighbours)
    assert [line for line in found.splitlines() if "rel=" in line] == lines


def test_only_the_first_page_of_a_list_describes_it(tmp_path: Path) -> None:
    atlas = library(tmp_path, {"one": "datasets: [LiTS]"})
    term = atlas.vocabulary.facets["datasets"].terms[0]
    values = {"subject": term, "facet": "datasets", "entries": atlas.entries}
    first = head(atlas, "datasets/lits.md", **values)
    assert "ItemList" in first
    assert '"Dataset"' in first
    further = head(atlas, "datasets/lits/page/2.md", **values, number=2)
    assert "ItemList" not in further
    assert '"Dataset"' not in further


def test_a_present_description_is_not_repeated(tmp_path: Path) -> None:
    found = head(library(tmp_path, {}), "index.md", PRESENT)
    assert 'name="description"' not in found
    assert 'property="og:description" content="Present &amp; &#34;more&#34;">' in found


def test_a_description_is_escaped(tmp_path: Path) -> None:
    found = head(library(tmp_path, {}), "index.md")
    assert '<meta name="description" content="A &lt;b&gt;">' in found
    assert 'property="og:description" content="A &lt;b&gt;">' in found


def test_unknown_values_have_no_tag(tmp_path: Path) -> None:
    assert "og:url" not in head(
        library(tmp_path, {}), "index.md", "", SiteInfo("A", "", Addresses())
    )
    assert 'content=""' not in head(
        library(tmp_path, {}), "index.md", "", SiteInfo("", "", Addresses())
    )


def test_the_feed_of_the_page_precedes_the_feed_of_all_papers(tmp_path: Path) -> None:
    found = head(library(tmp_path, {"one": "added: 2024-03-31"}), "organs/liver.md")
    own, everything = [line for line in found.splitlines() if "atom" in line]
    assert 'title="An &#34;atlas&#34;: Liver"' in own
    assert 'href="../organs/liver/feed.xml"' in own
    assert 'title="An &#34;atlas&#34;" href="../feed.xml"' in everything


def test_the_address_of_a_feed_is_percent_encoded(tmp_path: Path) -> None:
    words = "facets: {organs: {title: O, pages: true, terms: [肝]}}"
    papers = {"one": "added: 2024-03-31\norgans: [肝]"}
    atlas = library(tmp_path, papers, words)
    assert 'href="../organs/%E8%82%9D/feed.xml"' in head(atlas, "organs/肝.md")
