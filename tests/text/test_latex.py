"""Conversion between plain text and LaTeX."""

import pytest
from paper_atlas.text.latex import (
    LatexError,
    escape_latex,
    latex_to_text,
    protect_capitals,
    split_authors,
    unescape_identifier,
)


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("50% of U_net & co", r"50\% of U\_net \& co"),
        ("a ~ b ^ c \\ d", r"a \textasciitilde{} b \textasciicircum{} c \textbackslash{} d"),
        ("{a}", r"\{a\}"),
        ("a}{", r"a\ensuremath{\rbrace}\ensuremath{\lbrace}"),
        ("a {b} c", r"a \{b\} c"),
        ("a }b{ c", r"a \ensuremath{\rbrace}b\ensuremath{\lbrace} c"),
        ("a -- b", "a -{}- b"),
        ("1--2", "1-{}-2"),
        ("?`", "?{}`"),
        ("Größe", "Größe"),
    ],
)
def test_escaped_text_is_decoded_to_the_same_text(text: str, latex: str) -> None:
    assert escape_latex(text) == latex
    assert latex_to_text(latex) == text


@pytest.mark.parametrize(
    ("title", "latex"),
    [
        ("H-DenseUNet: a test", "{H-DenseUNet}: a test"),
        ("Segmentation From (CT) Volumes", "Segmentation From ({CT}) Volumes"),
        ("U-net in A test", "{U-net} in A test"),
        ("T-cell", "{T-cell}"),
        ("Cell-based", "Cell-based"),
        ("CT", "{CT}"),
        ("T2", "{T2}"),
        ("A", "A"),
        ("nnU", "{nnU}"),
        ("(CT)", "({CT})"),
    ],
)
def test_protect_capitals(title: str, latex: str) -> None:
    assert protect_capitals(title) == latex


@pytest.mark.parametrize(
    ("latex", "text"),
    [(r"G{\"o}del", "Gödel"), ("100% of a & b", "100% of a & b"), ("a\n  b", "a b")],
)
def test_latex_to_text(latex: str, text: str) -> None:
    assert latex_to_text(latex) == text


def test_unescape_identifier() -> None:
    assert unescape_identifier(r"\url{https://e.org/a\_b}") == "https://e.org/a_b"


def test_split_authors() -> None:
    assert split_authors("Li, Xiaomeng and Ada Lovelace and others") == [
        *("Xiaomeng Li", "Ada Lovelace", "others"),
    ]
    with pytest.raises(LatexError, match="names of the authors cannot be split"):
        split_authors("A, B, C, D")
