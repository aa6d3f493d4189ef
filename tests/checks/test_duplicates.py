"""Which papers are reported as duplicates: by identifier, or by title, first author and year."""

from pathlib import Path
from random import Random

import pytest
from helpers.messages import messages_of
from helpers.small import entry, vocabulary
from paper_atlas import Severity, load
from paper_atlas.checks.context import CheckContext, Paper
from paper_atlas.checks.duplicates import similar_titles
from paper_atlas.source.document import Document

TITLE = "Segmentation of the liver by a cascade of networks"


def duplicates(folder: Path, *papers: str) -> list[tuple[str, str]]:
    """The code and the file of each problem; papers are lines of files with ids from `a` on."""
    for number, lines in enumerate(papers):
        text = f"topics: [Liver]\n{lines}\n"
        text += "" if "links:" in lines else f"links: {{doi: 10.1000/{number}}}\n"
        (folder / f"{'abcdef'[number]}.yml").write_text(text, encoding="utf-8")
    library = load(folder, folder)
    return [(problem.code, problem.path.removesuffix(".yml")) for problem in library.problems]


@pytest.mark.parametrize(("year", "is_duplicate"), [(2015, True), (2017, True), (2018, False)])
def test_equal_titles_are_duplicates_up_to_two_years_apart(
    year: int, is_duplicate: bool, tmp_path: Path
) -> None:
    papers = (f"title: {TITLE}\nauthors: [Li Wei]\nyear: {other}" for other in (2015, year))
    assert duplicates(tmp_path, *papers) == ([("similar-title", "b")] if is_duplicate else [])


@pytest.mark.parametrize(("word", "is_duplicate"), [("decade", True), ("forest", False)])
def test_titles_are_similar_from_92_percent(word: str, is_duplicate: bool, tmp_path: Path) -> None:
    """With `decade` for `cascade` the similarity is 95, with `forest` for `network` it is 91."""
    other = TITLE.replace("cascade" if word == "decade" else "network", word)
    papers = (f"title: {title}\nauthors: [Li Wei]" for title in (TITLE, other))
    assert duplicates(tmp_path, *papers) == ([("similar-title", "b")] if is_duplicate else [])


def test_a_paper_without_a_year_is_compared_with_papers_of_every_year(tmp_path: Path) -> None:
    years = ("year: 1990", "", "year: 2020")
    found = duplicates(tmp_path, *(f"title: {TITLE}\nauthors: [Li Wei]\n{year}" for year in years))
    assert found == [("similar-title", "b"), ("similar-title", "c")]


@pytest.mark.parametrize(("author", "is_duplicate"), [("W. Li", True), ("Yan Li", False)])
def test_first_authors_are_compared_by_surname_and_initial(
    author: str, is_duplicate: bool, tmp_path: Path
) -> None:
    papers = (f"title: {TITLE}\nauthors: [{name}]" for name in ("Wei Li", author))
    assert duplicates(tmp_path, *papers) == ([("similar-title", "b")] if is_duplicate else [])


@pytest.mark.parametrize("titles", [(TITLE, f"{TITLE}!"), (TITLE, f"{TITLE} again")])
def test_without_authors_only_equal_titles_are_duplicates(
    titles: tuple[str, str], tmp_path: Path
) -> None:
    found = duplicates(tmp_path, *(f'title: "{title}"' for title in titles))
    assert found == ([("similar-title", "b")] if titles[1].endswith("!") else [])


@pytest.mark.parametrize("names", [("b", ""), ("", "a")])
def test_one_not_same_as_is_enough_for_a_pair(names: tuple[str, str], tmp_path: Path) -> None:
    lines = (f"not_same_as: [{name}]" if name else "" for name in names)
    link = "links: {doi: 10.1000/1}"
    assert duplicates(tmp_path, *(f"title: {TITLE}\n{link}\n{line}" for line in lines)) == []


def test_a_pair_with_the_same_identifier_is_reported_once(tmp_path: Path) -> None:
    papers = (f"title: {TITLE}\nlinks: {{doi: {doi}}}" for doi in ("10.1000/x", "10.1000/x"))
    assert duplicates(tmp_path, *papers) == [("doubled-identifier", "b")]


def test_dois_are_compared_without_case(tmp_path: Path) -> None:
    papers = (f"title: {name}\nlinks: {{doi: 10.1000/{name}}}" for name in ("Ab", "aB"))
    assert ("doubled-identifier", "b") in duplicates(tmp_path, *papers)


@pytest.mark.parametrize("years", [(2019, 2018), (2018, 2019), (2018, 2019, 2020)])
def test_each_duplicate_is_reported_once_in_the_later_file(
    years: tuple[int, ...], tmp_path: Path
) -> None:
    found = duplicates(
        tmp_path, *(f"title: {TITLE}\nauthors: [Li Wei]\nyear: {year}" for year in years)
    )
    assert found == [("similar-title", name) for name in "bc"[: len(years) - 1]]


