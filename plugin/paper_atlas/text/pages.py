"""The pages of a paper: one number, or a range with some dash."""

import re

DASHES = "-‐‑‒–—"
"""Hyphens and dashes between the first page and the last."""

_DASH = re.compile(rf"(?<=\w)\s*[{DASHES}]+\s*(?=\w)")


def normalize_pages(pages: str) -> str:
    """Pages with a bare hyphen in each range.

    >>> normalize_pages("26 – 29"), normalize_pages("S1--S9, 12")
    ('26-29', 'S1-S9, 12')
    """
    return _DASH.sub("-", pages)


def first_page(pages: str) -> str:
    """The page before the first dash."""
    return re.split(f"[{DASHES}]", pages, maxsplit=1)[0].strip()


def join_pages(first: str, last: str) -> str:
    """A range as an entry has it; a last page may be short, the number of an article stands alone.

    >>> join_pages("2663", "74"), join_pages("102680", "102680")
    ('2663-2674', '102680')
    """
    if first.isdecimal() and last.isdecimal() and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return first if last in ("", first) else f"{first}-{last}"


def complete_pages(pages: str) -> str:
    """Pages with any dash in the form of `join_pages`.

    >>> complete_pages("2663–74")
    '2663-2674'
    """
    first, _, last = normalize_pages(pages.strip()).partition("-")
    return join_pages(first, last)
