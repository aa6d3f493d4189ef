"""How results are grouped into leaderboards, and how these are named and sorted."""

from pathlib import Path

import pytest
from paper_atlas import Library, load
from paper_atlas.analysis.leaderboards import Leaderboard, leaderboards_by_dataset
from paper_atlas.problem import errors

VOCABULARY = """\
facets:
  organs: {title: Organs, pages: true, terms: [Liver]}
  datasets: {title: Data sets, terms: [{title: LiTS 2017, aliases: [LiTS]}, BTCV]}
metrics: [{title: Dice, aliases: [DSC], most: 1}]
"""


def leaderboards(folder: Path, *results: str) -> dict[str, tuple[Leaderboard, ...]]:
    """The leaderboards of papers with one result each; `results` are `key=value` pairs.

    Keys that a result does not give have the same default for all papers.
    """
    (folder / "vocabulary.yml").write_text(VOCABULARY, encoding="utf-8")
    for number, words in enumerate(results):
        keys = {"dataset": "LiTS", "metric": "Dice", "split": "test", "value": f"0.{number + 1}"}
        keys |= dict(pair.split("=") for pair in words.split(";") if pair)
        result = ", ".join(f"{key}: {value}" for key, value in keys.items() if value)
        text = f"title: p{number}\norgans: [Liver]\nlinks: {{doi: 10.1000/{number}}}\n"
        path = folder / f"p{number}.yml"
        path.write_text(f"{text}results: [{{{result}}}]\n", encoding="utf-8")
    library = load(folder, folder)
    assert library.broken_entries == ()
    return leaderboards_by_dataset(library)


def test_targets_outside_the_vocabulary_are_compared_without_case_and_capitalized(
    tmp_path: Path,
) -> None:
    targets = ("target=portal vein in CT", "target=Portal Vein in ct")
    (table,) = leaderboards(tmp_path, *targets)["lits-2017"]
    assert table.target in ("Portal vein in CT", "Portal Vein in ct")
    assert len(table.rows) == 2


def test_metrics_outside_the_vocabulary_are_capitalized(tmp_path: Path) -> None:
    (table,) = leaderboards(tmp_path, "metric=mean IoU")["lits-2017"]
    assert table.metric == "Mean IoU"


def test_ranked_count_is_the_number_of_ranked_rows(tmp_path: Path) -> None:
    (ranked,) = leaderboards(tmp_path, "", "")["lits-2017"]
    assert ranked.ranked_count == 2
    loose, lucky = leaderboards(tmp_path, "split=", "metric=Luck")["lits-2017"]
    assert [loose.ranked_count, lucky.ranked_count] == [0, 0]


def test_leaderboards_are_sorted_by_data_set_target_metric_and_split(tmp_path: Path) -> None:
    found = leaderboards(
        tmp_path,
        *("target=vein", "target=liver;metric=VOE", "target=liver;split=a", "target=liver"),
        "dataset=BTCV",
    )
    assert list(found) == ["btcv", "lits-2017"]
    assert [(table.target, table.metric, table.split) for table in found["lits-2017"]] == [
        ("Liver", "Dice", "test"),
        ("Liver", "Dice", "a"),
        ("Liver", "VOE", "test"),
        ("Vein", "Dice", "test"),
    ]