def test_duplicate_papers(tmp_path: Path) -> None:
    doi = "title: {}\nauthors: [{}]\nyear: {}\ntopics: [Liver]\nlinks: {{doi: {}}}\n"
    assert messages_of(
        tmp_path,
        a=doi.format("Something of the liver", "Xiaomeng Li", 2017, "10.1000/ABC"),
        b=doi.format("Another thing", "Hao Chen", 2017, "10.1000/abc"),
        c=doi.format("Something of the Liver!", "X. Li", 2018, "10.1000/3"),
        d=doi.format("Something of the liver", "Xiaomeng Li", 2024, "10.1000/4"),
        e=doi.format("Something of the liver", "Yu Li", 2017, "10.1000/5"),
        f=doi.format("Something on the liver", "Li, Xiaomeng", 2017, "10.1000/6").replace(
            "Li, Xiaomeng", '"Li, Xiaomeng"') + "not_same_as: [a, c]\n",
    ) == [
        "b.yml:5:14: doubled-identifier: links.doi: '10.1000/abc' is already the DOI of a.yml "
        "(keep one of the two files, or write not_same_as: [a] if they are different papers)",
        "c.yml:1:8: similar-title: title: nearly the same title as a.yml, and the same first "
        "author (a preprint and its published version are one paper: keep one of the two files, "
        "or write not_same_as: [a] if they are different papers)",
    ]  # fmt: skip


def test_many_similar_titles_and_cycles_are_reported_once_each(tmp_path: Path) -> None:
    names = [f"p{number}" for number in range(40)]
    text = "title: The same\nauthors: [A Li]\ntopics: [Liver]\nlinks: {{url: https://e.org/}}\n"
    entries = {
        name: text.format() + f"extends: [{', '.join(n for n in names if n != name)}]\n"
        for name in names
    }
    messages = messages_of(tmp_path, **entries)
    assert sum(": similar-title: " in line for line in messages) == 39
    assert 1 <= sum(": circle: " in line for line in messages) <= 40


@pytest.mark.parametrize(
    ("title", "links", "severity"),
    [
        (TITLE, "{doi: 10.1000/9}", Severity.WARNING),
        (f"{TITLE}s", "{doi: 10.1000/9}", Severity.NOTE),
        (f"{TITLE}s", "{arxiv: '1709.07330'}", Severity.WARNING),
    ],
)
def test_other_identifiers_and_titles_are_hardly_one_paper(
    title: str, links: str, severity: Severity, tmp_path: Path
) -> None:
    papers = [
        "title: {}\nauthors: [Li Wei]\nlinks: {}".format(*paper)
        for paper in ((TITLE, "{doi: 10.1000/1}"), (title, links))
    ]
    assert duplicates(tmp_path, *papers) == [("similar-title", "b")]
    assert [problem.severity for problem in load(tmp_path, tmp_path).problems] == [severity]


@pytest.mark.parametrize(
    ("links", "others", "found"),
    [
        ("{url: https://e.org/a}", "{pdf: http://www.e.org/a/}", [("doubled-url", "b")]),
        ("{url: https://e.org/}", "{url: https://e.org/}", []),
        ("{url: https://e.org/?id=1}", "{url: https://e.org/?id=2}", []),
        ("{url: https://doi.org/10.1000/1}", "{doi: 10.1000/1}", [("doubled-identifier", "b")]),
        ("{code: https://e.org/a}", "{code: https://e.org/a}", []),
        ("{data: https://doi.org/10.1000/1}", "{data: https://doi.org/10.1000/1}", []),
    ],
)
def test_a_url_in_two_entries_is_reported(
    links: str, others: str, found: list[tuple[str, str]], tmp_path: Path
) -> None:
    papers = (
        f"title: A tale of {name}\nlinks: {urls}" for name, urls in (("x", links), ("y", others))
    )
    reported = duplicates(tmp_path, *papers)
    assert [problem for problem in reported if problem[0] != "identifier-in-url"] == found


def test_a_paper_without_a_link_is_a_note(tmp_path: Path) -> None:
    assert duplicates(tmp_path, "title: A tale\nlinks: {}") == [("no-link", "a")]


def test_a_paper_that_is_reported_by_its_title_does_not_hide_others(tmp_path: Path) -> None:
    papers = (f"title: {title}\nauthors: [Li Wei]" for title in (TITLE, f"{TITLE}!", f"{TITLE}s"))
    assert duplicates(tmp_path, *papers) == [("similar-title", "b"), ("similar-title", "c")]


