"""The table of the terms of a facet."""

from pathlib import Path

from bs4 import BeautifulSoup
from helpers.small import library
from paper_atlas import Library
from paper_atlas.site.addresses import Addresses
from paper_atlas.site.html.renderer import Renderer
from paper_atlas.site.pages.facets import facet_table

FACETS = """\
facets:
  organs: {title: Organs, pages: true, open: true}
  methods:
    title: Methods
    terms:
      - {title: Net, description: A net.}
      - {title: Small net, parents: [Net]}
      - {title: Tiny net, parents: [Small net]}
      - {title: Wide net, parents: [Net]}
      - Tree
      - Unused
"""
PAPERS = {
    "a": "year: 2018\nmethods: [Small net, Wide net]",
    "b": "year: 2018\nmethods: [Tiny net]",
    "c": "year: 2020\nmethods: [Tree]",
    "d": "methods: [Tree]",
    "e": "year: 2020\nmethods: [Net]\nextends: [a]",
}
SECTIONS = "facets: {organs: {title: O}, tasks: {title: T, pages: true, sections: %s, terms: [X]}}"


def lines(found: Library, name: str = "methods") -> list[tuple[str, int, list[tuple[str, int]]]]:
    return [
        (line.term.title, line.count, [(term.title, count) for term, count in line.narrower])
        for group in facet_table(found, name, "").groups
        for line in group.lines
    ]


def html(found: Library, name: str = "methods") -> BeautifulSoup:
    renderer = Renderer(found, Addresses())
    block = facet_table(found, name, "the methods")
    return BeautifulSoup(renderer.html(block, renderer.links_from("../")), "html.parser")


def test_the_broadest_terms_are_rows_with_their_narrower_ones(tmp_path: Path) -> None:
    assert lines(library(tmp_path, PAPERS, FACETS)) == [
        ("Net", 3, [("Small net", 2), ("Wide net", 1)]), ("Tree", 2, []),
    ]  # fmt: skip


def test_the_drawings_of_a_page_share_one_scale(tmp_path: Path) -> None:
    page = html(library(tmp_path, PAPERS, FACETS))
    net, tree = page.select(".pa-spark")
    assert net["aria-label"] == "Papers per year, 2018 to 2020: at most 2"
    assert tree["aria-label"] == "Papers per year, 2018 to 2020: at most 1"
    assert [path["d"] for path in page.select(".pa-spark path")] == [
        "M0.0 100V0h10.5V100zM28.0 100V50h10.5V100z", "M28.0 100V50h10.5V100z",
    ]  # fmt: skip
    assert page.select("thead th")[-1].text == "2018–2020"


def test_one_paper_beside_many_can_still_be_seen(tmp_path: Path) -> None:
    papers = {f"p{n}": f"year: {2019 + (n > 0)}\nmethods: [Tree]" for n in range(31)}
    (path,) = html(library(tmp_path, papers, FACETS)).select(".pa-spark path")
    assert str(path["d"]).startswith("M0.0 100V90h")


def test_without_years_there_is_no_drawing(tmp_path: Path) -> None:
    page = html(library(tmp_path, {"a": "methods: [Net]"}, FACETS))
    assert page.select(".pa-spark, .spark") == []


def test_a_row_has_a_description_links_and_numbers(tmp_path: Path) -> None:
    page = html(library(tmp_path, PAPERS, FACETS))
    net = page.select_one("tr#net")
    assert net
    assert [tag["href"] for tag in net.select("a")] == [
        *("../methods/net/", "../methods/small-net/", "../methods/wide-net/"),
    ]
    about, number = net.select("td")[:2]
    assert about.get_text().strip() == "A net. Small net\xa02, Wide net\xa01"
    assert (number["data-key"], number["data-phone"], number.text) == ("3", "3 papers", "3")
    assert [tag.text for tag in page.select(".pa-row a")] == ["Lineage", "Charts"]
    assert page.select("tr#tree td")[0].has_attr("data-empty")


def test_many_narrower_terms_are_on_the_page_of_their_term(tmp_path: Path) -> None:
    narrower = ", ".join(f"{{title: N{n}, parents: [Net]}}" for n in range(15))
    methods = f"{{title: M, terms: [Net, {narrower}]}}"
    words = f"facets: {{organs: {{title: O, open: true, pages: true}}, methods: {methods}}}"
    used = ", ".join(f"N{n}" for n in range(15))
    page = html(library(tmp_path, {"a": f"methods: [{used}]", "b": "methods: [N14]"}, words))
    links = page.select(".narrower a")
    assert (len(links), links[0].text, links[-1].text) == (7, "N14", "and 9 more")
    assert links[-1]["href"] == "../methods/net/"


def test_a_facet_with_sections_has_a_table_for_each(tmp_path: Path) -> None:
    words = SECTIONS % "[{title: One, description: Words, terms: [A]}, {title: Two}]"
    words = words.replace("organs: {title: O}", "organs: {title: O, open: true}")
    page = html(library(tmp_path, {"a": "tasks: [A]"}, words), "tasks")
    assert [tag.text for tag in page.select("h2")] == ["One", "Two", "Other"]
    assert [tag["href"] for tag in page.select("section > header a")] == [
        *("../sections/one/", "../sections/two/"),
    ]
    assert len(page.select("table")) == 2
    assert [tag["id"] for tag in page.select("tbody tr")] == ["a", "x"]
