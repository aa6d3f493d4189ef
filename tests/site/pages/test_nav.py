"""Which pages are in the navigation."""

from pathlib import Path

from helpers.small import library
from paper_atlas.site.pages.nav import atlas_nav

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


def test_only_terms_of_the_main_facet_are_in_the_navigation(tmp_path: Path) -> None:
    found = atlas_nav(library(tmp_path, {"one": "methods: [Net]\ndatasets: [LiTS]"}, FACETS))
    body = [("", "sections/body/index.md"), ("Liver", "organs/liver.md")]
    assert found[0] == ("Organs", [
        ("", "organs/index.md"),
        ("Reviews", "sections/reviews/index.md"),
        ("Body", body),
        ("Loose", "organs/loose.md"),
    ])  # fmt: skip
    assert found[1] == ("Data sets", "datasets/index.md")


def test_facets_without_pages_are_below_papers(tmp_path: Path) -> None:
    papers = {"one": "methods: [Net]\nextends: [two]\ndatasets: [LiTS]", "two": ""}
    found = dict(atlas_nav(library(tmp_path, papers, FACETS)))
    assert found["Papers"] == [
        ("", "papers/index.md"),
        ("Methods", "methods/index.md"),
        ("Lineage", "lineage/index.md"),
        ("Charts", "charts/index.md"),
    ]


def test_empty_pages_are_not_in_the_navigation(tmp_path: Path) -> None:
    found = dict(atlas_nav(library(tmp_path, {"one": ""}, FACETS)))
    assert [*found] == ["Organs", "Papers", "Help wanted"]
    assert [title for title, _ in found["Papers"]] == ["", "Charts"]
