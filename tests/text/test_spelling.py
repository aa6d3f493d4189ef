"""The nearest known word to a misspelt one."""

from paper_atlas.text.spelling import did_you_mean


def test_did_you_mean() -> None:
    assert did_you_mean("Livre", ["Liver", "Lung"]) == "did you mean 'Liver'?"
    assert did_you_mean("xyz", ["Liver", "Lung"]) == ""
