"""The records of papers, terms and pages for the search of a theme."""

from pathlib import Path

from helpers.small import library
from paper_atlas.site.addresses import Addresses
from paper_atlas.site.files.search import SearchRecord, page_records, paper_records, term_records
from paper_atlas.site.page import Page

FACETS = """\
facets:
  organs: {title: Organs, pages: true, terms: [Liver, Lung]}
  methods:
    title: Methods
    terms: [{title: U-Net, aliases: [UNet], description: A network}, Unused]
"""


def test_a_paper_has_titles_authors_venue_year_terms_and_links(tmp_path: Path) -> None:
    text = "title: A\nalternative_titles: [B]\nauthors: [Ada, Ben]\nyear: 2018\nvenue: V\n"
    atlas = library(tmp_path, {"one": f"{text}modalities: [CT]"})
    (record,) = paper_records(atlas, Addresses())
    assert record == SearchRecord(
        "papers/one/", "A", "B · Ada · Ben · V · 2018 · Liver · CT · 10.1000/one"
    )


def test_a_paper_has_no_unverified_link(tmp_path: Path) -> None:
    (record,) = paper_records(library(tmp_path, {"one": "unverified: [doi]"}), Addresses())
    assert "10.1000" not in record.text


def test_terms_are_found_by_alias_and_description_at_their_page(tmp_path: Path) -> None:
    atlas = library(tmp_path, {"one": "methods: [U-Net]"}, FACETS)
    assert [*term_records(atlas, Addresses())] == [
        SearchRecord("organs/liver/", "Liver", "Organs"),
        SearchRecord("organs/lung/", "Lung", "Organs"),
        SearchRecord("methods/u-net/", "U-Net", "Methods · UNet · A network"),
    ]


def test_a_page_has_its_description() -> None:
    page = Page("charts/index.md", "Charts", "All charts", ())
    (record,) = page_records([page], Addresses(directory_urls=False))
    assert record == SearchRecord("charts/index.html", "Charts", "All charts")
