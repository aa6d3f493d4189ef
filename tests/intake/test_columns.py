"""Columns of a table as terms of the facets that their headers name."""

import pytest
from helpers.small import draft, draft_list, vocabulary
from paper_atlas import Draft
from paper_atlas.intake.columns import facet_of_header
from paper_atlas.intake.entry import ListedPaper, build_entry
from paper_atlas.intake.word_map import WordMap


def draft_with(**columns: str) -> Draft:
    """A draft with one word or several, separated by commas, in each column."""
    words = {header: tuple(value.split(", ")) for header, value in columns.items()}
    fields = {"title": "A paper", "links": {"url": "https://example.org/1"}}
    return Draft(fields, 3, draft("A", "Liver").headings, column_words=words)


def build(item: Draft) -> tuple[dict[str, list[str]], list[str]]:
    """The terms by facet, and the codes and messages of the problems."""
    entry, problems = build_entry(ListedPaper("list.md", item), vocabulary(), "paper.yml")
    assert entry
    terms = {name: [term.title for term in found] for name, found in entry.terms.items() if found}
    del terms["organs"]
    return terms, [
        f"{problem.code}: {problem.message}" for problem in problems if problem.code != "no-link"
    ]


@pytest.mark.parametrize(
    ("header", "facet"),
    [
        ("Method", "methods"), ("METHODS", "methods"), ("Modality", "modalities"),
        ("Dataset", "datasets"), ("Data set", "datasets"), ("data-sets", "datasets"),
        ("Material", None), ("", None),
    ],
)  # fmt: skip
def test_a_header_is_a_facet_by_its_key_or_title(header: str, facet: str | None) -> None:
    assert facet_of_header(header, vocabulary()) == facet


@pytest.mark.parametrize(
    ("columns", "terms", "reported"),
    [
        ({"Method": "u-net, New Net"}, {"methods": ["U-Net", "New Net"]}, []),
        ({"Modality": "ct, XR"}, {"modalities": ["CT"]}, ["unknown-keyword: XR"]),
        ({"Dataset": "LiTS"}, {"datasets": ["LiTS"]}, []),
        (
            {"Material": "washi"},
            {},
            ["not-taken: 'Material' is not a facet, so the text of this column is not imported"],
        ),
    ],
)
def test_words_of_a_column_become_terms_or_are_reported(
    columns: dict[str, str], terms: dict[str, list[str]], reported: list[str]
) -> None:
    assert build(draft_with(**columns)) == (terms, reported)


def test_a_column_can_give_terms_of_the_main_facet() -> None:
    paper = ListedPaper("list.md", draft_with(Organ="Lung"))
    entry, _ = build_entry(paper, vocabulary(), "paper.yml")
    assert entry
    assert [term.title for term in entry.terms["organs"]] == ["Liver", "Lung"]


def test_the_word_map_can_name_the_facet_of_a_column() -> None:
    words = WordMap.model_validate({"keys": {"Technique": "methods", "Odd": []}})
    (mapped,) = words.apply(draft_list(draft_with(Technique="CNN, GAN", Odd="x"))).drafts
    assert (mapped.fields["methods"], mapped.column_words) == (["CNN", "GAN"], {})
