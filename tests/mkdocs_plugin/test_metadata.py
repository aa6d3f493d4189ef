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
from helpers.site_of import Site
from markdown import markdown
from paper_atlas.folder.load import load
from paper_atlas.model.library import Library
from paper_atlas.site.addresses import Addresses, SiteInfo
from paper_atlas.site.files.downloads import collections_of
from paper_atlas.site.head import HeadBuilder
from paper_atlas.site.json_ld import (
    MAX_LIST_ITEMS,
    article_json_ld,
    item_list_json_ld,
    json_ld_script,
)
from paper_atlas.site.pages import atlas_pages
from paper_atlas.site.pages.papers import paper_page

Build = Callable[..., Site]
HOST = "https://example.org/atlas/"
ODD = "</script><!-- --> ]]> \" ' & <b>\u2028\u2029 {{ x }} `*[a](b)"


@pytest.fixture(scope="module")
def small() -> Library:
    return load(ROOT / "tests" / "fixtures" / "atlas" / "entries")


def things(page: BeautifulSoup) -> dict[str, dict[str, object]]:
    """Return the JSON-LD of a page by type."""
    found = [json.loads(tag.string) for tag in page.select('script[type="application/ld+json"]')]
    assert all(thing["@context"] == "https://schema.org" for thing in found)
    assert len({thing["@type"] for thing in found}) == len(found)
    return {thing["@type"]: thing for thing in found}


def tags(page: BeautifulSoup) -> dict[str, str]:
    named = page.select("head meta[property^='og:'], head meta[name=description]")
    names = [tag.get("property") or tag["name"] for tag in named]
    assert len(set(names)) == len(names)
    return {name: tag["content"] for name, tag in zip(names, named, strict=True)}


def feeds(page: BeautifulSoup) -> dict[str, str]:
    return {tag["href"]: tag["title"] for tag in page.select("head link[type*=atom]")}


def test_every_page_of_the_atlas_has_metadata(this_site: Site) -> None:
    root = str(this_site.page("index.html").select_one("link[rel=canonical]")["href"])
    library = load(ROOT / "entries")
    listed = {it.page for it in collections_of(library)}
    papers = [paper_page(it, ()) for it in library.entries[::9]]
    for own in [*atlas_pages(library, "Medical Image Segmentation"), *papers]:
        address = Addresses().page_url(own.path)
        page = this_site.page(address or "index.html")
        said = tags(page)
        canonical = [tag["href"] for tag in page.select("link[rel=canonical]")]
        assert canonical == [said["og:url"]] == [urljoin(root, address)]
        assert "" != said["description"] == said["og:description"]
        assert said["og:title"] == own.title
        if own.path != "index.md":  # which is written by hand
            assert said["description"] == own.description
        assert said["og:type"] == ("article" if "ScholarlyArticle" in things(page) else "website")
        assert ("ItemList" in things(page)) == (own.path in listed)


def test_a_list_names_its_papers_in_order(this_site: Site) -> None:
    page = this_site.page("organs/liver/")
    items = things(page)["ItemList"]
    cards = [card["id"] for card in page.select("article.paper")]
    addresses = [item["@id"].split("/papers/")[1] for item in items["itemListElement"]]
    assert addresses == [f"{name}/" for name in cards]
    assert items["numberOfItems"] == len(cards)


def test_a_long_list_names_its_first_papers(small: Library) -> None:
    many = [small.entries_by_id["u-net"]] * (MAX_LIST_ITEMS + 1)
    items = item_list_json_ld("Many", many, Addresses(root=HOST))
    assert (items["numberOfItems"], len(items["itemListElement"])) == (
        MAX_LIST_ITEMS + 1,
        MAX_LIST_ITEMS,
    )
    assert len(json_ld_script(items)) < 250 * MAX_LIST_ITEMS


def test_a_paper_as_json_ld(this_site: Site) -> None:
    said = things(this_site.page("papers/h-denseunet/"))["ScholarlyArticle"]
    assert said["@id"] == said["url"]
    assert str(said["url"]).endswith("/papers/h-denseunet/")
    assert said["author"][0] == {
        "@type": "Person", "name": "Xiaomeng Li", "givenName": "Xiaomeng", "familyName": "Li",
    }  # fmt: skip
    volume = {"@type": "PublicationVolume", "volumeNumber": "37", "isPartOf": {
        "@type": "Periodical", "name": "IEEE Transactions on Medical Imaging"}}  # fmt: skip
    assert said["isPartOf"] == {
        "@type": "PublicationIssue", "issueNumber": "12", "isPartOf": volume,
    }  # fmt: skip
    assert said["sameAs"][0] == "https://doi.org/10.1109/TMI.2018.2845918"
    assert "correction" not in said


