"""Which words of a title keep their capitals in BibTeX, and which characters are escaped."""

import pytest
from paper_atlas.text.latex import escape_latex, protect_capitals


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("T-cell", "{T-cell}"),
        ("Cell-based", "Cell-based"),
        ("CT", "{CT}"),
        ("T2", "{T2}"),
        ("A", "A"),
        ("nnU", "{nnU}"),
        ("(CT)", "({CT})"),
    ],
)
def test_braces_protect_words_with_an_inner_capital_or_one_capital_before_a_hyphen(
    title: str, expected: str
) -> None:
    assert protect_capitals(title) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a {b} c", r"a \{b\} c"),
        ("a }b{ c", r"a \ensuremath{\rbrace}b\ensuremath{\lbrace} c"),
        ("1--2", "1-{}-2"),
        ("?`", "?{}`"),
    ],
)
def test_unpaired_braces_are_commands_and_ligatures_are_separated(text: str, expected: str) -> None:
    assert escape_latex(text) == expected
