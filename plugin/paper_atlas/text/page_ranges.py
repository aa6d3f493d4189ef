"""Pages of a paper: a number, or a range with any hyphen or dash."""

import re

DASHES = "-‐‑‒–—"
"""Hyphens and dashes that separate the first page from the last."""

_DASH = re.compile(rf"(?<=\w)\s*[{DASHES}]+\s*(?=\w)")


def normalize_pages(pages: str) -> str:
    """Replace the dash in each range by a hyphen, without blanks around it.

    >>> normalize_pages("26 – 29"), normalize_pages("S1--S9, 12")
    ('26-29', 'S1-S9, 12')
    """
    return _DASH.sub("-", pages)


def first_page(pages: str) -> str:
    """Return the page before the first dash."""
    return re.split(f"[{DASHES}]", pages, maxsplit=1)[0].strip()


def join_pages(first: str, last: str) -> str:
    """Return the range of two pages; complete an abbreviated last page.

    An article number, which some services give as both pages, is returned once.

    >>> join_pages("2663", "74"), join_pages("102680", "102680")
    ('2663-2674', '102680')
    """
    if first.isdecimal() and last.isdecimal() and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return first if last in ("", first) else f"{first}-{last}"


def complete_pages(pages: str) -> str:
    """Normalize a range and complete an abbreviated last page, as `join_pages` does.

    >>> complete_pages("2663–74")
    '2663-2674'
    """
    first, _, last = normalize_pages(pages.strip()).partition("-")
    return join_pages(first, last)
