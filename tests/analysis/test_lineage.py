"""The forest of papers that extend each other: its order, families, and nested list."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from helpers.small import library
from paper_atlas.analysis.lineage import (
    LineageNode,
    families,
    heads_of,
    largest_families,
    largest_tree,
    lineage_forest,
    nested_list,
)

FAMILY = {
    "unet": "year: 2015",
    "unet3d": "year: 2016\nextends: [unet]",
    "nnunet": "year: 2021\nextends: [unet, unet3d]",
    "attention": "year: 2018\nextends: [unet]",
    "loner": "year: 2017",
    "undated": "extends: [unet]",
}


def forest(folder: Path, papers: Mapping[str, str]) -> list[LineageNode]:
    return lineage_forest(library(folder, papers))


def ids(nodes: list[LineageNode]) -> list[str]:
    return [node.entry.id for node in nodes]


def extending(**parents: str) -> dict[str, str]:
    return {name: f"extends: [{above}]" if above else "" for name, above in parents.items()}


def test_each_paper_is_listed_once_below_the_newest_paper_it_extends(tmp_path: Path) -> None:
    nodes = forest(tmp_path, FAMILY)
    assert [(node.entry.id, node.depth) for node in nodes] == [
        ("unet", 0), ("undated", 1), ("unet3d", 1), ("nnunet", 2), ("attention", 1),
    ]  # fmt: skip
    assert [parent.id for parent in nodes[3].parents] == ["unet3d", "unet"]


def test_papers_of_a_year_are_sorted_by_title_without_case(tmp_path: Path) -> None:
    titles = {"p1": "spleen", "p2": "Heart", "p3": "Vein"}
    papers = {name: f"title: {title}\nextends: [root]" for name, title in titles.items()}
    nodes = forest(tmp_path, {"root": "title: root", **papers})
    assert [node.entry.title for node in nodes] == ["root", "Heart", "spleen", "Vein"]


def test_a_paper_in_a_circle_is_in_the_forest_once(tmp_path: Path) -> None:
    """The check reports one of two circles that share a paper, and leaves out its first paper."""
    nodes = forest(tmp_path, extending(a="b", b="a, c", c="b"))
    assert [(node.entry.id, node.depth) for node in nodes] == [("b", 0), ("c", 1)]


@pytest.mark.parametrize("papers", [{}, {"a": "year: 2000"}])
def test_without_relations_there_is_no_forest(papers: dict[str, str], tmp_path: Path) -> None:
    assert forest(tmp_path, papers) == []


def test_papers_that_share_a_relation_are_a_family(tmp_path: Path) -> None:
    parents = extending(a="", b="a", c="", d="c", e="b, d", x="", y="x")
    found = families(forest(tmp_path, parents))
    assert [{node.entry.id for node in family} for family in found] == [set("abcde"), set("xy")]


def test_the_largest_trees_are_kept_and_of_a_larger_one_the_papers_near_its_root(
    tmp_path: Path,
) -> None:
    nodes = forest(tmp_path, extending(a="", b="a", c="b", d="a", x="", y="x"))
    assert ids(largest_families(nodes, 6)) == ["a", "b", "c", "d", "x", "y"]
    assert ids(largest_families(nodes, 5)) == ["a", "b", "c", "d", "x"]
    assert ids(largest_families(nodes, 3)) == ["a", "b", "d"]
    root, count = largest_tree(nodes)
    assert (root.id, count) == ("a", 3)


def test_heads_have_at_least_two_papers_directly_below_the_most_first(tmp_path: Path) -> None:
    nodes = forest(tmp_path, extending(a="", b="a", c="a", d="b", e="b", f="b", g="f"))
    assert [entry.id for entry in heads_of(nodes, 5)] == ["b", "a"]
    assert [entry.id for entry in heads_of(nodes, 1)] == ["b"]


def test_a_paper_with_two_parents_is_listed_once_and_referred_to_the_second_time(
    tmp_path: Path,
) -> None:
    items = [*nested_list(forest(tmp_path, FAMILY))]
    assert [(item.entry.id, item.below.id if item.below else "") for item in items] == [
        ("unet", ""), ("undated", ""), ("unet3d", ""), ("nnunet", ""), ("attention", ""),
        ("nnunet", "unet3d"),
    ]  # fmt: skip
    assert [item.closing for item in items] == [0, 0, 0, 1, 0, 1]
    assert [item.is_opening for item in items] == [True, False, True, False, False, False]


def test_a_reference_below_a_paper_without_children_opens_a_list(tmp_path: Path) -> None:
    papers = {"a": "year: 2001", "b": "year: 2002", "c": "year: 2003\nextends: [a, b]"}
    items = [*nested_list(forest(tmp_path, papers))]
    found = [(item.entry.id, bool(item.below), item.is_opening, item.closing) for item in items]
    assert found == [
        ("a", False, True, 0), ("c", True, False, 1), ("b", False, True, 0), ("c", False, False, 1),
    ]  # fmt: skip


def test_a_long_chain_of_papers_needs_no_recursion(tmp_path: Path) -> None:
    chain = {f"p{n}": f"year: 2000\nextends: [p{n - 1}]" if n else "" for n in range(1200)}
    nodes = forest(tmp_path, chain)
    assert nodes[-1].depth == 1199
    assert len(families(nodes)) == 1
    assert sum(item.closing for item in nested_list(nodes)) == 1199