METRICS_VOCABULARY = """\
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
    (folder / "vocabulary.yml").write_text(METRICS_VOCABULARY, encoding="utf-8")
    for number, (name, text) in enumerate(papers.items()):
        lines = [f"title: {name}", f"year: {2000 + number}", "organs: [Liver]"]
        lines += [f"links: {{doi: 10.1000/{number}}}", text, ""]
        (folder / f"{name}.yml").write_text("\n".join(lines), encoding="utf-8")
    library = load(folder, folder)
    assert errors(library.problems) == []
    return library


def result_line(value: str, **keys: str) -> str:
    given = {"dataset": "LiTS", "target": "liver", "metric": "Dice", "split": "test", **keys}
    words = ", ".join(f"{key}: {value}" for key, value in given.items() if value)
    return f"results: [{{{words}, value: {value}}}]"


def ranks(table: Leaderboard) -> list[tuple[str, str, int | None]]:
    return [(row.entry.id, str(row.result.value), row.rank) for row in table.rows]


def test_equal_subjects_share_a_table_however_they_are_written(tmp_path: Path) -> None:
    library = atlas(
        tmp_path,
        a=result_line("0.9"),
        b=result_line("0.95", dataset="lits 2017", target="The Liver", metric="DSC", split="Test"),
    )
    (table,) = leaderboards_by_dataset(library)["lits"]
    assert (table.target, table.metric, table.split) == ("Liver", "Dice", "Test")
    assert ranks(table) == [("b", "0.95", 1), ("a", "0.9", 2)]


def test_different_data_sets_splits_targets_and_metrics_have_separate_tables(
    tmp_path: Path,
) -> None:
    library = atlas(
        tmp_path,
        a=result_line("0.9"),
        b=result_line("0.9", split="5-fold"),
        c=result_line("0.9", target="spleen"),
        d=result_line("0.9", metric="Jaccard"),
        e=result_line("0.9", dataset="BTCV"),
        f=result_line("0.9", split=""),
    )
    found = [table for each in leaderboards_by_dataset(library).values() for table in each]
    assert sorted(len(table.rows) for table in found) == [1] * 6
    assert {table.dataset for table in found} == {"lits", "btcv"}


def test_the_metric_defines_the_better_values_and_equal_values_share_a_rank(tmp_path: Path) -> None:
    library = atlas(
        tmp_path, **{name: result_line(value, metric="VOE") for name, value in
                     (("a", "0.3"), ("b", "0.1"), ("c", "0.10"), ("d", "0.2"))},
    )  # fmt: skip
    (table,) = leaderboards_by_dataset(library)["lits"]
    assert table.better == "lower"
    assert [rank for _, _, rank in ranks(table)] == [1, 1, 3, 4]
    assert {row.entry.id for row in table.leaders} == {"b", "c"}


def test_values_that_differ_by_rounding_share_a_rank(tmp_path: Path) -> None:
    values = {"a": "0.9741", "b": "0.974", "c": "0.9739", "d": "0.97", "e": "0.85"}
    library = atlas(tmp_path, **{name: result_line(value) for name, value in values.items()})
    (table,) = leaderboards_by_dataset(library)["lits"]
    assert [rank for _, _, rank in ranks(table)] == [1, 1, 3, 3, 5]


@pytest.mark.parametrize(
    ("values", "ranks"),
    [
        (["0.9", "0.9", "0.9"], [1, 1, 1]),
        (["0.95", "0.9", "0.94"], [1, 2, 2]),
        (["0.9", "0.90", "0.900"], [1, 1, 1]),
        (["0.904", "0.901", "0.9", "0.896"], [1, 2, 2, 4]),
        (["0.0000000001", "0.0000000001", "0.000000000"], [1, 1, 1]),
    ],
)
def test_a_rank_is_shared_by_values_that_are_all_equal(
    values: list[str], ranks: list[int], tmp_path: Path
) -> None:
    (table,) = leaderboards(tmp_path, *(f"value={value}" for value in values))["lits-2017"]
    assert [row.rank for row in table.rows] == ranks


def test_the_official_test_set_comes_first_and_tables_without_a_split_last(tmp_path: Path) -> None:
    splits = ("", "all", "Test", "zero")
    library = atlas(
        tmp_path, **{f"p{n}": result_line("0.9", split=split) for n, split in enumerate(splits)}
    )
    found = leaderboards_by_dataset(library)["lits"]
    assert [table.split for table in found] == ["Test", "all", "zero", ""]
    assert [table.is_official for table in found] == [True, False, False, False]


def test_unverified_results_and_results_of_retracted_papers_have_no_rank(tmp_path: Path) -> None:
    library = atlas(
        tmp_path,
        a=result_line("0.9"),
        b=f"{result_line('0.99')}\nunverified: [results]",
        c=f"{result_line('0.98')}\nretracted: 10.1000/99",
    )
    (table,) = leaderboards_by_dataset(library)["lits"]
    assert ranks(table) == [("a", "0.9", 1), ("c", "0.98", None), ("b", "0.99", None)]


def test_results_without_a_split_or_a_known_metric_have_no_rank(tmp_path: Path) -> None:
    library = atlas(
        tmp_path,
        a=result_line("0.9", split=""),
        b=result_line("0.8", split=""),
        c=result_line("7", metric="Luck"),
    )
    loose, luck = leaderboards_by_dataset(library)["lits"]
    assert ranks(loose) == [("b", "0.8", None), ("a", "0.9", None)]
    assert (ranks(luck), luck.better) == ([("c", "7", None)], "")


def test_results_on_unlisted_data_sets_are_in_no_table(tmp_path: Path) -> None:
    assert (
        leaderboards_by_dataset(atlas(tmp_path, a=result_line("0.9", dataset="60 private cases")))
        == {}
    )