@pytest.mark.parametrize(
    ("title", "authors", "message"),
    [
        (TITLE, "[Li Wei]", "the same title as a.yml, and the same first author"),
        (f"{TITLE}!", "[L. Wei]", "nearly the same title as a.yml, and the same first author"),
        (TITLE, "[]", "the same title as a.yml"),
    ],
    ids=["same", "nearly", "no-author"],
)
def test_the_message_says_what_is_similar(
    title: str, authors: str, message: str, tmp_path: Path
) -> None:
    duplicates(
        tmp_path, f"title: {TITLE}\nauthors: [Li Wei]", f"title: {title}\nauthors: {authors}"
    )
    (problem,) = load(tmp_path, tmp_path).problems
    assert (problem.message, problem.field) == (message, "title")


def test_the_message_about_a_url(tmp_path: Path) -> None:
    links = "links: {doi: 10.1000/%d, pdf: https://e.org/a}"
    duplicates(tmp_path, *(f"title: A tale of {one}\n{links % one}" for one in (1, 2)))
    (problem,) = load(tmp_path, tmp_path).problems
    assert str(problem) == (
        "b.yml:3:30: doubled-url: links.pdf: 'https://e.org/a' is also a link of a.yml (keep one "
        "of the two files, or write not_same_as: [a] if they are different papers)"
    )
    assert problem.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        (("key", "KEY"), "b.yml:3:15: doubled-citation-key: citation_key: 'KEY' is already the key "
         "of a.yml (give one of the two papers another key)"),
        (("B", ""), "a.yml:3:15: doubled-citation-key: citation_key: 'B' is already the key of "
         "b.yml (give one of the two papers another key)"),
        (("a", "b"), ""),
    ],
    ids=["case", "id-of-another", "own-ids"],
)  # fmt: skip
def test_citation_keys_are_unique(keys: tuple[str, str], message: str, tmp_path: Path) -> None:
    lines = (f"citation_key: {key}" if key else "year: 2000" for key in keys)
    papers = (f"title: A tale of {number}\n{line}" for number, line in enumerate(lines))
    duplicates(tmp_path, *papers)
    assert "".join(map(str, load(tmp_path, tmp_path).problems)) == message


def code(number: int) -> str:
    """Three letters, in the order of the numbers."""
    return "".join("abcdefghij"[int(digit)] for digit in f"{number:03}")


def similar_among(count: int, change: tuple[int, int, int, int]) -> list[str]:
    """Which paper similar titles are reported for, among other papers by one author.

    Their titles start and end with codes in the same order. Two titles that are else equal have
    other places in the order of the starts, and in that of the ends.
    """
    chance = Random(count)
    titles = [
        f"{code(2 * n)} {' '.join(chance.choice(WORDS) for _ in range(9))} {code(2 * n)[::-1]}"
        for n in range(count)
    ]
    body = " ".join(WORDS)
    starts, ends = change[:2], change[2:]
    titles += [
        f"{code(2 * s + 1)} {body} {code(2 * e + 1)[::-1]}"
        for s, e in zip(starts, ends, strict=True)
    ]
    papers = {}
    for number, title in enumerate(titles):
        name = f"p{number:03}"
        found = entry(f"title: {title}\nauthors: [Li Wei]\nyear: 2020", name)
        papers[name] = Paper(found, Document(f"{name}.yml", "", None))
    context = CheckContext(papers, {}, vocabulary(), Document("vocabulary.yml", "", None))
    return [problem.path for problem in similar_titles(context)]


WORDS = [f"{one}{other}{one}" for one in ("liver", "organ", "image") for other in ("x", "y", "z")]


@pytest.mark.parametrize(
    ("count", "change", "is_found"),
    [
        pytest.param(199, (0, 199, 0, 199), True, id="all-of-200"),
        pytest.param(200, (0, 200, 0, 200), False, id="not-all-of-201"),
        pytest.param(230, (10, 59, 0, 230), True, id="start-50-after"),
        pytest.param(230, (10, 60, 0, 230), False, id="start-51-after"),
        pytest.param(230, (59, 10, 0, 230), True, id="start-50-before"),
        pytest.param(230, (60, 10, 0, 230), False, id="start-51-before"),
        pytest.param(230, (0, 230, 10, 59), True, id="end-50-after"),
        pytest.param(230, (0, 230, 10, 60), False, id="end-51-after"),
        pytest.param(230, (0, 0, 0, 230), True, id="first"),
        pytest.param(230, (230, 230, 0, 230), True, id="last"),
    ],
)
def test_of_more_than_200_papers_by_one_author_the_50_next_in_the_alphabet_are_compared(
    count: int, change: tuple[int, int, int, int], is_found: bool
) -> None:
    assert similar_among(count, change) == ([f"p{count + 1:03}.yml"] if is_found else [])
