"""Conversion between plain text and LaTeX."""

import re

import pytest
from paper_atlas.text.latex import (
    LatexError,
    escape_latex,
    expand_journals,
    latex_to_text,
    protect_capitals,
    split_at_maths,
    unread_commands,
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


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"$\alpha$-divergence and $k$-means", "α-divergence and k-means"),
        (r"CO$_2$ at 10$^{-3}$ and 90$^{\circ}$", "CO₂ at 10⁻³ and 90°"),
        (r"$\mathrm{H}_2\mathrm{O}$ in T2$^*$", "H₂O in T2*"),
        ("The $5^{th}$ of $R^2$", "The 5th of R²"),
        ("{$L^p$} spaces", "$L^p$ spaces"),
        (r"A $\SI{3}{\tesla}$ scanner", r"A $\SI{3}{\tesla}$ scanner"),
        (r"\(x_{ij}\) and  $H \to b\bar{b}$", r"$x_{ij}$ and $H \to b\bar{b}$"),
        (r"$a \& b_{c}$", r"$a \& b_{c}$"),
        ("from $5 and $6", "from $5 and $6"),
        (r"from \$5 to $10", "from $5 to $10"),
        ("$5-$10 a $x_a$", "$5-$10 a $x_a$"),
    ],
)
def test_maths(latex: str, text: str) -> None:
    assert latex_to_text(latex) == text
    assert latex_to_text(escape_latex(text)) == text
    assert latex_to_text(protect_capitals(text)) == text


def test_maths_is_written_as_maths() -> None:
    assert protect_capitals("$L^p$ and 50% of $5") == r"{$L^p$} and 50\% of \$5"
    assert escape_latex("$a^{b$ }") == r"\$a\textasciicircum{}\{b\$ \}"


@pytest.mark.parametrize(
    ("latex", "text", "commands"),
    [
        (
            r"A \href{https://e.org/a_b}{link} and \url{https://e.org}",
            "A link and https://e.org",
            [],
        ),
        (r"On \cite[p.~3]{y}\footnote{Funded {by} us} all", "On all", [r"\cite", r"\footnote"]),
        (r"A \SI{3}{\tesla} scanner", "A 3 scanner", [r"\SI", r"\tesla"]),
        (r"A $\SI{3}{\tesla}$ b", r"A $\SI{3}{\tesla}$ b", []),
        (r"\texttt{abc} \mbox{a-b} {\it c} \textsc{D}", "abc a-b c D", []),
        (r"{\textless}i{\textgreater}E. coli", "<i>E. coli", []),
        (
            r"Zolt{\ifmmode\acute{a}\else\'{a}\fi}n {\\&} Sim{\\textasciitilde {a}}o",
            "Zoltán & Simão",
            [],
        ),
        (r"line\\break and \\% {\\textbf b}", "line break and % b", []),
        (r"\noopsort{1973b}Title\thanks{x}", "Title", [r"\noopsort", r"\thanks"]),
    ],
)
def test_commands(latex: str, text: str, commands: list[str]) -> None:
    assert latex_to_text(latex) == text
    assert unread_commands(latex) == commands


@pytest.mark.parametrize(
    ("latex", "name"),
    [
        (r"{\apj}", "{The Astrophysical Journal}"),
        (r"\mnras Letters", "Monthly Notices of the Royal Astronomical Society Letters"),
        (r"\aap", "Astronomy and Astrophysics"),
        (r"\apjfoo", r"\apjfoo"),
    ],
)
def test_journals_of_astronomy(latex: str, name: str) -> None:
    assert expand_journals(latex) == name


@pytest.mark.parametrize("sign", ["$", "{", "\\'e", "%"])
def test_a_text_with_too_many_signs_is_not_read(sign: str) -> None:
    with pytest.raises(LatexError, match="more than 20000 signs"):
        latex_to_text(sign * 20_001)


@pytest.mark.parametrize(
    ("word", "expected"),
    [("(CT)", "({CT})"), ("...", "..."), ("“MRI”,", "“{MRI}”,"), ("(a", "(a"), ("-", "-")],
)
def test_punctuation_stays_outside_of_braces(word: str, expected: str) -> None:
    assert protect_capitals(word) == expected


@pytest.mark.parametrize(
    "text",
    [
        r"$\input{/etc/passwd}$", r"On $x^{\write18{touch a}}$", r"$\immediate\openout1=a^b$",
        r"$a_1\csname input\endcsname$", r"$^^5cinput{a}_b$", "$a_{1}% b$", "$a_{1} # b$",
        r"$\text{\include{a}}^b$", r"$\def\x{\x}^a$", r"$\catcode`\%=1 ^a$", r"$\directlua{a}^b$",
        r"$\href{javascript:alarm()}{x}^b$", r"$\unicode{x}^b$", r"$\require{html}^b$",
        r"$\style{color:red}{x}^b$", r"$\class{a}{x}^b$", r"$\special{a}_b$", r"$\loop^a$",
        r"$\begin{filecontents}{a}^b$", "$\\\ninput{a}^b$",
    ],
)  # fmt: skip
def test_what_is_not_only_a_formula_is_text(text: str) -> None:
    """LaTeX would run it in a bibliography, or MathJax on a page."""
    assert [*split_at_maths(text)] == [(text, False)]
    assert re.sub(r"\\(textbackslash|textasciicircum|ensuremath|[lr]brace)|\\[&%#_${}]", "",
                  escape_latex(text)).count("\\") == 0  # fmt: skip


@pytest.mark.parametrize(
    "maths",
    [
        "$L^p$", r"$\mathbb{R}^n$", r"$\frac{1}{2}$", r"$\alpha_{ij} \leq \beta^2_k$",
        r"$\{x_{12}\}$",
        r"$\left\langle u^{v} \right\rangle$", r"$\ell_{\text{max}}$", r"$\varprojlim^1 x_i$",
    ],
)  # fmt: skip
def test_a_formula_stays_maths(maths: str) -> None:
    assert [*split_at_maths(f"On {maths}")] == [("On ", False), (maths, True), ("", False)]
