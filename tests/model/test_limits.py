"""The most items and characters of an entry and of a vocabulary."""

from pathlib import Path

import pytest
from helpers.messages import GOOD, messages_of
from helpers.small import vocabulary
from paper_atlas import load
from paper_atlas.folder.vocabulary_file import read_vocabulary
from paper_atlas.model.vocabulary import MAX_BROADER


def items(count: int, item: str, joint: str = ", ") -> str:
    return joint.join(item.replace("%", str(number)) for number in range(count))


SUMMARIES = {"whole": 200, "long": 201}
HEAD = "facets:\n  topics:\n    title: Topics\n    pages: true\n    terms:\n"
TERMS = items(101, "      - T%\n", "")
OPEN = "  datasets: {title: Data sets, open: true}\n"
LISTS = {
    "authors": (10_000, "Ada Love%lace"),
    "extends": (500, "paper-%"),
    "not_same_as": (500, "paper-%"),
    "formerly": (100, "old-%"),
    "unverified": (100, "title"),
    "alternative_titles": (20, "Title %"),
    "results": (1000, "{dataset: A, metric: B, value: 0.%}"),
    "topics": (100, "T%"),
}


@pytest.mark.parametrize("key", LISTS)
def test_a_list_has_a_largest_number_of_items(key: str, tmp_path: Path) -> None:
    most, item = LISTS[key]
    (tmp_path / "vocabulary.yml").write_text(f"{HEAD}      - Liver\n{TERMS}{OPEN}")
    entry = GOOD.format("A").replace(
        "topics: [Liver]\n", "" if key == "topics" else "topics: [T1]\n"
    )
    said = [
        messages_of(tmp_path, a=f"{entry}{key}: [{items(count, item)}]\n")
        for count in (most, most + 1)
    ]
    assert not any("too-many" in line for line in said[0])
    message = f"too-many: {key}: found {most + 1} items, expected at most {most}"
    line = entry.count("\n") + 1
    assert [line for line in said[1] if message in line] == [
        f"a.yml:{line}:{len(key) + 3}: {message} (remove some of them)"
    ]


@pytest.mark.parametrize("listed", [0, 10])
def test_an_entry_adds_few_terms_to_an_open_facet(listed: int, tmp_path: Path) -> None:
    words = f"{HEAD}      - Liver\n  methods: {{title: M, open: true, terms: "
    words += f"[{items(listed, 'N%')}]}}\n"
    (tmp_path / "vocabulary.yml").write_text(words)
    said = [
        messages_of(tmp_path, a=GOOD.format("A") + f"methods: [{items(listed + count, 'N%')}]\n")
        for count in (50, 51)
    ]
    assert said == [
        [],
        [
            "a.yml:4:10: too-many: methods: found 51 new terms, expected at most 50 "
            "(list them in the vocabulary)"
        ],
    ]


@pytest.mark.parametrize(
    ("key", "item"), [("allow", "  code%: because"), ("links", "  L%: https://e.org/%")]
)
def test_a_mapping_has_a_largest_number_of_keys(key: str, item: str, tmp_path: Path) -> None:
    text = f"title: A\ntopics: [Liver]\n{key}:\n{items(101, item, chr(10))}\n"
    said = messages_of(tmp_path, a=text)
    assert f"a.yml:4:3: too-many: {key}: found 101 items, expected at most 100" in "\n".join(said)


@pytest.mark.parametrize("key", ["title", "venue", "volume", "citation_key", "links.doi", "notes"])
def test_a_text_has_a_largest_length(key: str, tmp_path: Path) -> None:
    outer, _, inner = key.partition(".")
    lines = f"{outer}:\n  {inner}: 10.1000/{'x' * 2000}" if inner else f"{key}: {'x' * 2001}"
    title = "" if key == "title" else "title: A\n"
    said = messages_of(tmp_path, a=f"{title}topics: [Liver]\n{lines}\n")
    assert any("long-text" in line for line in said) == (key != "notes")


@pytest.mark.parametrize("value", ["1" * 11, "0." + "3" * 18, "1" * 5000, "-" + "9" * 30])
def test_a_result_has_as_many_digits_as_a_measurement(value: str, tmp_path: Path) -> None:
    result = f"results: [{{dataset: A, metric: B, value: {value}}}]\n"
    said = messages_of(tmp_path, a=GOOD.format("A") + result)
    assert "malformed-number: results.value: has more digits than" in said[0]


@pytest.mark.parametrize("digits", [5, 5000])
def test_a_year_of_many_digits_is_a_problem(digits: int, tmp_path: Path) -> None:
    assert (
        "malformed-year" in messages_of(tmp_path, a=f"{GOOD.format('A')}year: {'9' * digits}\n")[0]
    )


