"""Pages and their ranges."""

import pytest
from paper_atlas.text.page_ranges import complete_pages, first_page, join_pages, normalize_pages


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", ""),
        ("26-29", "26-29"),
        *[(f"26{dash}29", "26-29") for dash in ("--", " – ", "—", "‐", "‑", "‒")],
        ("S1--S9, 12", "S1-S9, 12"),
        ("e-102680", "e-102680"),
        ("-5", "-5"),
        ("26–", "26–"),
    ],
)
def test_normalize_pages(given: str, expected: str) -> None:
    assert normalize_pages(given) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2663", "2674", "2663-2674"),
        ("2663", "74", "2663-2674"),
        ("102680", "102680", "102680"),
        ("102680", "", "102680"),
        ("S1", "9", "S1-9"),
        ("9", "12", "9-12"),
    ],
)
def test_join_pages(first: str, last: str, expected: str) -> None:
    assert join_pages(first, last) == expected
    assert complete_pages(f" {first} – {last}" if last else first) == expected


@pytest.mark.parametrize(
    ("written", "pages"),
    [
        ("2663-74", "2663-2674"), ("234–241", "234-241"), ("e26151", "e26151"), ("654-654", "654"),
        ("e1-e12", "e1-e12"), ("S3 – S9", "S3-S9"), ("", ""), ("98-103", "98-103"),
    ],
)  # fmt: skip
def test_complete_pages(written: str, pages: str) -> None:
    assert complete_pages(written) == pages
    assert join_pages("", "") == ""


@pytest.mark.parametrize("pages", ["26", "26-29", "26 – 29", "26--29", " 26‑29"])
def test_first_page(pages: str) -> None:
    assert first_page(pages) == "26"
