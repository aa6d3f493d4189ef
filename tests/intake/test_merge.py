"""How two entries of one paper are merged."""

from typing import Any

import pytest
from helpers.small import entry
from paper_atlas import Entry
from paper_atlas.intake.merge import complete_entry, unite_entries


def merged(mine: str, others: str) -> Entry:
    return complete_entry(entry(mine), entry(others))[0]


def contradictions(mine: str, others: str) -> list[Any]:
    return complete_entry(entry(mine), entry(others))[1]


def results(mine: str, others: str) -> list[tuple[str, str | None, str | None]]:
    found = merged(f"results: [{{{mine}}}]", f"results: [{{{others}}}]").results
    return [(result.dataset, result.split, result.stated) for result in found]


def test_existing_values_are_kept_and_missing_ones_added() -> None:
    mine = entry("year: 2018\nvenue: A")
    found, contradicting = complete_entry(mine, entry("year: 2018\nvolume: 3"))
    assert (found.year, found.venue, found.volume, contradicting) == (2018, "A", "3", [])


def test_facts_of_two_versions_are_not_mixed() -> None:
    mine, others = "year: 2018\nlinks: {pmid: '1'}", "year: 2019\nvenue: V\nlinks: {doi: 10.1000/1}"
    found, contradicting = complete_entry(entry(mine), entry(others))
    assert (found.year, found.venue) == (2018, None)
    assert contradicting == [("venue", "V"), ("year", "2019")]


def test_another_name_of_the_venue_is_not_another_version() -> None:
    found, contradicting = complete_entry(
        entry("venue: TMI"), entry("venue: Transactions\nvolume: 7")
    )
    assert (found.venue, found.volume, contradicting) == ("TMI", "7", [("venue", "Transactions")])


PREPRINT = "title: Sailing boats\nyear: 2019\nvenue: arXiv\nlinks: {arxiv: '1901.00001'}"
PUBLISHED = "title: Sailing wooden boats\nyear: 2020\nvenue: Boats\nvolume: 3\npages: 1-8\n"
PUBLISHED += "links: {doi: 10.1000/1}"


@pytest.mark.parametrize("is_first", [True, False], ids=["preprint-first", "published-first"])
def test_the_published_version_gives_the_facts_of_publication(is_first: bool) -> None:
    pair = (PREPRINT, PUBLISHED) if is_first else (PUBLISHED, PREPRINT)
    found, contradicting = unite_entries(*map(entry, pair))
    assert (found.title, found.year, found.venue) == ("Sailing wooden boats", 2020, "Boats")
    assert (found.volume, found.pages, contradicting) == ("3", "1-8", [])
    assert found.links.by_kind() == {"doi": "10.1000/1", "arxiv": "1901.00001"}
    assert found.alternative_titles == ("Sailing boats",)


def test_an_existing_preprint_is_not_changed_to_its_published_version() -> None:
    found, contradicting = complete_entry(entry(PREPRINT), entry(PUBLISHED))
    assert (found.title, found.year, found.venue, found.volume) == (
        "Sailing boats", 2019, "arXiv", None
    )  # fmt: skip
    assert [key for key, _ in contradicting] == ["pages", "venue", "volume", "year"]


def test_a_published_paper_without_a_year_keeps_that_of_the_preprint() -> None:
    found, _ = unite_entries(entry(PREPRINT), entry(PUBLISHED.replace("year: 2020\n", "")))
    assert found.year == 2019


def test_marks_of_replaced_values_are_those_of_the_published_version() -> None:
    preprint, published = (
        f"{PREPRINT}\nunverified: [year, arxiv]",
        f"{PUBLISHED}\nunverified: [volume]",
    )
    found, _ = unite_entries(entry(preprint), entry(published))
    assert found.unverified == ("arxiv", "volume")


@pytest.mark.parametrize(
    ("mine", "others", "names"),
    [
        ("Gael Example, J. B. Sample", "Gaël Example, Jean-Baptiste Sample",
         ["Gaël Example", "Jean-Baptiste Sample"]),
        ("Jane Roe", "J. Roe", ["Jane Roe"]),
        ("Jane Roe", "Jane Roe, Al Doe", ["Jane Roe", "Al Doe"]),
        ("M Müller", "Maria Mueller", ["Maria Mueller"]),
    ],
)  # fmt: skip
def test_the_fuller_names_win(mine: str, others: str, names: list[str]) -> None:
    found, contradicting = unite_entries(entry(f"authors: [{mine}]"), entry(f"authors: [{others}]"))
    assert ([str(name) for name in found.authors], contradicting) == (names, [])


def test_names_in_an_existing_file_are_kept() -> None:
    found, contradicting = complete_entry(entry("authors: [J. Roe]"), entry("authors: [Jane Roe]"))
    assert ([str(name) for name in found.authors], contradicting) == (["J. Roe"], [])


def test_other_authors_contradict() -> None:
    found, contradicting = unite_entries(
        entry("authors: [Jane Roe]"), entry("authors: [Al Doe, Bo Fox]")
    )
    assert [str(name) for name in found.authors] == ["Jane Roe"]
    assert contradicting == [("authors", "Al Doe, Bo Fox")]


def test_notes_of_two_lists_are_joined() -> None:
    assert unite_entries(entry("notes: One."), entry("notes: Two."))[0].notes == "One.\n\nTwo."
    assert unite_entries(entry("notes: One."), entry("notes: One."))[0].notes == "One."


