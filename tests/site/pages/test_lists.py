"""The pages of lists: facets, years, and the links between pages."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from helpers import ROOT
from helpers.small import entry, library
from paper_atlas import Library, load
from paper_atlas.site.addresses import ALL_PAPERS
from paper_atlas.site.blocks import CardPage, FacetColumn, PaperList, RowPage, YearGroup
from paper_atlas.site.collection import (
    Collection,
    all_papers,
    collection_of_term,
    collections_of,
)
from paper_atlas.site.pages.lists import (
    PAGE_SIZE,
    ROWS_PER_PAGE,
    ListBuilder,
    page_count,
    pagination,
)
from paper_atlas.translation import ENGLISH

FACETS = """\
facets:
  organs: {title: Organs, pages: true, terms: [Liver, Lung]}
  methods: {title: Methods, open: true, terms: [%s]}
"""
NESTED = "A, {title: B, parents: [A]}, {title: C, parents: [B]}, D, {title: E, parents: [A, D]}"
PAPER = entry("year: 2020")
CODE = "methods: [A]\nlinks: {code: 'https://e.org/c'}"


def papers_of(count: int, page: str = "organs/liver.md") -> Collection:
    return Collection("organs/liver", page, "", [PAPER] * count)


def first_page(atlas: Library, papers: Collection | None = None) -> PaperList:
    return ListBuilder(atlas, ENGLISH).first_page(papers or all_papers(atlas), None, {})


def columns(block: PaperList) -> dict[str, FacetColumn]:
    return {column.name: column for column in block.facets}


def rows(folder: Path, terms: str, *methods: str) -> list[tuple[str, int, int, bool]]:
    """The rows of the facet `methods` of papers with these methods."""
    papers = {f"p{n}": f"methods: [{names}]" for n, names in enumerate(methods)}
    column = columns(first_page(library(folder, papers, FACETS % terms)))["methods"]
    return [(row.title, row.depth, row.count, row.is_rest) for row in column.rows]


def shape(groups: Iterable[YearGroup]) -> list[tuple[int | None, int, list[str]]]:
    return [(group.year, group.count, [one.id for one in group.entries]) for group in groups]


class TestPages:
    @pytest.mark.parametrize(
        ("count", "of_all", "of_others"),
        [
            (0, 1, 1),
            (1, 1, 1),
            (PAGE_SIZE, 1, 1),
            (PAGE_SIZE + 1, 2, 2),
            (PAGE_SIZE + ROWS_PER_PAGE, 6, 2),
            (PAGE_SIZE + ROWS_PER_PAGE + 1, 7, 3),
        ],
    )
    def test_the_number_of_pages(self, count: int, of_all: int, of_others: int) -> None:
        assert page_count(papers_of(count, ALL_PAPERS)) == of_all
        assert page_count(papers_of(count)) == of_others

    @pytest.mark.parametrize(("page", "name"), [(ALL_PAPERS, "papers"), ("o/l.md", "o/l")])
    def test_the_pages_have_all_papers_in_order(self, page: str, name: str) -> None:
        papers = papers_of(1234, page)
        found = [pagination(papers, number) for number in range(1, page_count(papers) + 1)]
        assert found[0].first == 1
        assert [one.first for one in found[1:]] == [one.last + 1 for one in found[:-1]]
        assert found[-1].last == found[-1].total == 1234
        assert [one.previous for one in found[1:]] == [page, *(one.next for one in found[:-2])]
        assert found[0].previous == found[-1].next == ""
        assert found[0].next == f"{name}/page/2.md"

    @pytest.mark.parametrize(
        ("number", "shown"),
        [(1, [1, 2, 3, 13]), (2, [1, 2, 3, 4, 13]), (7, [1, 5, 6, 7, 8, 9, 13]),
         (12, [1, 10, 11, 12, 13]), (13, [1, 11, 12, 13])],
    )  # fmt: skip
    def test_the_first_the_last_and_near_pages_have_a_link(
        self, number: int, shown: list[int]
    ) -> None:
        found = pagination(papers_of(1300, ALL_PAPERS), number)
        assert [one for one, _ in found.numbers] == shown
        assert dict(found.numbers)[1] == ALL_PAPERS
        assert dict(found.numbers)[13] == "papers/page/13.md"

    def test_a_short_list_has_no_further_page(self) -> None:
        found = pagination(papers_of(3), 1)
        assert (found.previous, found.next, found.first, found.last) == ("", "", 1, 3)
        assert found.numbers == ((1, "organs/liver.md"),)

    def test_the_pages_of_this_atlas_have_each_paper_once(self) -> None:
        atlas = load(ROOT / "entries", ROOT)
        builder = ListBuilder(atlas, ENGLISH)
        for papers in collections_of(atlas):
            first = builder.first_page(papers, None, {})
            pages = [
                builder.further_page(papers, number) for number in range(2, page_count(papers) + 1)
            ]
            assert first.entries == tuple(papers.entries[:PAGE_SIZE])
            shown = [
                one for page in (first, *pages) for group in page.groups for one in group.entries
            ]
            assert shown == [*papers.entries], papers.page

    @pytest.mark.parametrize(("page", "kind"), [(ALL_PAPERS, CardPage), ("o/l.md", RowPage)])
    def test_only_further_pages_of_all_papers_have_cards(
        self, tmp_path: Path, page: str, kind: type
    ) -> None:
        block = ListBuilder(library(tmp_path, {}), ENGLISH).further_page(papers_of(150, page), 2)
        assert isinstance(block, kind)
        assert block.first_page == page
        assert len(block.cards) == (50 if kind is CardPage else 0)


class TestYears:
    def test_each_year_is_a_group_with_its_number_in_the_whole_list(self, tmp_path: Path) -> None:
        new, old, undated = (
            entry(text, name)
            for name, text in (("new", "year: 2020"), ("old", "year: 2018"), ("undated", ""))
        )
        papers = Collection("", ALL_PAPERS, "", [*[new] * 99, *[old] * 3, undated])
        builder = ListBuilder(library(tmp_path, {}), ENGLISH)
        assert shape(builder.first_page(papers, None, {}).groups) == [
            (2020, 99, ["new"] * 99), (2018, 3, ["old"]),
        ]  # fmt: skip
        assert shape(builder.further_page(papers, 2).groups) == [
            (2018, 3, ["old"] * 2), (None, 1, ["undated"]),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("years", "expected"),
        [
            ([], []),
            ([None], []),
            ([2020], [(2020, 1, 1.0)]),
            ([2020, 2020, 2018, None], [(2018, 1, 0.5), (2019, 0, 0.0), (2020, 2, 1.0)]),
            ([2020, 1900], [(1900, 1, 1.0), (2020, 1, 1.0)]),
        ],
        ids=["empty", "not known", "one", "a gap", "a long range"],
    )
    def test_the_axis_of_years(
        self,
        tmp_path: Path,
        years: list[int | None],
        expected: list[tuple[int, int, float]],
    ) -> None:
        papers = Collection("", ALL_PAPERS, "", [entry(f"year: {y}" if y else "") for y in years])
        block = first_page(library(tmp_path, {}), papers)
        assert [(one.year, one.count, one.share) for one in block.years] == expected


class TestFacets:
    def test_the_most_used_terms_come_first_and_unused_ones_are_left_out(
        self, tmp_path: Path
    ) -> None:
        assert rows(tmp_path, "A, B, C", "B", "B, A", "") == [
            ("B", 0, 2, False), ("A", 0, 1, False),
        ]  # fmt: skip

    def test_equally_used_terms_are_in_the_order_of_the_vocabulary(self, tmp_path: Path) -> None:
        assert [title for title, *_ in rows(tmp_path, "C, A, B", "A, B, C")] == ["C", "A", "B"]

    def test_narrower_terms_follow_their_broader_term(self, tmp_path: Path) -> None:
        assert rows(tmp_path, NESTED, "C", "D", "D", "D") == [
            ("D", 0, 3, False), ("A", 0, 1, False), ("B", 1, 1, False), ("C", 2, 1, True),
        ]  # fmt: skip

    def test_a_term_below_two_broader_terms_has_one_row(self, tmp_path: Path) -> None:
        found = [(title, depth) for title, depth, *_ in rows(tmp_path, NESTED, "E")]
        assert sorted(found) == [("A", 0), ("D", 0), ("E", 1)]

    def test_eight_rows_are_shown_at_first(self, tmp_path: Path) -> None:
        names = ", ".join(f"M{number}" for number in range(11))
        found = rows(tmp_path, names, names)
        assert [is_rest for *_, is_rest in found] == [False] * 8 + [True] * 3

    def test_two_narrower_terms_are_shown_at_first(self, tmp_path: Path) -> None:
        below = ", ".join(f"{{title: N{number}, parents: [M]}}" for number in range(4))
        found = rows(tmp_path, f"M, {below}, Z", "N0, N1, N2, N3", "Z")
        assert {title: is_rest for title, _, _, is_rest in found} == {
            "M": False, "N0": False, "N1": False, "N2": True, "N3": True, "Z": False,
        }  # fmt: skip

    def test_a_row_below_a_hidden_one_is_hidden(self, tmp_path: Path) -> None:
        below = ", ".join(f"{{title: N{number}, parents: [M]}}" for number in range(3))
        deepest = "{title: Deep, parents: [N2]}"
        found = rows(tmp_path, f"M, {below}, {deepest}, Z", "N0, N1, Deep", "N0, N1", "Z")
        assert {title: is_rest for title, _, _, is_rest in found} == {
            "M": False, "N0": False, "N1": False, "N2": True, "Deep": True, "Z": False,
        }  # fmt: skip

    def test_shares_are_of_the_most_used_term_of_the_facet(self, tmp_path: Path) -> None:
        papers = {"a": "methods: [A]", "b": "methods: [A, B]", "c": "methods: [A]", "d": ""}
        block = first_page(library(tmp_path, papers, FACETS % ""))
        assert [(row.title, row.share) for row in columns(block)["methods"].rows] == [
            ("A", 1.0), ("B", 0.33),
        ]  # fmt: skip

    def test_rows_lead_to_the_pages_of_terms(self, tmp_path: Path) -> None:
        block = first_page(library(tmp_path, {"one": CODE}, FACETS % ""))
        found = {name: column.rows[0] for name, column in columns(block).items()}
        assert (found["methods"].target, found["methods"].query) == ("methods/a.md", "")
        assert (found["has"].target, found["has"].query) == (ALL_PAPERS, "has=code")

    def test_columns_are_in_the_order_of_the_vocabulary_after_the_features(
        self, tmp_path: Path
    ) -> None:
        block = first_page(library(tmp_path, {"one": CODE}, FACETS % ""))
        assert [(one.name, one.title, one.kind) for one in block.facets] == [
            ("has", "Has", 0), ("organs", "Organs", 1), ("methods", "Methods", 2),
        ]  # fmt: skip

    def test_the_seventh_facet_has_the_colour_of_the_sixth(self, tmp_path: Path) -> None:
        names = [f"f{number}" for number in range(2, 8)]
        words = ", ".join(f"{name}: {{title: {name}, open: true}}" for name in names)
        words = f"facets: {{organs: {{title: Organs, pages: true, open: true}}, {words}}}"
        text = "\n".join(f"{name}: [x]" for name in names)
        block = first_page(library(tmp_path, {"one": text}, words))
        assert [one.kind for one in block.facets if one.kind] == [1, 2, 3, 4, 5, 6, 6]

    def test_the_list_of_a_term_has_no_column_of_its_facet(self, tmp_path: Path) -> None:
        atlas = library(tmp_path, {"one": "methods: [A]", "two": "methods: [B]"}, FACETS % "")
        term = atlas.vocabulary.facets["methods"].all_terms[0]
        block = first_page(atlas, collection_of_term(atlas, "methods", term))
        assert [one.name for one in block.facets] == ["organs"]
        assert (block.total, block.facet, block.term_ids) == (1, "methods", ("a",))
        assert [row.count for row in columns(block)["organs"].rows] == [1]

    def test_a_list_without_papers_has_no_columns(self, tmp_path: Path) -> None:
        block = first_page(library(tmp_path, {}))
        assert (block.facets, block.years, block.groups, block.total) == ((), (), (), 0)
