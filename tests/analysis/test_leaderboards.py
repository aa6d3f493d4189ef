"""How results are grouped into leaderboards, and which of their values are compared."""

from pathlib import Path

import pytest
from paper_atlas import Library, load
from paper_atlas.analysis.leaderboards import (
    DatasetResults,
    ResultMatrix,
    leaderboards_by_dataset,
)
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


def one(value: str, **keys: str) -> str:
    given = {"dataset": "LiTS", "target": "liver", "metric": "Dice", "split": "test", **keys}
    words = ", ".join(f"{key}: {value}" for key, value in given.items() if value)
    return f"{{{words}, value: {value}}}"


def lines(*results: str) -> str:
    return f"results: [{', '.join(results)}]"


def results_on_lits(folder: Path, **papers: str) -> DatasetResults:
    return leaderboards_by_dataset(atlas(folder, **papers))["lits"]


def matrices(results: DatasetResults) -> list[ResultMatrix]:
    return [matrix for board in results.leaderboards for matrix in board.matrices]


def heads(matrix: ResultMatrix) -> list[tuple[str, str]]:
    return [(column.target, column.metric) for column in matrix.columns]


def shown(matrix: ResultMatrix) -> list[str]:
    """Each row with its values; the best in asterisks, those that are not compared in brackets."""
    words = []
    for row in matrix.rows:
        cells = []
        for cell in row.cells:
            text = str(cell.result.value) if cell else "–"
            text = f"*{text}*" if cell and cell.is_best else text
            cells.append(f"({text})" if cell and not cell.is_compared else text)
        words.append(f"{row.entry.id}: {' '.join(cells)}")
    return words


def test_papers_are_rows_and_structures_are_columns(tmp_path: Path) -> None:
    found = results_on_lits(
        tmp_path,
        a=lines(one("0.9"), one("0.7", target="tumour")),
        b=lines(one("0.95"), one("0.6", target="tumour")),
        c=lines(one("0.97", target="Tumour")),
    )
    (matrix,) = matrices(found)
    assert heads(matrix) == [("Tumour", "Dice"), ("Liver", "Dice")]
    assert shown(matrix) == ["a: 0.7 0.9", "b: 0.6 *0.95*", "c: *0.97* –"]


def test_rarely_stated_values_are_last(tmp_path: Path) -> None:
    rare, common = one("0.9", target="vein"), one("0.9")
    papers = {name: lines(common) for name in "ab"}
    (matrix,) = matrices(results_on_lits(tmp_path, **papers, c=lines(rare, common)))
    assert heads(matrix) == [("Liver", "Dice"), ("Vein", "Dice")]


def test_a_matrix_has_a_largest_number_of_columns(tmp_path: Path) -> None:
    names = [f"p{number}" for number in range(60)]
    papers = {name: lines(one("0.9"), one("0.8", target=f"part of {name}")) for name in names}
    found = matrices(results_on_lits(tmp_path, **papers))
    assert [(len(one.columns), len(one.rows)) for one in found] == [
        (1, 60), (40, 40), (20, 20),
    ]  # fmt: skip


def test_equal_subjects_share_a_column_however_they_are_written(tmp_path: Path) -> None:
    other = {"dataset": "lits 2017", "target": "The Liver", "metric": "DSC", "split": "Test"}
    found = results_on_lits(tmp_path, a=lines(one("0.9")), b=lines(one("0.95", **other)))
    (matrix,) = matrices(found)
    assert heads(matrix) == [("Liver", "Dice")]
    assert shown(matrix) == ["b: *0.95*", "a: 0.9"]


def test_targets_and_metrics_outside_the_vocabulary_are_capitalized(tmp_path: Path) -> None:
    result = one("0.5", target="portal vein in CT", metric="mean IoU")
    (matrix,) = matrices(results_on_lits(tmp_path, a=lines(result)))
    assert heads(matrix) == [("Portal vein in CT", "Mean IoU")]


def test_papers_without_a_common_column_are_in_separate_matrices(tmp_path: Path) -> None:
    found = results_on_lits(
        tmp_path,
        a=lines(one("0.9", metric="VOE")),
        b=lines(one("0.9"), one("0.8", target="vein")),
        c=lines(one("0.7", target="vein"), one("0.6", target="tumour")),
    )
    assert [heads(matrix) for matrix in matrices(found)] == [
        [("Vein", "Dice"), ("Tumour", "Dice"), ("Liver", "Dice")],
        [("Liver", "VOE")],
    ]


def test_values_from_another_source_are_in_another_row(tmp_path: Path) -> None:
    own, other = one("0.9", stated="Table 1"), one("0.8", stated="Table 2 of another paper")
    (matrix,) = matrices(results_on_lits(tmp_path, a=lines(own, other)))
    assert shown(matrix) == ["a: *0.9*", "a: 0.8"]