def test_numbers_with_all_their_digits_have_a_leaderboard(tmp_path: Path) -> None:
    from paper_atlas.analysis.leaderboards import leaderboards_by_dataset

    values = ["1234567890", "0.12345678901234567", "1234567890.1", "0.1"]
    text = "".join(f"  - {{dataset: A, split: s, metric: M, value: {value}}}\n" for value in values)
    words = "facets:\n  topics: {title: T, pages: true, terms: [Liver]}\n"
    words += "  datasets: {title: D, terms: [A]}\nmetrics: [{title: M}]\n"
    (tmp_path / "vocabulary.yml").write_text(words)
    (tmp_path / "a.yml").write_text(f"title: A\ntopics: [Liver]\nresults:\n{text}")
    (board,) = leaderboards_by_dataset(load(tmp_path, tmp_path))["a"].leaderboards
    cells = [cell for row in board.matrices[0].rows for cell in row.cells if cell]
    assert [cell.is_best for cell in cells] == [True, True, False, False]


def chain_of(count: int) -> str:
    terms = [f"      - {{title: T{number}, parents: [T{number + 1}]}}\n" for number in range(count)]
    return f"{HEAD}{''.join(terms)}      - T{count}\n"


def vocabulary_messages(folder: Path, text: str) -> list[str]:
    (folder / "vocabulary.yml").write_text(text)
    return [str(problem) for problem in read_vocabulary(folder, "vocabulary.yml")[2]]


def test_a_term_has_a_largest_number_of_broader_terms(tmp_path: Path) -> None:
    assert vocabulary_messages(tmp_path, chain_of(MAX_BROADER)) == []
    assert vocabulary_messages(tmp_path, chain_of(1100)) == [
        "vocabulary.yml:6:30: too-many: facets.topics.terms.parents: 'T0' has more than 100 "
        "broader terms (use fewer levels)"
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            f"{HEAD}      - {{title: A, aliases: [{items(101, 'a%')}]}}\n",
            "aliases: found 101 items",
        ),
        (
            f"{HEAD}      - {{title: A, parents: [{items(101, 'a%')}]}}\n",
            "parents: found 101 items",
        ),
        (f"facets:\n{items(51, '  f%: {title: F}', chr(10))}\n", "facets: found 51 items"),
        (f"{HEAD}{items(20_001, '      - T%', chr(10))}\n", "terms: found 20001 items"),
    ],
    ids=["aliases", "parents", "facets", "terms"],
)
def test_a_vocabulary_has_largest_numbers(text: str, found: str, tmp_path: Path) -> None:
    (message,) = vocabulary_messages(tmp_path, text)
    assert "too-many: facets" in message
    assert found in message


def test_deep_and_dense_vocabularies_are_walked_without_recursion() -> None:
    """Also those of other programs, which no reader of a file has limited."""
    facet = vocabulary(chain_of(3000)).facets["topics"]
    first, last = facet.all_terms[0], facet.all_terms[-1]
    assert len(facet.broader_terms(first)) == len(facet.subtree(last)) - 1 == 3000
    assert [depth for depth, _ in facet.terms_with_depth] == list(range(3001))
    doubled = "".join(
        f"      - {{title: T{number}, parents: [T{number // 2 * 2 + 2}, T{number // 2 * 2 + 3}]}}\n"
        for number in range(60)
    )
    facet = vocabulary(f"{HEAD}{doubled}      - T60\n      - T61\n").facets["topics"]
    assert len(facet.subtree(facet.all_terms[-1])) == 61


def test_a_term_below_several_others_is_once_in_a_subtree() -> None:
    terms = "      - A\n      - {title: B, parents: [A]}\n      - {title: C, parents: [A, B]}\n"
    terms += "      - {title: D, parents: [C, B]}\n"
    facet = vocabulary(HEAD + terms).facets["topics"]
    assert [term.title for term in facet.subtree(facet.all_terms[0])] == ["A", "B", "C", "D"]
    assert [term.id for term in facet.in_order({"d", "a"})] == ["a", "d"]


@pytest.mark.parametrize(
    ("parents", "circles"),
    [
        ("B|A|", "AB"),
        ("B|C|A", "ABC"),
        ("A||", "A"),
        ("B|C|", ""),
        ("B|B|A", "B"),
        ("B|A|B", "AB"),
    ],
)
def test_the_terms_of_a_circle_are_reported(parents: str, circles: str, tmp_path: Path) -> None:
    lines = [
        f"      - {{title: {title}, parents: [{parent}]}}\n"
        for title, parent in zip("ABC", parents.split("|"), strict=True)
    ]
    said = vocabulary_messages(tmp_path, HEAD + "".join(lines))
    assert [line.split("'")[1] for line in said] == list(circles)


def test_a_summary_has_at_most_200_characters(tmp_path: Path) -> None:
    texts = {
        name: f"{GOOD.format(name)}summary: {'a' * size}\n" for name, size in SUMMARIES.items()
    }
    (message,) = messages_of(tmp_path, **texts)
    assert message == (
        "long.yml:4:10: long-text: summary: found 201 characters, expected at most 200 (shorten it)"
    )
