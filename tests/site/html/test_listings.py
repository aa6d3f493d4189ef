"""Lists of papers in pages with directives."""

from pathlib import Path

import pytest
from helpers.small import library
from paper_atlas import Library, Problem
from paper_atlas.site.html.listings import replace_directives
from paper_atlas.site.page import Fragment, Page

CARDS = "<!-- papers: view=cards -->"
EMPTY = Page("own.md", "Own", "", ())
PAPERS = {"one": "year: 2020", "two": "year: 2019"}


def replaced(
    atlas: Library, text: str, page: Page = EMPTY, source: str | None = None
) -> tuple[list[Fragment], list[Problem]]:
    """The fragments of the page with its directives replaced, and the problems."""
    given = text if source is None else source
    _, found, problems = replace_directives(text, page, atlas, "own.md", given)
    return list(found.fragments.values()), problems


def kinds(fragments: list[Fragment]) -> list[str]:
    return [fragment.template for fragment in fragments]


def test_a_paper_whose_id_is_on_the_page_gets_a_row(tmp_path: Path) -> None:
    atlas = library(tmp_path, PAPERS)
    assert kinds(replaced(atlas, CARDS)[0]) == ["cards"]
    assert kinds(replaced(atlas, f'<h2 id="one">One</h2>{CARDS}')[0]) == ["rows", "cards"]


def test_a_paper_whose_card_is_on_the_page_gets_a_row(tmp_path: Path) -> None:
    atlas = library(tmp_path, PAPERS)
    page = Page("own.md", "Own", "", (Fragment("cards", {}, frozenset({"two"})),))
    assert kinds(replaced(atlas, CARDS, page)[0]) == ["cards", "cards", "rows"]
    assert kinds(replaced(atlas, CARDS * 2)[0]) == ["cards", "rows"]


def test_a_table_has_a_column_for_each_facet_of_its_papers(tmp_path: Path) -> None:
    atlas = library(tmp_path, {"one": "methods: [U-Net]"})
    ((table,), _) = replaced(atlas, "<!-- papers: view=table -->")
    assert table.values["columns"] == ["organs", "methods"]


def test_a_problem_is_reported_once_for_each_position(tmp_path: Path) -> None:
    atlas = library(tmp_path, PAPERS)
    odd = "<!-- papers: odd=1 -->"
    fragments, problems = replaced(atlas, odd * 2, source=f"{odd}\n\n  {odd}")
    assert kinds(fragments) == ["problems.html.jinja"] * 2
    assert [(problem.line, problem.column) for problem in problems] == [(1, 14), (3, 16)]


def test_problems_are_not_reported_at_directives_in_code(tmp_path: Path) -> None:
    odd = "<!-- papers: odd=1 -->"
    _, problems = replaced(library(tmp_path, PAPERS), odd, source=f"`{odd}`\n{odd}")
    assert [problem.line for problem in problems] == [2]


def test_a_citation_is_not_split_at_the_title_within_the_authors(tmp_path: Path) -> None:
    atlas = library(tmp_path, {"one": "title: Liver\nauthors: [Liver Study Group]\nyear: 2020"})
    ((fragment,), _) = replaced(atlas, "<!-- papers: view=bibliography -->")
    ((before, _, after),) = fragment.values["cited"]
    assert before == "Liver Study Group. (2020). "
    assert after.startswith(". ")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("facets: {organs: {title: O, pages: true, terms: [Liver, Unused]}}", "cards"),
        (
            "facets: {organs: {title: O, pages: true, terms: [Liver], odd: 1}}",
            "problems.html.jinja",
        ),
    ],
)
def test_errors_of_the_vocabulary_replace_lists(tmp_path: Path, words: str, kind: str) -> None:
    fragments, problems = replaced(library(tmp_path, PAPERS, words), CARDS)
    assert (kinds(fragments), problems) == ([kind], [])


def test_cards_have_headings_of_level_three(tmp_path: Path) -> None:
    ((cards,), _) = replaced(library(tmp_path, PAPERS), CARDS)
    assert cards.values["level"] == 3


def test_the_page_says_that_no_paper_matches(tmp_path: Path) -> None:
    fragments, _ = replaced(library(tmp_path, PAPERS), "<!-- papers: year=1999 -->")
    assert kinds(fragments) == ["listing-nothing.html.jinja"]
