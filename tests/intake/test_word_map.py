"""How a word map replaces the keys and terms of a list."""

import pytest
from helpers.small import draft, draft_list
from paper_atlas import Draft
from paper_atlas.intake.word_map import WordMap, without_same_titles


def apply(words: dict[str, object], *drafts: Draft) -> tuple[list[Draft], list[str]]:
    """The drafts with the terms of the atlas, and the codes of the problems."""
    result = WordMap.model_validate(words).apply(draft_list(*drafts))
    return [*result.drafts], [problem.code for problem in result.problems]


def fields(words: dict[str, object], item: Draft) -> dict[str, object]:
    return dict(apply(words, item)[0][0].fields)


def test_a_heading_that_maps_to_nothing_leaves_its_papers_out() -> None:
    words = {"terms": {"organs": {"Odd": []}}}
    assert apply(words, draft("A", "Odd")) == ([], ["left-out"])


def test_a_heading_that_maps_to_a_term_in_one_facet_leaves_no_paper_out() -> None:
    words = {"terms": {"organs": {"Odd": []}, "methods": {"Odd": ["U-Net"]}}}
    (kept,), codes = apply(words, draft("A", "Odd"))
    assert (kept.fields["methods"], codes) == (["U-Net"], [])


def test_a_mapped_heading_is_removed() -> None:
    words = {"terms": {"organs": {"Hepatic": "Liver"}}}
    (kept,), _ = apply(words, draft("A", "Hepatic", "CT"))
    assert [heading.title for heading in kept.headings] == ["CT"]


def test_terms_of_headings_follow_terms_of_the_draft() -> None:
    words = {"terms": {"organs": {"Hepatic": ["Liver", "Lung"]}}}
    assert fields(words, draft("A", "Hepatic", organs="Lung"))["organs"] == ["Lung", "Liver"]


def test_several_keys_can_map_to_one_key() -> None:
    words = {"keys": {"organ": "organs", "part": "organs"}, "terms": {"organs": {"x": "Lung"}}}
    found = fields(words, draft("A", organ="Lung", part=["Liver", "x"]))
    assert found["organs"] == ["Lung", "Liver"]


def test_one_key_can_map_to_several_keys_or_none() -> None:
    words = {"keys": {"when": ["year", "added"], "odd": []}}
    assert fields(words, draft("A", when="2018", odd=1)) == {
        "title": "A", "year": "2018", "added": "2018"
    }  # fmt: skip


def test_keys_that_map_to_kinds_of_links_add_links() -> None:
    words = {"keys": {"repository": "code"}}
    found = fields(words, draft("A", doi="10.1000/1", repository="https://e.org/"))
    assert found["links"] == {"doi": "10.1000/1", "code": "https://e.org/"}


def test_a_data_set_can_map_to_a_data_set_and_split() -> None:
    words = {"results": {"LiTS": {"dataset": "LiTS 2017"},
                         "ACDC t": {"dataset": "ACDC", "split": "test"}}}  # fmt: skip
    results = [{"dataset": "LiTS", "split": "folds"}, {"dataset": "ACDC t"}, {"dataset": "X"}]
    assert fields(words, draft("A", results=results))["results"] == [
        {"dataset": "LiTS 2017", "split": "folds"},
        {"dataset": "ACDC", "split": "test"},
        {"dataset": "X"},
    ]


def test_unverified_keys_are_mapped() -> None:
    words = {"keys": {"known_as": "alternative_titles", "n": []}}
    found = fields(words, draft("A", unverified=["known_as", "n", "year"]))
    assert found["unverified"] == ["alternative_titles", "year"]


@pytest.mark.parametrize(
    ("item", "code"),
    [(draft(""), "missing-key"), (draft("A", links=["x"]), "wrong-type"),
     (draft("A", links={"doi": 1}), "wrong-type")],
)  # fmt: skip
def test_a_draft_that_cannot_be_a_paper_is_reported(item: Draft, code: str) -> None:
    assert apply({}, item, draft("B")) == ([draft("B")], [code])


def test_titles_are_compared_without_case_and_punctuation() -> None:
    others = ["a title", "Another Title", "another title.", "Third"]
    assert without_same_titles("A title.", others) == ["Another Title", "Third"]
