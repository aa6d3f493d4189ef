"""Lists of papers in pages with directives."""

from pathlib import Path

import pytest
from helpers.small import library
from paper_atlas import Library, Problem
from paper_atlas.site.blocks import Bibliography, Cards, NoMatch, PaperTable, Problems, Rows
from paper_atlas.site.html.listings import replace_directives
from paper_atlas.site.page import Block, Page

CARDS = "<!-- papers: view=cards -->"
EMPTY = Page("own.md", "Own", "", ())
PAPERS = {"one": "year: 2020", "two": "year: 2019"}


def replaced(
    atlas: Library, text: str, page: Page = EMPTY, source: str | None = None
) -> tuple[list[Block], list[Problem]]:
    """The blocks of the page with its directives replaced, and the problems."""
    given = text if source is None else source
    _, found, problems = replace_directives(text, page, atlas, "own.md", given)
    return [block for block in found.blocks if isinstance(block, Block)], problems


def kinds(blocks: list[Block]) -> list[type[Block]]:
    return [type(block) for block in blocks]


def test_a_paper_whose_id_is_on_the_page_gets_a_row(tmp_path: Path) -> None:
    atlas = library(tmp_path, PAPERS)
    assert kinds(replaced(atlas, CARDS)[0]) == [Cards]
    assert kinds(replaced(atlas, f'<h2 id="one">One</h2>{CARDS}')[0]) == [Rows, Cards]


def test_a_paper_whose_card_is_on_the_page_gets_a_row(tmp_path: Path) -> None:
    atlas = library(tmp_path, PAPERS)
    page = Page("own.md", "Own", "", (Cards([atlas.entries_by_id["two"]]),))
    assert kinds(replaced(atlas, CARDS, page)[0]) == [Cards, Cards, Rows]
    assert kinds(replaced(atlas, CARDS * 2)[0]) == [Cards, Rows]


def test_a_table_has_a_column_for_each_facet_of_its_papers(tmp_path: Path) -> None:
    atlas = library(tmp_path, {"one": "methods: [U-Net]"})
    ((table,), _) = replaced(atlas, "<!-- papers: view=table -->")
    assert isinstance(table, PaperTable)
    assert table.columns == ["organs", "methods"]


def test_a_problem_is_reported_once_for_each_position(tmp_path: Path) -> None:
    atlas = library(tmp_path, PAPERS)
    odd = "<!-- papers: odd=1 -->"
    source = f"{odd}\n\n  {odd}\n{odd} {odd}\nA\n\n{odd}"
    blocks, problems = replaced(atlas, odd * 5, source=source)
    assert kinds(blocks) == [Problems] * 5
    places = [(problem.line, problem.column) for problem in problems]
    assert places == [(1, 14), (3, 16), (4, 14), (4, 37), (7, 14)]


def test_a_problem_in_a_snippet_is_reported_at_the_start_of_the_page(tmp_path: Path) -> None:
    odd = "<!--  papers:  odd=1 -->"
    _, (problem,) = replaced(library(tmp_path, PAPERS), odd, source="--8<-- 'other.md'")
    assert str(problem).startswith("own.md:1:14: unknown-facet: 'odd' is neither")


def test_problems_are_not_reported_at_directives_in_code(tmp_path: Path) -> None:
    odd = "<!-- papers: odd=1 -->"
    _, problems = replaced(library(tmp_path, PAPERS), odd, source=f"`{odd}`\n{odd}")
    assert [problem.line for problem in problems] == [2]


@pytest.mark.parametrize(
    ("facts", "before", "after"),
    [
        ("authors: [Liver Study Group]\nyear: 2020", "Liver Study Group. (2020). ", ". "),
        ("authors: [A Liver]\nvenue: Liver", "Liver, A. (n.d.). ", ". Liver. "),
        ("year: 2020\nvenue: The Liver (Ed.). Liver", "(2020). ", ". The Liver (Ed.). Liver. "),
    ],
    ids=["group", "name-and-venue", "brackets-in-the-venue"],
)
def test_a_citation_is_split_at_the_title_only(
    facts: str, before: str, after: str, tmp_path: Path
) -> None:
    atlas = library(tmp_path, {"one": f"title: Liver\n{facts}"})
    ((block,), _) = replaced(atlas, "<!-- papers: view=bibliography -->")
    assert isinstance(block, Bibliography)
    address = "https://doi.org/10.1000/one"
    assert [(one, rest) for one, _, rest in block.cited] == [(before, f"{after}{address}")]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("facets: {organs: {title: O, pages: true, terms: [Liver, Unused]}}", Cards),
        (
            "facets: {organs: {title: O, pages: true, terms: [Liver], odd: 1}}",
            Problems,
        ),
    ],
)
def test_errors_of_the_vocabulary_replace_lists(
    tmp_path: Path, words: str, kind: type[Block]
) -> None:
    blocks, problems = replaced(library(tmp_path, PAPERS, words), CARDS)
    assert (kinds(blocks), problems) == ([kind], [])


def test_the_page_says_that_no_paper_matches(tmp_path: Path) -> None:
    blocks, _ = replaced(library(tmp_path, PAPERS), "<!-- papers: year=1999 -->")
    assert kinds(blocks) == [NoMatch]
