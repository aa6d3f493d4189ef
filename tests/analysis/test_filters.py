"""Which papers a filter matches, and the problems of a filter that cannot be parsed."""

from pathlib import Path

import pytest
from paper_atlas import Filter, Vocabulary, load, parse_filter

FACETS = {
    "topics": {"title": "Topics", "pages": True, "terms": ["Liver", "Heart"]},
    "methods": {"title": "Methods", "terms": [{"title": "U-Net", "aliases": ["Ronneberger"]}]},
}
WORDS = Vocabulary.model_validate({"facets": FACETS})


def matching(folder: Path, *papers: str, words: list[str]) -> str:
    """The ids that a filter matches; each paper is given as lines of its file, ids start at `a`."""
    for number, lines in enumerate(papers):
        name = "abcdef"[number]
        text = f"title: {name}\n{lines}\n"
        text += "" if "topics:" in lines else "topics: [Liver]\n"
        text += "" if "links:" in lines else f"links: {{doi: 10.1000/{name}}}\n"
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    library = load(folder, folder)
    assert library.broken_entries == ()
    paper_filter, problems = parse_filter(words, library.vocabulary)
    assert problems == []
    return "".join(sorted(entry.id for entry in library.entries if paper_filter.matches(entry)))


def codes(*words: str) -> list[str]:
    return [problem.code for problem in parse_filter(words, WORDS)[1]]


@pytest.mark.parametrize(
    ("word", "expected"), [("year=2016", "b"), ("year>=2016", "bc"), ("year<=2016", "ab")]
)
def test_papers_without_a_year_match_no_filter_by_year(
    word: str, expected: str, tmp_path: Path
) -> None:
    papers = ("year: 2015", "year: 2016", "year: 2017", "")
    assert matching(tmp_path, *papers, words=[word]) == expected


@pytest.mark.parametrize("key", ["code", "links"])
def test_unconfirmed_links_do_not_match(key: str, tmp_path: Path) -> None:
    links = "links: {code: https://example.org/x, doi: 10.1000/x}"
    other = links.replace("/x", "/y")
    papers = (links, f"{other}\nunverified: [{key}]")
    assert matching(tmp_path, *papers, words=["has=code"]) == "a"


def test_one_excluded_term_of_any_facet_excludes_a_paper(tmp_path: Path) -> None:
    papers = ("topics: [Liver]\nmethods: [V-Net]", "methods: [U-Net]", "topics: [Heart]")
    excluded = ["topics!=Heart", "methods!=U-Net"]
    assert matching(tmp_path, *papers, words=excluded) == "a"


def test_values_can_have_spaces_around_them_and_a_trailing_comma(tmp_path: Path) -> None:
    papers = ("links: {code: https://example.org/a}", "", "links: {pmid: '1'}")
    assert matching(tmp_path, *papers, words=["has= code , doi ,"]) == "ab"


def test_a_problem_empties_the_whole_filter() -> None:
    paper_filter, problems = parse_filter(["year>=2020", "topics=Livre"], WORDS)
    assert paper_filter == Filter()
    assert [problem.code for problem in problems] == ["unknown-term"]


def test_problems_are_sorted_by_location() -> None:
    assert codes("topic=Liver", "year=2020", "year=2021") == ["unknown-facet", "doubled-key"]


@pytest.mark.parametrize(
    ("word", "code"), [("year=20200", "wrong-value"), ('topics="Liver""', "malformed-option")]
)
def test_a_value_matches_as_a_whole_and_quotation_marks_are_paired(word: str, code: str) -> None:
    assert codes(word) == [code]


def test_the_hint_suggests_an_alias_for_a_misspelt_term() -> None:
    (problem,) = parse_filter(["methods=Roneberger"], WORDS)[1]
    assert problem.hint == "did you mean 'Ronneberger'?"
