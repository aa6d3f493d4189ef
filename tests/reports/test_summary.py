"""Shorter reports: similar problems are combined, and long lists are cut."""

from paper_atlas import Problem
from paper_atlas.importers.markdown.reader import read_markdown_list
from paper_atlas.reports.summary import combine_similar, shorten_report


def problem(line: int, code: str, message: str = "m") -> Problem:
    return Problem("a.bib", line, 1, code, "", message)


def test_fields_that_are_not_imported_are_combined_with_their_lines() -> None:
    problems = [problem(line, "not-taken", "'x'") for line in (9, 3, 5)]
    assert combine_similar(problems) == [
        problem(3, "not-taken", "'x': 3 times, on lines 3, 5, 9"),
    ]
    many = [problem(line, "not-taken", "'x'") for line in range(1, 15)]
    (combined,) = combine_similar(many)
    assert combined.message.endswith("14 times, on lines 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 4 more")


def test_unknown_keywords_are_combined_by_number() -> None:
    problems = [problem(line, "unknown-keyword", text) for line, text in ((2, "b"), (4, "a"))]
    (combined,) = combine_similar([*problems, problem(6, "unknown-keyword", "b")])
    assert str(combined) == (
        "a.bib:2:1: unknown-keyword: not in the vocabulary, so not imported: 'b' (2 times), 'a'"
    )


def test_other_problems_are_not_combined() -> None:
    problems = [problem(1, "missing-key"), problem(2, "missing-key")]
    assert combine_similar(reversed(problems)) == problems


def test_more_than_ten_problems_of_a_kind_are_summarized() -> None:
    problems = [problem(line, "text-not-taken") for line in (1, 2, 3, 4, 5, 6, 8, 8, 10, 11, 12)]
    in_full, lines = shorten_report([*problems, problem(20, "left-out")])
    assert in_full == [*problems[:3], problem(20, "left-out")]
    assert lines == ["a.bib: text-not-taken: 8 more, on lines 4-6, 8 (2 times), 10-12"]
    assert shorten_report(problems[:10]) == (problems[:10], [])


def test_many_problems_with_one_code_are_shortened_to_their_lines() -> None:
    lines = [*range(1, 31), 40, 40, 42, 43, 43]
    text = "".join(f"[a](https://e.org/{n})\n\n" for n in range(30))
    few, rest = shorten_report(read_markdown_list(text, "README.md").problems)
    assert [shown.line for shown in few] == [1, 3, 5]
    assert " ".join("".join(rest).split()).startswith(
        "README.md: link-outside: 27 more, on lines 7,"
    )
    assert max(map(len, rest)) <= 100
    problems = [Problem("R", line, 1, "x", "", "m") for line in lines]
    assert shorten_report(problems)[1] == [
        "R: x: 32 more, on lines 4-30, 40 (2 times), 42, 43 (2 times)"
    ]
    assert shorten_report(problems[:10]) == (problems[:10], [])
