"""The tags of citations in the head of pages, and COinS."""

import re
from urllib.parse import parse_qs

import pytest
from helpers import ROOT
from helpers.site_of import Site
from helpers.small import entry
from paper_atlas import Entry, load
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
    assert 'content="A &#34;quoted&#34; &lt;b&gt; &amp; more"' in found


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


MEETING = "venue: International Conference on Medical Imaging"


def tags(paper: Entry, address: str = "") -> dict[str, str]:
    found = re.findall(
        '<meta name="citation_([a-z_]+)" content="([^"]*)">',
        "".join(citation_meta_tags(paper, address)),
    )
    return dict(found)


@pytest.mark.parametrize(
    ("venue", "kind"), [(MEETING, "conference_title"), ("venue: NeuroImage", "journal_title")]
)
def test_the_venue_is_a_conference_or_a_journal(venue: str, kind: str) -> None:
    titles = {name for name in tags(entry(venue)) if name.endswith("_title")}
    assert titles == {kind}


@pytest.mark.parametrize(
    ("pages", "first", "last"),
    [("'12–19'", "12", "19"), ("'12 -- 19'", "12", "19"), ("e1234", "e1234", None)],
)
def test_pages_have_a_first_and_a_last_page(pages: str, first: str, last: str | None) -> None:
    found = tags(entry(f"pages: {pages}"))
    assert (found["firstpage"], found.get("lastpage")) == (first, last)


def test_only_verified_links_have_tags() -> None:
    links = "links: {doi: 10.1000/1, arxiv: '1709.07330', pmid: '1', pdf: 'https://e.org/a.pdf'}"
    found = tags(entry(f"{links}\nunverified: [pmid]"), "https://e.org/")
    assert found == {
        "title": "Paper paper",
        "doi": "10.1000/1",
        "arxiv_id": "1709.07330",
        "pdf_url": "https://e.org/a.pdf",
        "abstract_html_url": "https://e.org/",
    }


def test_authors_are_in_order() -> None:
    found = [
        tag
        for tag in citation_meta_tags(entry("authors: [B C, A D]"), "")
        if "citation_author" in tag
    ]
    assert [re.findall('content="(.*)"', tag)[0] for tag in found] == ["B C", "A D"]


@pytest.mark.parametrize(("links", "is_included"), [("doi: 10.1000/1", False), ("pmid: '1'", True)])
def test_a_title_with_plus_is_left_out_only_with_a_doi(links: str, is_included: bool) -> None:
    found = parse_qs(coins(entry(f"title: U-Net++\nlinks: {{{links}}}")))
    assert ("rft.atitle" in found) == is_included


def test_coins_have_the_first_author_in_parts_and_all_authors() -> None:
    found = parse_qs(coins(entry("authors: ['van der Waals, Johannes', Ada Lovelace]")))
    assert (found["rft.aulast"], found["rft.aufirst"]) == (["van der Waals"], ["Johannes"])
    assert found["rft.au"] == ["Johannes van der Waals", "Ada Lovelace"]


def test_coins_are_percent_encoded() -> None:
    text = coins(entry("title: a/b & c?d\nlinks: {pmid: '1'}"))
    assert "&rft.atitle=a%2Fb%20%26%20c%3Fd" in text


def test_coins_of_a_meeting_are_a_proceeding() -> None:
    assert parse_qs(coins(entry(MEETING)))["rft.genre"] == ["proceeding"]
    assert parse_qs(coins(entry()))["rft.genre"] == ["article"]
