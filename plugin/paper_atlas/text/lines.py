"""Text on one line."""

MANY = 1 << 13
"""How many results are kept of a function of a text that many papers have: a word, a venue."""


def one_line(text: str | None) -> str:
    """Text with every run of blanks and line breaks as one blank."""
    return " ".join(text.split()) if text else ""