def test_a_second_value_of_a_paper_is_in_a_second_row(tmp_path: Path) -> None:
    (matrix,) = matrices(results_on_lits(tmp_path, a=lines(one("0.8"), one("0.9"))))
    assert shown(matrix) == ["a: *0.9*", "a: 0.8"]


def test_the_official_test_set_comes_first(tmp_path: Path) -> None:
    splits = ("all", "Test", "zero")
    papers = {f"p{n}": lines(one("0.9", split=split)) for n, split in enumerate(splits)}
    found = results_on_lits(tmp_path, **papers)
    assert [(board.split, board.is_official) for board in found.leaderboards] == [
        ("Test", True), ("all", False), ("zero", False),
    ]  # fmt: skip


def test_values_without_a_split_are_not_compared(tmp_path: Path) -> None:
    found = results_on_lits(tmp_path, a=lines(one("0.9", split="")), b=lines(one("0.8", split="")))
    assert found.leaderboards == ()
    assert {entry.id for entry, _ in found.without_split} == {"a", "b"}
    assert (found.count, found.compared_ids) == (2, frozenset())


def test_results_of_retracted_papers_are_left_out(tmp_path: Path) -> None:
    retracted = f"{lines(one('0.98'), one('0.9', dataset='BTCV'))}\nretracted: 10.1000/99"
    library = atlas(tmp_path, a=lines(one("0.9")), b=lines(one("0.8")), c=retracted)
    found = leaderboards_by_dataset(library)
    assert [shown(matrix) for matrix in matrices(found["lits"])] == [["a: *0.9*", "b: 0.8"]]
    assert "btcv" not in found


def test_unverified_values_are_shown_last_and_not_compared(tmp_path: Path) -> None:
    found = results_on_lits(
        tmp_path,
        a=lines(one("0.9")),
        b=f"{lines(one('0.99'))}\nunverified: [results]",
        c=lines(one("0.8")),
    )
    (matrix,) = matrices(found)
    assert shown(matrix) == ["a: *0.9*", "c: 0.8", "b: (0.99)"]
    assert found.compared_ids == {"a", "c"}


def test_values_of_an_unknown_metric_are_not_compared(tmp_path: Path) -> None:
    found = results_on_lits(
        tmp_path, a=lines(one("7", metric="Luck")), b=lines(one("8", metric="Luck"))
    )
    (matrix,) = matrices(found)
    assert matrix.columns[0].better == ""
    assert shown(matrix) == ["b: (8)", "a: (7)"]
    assert found.compared_ids == frozenset()


def test_the_vocabulary_defines_which_values_are_better(tmp_path: Path) -> None:
    papers = {name: lines(one(value, metric="VOE")) for name, value in (("a", "0.3"), ("b", "0.1"))}
    (matrix,) = matrices(results_on_lits(tmp_path, **papers))
    assert shown(matrix) == ["b: *0.1*", "a: 0.3"]


@pytest.mark.parametrize(
    ("values", "best"),
    [
        (["0.95"], 0),  # there is nothing to compare it with
        (["0.9", "0.9", "0.9"], 3),
        (["0.95", "0.9", "0.94"], 1),
        (["0.9", "0.90", "0.900"], 3),
        (["0.9741", "0.974", "0.9739", "0.97"], 3),
        (["0.904", "0.91", "0.9"], 2),
    ],
)
def test_values_that_differ_from_the_best_by_rounding_only_are_the_best_too(
    values: list[str], best: int, tmp_path: Path
) -> None:
    papers = {f"p{number}": lines(one(value)) for number, value in enumerate(values)}
    (matrix,) = matrices(results_on_lits(tmp_path, **papers))
    assert sum(cell.is_best for row in matrix.rows for cell in row.cells if cell) == best


def test_papers_with_more_values_come_first_and_then_those_with_a_better_mean(
    tmp_path: Path,
) -> None:
    found = results_on_lits(
        tmp_path,
        a=lines(one("0.99")),
        b=lines(one("0.8"), one("0.8", target="vein")),
        c=lines(one("0.9"), one("0.75", target="vein"), one("0.9", metric="VOE")),
    )
    (matrix,) = matrices(found)
    assert [row.entry.id for row in matrix.rows] == ["c", "b", "a"]


def test_results_on_data_sets_outside_the_vocabulary_are_left_out(tmp_path: Path) -> None:
    text = lines(one("0.9", dataset="My own"), one("0.9", dataset="BTCV"))
    assert list(leaderboards_by_dataset(atlas(tmp_path, a=text))) == ["btcv"]
