"""The card of a paper, and its row in a list."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from helpers.small import library
from paper_atlas import Library
from paper_atlas.site.addresses import Addresses
from paper_atlas.site.html.renderer import Renderer
from paper_atlas.site.page import Fragment

FACETS = """\
facets:
  organs: {title: Organs, pages: true, terms: [Liver, {title: Tumour, parents: [Liver]}, Lung]}
  tasks: {title: Tasks, terms: [Segmentation]}
"""
FIGURE = '<svg xmlns="http://www.w3.org/2000/svg"><g id="trunk"/></svg>'


def card(folder: Path, text: str, here: tuple[str, str] = ("", "")) -> Tag:
    """The card of a paper on the page of the facet and term `here`."""
    atlas = library(folder, {"one": text, "other": "title: Other", "third": "title: Third"}, FACETS)
    return rendered(atlas, "cards", level=3, here=here)


def rendered(atlas: Library, kind: str, **values: object) -> Tag:
    entries = [atlas.entries_by_id["one"]]
    html = Renderer(atlas, Addresses()).fragment_html(
        Fragment(kind, {"entries": entries, **values}), ""
    )
    return BeautifulSoup(html, "html.parser")


def text_of(tag: Tag, selector: str) -> str:
    found = tag.select_one(selector)
    return " ".join(found.get_text(" ").split()) if found else ""


def row(folder: Path, text: str) -> str:
    return text_of(rendered(library(folder, {"one": text}, FACETS), "rows"), "li")


@pytest.mark.parametrize(
    ("count", "shown"),
    [(3, "Ada, Ben, Cal"), (4, "Ada, Ben, Cal, Dan"), (5, "Ada, Ben, Cal and 2 more Dan, Eve")],
)
def test_three_authors_are_shown_and_a_single_further_one_is_not_folded(
    tmp_path: Path, count: int, shown: str
) -> None:
    authors = ", ".join(["Ada", "Ben", "Cal", "Dan", "Eve"][:count])
    assert text_of(card(tmp_path, f"authors: [{authors}]"), ".paper-authors") == shown


@pytest.mark.parametrize(
    ("authors", "shown"), [("Ada", "Title Ada"), ("Ada, Ben", "Title Ada et al.")]
)
def test_a_row_has_the_first_author(tmp_path: Path, authors: str, shown: str) -> None:
    assert row(tmp_path, f"title: Title\nauthors: [{authors}]") == shown


def test_a_row_shows_that_a_paper_is_retracted(tmp_path: Path) -> None:
    text = "title: Title\nretracted: 10.1000/7\nauthors: [Ada]"
    assert row(tmp_path, text) == "Title (retracted) Ada"


@pytest.mark.parametrize(
    ("here", "shown"),
    [(("organs", "liver"), "Also in Lung"), (("organs", "lung"), "Also in Liver"),
     (("tasks", "liver"), "In Liver , Lung"), (("", ""), "In Liver , Lung")],
)  # fmt: skip
def test_a_card_lists_other_terms_of_the_main_facet(
    tmp_path: Path, here: tuple[str, str], shown: str
) -> None:
    found = card(tmp_path, "organs: [Liver, Lung]", here)
    assert text_of(found, ".paper-record span") == shown


def test_a_card_on_the_page_of_its_only_term_lists_no_other_term(tmp_path: Path) -> None:
    assert card(tmp_path, "", ("organs", "liver")).select(".paper-record span") == []


def test_an_unverified_main_facet_has_a_mark_on_every_page(tmp_path: Path) -> None:
    found = card(tmp_path, "unverified: [organs]", ("organs", "liver"))
    assert len(found.select(".paper-record .paper-mark")) == 1


def test_data_attributes_include_broader_terms(tmp_path: Path) -> None:
    (article,) = card(tmp_path, "organs: [Tumour, Lung]\nyear: 2018").select("article")
    assert (article["data-organs"], article["data-year"]) == ("tumour lung liver", "2018")


def test_data_attributes_have_verified_features_and_retraction(tmp_path: Path) -> None:
    text = "links: {doi: 10.1000/1, code: 'https://e.org/'}\nretracted: 10.1000/7"
    (article,) = card(tmp_path, text + "\nunverified: [doi]").select("article")
    assert article["data-has"] == "code"
    assert "data-retracted" in article.attrs


def test_chips_are_terms_of_other_facets(tmp_path: Path) -> None:
    found = card(tmp_path, "organs: [Liver]\ntasks: [Segmentation]")
    assert [chip.get_text() for chip in found.select(".paper-terms a")] == ["Segmentation"]


def test_a_result_has_its_split_target_and_source(tmp_path: Path) -> None:
    figure = "dataset: LiTS, metric: Dice, value: 0.9"
    text = f"results: [{{{figure}}}, {{{figure}, split: test, target: liver, stated: Table 1}}]"
    assert [item.get_text() for item in card(tmp_path, text).select(".paper-results li")] == [
        "LiTS: Dice 0.9", "LiTS (test), liver: Dice 0.9 Table 1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("stated", "link", "words"),
    [("https://www.e.org/a", "https://www.e.org/a", "e.org"),
     ("https://e.org/a Table 1", None, "https://e.org/a Table 1"), ("Table 1", None, "Table 1")],
)  # fmt: skip
def test_the_source_of_a_result_is_a_link_if_it_is_a_url(
    tmp_path: Path, stated: str, link: str | None, words: str
) -> None:
    text = f"results: [{{dataset: D, metric: M, value: 1, stated: '{stated}'}}]"
    (source,) = card(tmp_path, text).select(".paper-results small")
    assert (source.get_text(), source.a and source.a["href"]) == (words, link)


def test_an_unverified_link_is_text(tmp_path: Path) -> None:
    text = "links: {doi: 10.1000/1, code: 'https://e.org/'}\nunverified: [code]"
    found = card(tmp_path, text)
    assert "https://e.org/" not in [link["href"] for link in found.select("a[href]")]
    assert text_of(found, ".paper-unlinked") == "https://e.org/"
    assert len(found.select(".paper-links .paper-mark")) == 1


def test_relations_are_separated_by_semicolons_and_have_a_mark(tmp_path: Path) -> None:
    found = card(tmp_path, "extends: [other, third]\nunverified: [extends]")
    assert text_of(found, ".paper-relation").startswith("Extends Other ; Third")
    assert len(found.select(".paper-relation .paper-mark")) == 1


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [("volume: 37\nissue: 12\npages: '1-9'", "V 37(12), 1-9"), ("issue: 12", "V(12)"),
     ("pages: '1-9'", "V, 1-9"), ("", "V")],
)  # fmt: skip
def test_volume_issue_and_pages_follow_the_venue(tmp_path: Path, numbers: str, shown: str) -> None:
    (venue,) = card(tmp_path, f"venue: V\n{numbers}").select("cite")
    assert venue.get_text() == shown


def test_a_region_of_the_figure_links_to_its_first_term_and_names_all_terms(tmp_path: Path) -> None:
    regions = "[{title: Liver, region: trunk}, {title: Lung, region: trunk}]"
    words = f"figure: map.svg\nfacets: {{organs: {{title: O, pages: true, terms: {regions}}}}}"
    (tmp_path / "entries").mkdir()
    (tmp_path / "entries" / "map.svg").write_text(FIGURE)
    atlas = library(tmp_path, {"one": ""}, words)
    values = {"has_figure": True, "counts": [], "newest": [], "wanted": []}
    found = rendered(atlas, "home.html.jinja", **values)
    (link,) = found.select("svg a")
    assert (link["xlink:href"], link["aria-label"]) == ("organs/liver/", "Liver 1, Lung 0")