def test_a_data_set_as_json_ld(this_site: Site) -> None:
    found = things(this_site.page("datasets/lits-2017/"))
    assert set(found) == {"Dataset", "ItemList"}
    said = found["Dataset"]
    assert (said["name"], said["alternateName"]) == ("LiTS 2017", ["LiTS"])
    assert str(said["url"]).endswith("/datasets/lits-2017/")
    assert str(said["description"]).startswith("Contrast CT")


def test_json_ld_has_no_unverified_facts(small: Library) -> None:
    entry = small.entries_by_id["h-denseunet"].model_copy(update={"unverified": ("doi",)})
    said = article_json_ld(entry, Addresses())
    assert "TMI.2018.2845918" not in json.dumps(said)
    retracted = entry.model_copy(update={"retracted": "10.1000/182"})
    said = article_json_ld(retracted, Addresses())
    assert (said["creativeWorkStatus"], said["correction"]) == (
        "Retracted", ["https://doi.org/10.1000/182"],
    )  # fmt: skip


def test_no_text_ends_the_json_ld_script(small: Library) -> None:
    odd = {"title": ODD, "authors": (ODD,), "venue": ODD}
    text = json_ld_script(
        article_json_ld(small.entries_by_id["u-net"].model_copy(update=odd), Addresses())
    )
    inner = text.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not re.search("[<>&]", inner)
    said = json.loads(inner)
    assert said["headline"] == " ".join(ODD.split())


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
        assert things(page)[kind]["name"] == odd
        assert tags(page)["og:title"] == odd
    items = things(site.page("organs/pancreas/"))["ItemList"]["itemListElement"]
    assert odd in [item["name"] for item in items]
    parsed = feedparser.parse(site.files["organs/pancreas/feed.xml"])
    assert not parsed.bozo
    assert parsed.entries[0].title == odd
    assert parsed.feed.title == f"A small atlas: {odd}"
    links = markdown(site.files["llms.txt"].decode())
    assert odd in [link.text for link in BeautifulSoup(links, "html.parser").select("li > a")]


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
    assert "og:url" not in tags(page)
    first = things(page)["ItemList"]["itemListElement"][0]
    assert first["@id"] == "../papers/h-denseunet.html"
    assert "](papers.bib)" in site.files["llms.txt"].decode()


def test_tags_of_another_plugin_are_not_repeated(small: Library) -> None:
    place = SiteInfo("A", "", Addresses(root=HOST))
    page = next(it for it in atlas_pages(small, "A") if it.path == "organs/liver.md")
    present = '<meta property="og:title" content="B"><meta name="description" content="C">'
    found = HeadBuilder(small, place).head_lines(page, present, "../../")
    assert "og:" not in found
    assert 'name="description"' not in found
    assert "ItemList" in found


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_the_head_in_other_themes(small_atlas: Path, build: Build, theme: str) -> None:
    page = build(small_atlas, theme={"name": theme}).page("organs/liver/")
    assert tags(page)["description"] == "2 papers on Liver."
    assert len(page.select("link[rel=canonical]")) == 1
    assert set(things(page)) == {"ItemList"}


def test_llms_txt_lists_files_and_pages(small_atlas: Path, build: Build) -> None:
    text = build(small_atlas).files["llms.txt"].decode()
    lines = text.splitlines()
    assert lines[0] == "# A small atlas"
    headings = [line for line in lines if line.startswith("## ")]
    assert headings == ["## Files", "## Organs", "## Data sets", "## Pages"]
    assert f"- [Liver]({HOST}organs/liver/): 2 papers on Liver." in lines
    assert f"- [Atom]({HOST}feed.xml): papers that were added last" in lines
    assert f"- [Markdown]({HOST}papers.md.txt): all papers" in lines
    assert not [line for line in lines if "papers/u-net/" in line]
    by_hand = [path.stem for path in (small_atlas / "docs").glob("*.md")]
    assert all(any(f"/{name}/" in line or name == "index" for line in lines) for name in by_hand)


def test_handwritten_llms_txt_and_downloads_stay(small_atlas: Path, build: Build) -> None:
    for name in ("llms.txt", "feed.xml", "papers.csv"):
        (small_atlas / "docs" / name).write_text("mine")
    files = build(small_atlas).files
    assert {files[name] for name in ("llms.txt", "feed.xml", "papers.csv")} == {b"mine"}


def test_llms_txt_has_no_dead_link(this_site: Site) -> None:
    root = str(this_site.page("index.html").select_one("link[rel=canonical]")["href"])
    addresses = re.findall(r"\]\(([^)]+)\)", this_site.files["llms.txt"].decode())
    assert len(addresses) > 100
    for address in addresses:
        path = address.removeprefix(root)
        assert (f"{path}index.html" if path.endswith("/") or not path else path) in this_site.files
