"""The metadata on built pages for search engines, chats and feed readers."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

import feedparser
import pytest
from bs4 import BeautifulSoup
from helpers import ROOT
from helpers.metadata import json_ld, meta_tags
from helpers.site_of import Site
from markdown import markdown
from paper_atlas import Library, load
from paper_atlas.site.addresses import Addresses, SiteInfo
from paper_atlas.site.atlas import Atlas
from paper_atlas.site.collection import collections_of

Build = Callable[..., Site]
HOST = "https://example.org/atlas/"
ODD = "</script><!-- --> ]]> \" ' & <b>\u2028\u2029 {{ x }} `*[a](b)"


@pytest.fixture(scope="module")
def small() -> Library:
    return load(ROOT / "tests" / "fixtures" / "atlas" / "entries")


def feeds(page: BeautifulSoup) -> dict[str, str]:
    return {tag["href"]: tag["title"] for tag in page.select("head link[type*=atom]")}


def test_every_page_of_the_atlas_has_metadata(this_site: Site) -> None:
    root = str(this_site.page("index.html").select_one("link[rel=canonical]")["href"])
    atlas = Atlas(load(ROOT / "entries"), SiteInfo("Medical Image Segmentation", "", Addresses()))
    listed = {it.page for it in collections_of(atlas.library) if it.entries}
    planned = [page.make() for page in [*atlas.planned_pages()][::5]]
    for own in [*atlas.pages, *planned]:
        address = Addresses().page_url(own.path)
        page = this_site.page(address or "index.html")
        said = meta_tags(page)
        canonical = [tag["href"] for tag in page.select("link[rel=canonical]")]
        assert canonical == [said["og:url"]] == [urljoin(root, address)]
        assert "" != said["description"] == said["og:description"]
        assert said["og:title"] == own.title
        if own.path != "index.md":  # which is written by hand
            assert said["description"] == own.description
        assert said["og:type"] == ("article" if "ScholarlyArticle" in json_ld(page) else "website")
        assert ("ItemList" in json_ld(page)) == (own.path in listed)


def test_texts_of_entries_are_escaped_in_the_head(small_atlas: Path, build: Build) -> None:
    odd = ODD.replace("\u2028\u2029", "")  # which no entry may hold
    entry = small_atlas / "entries" / "pancreas" / "attention-u-net.yml"
    line = f"title: {json.dumps(odd)}"
    entry.write_text(re.sub("title: .*", lambda _: line, entry.read_text(), count=1))
    words = small_atlas / "entries" / "vocabulary.yml"
    named = f"title: {json.dumps(odd)}\n            id: pancreas\n            aliases: [Pancreas]"
    words.write_text(words.read_text().replace("title: Pancreas", named))
    site = build(small_atlas)
    for path, kind in (
        ("papers/attention-u-net/", "ScholarlyArticle"),
        ("organs/pancreas/", "ItemList"),
    ):
        page = site.page(path)
        assert json_ld(page)[kind]["name"] == odd
        assert meta_tags(page)["og:title"] == odd
    items = json_ld(site.page("organs/pancreas/"))["ItemList"]["itemListElement"]
    assert odd in [item["name"] for item in items]
    parsed = feedparser.parse(site.files["organs/pancreas/feed.xml"])
    assert not parsed.bozo
    assert parsed.entries[0].title == odd
    assert parsed.feed.title == f"A small atlas: {odd}"
    links = markdown(site.files["llms.txt"].decode())
    assert odd in [link.text for link in BeautifulSoup(links, "html.parser").select("li > a")]
