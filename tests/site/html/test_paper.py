"""The body of the page of a paper, and its description."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from helpers.small import entry, library
from paper_atlas.analysis.related import RelatedPapers
from paper_atlas.site.addresses import Addresses
from paper_atlas.site.blocks import PaperBody
from paper_atlas.site.html.paper import citations
from paper_atlas.site.html.renderer import Renderer
from paper_atlas.site.pages.papers import paper_page

RESULT = "{dataset: LiTS, metric: Dice, value: 0.9}"
EXTENDED = {"base": "title: Base\norgans: [Heart]", "other": "extends: [base]\norgans: [Lung]"}


def body(folder: Path, text: str, **others: str) -> Tag:
    atlas = library(folder, {"one": text, **others})
    paper = atlas.entries_by_id["one"]
    renderer = Renderer(atlas, Addresses())
    block = PaperBody(paper, RelatedPapers(atlas).for_entry(paper))
    html = renderer.html(block, renderer.links_from(""))
    return BeautifulSoup(html, "html.parser")


def text_of(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


@pytest.mark.parametrize(("unverified", "is_shown"), [("doi", True), ("year", False)])
def test_a_paper_without_a_verified_link_has_a_note(
    tmp_path: Path, unverified: str, is_shown: bool
) -> None:
    found = body(tmp_path, f"year: 2018\nunverified: [{unverified}]")
    assert ("This paper has no verified link." in text_of(found)) == is_shown


def test_unverified_results_have_one_mark(tmp_path: Path) -> None:
    found = body(tmp_path, f"results: [{RESULT}, {RESULT}]\nunverified: [results]")
    assert len(found.select(".paper-table tbody tr")) == 2
    assert len(found.select(".paper-table .paper-mark")) == 1


def test_the_reason_of_a_related_paper_names_the_extended_paper(tmp_path: Path) -> None:
    (why,) = body(tmp_path, "extends: [base]", **EXTENDED).select(".paper-why")
    assert why.get_text() == "both extend Base"


def test_reasons_are_grouped_by_facet(tmp_path: Path) -> None:
    shared = "methods: [A, B]\nmodalities: [CT]"
    papers = {"other": f"{shared}\norgans: [Lung]", "third": "methods: [A]\norgans: [Heart]"}
    found = body(tmp_path, shared, **papers)
    assert found.select(".paper-why")[0].get_text() == "same methods: B, A, same modalities: CT"


def test_citations_precede_records() -> None:
    paper = entry("authors: [Ada Lovelace]")
    names = [name for name, _ in citations(paper)]
    assert names == ["APA", "IEEE", "Vancouver", "BibTeX", "RIS"]


def test_a_missing_split_and_source_are_shown_as_not_stated(tmp_path: Path) -> None:
    (row,) = body(tmp_path, f"results: [{RESULT}]").select(".paper-table tbody tr")
    assert [cell.get_text() for cell in row.select("td")] == [
        "LiTS", "not stated", "", "Dice", "0.9", "not stated"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [("authors: [A B]\nyear: 2018", "T. A B, 2018"),
     ("authors: [A B, C D]\nvenue: V", "T. A B et al., V"), ("", "T.")],
)  # fmt: skip
def test_the_description_has_title_authors_venue_and_year(text: str, expected: str) -> None:
    assert paper_page(entry(f"title: T\n{text}"), ()).description == expected


def test_a_missing_source_is_shown_as_not_stated_and_a_url_as_its_host(tmp_path: Path) -> None:
    texts = ["https://www.e.org/a", "https://e.org/a Table 1", "Table 1"]
    results = ", ".join(f"{{dataset: D, metric: M, value: 1, stated: '{it}'}}" for it in texts)
    cells = body(tmp_path, f"results: [{results}]").select(".paper-stated")
    assert [(cell.get_text(), cell.a and cell.a["href"]) for cell in cells] == [
        ("e.org", "https://www.e.org/a"), ("https://e.org/a Table 1", None), ("Table 1", None),
    ]  # fmt: skip


def test_an_unverified_link_is_text(tmp_path: Path) -> None:
    text = "links: {doi: 10.1000/1, code: 'https://e.org/'}\nunverified: [code]"
    found = body(tmp_path, text)
    assert "https://e.org/" not in [link["href"] for link in found.select("a[href]")]
    (unlinked,) = found.select(".paper-unlinked")
    assert unlinked.get_text() == "https://e.org/"
    assert len(found.select(".paper-links .paper-mark")) == 1


def test_relations_are_separated_by_semicolons_and_have_a_mark(tmp_path: Path) -> None:
    text = "extends: [base, third]\nunverified: [extends]"
    found = body(tmp_path, text, third="title: Third", **EXTENDED)
    (relation,) = found.select(".paper-relation")
    assert text_of(relation).startswith("Extends Base ; Third")
    assert len(relation.select(".paper-mark")) == 1


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [("volume: 37\nissue: 12\npages: '1-9'", "V 37(12), 1-9"), ("issue: 12", "V(12)"),
     ("pages: '1-9'", "V, 1-9"), ("", "V")],
)  # fmt: skip
def test_volume_issue_and_pages_follow_the_venue(tmp_path: Path, numbers: str, shown: str) -> None:
    (venue,) = body(tmp_path, f"venue: V\n{numbers}").select("cite")
    assert venue.get_text() == shown


def test_an_unverified_facet_has_a_mark(tmp_path: Path) -> None:
    found = body(tmp_path, "unverified: [organs]")
    assert len(found.select(".paper-facts .paper-mark")) == 1
