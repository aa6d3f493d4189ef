"""Plain text as LaTeX, for the fields of BibTeX.

Letters beyond ASCII stay as they are, in UTF-8. `\\textasciitilde` and its like because the
shorter `\\~{}` is an accent: https://www.ctan.org/pkg/encguide
"""

import re

_SIGNS = {ord(sign): f"\\{sign}" for sign in "&%#_${}"} | {
    ord("~"): r"\textasciitilde{}",
    ord("^"): r"\textasciicircum{}",
    ord("\\"): r"\textbackslash{}",
}
# BibTeX counts braces whether or not a backslash precedes them, so these need other names.
_UNPAIRED = _SIGNS | {
    ord("{"): r"\ensuremath{\lbrace}",
    ord("}"): r"\ensuremath{\rbrace}",
}
# Pairs of signs that TeX draws as one other sign.
_LIGATURE = re.compile(r"(?<=([-'`,<>]))(?=\1)|(?<=[!?])(?=`)")
_WORD = re.compile(r"(\W*)(.*?)(\W*)", re.DOTALL)


def latex(text: str) -> str:
    """Text in which every sign stands for itself.

    >>> latex("50% of U_net & co")
    '50\\\\% of U\\\\_net \\\\& co'
    """
    return _escaped(text, _signs_for(text))


def with_capitals(title: str) -> str:
    """A title in which styles that write it in small letters leave names and abbreviations.

    A word is put in braces whole if it has a capital behind its first sign, is all capitals, or
    begins with one capital and a hyphen; the signs around it stay outside.

    >>> with_capitals("H-DenseUNet: Segmentation From (CT) Volumes")
    '{H-DenseUNet}: Segmentation From ({CT}) Volumes'
    """
    signs = _signs_for(title)
    return " ".join(_protected(word, signs) for word in title.split(" "))


def _protected(word: str, signs: dict[int, str]) -> str:
    match = _WORD.fullmatch(word)
    before, core, after = match.groups() if match else ("", word, "")
    whole = _escaped(core, signs)
    if _is_a_name(core):
        whole = f"{{{whole}}}"
    return _escaped(before, signs) + whole + _escaped(after, signs)


def _is_a_name(word: str) -> bool:
    capitals = len(word) > 1 and word.isupper()
    return capitals or any(map(str.isupper, word[1:])) or (word[:1].isupper() and word[1:2] == "-")


def _signs_for(text: str) -> dict[int, str]:
    return _SIGNS if _is_balanced(text) else _UNPAIRED


def _is_balanced(text: str) -> bool:
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0


def _escaped(text: str, signs: dict[int, str]) -> str:
    return _LIGATURE.sub("{}", text.translate(signs))
