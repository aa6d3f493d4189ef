"""The library: the errors of its vocabulary file, and the papers of terms and sections."""

from pathlib import Path

import pytest
from helpers.small import library
from paper_atlas import Library, load


@pytest.mark.parametrize(
    ("base", "path"), [(".", "entries/vocabulary.yml"), ("entries", "vocabulary.yml")]
)
def test_the_errors_of_the_vocabulary_are_found_by_its_path(
    base: str, path: str, tmp_path: Path
) -> None:
    folder = tmp_path / "entries"
    folder.mkdir()
    (folder / "vocabulary.yml").write_text("facets: {a: {title: A}}\n")
    (folder / "wrong.yml").write_text("title: [\n")
    found = load(folder, tmp_path / base)
    assert found.vocabulary_path == path
    assert [problem.code for problem in found.vocabulary_errors] == ["missing-pages"]


def test_errors_of_entries_are_not_errors_of_the_vocabulary(tmp_path: Path) -> None:
    (tmp_path / "wrong.yml").write_text("title: [\n")
    found = load(tmp_path, tmp_path)
    assert found.problems
    assert found.vocabulary_errors == ()


_NESTED = """\
facets:
  organs:
    title: Organs
    pages: true
    sections:
      - {title: Trunk, terms: [Liver, {title: Lesion, parents: [Liver, Lung]}]}
      - {title: Chest, terms: [Lung, {title: Nodule, parents: [Lesion]}]}
    terms: [Skin, Any]
  methods: {title: Methods, open: true, terms: [Net, {title: U-Net, parents: [Net]}]}
"""
_PAPERS = {
    "a": "{organs: [Nodule], year: 2018}",
    "b": "{organs: [Liver, Lesion], year: 2020}",
    "c": "{organs: [Lung, Skin], year: 2019, methods: [U-Net, Own]}",
    "d": "{organs: [Skin], methods: [Net, U-Net]}",
}


@pytest.fixture
def nested(tmp_path: Path) -> Library:
    """A library with terms below each other, of four papers in the order b, c, a, d."""
    return library(tmp_path, _PAPERS, _NESTED)


@pytest.mark.parametrize(
    ("facet", "title", "ids"),
    [
        *(("organs", "Liver", "ba"), ("organs", "Lung", "bca"), ("organs", "Lesion", "ba")),
        *(("organs", "Nodule", "a"), ("organs", "Skin", "cd"), ("organs", "Any", "")),
        *(("methods", "Net", "cd"), ("methods", "Own", "c")),
    ],
)
def test_papers_within_a_term_have_it_or_a_narrower_one(
    facet: str, title: str, ids: str, nested: Library
) -> None:
    term = nested.vocabulary.facets[facet].find_term(title)
    assert term
    assert "".join(entry.id for entry in nested.papers_within(facet, term)) == ids


@pytest.mark.parametrize(("title", "ids"), [("Trunk", "ba"), ("Chest", "bca")])
def test_papers_of_a_section_have_one_of_its_terms_or_a_narrower_one(
    title: str, ids: str, nested: Library
) -> None:
    (section,) = (one for one in nested.vocabulary.facets["organs"].sections if one.title == title)
    assert "".join(entry.id for entry in nested.papers_of_section("organs", section)) == ids
