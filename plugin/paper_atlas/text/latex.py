"""LaTeX from plain text and back, for the fields of BibTeX.

Encoding keeps letters beyond ASCII, in UTF-8. It writes `\\textasciitilde` and its like because
the shorter `\\~{}` is an accent: https://www.ctan.org/pkg/encguide
Decoding leaves accents and commands to pylatexenc.
"""

import re
from functools import cache, lru_cache

from bibtexparser.middlewares.names import (
    InvalidNameError,
    parse_single_name_into_parts,
    split_multiple_persons_names,
)
from pylatexenc.latex2text import (
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)

from paper_atlas.text.slug import CACHE_SIZE

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


def escape_latex(text: str) -> str:
    """Text in which every sign stands for itself.

    >>> latex("50% of U_net & co")
    '50\\\\% of U\\\\_net \\\\& co'
    """
    return _escaped(text, _is_balanced(text))


def protect_capitals(title: str) -> str:
    """A title in which styles that write it in small letters leave names and abbreviations.

    A word is put in braces whole if it has a capital behind its first sign, is all capitals, or
    begins with one capital and a hyphen; the signs around it stay outside.

    >>> with_capitals("H-DenseUNet: Segmentation From (CT) Volumes")
    '{H-DenseUNet}: Segmentation From ({CT}) Volumes'
    """
    is_balanced = _is_balanced(title)
    return " ".join([_protected(word, is_balanced) for word in title.split(" ")])


@lru_cache(CACHE_SIZE)
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


# Signs of the line, which pylatexenc gives as the accents that are called so.
_LINE_SIGNS = {"textasciicircum": "^", "textasciitilde": "~", "textasciigrave": "`"}
_BARE_SIGN = re.compile(r"(?<!\\)([%&])")
_IN_ADDRESS = re.compile(r"\\(?:url|href|nolinkurl)\b|[{}\s]|\\(?=[_%&#~$])")


class LatexError(ValueError):
    """A text that cannot be read; the message says why."""


def latex_to_text(latex: str) -> str:
    """LaTeX as text on one line. Raises LatexError.

    A bare `%` or `&` is meant as such: in LaTeX the one would hide what comes after it.
    """
    if not re.search(r"[\\{}$~`'\-%&]", latex):
        return " ".join(latex.split())
    escaped = _BARE_SIGN.sub(r"\\\1", latex)
    try:
        return " ".join(_decoder().latex_to_text(escaped).split())
    except (IndexError, RecursionError, ValueError) as error:  # as pylatexenc ends on odd macros
        raise LatexError(f"'{latex[:60]}' cannot be read as LaTeX") from error


def unescape_identifier(latex: str) -> str:
    """An identifier or address, in which nothing but the escapes is LaTeX."""
    return _IN_ADDRESS.sub("", latex)


def split_authors(latex: str) -> list[str]:
    """The names that `and` joins, each as `Given Surname`; `others` stands for more of them.

    Raises LatexError where BibTeX could not divide them either.
    """
    try:
        parts = map(parse_single_name_into_parts, split_multiple_persons_names(latex))
        return [latex_to_text(part.merge_first_name_first) for part in parts]
    except InvalidNameError as error:
        hint = "write 'Last, First and Last, First'"
        raise LatexError(f"the names of the entry cannot be told apart ({hint})") from error


@cache
def _decoder() -> LatexNodes2Text:
    context = get_default_latex_context_db()
    macros = [MacroTextSpec(name, simplify_repl=sign) for name, sign in _LINE_SIGNS.items()]
    context.add_context_category("signs", macros=macros, prepend=True)
    return LatexNodes2Text(latex_context=context, math_mode="text")
