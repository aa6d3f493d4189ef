"""Conversion between plain text and LaTeX, for the fields of BibTeX.

Letters outside ASCII stay as they are, in UTF-8. `~` becomes `\\textasciitilde{}`, because the
shorter `\\~{}` is an accent: https://www.ctan.org/pkg/encguide
pylatexenc decodes accents and commands.
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

from paper_atlas.text.lines import CACHE_SIZE

_SIGNS = {ord(sign): f"\\{sign}" for sign in "&%#_${}"} | {
    ord("~"): r"\textasciitilde{}",
    ord("^"): r"\textasciicircum{}",
    ord("\\"): r"\textbackslash{}",
}
# BibTeX also counts braces after a backslash, so unbalanced ones need commands.
_UNPAIRED = _SIGNS | {
    ord("{"): r"\ensuremath{\lbrace}",
    ord("}"): r"\ensuremath{\rbrace}",
}
# Pairs of characters that TeX prints as a ligature.
_LIGATURE = re.compile(r"(?<=([-'`,<>]))(?=\1)|(?<=[!?])(?=`)")
# Text that matches neither needs no escape. _PAIR also matches a few pairs that need none.
_SIGN, _PAIR = re.compile(r"[&%#_${}~^\\]"), re.compile(r"([-'`,<>!?])(?:\1|`)")
_WORD = re.compile(r"(\W*)(.*?)(\W*)", re.DOTALL)


def escape_latex(text: str) -> str:
    """Escape plain text, so that LaTeX prints every character as it is.

    >>> escape_latex("50% of U_net & co")
    '50\\\\% of U\\\\_net \\\\& co'
    """
    return _escape(text, _is_balanced(text))


def protect_capitals(title: str) -> str:
    """Escape a title, with braces around the words whose capitals a BibTeX style must not change.

    These words have a capital after the first letter, are all capitals, or begin with a capital
    and a hyphen. Punctuation around a word stays outside the braces.

    >>> protect_capitals("H-DenseUNet: Segmentation From (CT) Volumes")
    '{H-DenseUNet}: Segmentation From ({CT}) Volumes'
    """
    is_balanced = _is_balanced(title)
    return " ".join([_protect_word(word, is_balanced) for word in title.split(" ")])


@lru_cache(CACHE_SIZE)
def _protect_word(word: str, is_balanced: bool) -> str:
    match = _WORD.fullmatch(word)
    before, core, after = match.groups() if match else ("", word, "")
    escaped = _escape(core, is_balanced)
    if _has_fixed_capitals(core):
        escaped = f"{{{escaped}}}"
    return _escape(before, is_balanced) + escaped + _escape(after, is_balanced)


def _has_fixed_capitals(word: str) -> bool:
    is_acronym = len(word) > 1 and word.isupper()
    return (
        is_acronym or any(map(str.isupper, word[1:])) or (word[:1].isupper() and word[1:2] == "-")
    )


def _is_balanced(text: str) -> bool:
    if "{" not in text and "}" not in text:
        return True
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0


def _escape(text: str, is_balanced: bool) -> str:
    if _SIGN.search(text) or _PAIR.search(text):
        return _LIGATURE.sub("{}", text.translate(_SIGNS if is_balanced else _UNPAIRED))
    return text


# Commands for characters that pylatexenc would decode as accents.
_LINE_SIGNS = {"textasciicircum": "^", "textasciitilde": "~", "textasciigrave": "`"}
_BARE_SIGN = re.compile(r"(?<!\\)([%&])")
_IDENTIFIER_MARKUP = re.compile(r"\\(?:url|href|nolinkurl)\b|[{}\s]|\\(?=[_%&#~$])")


class LatexError(ValueError):
    """A text that cannot be parsed; the message contains the reason."""


def latex_to_text(latex: str) -> str:
    """Convert LaTeX to plain text on one line.

    A `%` or `&` without a backslash is kept, because fields often contain it unescaped.

    Raises:
        LatexError: If pylatexenc cannot parse the text.
    """
    if not re.search(r"[\\{}$~`'\-%&]", latex):
        return " ".join(latex.split())
    escaped = _BARE_SIGN.sub(r"\\\1", latex)
    try:
        return " ".join(_decoder().latex_to_text(escaped).split())
    except (
        IndexError,
        RecursionError,
        ValueError,
    ) as error:  # pylatexenc raises them on unknown input
        raise LatexError(f"'{latex[:60]}' cannot be read as LaTeX") from error


def unescape_identifier(latex: str) -> str:
    """Remove braces, blanks, escapes and URL commands from an identifier or a URL in LaTeX."""
    return _IDENTIFIER_MARKUP.sub("", latex)


def split_authors(latex: str) -> list[str]:
    """Split names joined by `and`; return each as `Given Surname`, and `others` unchanged.

    Raises:
        LatexError: If the rules of BibTeX cannot split the names.
    """
    try:
        parts = map(parse_single_name_into_parts, split_multiple_persons_names(latex))
        return [latex_to_text(part.merge_first_name_first) for part in parts]
    except InvalidNameError as error:
        hint = "write 'Last, First and Last, First'"
        raise LatexError(f"the names of the authors cannot be split ({hint})") from error


@cache
def _decoder() -> LatexNodes2Text:
    context = get_default_latex_context_db()
    macros = [MacroTextSpec(name, simplify_repl=sign) for name, sign in _LINE_SIGNS.items()]
    context.add_context_category("signs", macros=macros, prepend=True)
    return LatexNodes2Text(latex_context=context, math_mode="text")
