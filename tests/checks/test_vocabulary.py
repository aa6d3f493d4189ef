"""Problems of vocabularies, and of terms and metrics that entries use."""

from pathlib import Path

import pytest
from helpers.messages import GOOD, messages_of
from helpers.small import vocabulary
from paper_atlas import Severity, load
from paper_atlas.checks.vocabulary import unknown_names
from paper_atlas.model.vocabulary import MAX_BROADER
from paper_atlas.problem import MAX_PROBLEMS
from paper_atlas.source.document import Document

FIGURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><g id="chest"/></svg>'
PARENTS = "facets:\n  a: {title: A, pages: true, terms: [%s]}\n  b: {title: B, terms: [Lung]}\n"
CHAIN = ", ".join(f"{{title: T{n}, parents: [T{n + 1}]}}" for n in range(MAX_BROADER + 2))
MESSAGES = {
    "unknown parent": (
        PARENTS % "MRI, {title: Cine, parents: [MRI, MRT]}",
        ["2:72: unknown-term: facets.a.terms.parents: 'MRT' is not in the vocabulary "
         "(did you mean 'MRI'?)"],
    ),
    "unknown term of another facet": (
        PARENTS % "{title: Chest, about: {b: [Lungs, Lung]}}",
        ["2:65: unknown-term: facets.a.terms.about.b: 'Lungs' is not in the vocabulary "
         "(did you mean 'Lung'?)"],
    ),
    "unknown facet": (
        PARENTS % "{title: Chest, about: {c: [Lung], d: [x]}}",
        ["2:61: unknown-key: facets.a.terms.about.c: 'c' is not a facet",
         "2:72: unknown-key: facets.a.terms.about.d: 'd' is not a facet"],
    ),
    "similar facet": (
        PARENTS.replace("  b:", "  regions:") % "{title: Chest, about: {region: [Lung]}}",
        ["2:61: unknown-key: facets.a.terms.about.region: 'region' is not a facet "
         "(did you mean 'regions'?)"],
    ),
    "two pairs with one name": (
        PARENTS % "X, {title: x, id: x2}, Y, {title: Z, aliases: [y, X]}, {title: V, aliases: [Z]}",
        ["2:41: doubled-term: facets.a.terms: 'x' is also a name of 'X'",
         "2:64: doubled-term: facets.a.terms: 'y' is also a name of 'Y'",
         "2:93: doubled-term: facets.a.terms: 'Z' is also a name of 'Z'"],
    ),
    "circle with a branch": (
        PARENTS % "X, {title: Y, parents: [X, Z]}, {title: Z, parents: [Y]}, "
        "{title: V, parents: [Y]}",
        ["2:61: term-circle: facets.a.terms.parents: the parents of 'Y' form a circle "
         "(remove one of the parents)",
         "2:90: term-circle: facets.a.terms.parents: the parents of 'Z' form a circle "
         "(remove one of the parents)"],
    ),
    "between two circles": (
        PARENTS % "{title: X, parents: [X]}, {title: Y, parents: [X]}, "
        "{title: Z, parents: [Y, Z]}, {title: V, parents: [Z]}",
        [f"2:{column}: term-circle: facets.a.terms.parents: the parents of '{name}' form a circle "
         "(remove one of the parents)" for column, name in ((58, "X"), (84, "Y"), (110, "Z"))],
    ),
    "too many levels": (
        PARENTS % f"{CHAIN}, T{MAX_BROADER + 2}",
        [f"2:59: too-many: facets.a.terms.parents: 'T0' has more than {MAX_BROADER} broader terms "
         "(use fewer levels)"],
    ),
    "region that the figure lacks": (
        "figure: map.svg\n" + PARENTS % "{title: X, region: chest}, {title: Y, region: arm}",
        ["3:84: unknown-region: facets.a.terms.region: the figure has no part with the id 'arm' "
         "(give a part this id, or remove the line)"],
    ),
    "name of a device": (
        PARENTS % "X" + "  con: {title: C}\n",
        ["4:3: malformed-facet: facets.con: 'con' cannot be the key of a facet "
         "(choose another name: Windows or a list has this one)"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MESSAGES)
def test_messages_about_terms(name: str, tmp_path: Path) -> None:
    text, expected = MESSAGES[name]
    (tmp_path / "vocabulary.yml").write_text(text)
    (tmp_path / "map.svg").write_text(FIGURE)
    assert messages_of(tmp_path) == [f"vocabulary.yml:{message}" for message in expected]


def test_only_as_many_unknown_names_as_are_reported_have_a_hint() -> None:
    parents = (f"{{title: P{number}, parents: [Livr]}}" for number in range(MAX_PROBLEMS + 1))
    terms = f"[Liver, {', '.join(parents)}]"
    words = vocabulary(f"facets: {{a: {{title: A, pages: true, terms: {terms}}}}}")
    problems = unknown_names(words, Document("vocabulary.yml", "", None))
    hints = [problem.hint for problem in problems]
    assert hints == ["did you mean 'Liver'?"] * MAX_PROBLEMS + [""]


def test_a_term_is_used_if_an_entry_has_it_or_a_narrower_one(tmp_path: Path) -> None:
    terms = "[Organ, {title: Liver, parents: [Organ]}, {title: Lobe, parents: [Liver]}]"
    (tmp_path / "vocabulary.yml").write_text(
        f"facets:\n  topics: {{title: T, pages: true, terms: {terms}}}\n"
        "  b: {title: B, terms: [Organ]}\n"
    )
    (tmp_path / "a.yml").write_text(GOOD.format("A"))
    problems = load(tmp_path, tmp_path).problems
    assert [str(problem) for problem in problems] == [
        "vocabulary.yml:2:84: unused-term: facets.topics.terms: no entry uses 'Lobe'",
        "vocabulary.yml:3:25: unused-term: facets.b.terms: no entry uses 'Organ'",
    ]
    assert {problem.severity for problem in problems} == {Severity.NOTE}


def test_terms_and_metrics_of_a_vocabulary(tmp_path: Path) -> None:
    (tmp_path / "vocabulary.yml").write_text(
        "facets:\n  topics:\n    title: Topics\n    pages: true\n    sections:\n"
        "      - {title: Abdomen, terms: [Liver]}\n      - Review\n    terms: [Heart]\n"
        "metrics:\n  - {title: Dice, aliases: [DSC], most: 1}\n"
    )
    result = "results: [{dataset: LiTS, metric: dsc, value: 96.1}]\n"
    messages = messages_of(
        tmp_path,
        a=GOOD.format("A") + result,
        b=GOOD.format("B").replace("[Liver]", '[Review, "Liver, Heart", Nose]'),
    )
    assert messages == [
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
    severities = {one.code: one.severity for one in load(tmp_path, tmp_path).problems}
    assert severities["no-section"] is Severity.WARNING
    assert severities["impossible-value"] is Severity.ERROR


@pytest.mark.parametrize("value", ["0", "1", "0.5"])
def test_a_result_can_be_the_least_or_the_most_of_its_metric(value: str, tmp_path: Path) -> None:
    (tmp_path / "vocabulary.yml").write_text(
        "facets: {topics: {title: T, pages: true, terms: [Liver]}}\n"
        "metrics: [{title: Dice, most: 1}]\n"
    )
    results = f"results: [{{dataset: LiTS, metric: Dice, value: {value}}}]\n"
    assert messages_of(tmp_path, a=GOOD.format("A") + results) == []
