"""When a paper of a list is the same as a paper of the atlas."""

import pytest
from helpers.small import entry
from paper_atlas.intake.identity import Fingerprint, FingerprintIndex, PaperIndex, can_be_same

TITLE = "Segmentation of the liver in CT volumes by deep networks"
NEARLY = "Segmentation of the liver in CT volume by deep networks"
AUTHOR = "Ada Lovelace"


def matches(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether a paper with the fingerprint `one` is found by `other`."""
    index: FingerprintIndex[str] = FingerprintIndex()
    index.add(one, "paper")
    return "paper" in index.find(other)


def test_matches_by_identifier_precede_matches_by_title() -> None:
    index: FingerprintIndex[str] = FingerprintIndex()
    index.add(Fingerprint((TITLE,), {}), "by title")
    index.add(Fingerprint((), {"doi": "10.1000/1"}), "by identifier")
    assert [*index.find(Fingerprint((TITLE,), {"doi": "10.1000/1"}))] == [
        "by identifier",
        "by title",
    ]


@pytest.mark.parametrize(("year", "is_match"), [(2018, True), (2020, True), (2021, False)])
def test_a_similar_title_matches_within_two_years(year: int, is_match: bool) -> None:
    one = Fingerprint((TITLE,), {}, AUTHOR, 2018)
    assert matches(one, Fingerprint((NEARLY,), {}, AUTHOR, year)) == is_match


def test_a_paper_without_a_year_matches_any_year() -> None:
    assert matches(Fingerprint((TITLE,), {}, AUTHOR, 2018), Fingerprint((NEARLY,), {}, AUTHOR))


def test_titles_with_different_numbers_do_not_match() -> None:
    one, other = (Fingerprint((f"{TITLE}: part {number}",), {}, AUTHOR) for number in (1, 2))
    assert not matches(one, other)


def test_a_similar_title_matches_only_with_the_same_author() -> None:
    one = Fingerprint((TITLE,), {}, AUTHOR)
    assert not matches(one, Fingerprint((NEARLY,), {}, "Alan Turing"))
    assert not matches(Fingerprint((TITLE,), {}), Fingerprint((NEARLY,), {}))


def test_papers_with_one_contradicting_identifier_differ() -> None:
    links = {"doi": "10.1000/1", "pmid": "123"}
    assert not can_be_same(links, {"doi": "10.1000/1", "pmid": "456"})
    assert can_be_same(links, {"doi": "10.1000/1", "arxiv": "1709.07330"})


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("doi", "10.1000/ABC", "https://doi.org/10.1000/abc"),
        ("arxiv", "1709.07330", "https://arxiv.org/abs/1709.07330v2"),
    ],
)
def test_identifiers_are_compared_without_url_case_and_version(
    kind: str, one: str, other: str
) -> None:
    assert can_be_same({kind: one}, {kind: other})
    assert matches(Fingerprint((), {kind: one}), Fingerprint((), {kind: other}))


def test_a_match_contradicts_no_fingerprint_of_the_paper() -> None:
    index = PaperIndex([entry(f"title: {TITLE}\nlinks: {{doi: 10.1000/1}}", "one")], set())
    index.reserve("one", Fingerprint((TITLE,), {"arxiv": "1709.07330"}))
    assert index.find_id(Fingerprint((TITLE,), {"doi": "10.1000/1"})) == "one"
    assert index.find_id(Fingerprint((TITLE,), {"doi": "10.1000/2"})) is None
    assert index.find_id(Fingerprint((TITLE,), {"arxiv": "1709.99999"})) is None


def test_alternative_titles_match() -> None:
    index = PaperIndex([entry(f"alternative_titles: [{TITLE}]", "one")], set())
    assert index.find_id(Fingerprint((TITLE.upper(),), {})) == "one"


def test_find_by_identifier_returns_the_first_entry() -> None:
    both = [entry("links: {doi: 10.1000/1}", name) for name in ("one", "two")]
    found = PaperIndex(both, set()).find_by_identifier({"doi": "10.1000/1"})
    assert found
    assert found.id == "one"


def test_a_reserved_id_is_taken() -> None:
    index = PaperIndex([], {"old"})
    index.reserve("new", Fingerprint((TITLE,), {}))
    assert index.taken_ids == {"old", "new"}
    assert index.find_id(Fingerprint((TITLE,), {})) == "new"
    assert index.get_entry("new") is None
