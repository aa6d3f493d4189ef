"""Which figures share a table, and which of them have a rank."""

from pathlib import Path

from paper_atlas.analysis.leaderboards import Leaderboard, leaderboards_by_dataset
from paper_atlas.folder.load import load
from paper_atlas.model.library import Library
from paper_atlas.problem import errors

VOCABULARY = """\
facets:
  organs: {title: Organs, pages: true, open: true}
  targets: {title: Targets, open: true, terms: [{title: Liver, aliases: [the liver]}]}
  datasets:
    title: Data sets
    pages: true
    open: true
    terms: [{title: LiTS 2017, id: lits, aliases: [LiTS]}, BTCV]
metrics:
  - {title: Dice, aliases: [DSC], most: 1}
  - {title: VOE, most: 1, better: lower}
"""


def atlas(folder: Path, **papers: str) -> Library:
    """Papers by id, each with its results and further lines."""
    (folder / "vocabulary.yml").write_text(VOCABULARY, encoding="utf-8")
    for number, (name, text) in enumerate(papers.items()):
        lines = [f"title: {name}", f"year: {2000 + number}", "organs: [Liver]"]
        lines += [f"links: {{doi: 10.1000/{number}}}", text, ""]
        (folder / f"{name}.yml").write_text("\n".join(lines), encoding="utf-8")
    library = load(folder, folder)
    assert errors(library.problems) == []
    return library


def figure(value: str, **keys: str) -> str:
    given = {"dataset": "LiTS", "target": "liver", "metric": "Dice", "split": "test", **keys}
    words = ", ".join(f"{key}: {value}" for key, value in given.items() if value)
    return f"results: [{{{words}, value: {value}}}]"


def ranks(table: Leaderboard) -> list[tuple[str, str, int | None]]:
    return [(row.entry.id, str(row.result.value), row.rank) for row in table.rows]


def test_figures_of_one_kind_share_a_table_however_they_are_worded(tmp_path: Path) -> None:
    library = atlas(
        tmp_path,
        a=figure("0.9"),
        b=figure("0.95", dataset="lits 2017", target="The Liver", metric="DSC", split="Test"),
    )
    (table,) = leaderboards_by_dataset(library)["lits"]
    assert (table.target, table.metric, table.split) == ("Liver", "Dice", "Test")
    assert ranks(table) == [("b", "0.95", 1), ("a", "0.9", 2)]


def test_what_differs_in_kind_never_shares_a_table(tmp_path: Path) -> None:
    library = atlas(
        tmp_path,
        a=figure("0.9"),
        b=figure("0.9", split="5-fold"),
        c=figure("0.9", target="spleen"),
        d=figure("0.9", metric="Jaccard"),
        e=figure("0.9", dataset="BTCV"),
        f=figure("0.9", split=""),
    )
    found = [table for each in leaderboards_by_dataset(library).values() for table in each]
    assert sorted(len(table.rows) for table in found) == [1] * 6
    assert {table.dataset for table in found} == {"lits", "btcv"}


def test_the_direction_is_the_metric_s_and_equal_figures_share_a_rank(tmp_path: Path) -> None:
    library = atlas(
        tmp_path, **{name: figure(value, metric="VOE") for name, value in
                     (("a", "0.3"), ("b", "0.1"), ("c", "0.10"), ("d", "0.2"))},
    )  # fmt: skip
    (table,) = leaderboards_by_dataset(library)["lits"]
    assert table.better == "lower"
    assert [rank for _, _, rank in ranks(table)] == [1, 1, 3, 4]
    assert {row.entry.id for row in table.leaders} == {"b", "c"}


def test_figures_that_differ_only_by_rounding_share_a_rank(tmp_path: Path) -> None:
    values = {"a": "0.9741", "b": "0.974", "c": "0.9739", "d": "0.97", "e": "0.85"}
    library = atlas(tmp_path, **{name: figure(value) for name, value in values.items()})
    (table,) = leaderboards_by_dataset(library)["lits"]
    assert [rank for _, _, rank in ranks(table)] == [1, 1, 3, 3, 5]


def test_the_official_test_set_comes_first_and_no_split_last(tmp_path: Path) -> None:
    splits = ("", "all", "Test", "zero")
    library = atlas(
        tmp_path, **{f"p{n}": figure("0.9", split=split) for n, split in enumerate(splits)}
    )
    found = leaderboards_by_dataset(library)["lits"]
    assert [table.split for table in found] == ["Test", "all", "zero", ""]
    assert [table.is_official for table in found] == [True, False, False, False]


def test_what_nobody_can_compare_has_no_rank(tmp_path: Path) -> None:
    library = atlas(
        tmp_path,
        a=figure("0.9"),
        b=f"{figure('0.99')}\nunverified: [results]",
        c=f"{figure('0.98')}\nretracted: 10.1000/99",
    )
    (table,) = leaderboards_by_dataset(library)["lits"]
    assert ranks(table) == [("a", "0.9", 1), ("c", "0.98", None), ("b", "0.99", None)]


def test_without_a_split_or_a_known_metric_nothing_is_ranked(tmp_path: Path) -> None:
    library = atlas(
        tmp_path, a=figure("0.9", split=""), b=figure("0.8", split=""), c=figure("7", metric="Luck")
    )
    loose, luck = leaderboards_by_dataset(library)["lits"]
    assert ranks(loose) == [("b", "0.8", None), ("a", "0.9", None)]
    assert (ranks(luck), luck.better) == ([("c", "7", None)], "")


def test_figures_on_no_listed_data_set_stand_in_no_table(tmp_path: Path) -> None:
    assert (
        leaderboards_by_dataset(atlas(tmp_path, a=figure("0.9", dataset="60 private cases"))) == {}
    )
