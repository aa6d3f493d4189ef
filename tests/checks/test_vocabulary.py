"""Problems of terms and metrics that entries use."""

from pathlib import Path

from helpers.messages import GOOD, messages_of


def test_terms_and_metrics_of_a_vocabulary(tmp_path: Path) -> None:
    (tmp_path / "vocabulary.yml").write_text(
        "facets:\n  topics:\n    title: Topics\n    pages: true\n    sections:\n"
        "      - {title: Abdomen, terms: [Liver]}\n      - Review\n    terms: [Heart]\n"
        "metrics:\n  - {title: Dice, aliases: [DSC], most: 1}\n"
    )
    result = "results: [{dataset: LiTS, metric: dsc, value: 96.1}]\n"
    assert messages_of(
        tmp_path,
        a=GOOD.format("A") + result,
        b=GOOD.format("B").replace("[Liver]", '[Review, "Liver, Heart", Nose]'),
    ) == [
        "a.yml:4:47: impossible-value: results.value: expected Dice between 0 and 1, found '96.1'",
        "b.yml:2:10: unknown-term: topics: 'Review' is not in the vocabulary "
        "(it is a section without terms)",
        "b.yml:2:18: unknown-term: topics: 'Liver, Heart' is not in the vocabulary "
        "(write [Liver, Heart])",
        "b.yml:2:34: unknown-term: topics: 'Nose' is not in the vocabulary "
        "(use one of: Liver, Heart)",
        "vocabulary.yml:8:13: no-section: facets.topics.terms: 'Heart' is in no section "
        "(move it into one)",
    ]
