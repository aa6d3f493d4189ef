"""The tags of citations in the head of pages, and COinS."""

from urllib.parse import parse_qs

import pytest
from helpers import ROOT
from helpers.site_of import Site
from paper_atlas.folder.load import load
from paper_atlas.model.entry import Entry
from paper_atlas.site.citation_tags import citation_meta_tags, coins


@pytest.fixture(scope="module")
def entries() -> dict[str, Entry]:
    return dict(load(ROOT / "entries", ROOT).entries_by_id)


def test_the_head_has_the_tags_of_scholar_and_zotero(this_site: Site) -> None:
    page = this_site.page("papers/h-denseunet/")
    tags = [(tag["name"], tag["content"]) for tag in page.select("head meta[name^=citation_]")]
    title = page.select_one("h1").find(string=True)
    assert [value for name, value in tags if name == "citation_author"][:1] == ["Xiaomeng Li"]
    assert {name: value for name, value in tags if name != "citation_author"} == {
        "citation_title": title,
        "citation_publication_date": "2018",
        "citation_journal_title": "IEEE Transactions on Medical Imaging",
        "citation_volume": "37",
        "citation_issue": "12",
        "citation_firstpage": "2663",
        "citation_lastpage": "2674",
        "citation_doi": "10.1109/TMI.2018.2845918",
        "citation_arxiv_id": "1709.07330",
        "citation_pmid": "29994201",
        "citation_abstract_html_url": page.select_one("link[rel=canonical]")["href"],
    }
    assert page.select_one("head meta[property='og:title']")["content"].startswith("H-DenseUNet")


def test_texts_of_entries_are_escaped_in_citation_tags(entries: dict[str, Entry]) -> None:
    odd = entries["u-net"].model_copy(update={"title": 'A "quoted" <b> & more'})
    found = "".join(citation_meta_tags(odd, "https://example.org/"))
    assert 'content="A &quot;quoted&quot; &lt;b&gt; &amp; more"' in found


def test_citation_tags_have_no_unverified_identifier(
    entries: dict[str, Entry],
) -> None:
    entry = entries["dense-unet"]
    assert "doi" in entry.unverified
    assert "citation_doi" not in "".join(citation_meta_tags(entry, ""))
    assert "info:doi" not in coins(entry)


def test_coins_leave_out_a_title_that_zotero_misreads(entries: dict[str, Entry]) -> None:
    plus, plain = (parse_qs(coins(entries[name])) for name in ("unet-plus-plus", "h-denseunet"))
    assert "rft.atitle" not in plus
    assert plus["rft_id"] == ["info:doi/10.1007/978-3-030-00889-5_1"]
    assert plain["rft.atitle"] == [entries["h-denseunet"].title]
    assert plain["rft.au"] == list(entries["h-denseunet"].authors)
    assert (plain["rft.genre"], plus["rft.genre"]) == (["article"], ["proceeding"])