def test_terms_of_the_entry_come_first() -> None:
    terms = merged("organs: [Lung]", "organs: [Liver, Lung]\nmodalities: [CT]").terms
    assert [term.title for term in terms["organs"]] == ["Lung", "Liver"]
    assert [term.title for term in terms["modalities"]] == ["CT"]


def test_a_title_that_is_an_alternative_title_of_the_other_entry_is_replaced() -> None:
    found = merged("title: Preprint", "title: Published\nalternative_titles: [Preprint]")
    assert (found.title, found.alternative_titles) == ("Published", ("Preprint",))
    found = merged("title: Preprint", "title: Published")
    assert (found.title, found.alternative_titles) == ("Preprint", ("Published",))


def test_titles_that_differ_in_case_and_punctuation_are_not_added() -> None:
    assert merged("title: A title", "title: 'A Title.'").alternative_titles == ()


def test_a_link_that_exists_under_another_label_is_not_added() -> None:
    found = merged("links: {Page: 'https://e.org/'}", "links: {url: 'https://e.org/', pmid: '1'}")
    assert found.links.by_kind() == {"pmid": "1", "Page": "https://e.org/"}


def test_identifiers_are_compared_without_case_and_other_links_with_it() -> None:
    assert contradictions("links: {doi: 10.1000/A}", "links: {doi: 10.1000/a}") == []
    assert contradictions("links: {doi: 10.1000/1}", "links: {doi: 10.1000/2}") == [
        ("links.doi", "10.1000/2")
    ]
    same = "links: {code: https://e.org/A}", "links: {code: http://www.e.org/A/}"
    assert contradictions(*same) == []
    upper, lower = (f"links: {{code: https://e.org/{name}}}" for name in "Aa")
    assert contradictions(upper, lower) == [("links.code", "https://e.org/a")]


def test_a_missing_split_and_place_of_a_result_are_added() -> None:
    figure = "metric: Dice, value: 0.9"
    stated = f"dataset: LiTS, {figure}, split: test, stated: Table 1"
    assert results(f"dataset: LiTS, {figure}", stated) == [("LiTS", "test", "Table 1")]


@pytest.mark.parametrize(
    ("mine", "others", "is_same"),
    [
        ("dataset: LiTS, metric: Dice, value: 0.9", "dataset: LiTS 2017, metric: dice, value: 0.9",
         True),
        ("dataset: LiTS, metric: Dice, value: 0.9", "dataset: LiTS, metric: Dice, value: 0.8",
         False),
        ("dataset: LiTS, metric: Dice, value: 0.9", "dataset: LiTS, metric: IoU, value: 0.9",
         False),
        ("dataset: LiTS, metric: Dice, value: 0.9, target: liver",
         "dataset: LiTS, metric: Dice, value: 0.9, target: tumour", False),
        ("dataset: LiTS, metric: Dice, value: 0.9", "dataset: ACDC, metric: Dice, value: 0.9",
         False),
        ("dataset: LiTS, metric: Dice, value: 0.9, stated: Table 1",
         "dataset: Livers, metric: Dice, value: 0.9, stated: Table 1", True),
    ],
)  # fmt: skip
def test_equal_results_are_merged(mine: str, others: str, is_same: bool) -> None:
    assert len(results(mine, others)) == (1 if is_same else 2)


def test_a_result_is_merged_with_one_other_result_only() -> None:
    bare = "dataset: LiTS, metric: Dice, value: 0.9"
    others = f"results: [{{{bare}, split: test}}, {{{bare}, split: folds}}]"
    found = merged(f"results: [{{{bare}}}, {{{bare}}}]", others)
    assert [result.split for result in found.results] == ["test", "folds"]


def test_existing_reasons_in_allow_are_kept() -> None:
    found = merged("allow: {a: mine}", "allow: {a: other, b: other}")
    assert found.allow == {"a": "mine", "b": "other"}


@pytest.mark.parametrize(
    ("mine", "others"),
    [
        ("venue: IEEE Transactions on Medical Imaging", "venue: Medical Imaging"),
        ("venue: NeuroImage", "venue: neuro-image"),
        ("authors: [Ada Lovelace, 'King, Ada']", "authors: ['Lovelace, Ada', Ada King]"),
    ],
)
def test_other_spellings_of_a_value_do_not_contradict(mine: str, others: str) -> None:
    assert contradictions(mine, others) == []


def test_a_longer_value_contradicts() -> None:
    assert contradictions("venue: Medical", "venue: Medical Imaging") == [
        ("venue", "Medical Imaging")
    ]


def test_contradictions_are_sorted_by_key() -> None:
    mine = "year: 2018\nvenue: A\npages: '1'\nlinks: {doi: 10.1000/1}"
    others = "year: 2019\nvenue: B\npages: '2'\nlinks: {doi: 10.1000/2}"
    assert [key for key, _ in contradictions(mine, others)] == [
        "links.doi", "pages", "venue", "year"
    ]  # fmt: skip


@pytest.mark.parametrize("key", ["extends", "formerly", "not_same_as"])
def test_relations_are_united(key: str) -> None:
    assert getattr(merged(f"{key}: [a, b]", f"{key}: [b, c]"), key) == ("a", "b", "c")


def test_only_new_values_become_unverified() -> None:
    mine = "year: 2018\nunverified: [year]\nvenue: V"
    others = "year: 2018\nvenue: V\nvolume: 7\nlinks: {pmid: '1'}\nmodalities: [CT]\n"
    others += "unverified: [venue, volume, pmid, modalities]"
    assert merged(mine, others).unverified == ("year", "volume", "pmid", "modalities")
