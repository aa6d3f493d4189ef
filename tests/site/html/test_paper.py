"""The body of the page of a paper, and its description."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from helpers.small import entry, library
from paper_atlas.analysis.related import RelatedPapers
from paper_atlas.exports import records_of
from paper_atlas.site.addresses import Addresses
from paper_atlas.site.html.paper import citations
from paper_atlas.site.html.renderer import Renderer
from paper_atlas.site.page import Fragment
from paper_atlas.site.pages.papers import paper_page

RESULT = "{dataset: LiTS, metric: Dice, value: 0.9}"
EXTENDED = {"base": "title: Base\norgans: [Heart]", "other": "extends: [base]\norgans: [Lung]"}


def body(folder: Path, text: str, **others: str) -> Tag:
    atlas = library(folder, {"one": text, **others})
    paper = atlas.entries_by_id["one"]
    values = {"entry": paper, "neighbours": RelatedPapers(atlas).for_entry(paper)}
    html = Renderer(atlas, Addresses()).fragment_html(Fragment("paper", values), "")
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
    names = [name for name, _ in citations(paper, records_of(paper))]
    assert names == ["APA", "IEEE", "Vancouver", "BibTeX", "RIS", "CSL-JSON"]


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
