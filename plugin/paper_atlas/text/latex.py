"""Plain text as LaTeX, for the fields of BibTeX.

Letters beyond ASCII stay as they are, in UTF-8. `\\textasciitilde` and its like because the
shorter `\\~{}` is an accent: https://www.ctan.org/pkg/encguide
"""

import re
from functools import lru_cache

from paper_atlas.text.lines import MANY

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
# A text in which neither is found is the same in LaTeX; the second finds a few pairs too many.
_SIGN, _PAIR = re.compile(r"[&%#_${}~^\\]"), re.compile(r"([-'`,<>!?])(?:\1|`)")
_WORD = re.compile(r"(\W*)(.*?)(\W*)", re.DOTALL)


def latex(text: str) -> str:
    """Text in which every sign stands for itself.

    >>> latex("50% of U_net & co")
    '50\\\\% of U\\\\_net \\\\& co'
    """
    return _escaped(text, _is_balanced(text))


def with_capitals(title: str) -> str:
    """A title in which styles that write it in small letters leave names and abbreviations.

    A word is put in braces whole if it has a capital behind its first sign, is all capitals, or
    begins with one capital and a hyphen; the signs around it stay outside.

    >>> with_capitals("H-DenseUNet: Segmentation From (CT) Volumes")
    '{H-DenseUNet}: Segmentation From ({CT}) Volumes'
    """
    is_balanced = _is_balanced(title)
    return " ".join([_protected(word, is_balanced) for word in title.split(" ")])


@lru_cache(MANY)
def _protected(word: str, is_balanced: bool) -> str:
    match = _WORD.fullmatch(word)
    before, core, after = match.groups() if match else ("", word, "")
    whole = _escaped(core, is_balanced)
    if _is_a_name(core):
        whole = f"{{{whole}}}"
    return _escaped(before, is_balanced) + whole + _escaped(after, is_balanced)


def _is_a_name(word: str) -> bool:
    capitals = len(word) > 1 and word.isupper()
    return capitals or any(map(str.isupper, word[1:])) or (word[:1].isupper() and word[1:2] == "-")


def _is_balanced(text: str) -> bool:
    if "{" not in text and "}" not in text:
        return True
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0


def _escaped(text: str, is_balanced: bool) -> str:
    if _SIGN.search(text) or _PAIR.search(text):
        return _LIGATURE.sub("{}", text.translate(_SIGNS if is_balanced else _UNPAIRED))
    return text
