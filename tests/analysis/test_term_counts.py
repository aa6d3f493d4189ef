"""The number of papers with each term in a list."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from helpers import ROOT
from helpers.small import library
from paper_atlas import Entry, Library, load
from paper_atlas.analysis.filters import features_of_entry
from paper_atlas.analysis.term_counts import TermCounts

FACETS = """\
facets:
  organs: {title: Organs, pages: true, terms: [Body, {title: Liver, parents: [Body]}, Lung]}
  methods:
    title: Methods
    terms:
      - Net
      - Other
      - {title: Small, parents: [Net]}
      - {title: Both, parents: [Small, Other]}
"""


@pytest.fixture(scope="module")
def atlas() -> Library:
    return load(ROOT / "entries", ROOT)


def count_one_by_one(atlas: Library, entries: Sequence[Entry], facet: str, term_id: str) -> int:
    """The number of papers with a term or with a narrower one, from the definition."""
    if facet == "has":
        return sum(term_id in features_of_entry(entry) for entry in entries)
    whole = atlas.vocabulary.facets[facet]
    term = next(term for term in whole.all_terms if term.id == term_id)
    return sum(
        any(term in (own, *whole.broader_terms(own)) for own in entry.terms.get(facet, ()))
        for entry in entries
    )


def test_the_counts_of_every_list_of_this_atlas(atlas: Library) -> None:
    counts, facets = TermCounts(atlas.vocabulary), atlas.vocabulary.facets
    lists = [
        atlas.entries,
        *(atlas.papers_of_section("organs", one) for one in facets["organs"].sections),
        *(atlas.papers_within("organs", term) for term in facets["organs"].all_terms),
        *(atlas.papers_within("methods", term) for term in facets["methods"].all_terms[:10]),
    ]
    keys = [(name, term.id) for name, facet in facets.items() for term in facet.all_terms]
    keys += [("has", name) for name in ("code", "results", "free", "doi")]
    for entries in lists:
        within = counts.within(entries)
        found = {key: within(*key) for key in keys}
        assert found == {key: count_one_by_one(atlas, entries, *key) for key in keys}


@pytest.mark.parametrize(
    ("methods", "expected"),
    [
        ("Net", {"net": 1}),
        ("Small", {"net": 1, "small": 1}),
        ("Both", {"net": 1, "small": 1, "both": 1, "other": 1}),
        ("Net, Small, Both", {"net": 1, "small": 1, "both": 1, "other": 1}),
    ],
)
def test_a_paper_counts_once_for_each_broader_term(
    tmp_path: Path, methods: str, expected: dict[str, int]
) -> None:
    atlas = library(tmp_path, {"one": f"methods: [{methods}]"}, FACETS)
    counts = TermCounts(atlas.vocabulary).within(atlas.entries)
    ids = ("net", "small", "both", "other")
    assert {name: counts("methods", name) for name in ids if counts("methods", name)} == expected


def test_a_list_does_not_change_the_counts_of_another(tmp_path: Path) -> None:
    atlas = library(tmp_path, {"one": "", "two": "organs: [Lung]"}, FACETS)
    counts = TermCounts(atlas.vocabulary)
    first = counts.within(atlas.entries[:1])
    counts.within(atlas.entries)
    assert (first("organs", "body"), first("organs", "lung")) == (1, 0)


def test_a_term_without_papers_counts_zero(tmp_path: Path) -> None:
    atlas = library(tmp_path, {}, FACETS)
    assert TermCounts(atlas.vocabulary).within(())("organs", "liver") == 0
