"""Text on one line, and counts with nouns."""

CACHE_SIZE = 1 << 13
"""Size of the caches of functions of texts that many papers share, such as words and venues."""


def one_line(text: str | None) -> str:
    """Replace each run of blanks and line breaks by one blank."""
    return " ".join(text.split()) if text else ""


def pluralize(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun; the default plural ends in `s`.

    >>> pluralize(2, "entry", "entries")
    '2 entries'
    """
    return f"{count} {one if count == 1 else many or one + 's'}"
