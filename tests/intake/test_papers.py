"""Which drafts of a list belong to one paper."""

from helpers.small import draft, draft_list
from paper_atlas import Draft
from paper_atlas.intake.papers import fingerprint_of_drafts, group_drafts, propose_paper_id


def grouped(*drafts: Draft) -> list[list[str]]:
    """The titles of drafts by paper."""
    return [[item.title for item in paper.drafts] for paper in group_drafts(draft_list(*drafts))]


def test_a_draft_matches_any_earlier_draft_of_the_paper() -> None:
    first = draft("A", links={"doi": "10.1000/1"})
    second = draft("B", links={"doi": "10.1000/1"})
    assert grouped(first, second, draft("B")) == [["A", "B", "B"]]


def test_a_draft_that_contradicts_one_draft_is_another_paper() -> None:
    one = draft("A", links={"doi": "10.1000/1"})
    other = draft("A", links={"doi": "10.1000/2"})
    assert grouped(one, draft("A"), other) == [["A", "A"], ["A"]]


def test_papers_are_in_the_order_of_the_list() -> None:
    assert grouped(draft("B"), draft("A"), draft("B")) == [["B", "B"], ["A"]]


def test_author_and_year_are_those_of_the_first_draft_that_has_them() -> None:
    (paper,) = group_drafts(draft_list(
        draft("A"), draft("A", authors=["Ada Lovelace"], year="2018"), draft("A", year="2020")
    ))  # fmt: skip
    assert (fingerprint_of_drafts(paper).author, fingerprint_of_drafts(paper).year) == (
        "Ada Lovelace",
        2018,
    )


def test_a_year_that_is_no_number_is_ignored() -> None:
    (paper,) = group_drafts(draft_list(draft("A", year="to appear")))
    assert fingerprint_of_drafts(paper).year is None


def test_an_id_is_proposed_from_the_first_draft() -> None:
    first = draft("Livers in images", authors=["Ada Lovelace"], year="2018")
    second = draft("Livers in images", authors=["Alan Turing"], year="2018")
    (paper,) = group_drafts(draft_list(first, second))
    assert propose_paper_id(paper, set()) == "lovelace-2018-livers"
    assert propose_paper_id(paper, {"lovelace-2018-livers"}) == "lovelace-2018-livers-2"
