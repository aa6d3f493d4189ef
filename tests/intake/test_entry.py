"""How a draft becomes an entry."""

from typing import Any

import pytest
from helpers.small import draft, entry, vocabulary
from paper_atlas import Draft, Entry, Severity, Vocabulary
from paper_atlas.folder.entry_file import dump_entry
from paper_atlas.intake.entry import ListedPaper, build_entry

LINKS = {"doi": "10.1000/1"}
OPEN = "facets: {organs: {title: Organs, pages: true, open: true}}"
KEYWORDS = """\
facets:
  methods: {title: Methods, terms: [Net, {title: Attention, aliases: [Focus]}, {title: Focus 2}]}
  tasks: {title: Tasks, terms: [Focus]}
  organs: {title: Organs, pages: true, terms: [Liver, {title: Lung, aliases: [Net, Airways]}]}
"""


def build(item: Draft, words: str = "", **options: Any) -> tuple[Entry | None, list[str]]:
    """The entry of a paper, and the codes of the problems."""
    terms_of_atlas: Vocabulary = vocabulary(words) if words else vocabulary()
    paper = ListedPaper("list.md", item, options.pop("terms", ()))
    found, problems = build_entry(paper, terms_of_atlas, "paper.yml", **options)
    return found, [problem.code for problem in problems]


def build_valid(item: Draft, words: str = "", **options: Any) -> Entry:
    """The entry of a paper that has one."""
    found, codes = build(item, words, **options)
    assert found, codes
    return found


def terms(found: Entry, facet: str = "organs") -> list[str]:
    return [term.title for term in found.terms[facet]]


@pytest.mark.parametrize(
    ("word", "facet", "term"),
    [
        ("liver", "organs", "Liver"),
        ("Net", "methods", "Net"),  # a title precedes an alias in the main facet
        ("Focus", "tasks", "Focus"),  # and an alias in an earlier facet
        ("airways", "organs", "Lung"),
    ],
)
def test_a_keyword_is_a_term_of_the_facet_that_matches_best(
    word: str, facet: str, term: str
) -> None:
    found = build_valid(draft("A", organs=["Liver"], links=LINKS, keywords=[word]), words=KEYWORDS)
    assert term in terms(found, facet)


def test_the_main_facet_wins_for_a_keyword_of_two_facets() -> None:
    words = (
        "facets: {tasks: {title: T, terms: [Lung]}, organs: {title: O, pages: true, terms: [Lung]}}"
    )
    found = build_valid(draft("A", links=LINKS, keywords=["Lung"], organs=[]), words=words)
    assert (terms(found), found.terms.get("tasks", ())) == (["Lung"], ())


def test_a_keyword_that_the_entry_has_in_any_facet_is_not_added() -> None:
    existing = entry("organs: [Lung]", words=vocabulary(KEYWORDS))
    again = draft("A", links=LINKS, keywords=["Airways"])
    assert terms(build_valid(again, words=KEYWORDS, existing=existing)) == ["Lung"]
    other = entry("organs: [Liver]\nmethods: [Attention]", words=vocabulary(KEYWORDS))
    again = draft("A", links=LINKS, keywords=["Focus"])
    terms_by_facet = build_valid(again, words=KEYWORDS, existing=other).terms
    assert terms_by_facet.get("tasks", ()) == ()


def test_an_unknown_keyword_is_reported() -> None:
    assert build(draft("A", "Liver", links=LINKS, keywords=["odd"]))[1] == ["unknown-keyword"]


@pytest.mark.parametrize("bad", ["ftp://example.org/1", "no address"])
def test_a_malformed_link_is_left_out_alone(bad: str) -> None:
    found, codes = build(draft("A", "Liver", links={"code": bad, **LINKS}, unverified=["code"]))
    assert found
    assert (found.links.by_kind(), found.unverified) == (LINKS, ())
    assert len(codes) == 1


def test_a_malformed_value_is_left_out_with_a_warning() -> None:
    paper = ListedPaper("list.md", draft("A", "Liver", links=LINKS, year="MMXX", line=7))
    found, (problem,) = build_entry(paper, vocabulary(), "paper.yml")
    assert found
    assert found.year is None
    assert (problem.path, problem.line, problem.severity) == ("list.md", 7, Severity.WARNING)


def test_a_paper_below_an_unknown_heading_needs_another_term() -> None:
    assert build(draft("A", "Odd", links=LINKS)) == (None, ["unknown-term"])
    assert terms(build_valid(draft("A", "Odd", links=LINKS), terms=("Lung",))) == ["Lung"]


def test_a_paper_with_a_term_of_its_own_can_be_below_an_unknown_heading() -> None:
    found, codes = build(draft("A", "Odd", links=LINKS, organs=["Lung"]))
    assert (found and terms(found), codes) == (["Lung"], [])


def test_terms_are_those_of_the_options_the_headings_and_the_draft() -> None:
    found = build_valid(draft("A", "Liver", links=LINKS, organs=["Heart"]), terms=("Lung",))
    assert terms(found) == ["Lung", "Liver", "Heart"]


def test_a_heading_becomes_a_term_of_an_open_facet() -> None:
    assert terms(build_valid(draft("A", "Odd", links=LINKS), words=OPEN)) == ["Odd"]


@pytest.mark.parametrize("heading", ["Index", "???"])
def test_a_heading_that_cannot_be_an_address_is_no_term(heading: str) -> None:
    assert build(draft("A", heading, links=LINKS), words=OPEN) == (None, ["unknown-term"])


def test_an_alias_in_a_list_is_not_reported() -> None:
    found, codes = build(draft("A", links=LINKS, organs=["Airways"]), words=KEYWORDS)
    assert (found and terms(found), codes) == (["Lung"], [])


def test_unverified_keys_without_a_value_are_removed() -> None:
    odd = draft("A", "Liver", links=LINKS, year="2018", unverified=["year", "doi", "venue"])
    assert build_valid(odd).unverified == ("year", "doi")


def test_a_draft_of_an_existing_paper_needs_no_terms() -> None:
    existing = entry("organs: [Heart]\nlinks: {doi: 10.1000/1}")
    assert terms(build_valid(draft("A"), existing=existing)) == ["Heart"]


def test_a_paper_needs_no_link() -> None:
    found, codes = build(draft("A", "Liver"))
    assert found
    assert (found.links.by_kind(), codes) == ({}, [])


def test_related_papers_are_found_by_title_and_unknown_ones_reported() -> None:
    ids = {"B": "paper-b"}
    found, codes = build(draft("A", "Liver", links=LINKS, extends=["B", "C"]), find_id=ids.get)
    assert found
    assert (found.extends, codes) == (("paper-b",), ["not-taken"])


def test_headings_of_further_facets_are_terms_too() -> None:
    found = build_valid(draft("A", "CT", "Liver", "2018", links=LINKS))
    assert (terms(found), terms(found, "modalities")) == (["Liver"], ["CT"])


def test_an_entry_is_also_checked_in_the_form_of_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the writer changed a name so that `check` would refuse it."""

    def dump(found: Entry, facets: list[str]) -> str:
        return dump_entry(found, facets).replace("Jane Doe", "Jane Doe; Ann Roe")

    monkeypatch.setattr("paper_atlas.intake.entry.dump_entry", dump)
    item = draft("A", organs=["Liver"], links=LINKS, authors=["Jane Doe", "Bo Wu"])
    found, codes = build(item)
    assert found is not None
    assert (found.authors, codes) == ((), ["malformed-author"])
