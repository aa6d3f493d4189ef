"""How results are grouped into leaderboards, and how these are named and sorted."""

from pathlib import Path

from paper_atlas.analysis.leaderboards import Leaderboard, leaderboards_by_dataset
from paper_atlas.folder.load import load

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
