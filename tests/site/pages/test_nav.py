"""Which pages are in the navigation."""

from pathlib import Path

from helpers.small import library
from paper_atlas.site.pages.nav import atlas_nav, nav_paths

FACETS = """\
facets:
  organs:
    title: Organs
    pages: true
    sections: [{title: Reviews}, {title: Body, terms: [Liver]}]
    terms: [Loose]
  methods: {title: Methods, open: true}
  datasets: {title: Data sets, pages: true, open: true}
"""


def test_facets_with_pages_and_further_facets_are_in_the_navigation(tmp_path: Path) -> None:
    papers = {"one": "methods: [Net]\nextends: [two]\ndatasets: [LiTS]", "two": ""}
    assert atlas_nav(library(tmp_path, papers, FACETS)) == [
        ("Papers", "papers/index.md"),
        ("Organs", "organs/index.md"),
        ("Data sets", "datasets/index.md"),
        ("Methods", [("Methods", "methods/index.md"), ("Lineage", "lineage/index.md")]),
        ("Charts", "charts/index.md"),
        ("Help wanted", "help-wanted/index.md"),
    ]


def test_other_facets_are_below_the_papers_and_lineage_without_methods_below_the_charts(
    tmp_path: Path,
) -> None:
    words = FACETS.replace("methods: {title: Methods", "years: {title: Eras")
    papers = {"one": "years: [Old]\nextends: [two]", "two": ""}
    assert atlas_nav(library(tmp_path, papers, words)) == [
        ("Papers", [("Papers", "papers/index.md"), ("Eras", "years/index.md")]),
        ("Organs", "organs/index.md"),
        ("Charts", [("Charts", "charts/index.md"), ("Lineage", "lineage/index.md")]),
        ("Help wanted", "help-wanted/index.md"),
    ]


def test_empty_pages_are_not_in_the_navigation(tmp_path: Path) -> None:
    assert atlas_nav(library(tmp_path, {"one": ""}, FACETS)) == [
        ("Papers", "papers/index.md"),
        ("Organs", "organs/index.md"),
        ("Charts", "charts/index.md"),
        ("Help wanted", "help-wanted/index.md"),
    ]


def test_the_navigation_does_not_grow_with_the_atlas(tmp_path: Path) -> None:
    few = library(tmp_path, {"one": "methods: [N0]\ndatasets: [D0]"}, FACETS)
    papers = {f"p{n}": f"methods: [N{n}]\ndatasets: [D{n}]" for n in range(20)}
    (tmp_path / "large").mkdir()
    many = library(tmp_path / "large", papers, FACETS)
    assert atlas_nav(many) == atlas_nav(few)


def test_the_paths_of_a_navigation_are_in_order() -> None:
    assert nav_paths([("A", "a.md"), ("B", [("C", "c.md"), ("D", [("E", "e.md")])])]) == [
        "a.md", "c.md", "e.md",
    ]  # fmt: skip
