"""Files in the way of those of the atlas."""

import pytest
from paper_atlas.site.taken_paths import TakenPaths

TAKEN = TakenPaths(["organs", "papers.bib/a.txt", "Charts/index.html", "e\u0301.html", "a/b/c"])


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("organs/index.html", "organs"),
        ("organs/liver/papers.bib", "organs"),
        ("Organs/liver/index.html", "organs"),
        ("papers.bib", "papers.bib/a.txt"),
        ("a", "a/b/c"),
        ("a/b", "a/b/c"),
        ("A/B", "a/b/c"),
        ("charts/index.html", "Charts/index.html"),
        ("\xe9.html", "e\u0301.html"),
        ("\xc9.html", "e\u0301.html"),
    ],
)
def test_a_file_that_cannot_be_written(path: str, expected: str) -> None:
    assert TAKEN.in_the_way_of(path) == expected


@pytest.mark.parametrize(
    "path", ["organs", "organs.html", "papers.bib/b.txt", "charts/a.html", "a/b/c", "a/b/d", "x"]
)
def test_the_same_file_and_others_are_no_obstacles(path: str) -> None:
    assert TAKEN.in_the_way_of(path) == ""
